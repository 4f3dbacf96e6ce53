import { inflateRawSync } from 'node:zlib';
import { FileRefused } from './file-refused';

/** Limits of a workbook, all of them many times what the largest published factor file needs. */
export const ZIP_LIMITS = {
  entriesMax: 500,
  entryBytesMax: 100 * 1024 * 1024,
  unpackedBytesMax: 200 * 1024 * 1024,
  /** Unpacked ÷ packed; DEFLATE reaches 1032, sheets of repeated cells rarely 60. Small files are let be. */
  ratioMax: 200,
  ratioFromBytes: 20 * 1024 * 1024,
} as const;

/** One file in an archive, unpacked when asked for. */
export interface ZipEntry {
  readonly name: string;
  readonly unpackedBytes: number;
  readonly unpack: () => Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const IN_ZIP64 = 0xffffffff;
const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;

/**
 * The entries of a ZIP archive, from its central directory alone: nothing is unpacked before what the directory states is found to be within the
 * limits, and no entry unpacks to more than it states. Refuses: `file_unreadable`, `file_too_large`.
 */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(buffer);
  const count = buffer.readUInt16LE(end + 10);
  if (count > ZIP_LIMITS.entriesMax) throw new FileRefused('file_too_large', `${count} entries; at most ${ZIP_LIMITS.entriesMax}`);
  const entries: ZipEntry[] = [];
  let unpacked = 0;
  let at = buffer.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new FileRefused('file_unreadable', 'the directory of the archive breaks off');
    const entry = directoryEntry(buffer, at);
    unpacked += entry.unpackedBytes;
    if (unpacked > ZIP_LIMITS.unpackedBytesMax)
      throw new FileRefused('file_too_large', `more than ${ZIP_LIMITS.unpackedBytesMax} bytes unpacked`);
    entries.push(entry);
    at += 46 + buffer.readUInt16LE(at + 28) + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  if (unpacked > ZIP_LIMITS.ratioFromBytes && unpacked > ZIP_LIMITS.ratioMax * buffer.length)
    throw new FileRefused('file_too_large', `${buffer.length} bytes unpack to ${unpacked}`);
  return entries;
}

function endOfDirectory(buffer: Buffer): number {
  const last = buffer.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at -= 1) if (buffer.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new FileRefused('file_unreadable', 'an archive without its directory: the file breaks off');
}

function directoryEntry(buffer: Buffer, at: number): ZipEntry {
  const flags = buffer.readUInt16LE(at + 8);
  const method = buffer.readUInt16LE(at + 10);
  const packedBytes = buffer.readUInt32LE(at + 20);
  const unpackedBytes = buffer.readUInt32LE(at + 24);
  const local = buffer.readUInt32LE(at + 42);
  const name = buffer.toString('utf8', at + 46, at + 46 + buffer.readUInt16LE(at + 28));
  if (packedBytes === IN_ZIP64 || unpackedBytes === IN_ZIP64 || unpackedBytes > ZIP_LIMITS.entryBytesMax)
    throw new FileRefused('file_too_large', `"${name}" is larger than ${ZIP_LIMITS.entryBytesMax} bytes`);
  if ((flags & ENCRYPTED) !== 0) throw new FileRefused('file_unreadable', 'the file is encrypted');
  if (method !== STORED && method !== DEFLATED) throw new FileRefused('file_unreadable', `"${name}" is packed in an unknown way`);
  if (method === STORED && packedBytes !== unpackedBytes) throw new FileRefused('file_unreadable', `"${name}" contradicts its own size`);
  const unpack = (): Buffer => unpackEntry(buffer, local, { name, method, packedBytes, unpackedBytes });
  return { name, unpackedBytes, unpack };
}

function unpackEntry(
  buffer: Buffer,
  local: number,
  { name, method, packedBytes, unpackedBytes }: { name: string; method: number; packedBytes: number; unpackedBytes: number },
): Buffer {
  if (local + 30 > buffer.length || buffer.readUInt32LE(local) !== LOCAL_ENTRY)
    throw new FileRefused('file_unreadable', `"${name}" is not where the directory says`);
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  const packed = buffer.subarray(start, start + packedBytes);
  if (method === STORED) return packed;
  if (unpackedBytes === 0) return Buffer.alloc(0);
  try {
    return inflateRawSync(packed, { maxOutputLength: unpackedBytes });
  } catch {
    // More than the directory states, or bytes that are no DEFLATE stream: either way the archive is not what it says.
    throw new FileRefused('file_unreadable', `"${name}" does not unpack to the ${unpackedBytes} bytes that it states`);
  }
}
