import { inflateRawSync } from 'node:zlib';
import { ArchiveRefused, ZIP_LOCAL_BYTES, ZIP_TAIL_BYTES, zipDataAt, zipDirectory, zipRecords, type ZipRecord } from '#archives';
import { FileRefused } from './file-refused';

/** Limits of a workbook, all of them many times what the largest published factor file needs. */
export const ZIP_LIMITS = {
  entriesMax: 500,
  entryBytesMax: 100 * 1024 * 1024,
  unpackedBytesMax: 200 * 1024 * 1024,
  ratioMax: 200,
  ratioFromBytes: 20 * 1024 * 1024,
} as const;

/** One file in an archive, unpacked when asked for. */
export interface ZipEntry {
  readonly name: string;
  readonly unpackedBytes: number;
  readonly unpack: () => Buffer;
}

/**
 * The entries of a ZIP archive, from its central directory alone: nothing is unpacked before what the directory states is found to be within the
 * limits, and no entry unpacks to more than it states. Refuses: `file_unreadable`, `file_too_large`.
 */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return inOurWords(() => {
    const { count, at } = zipDirectory(buffer.subarray(-ZIP_TAIL_BYTES), ZIP_LIMITS);
    const records = zipRecords(buffer.subarray(at), count, buffer.length, ZIP_LIMITS);
    return records.map((record) => ({
      name: record.name,
      unpackedBytes: record.unpackedBytes,
      unpack: () => inOurWords(() => unpackEntry(buffer, record)),
    }));
  });
}

function unpackEntry(buffer: Buffer, record: ZipRecord): Buffer {
  const { name, isDeflated, packedBytes, unpackedBytes, localAt } = record;
  const start = zipDataAt(buffer.subarray(localAt, localAt + ZIP_LOCAL_BYTES), record);
  const packed = buffer.subarray(start, start + packedBytes);
  if (!isDeflated) return packed;
  if (unpackedBytes === 0) return Buffer.alloc(0);
  try {
    return inflateRawSync(packed, { maxOutputLength: unpackedBytes });
  } catch {
    // More than the directory states, or bytes that are no DEFLATE stream: either way the archive is not what it says.
    throw new FileRefused('file_unreadable', `"${name}" does not unpack to the ${unpackedBytes} bytes that it states`);
  }
}

function inOurWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    throw new FileRefused(error.reason === 'too_large' ? 'file_too_large' : 'file_unreadable', error.detail);
  }
}
