import { ArchiveRefused } from './archive-refused';

/** How much of an archive is taken; all of it stated by the directory, before anything is unpacked. */
export interface ZipLimits {
  readonly entriesMax: number;
  readonly entryBytesMax: number;
  readonly unpackedBytesMax: number;
  /** Unpacked ÷ packed; DEFLATE reaches 1032, sheets of repeated cells rarely 60. Small archives are let be. */
  readonly ratioMax: number;
  readonly ratioFromBytes: number;
}

/** One file of an archive, as its directory states it. */
export interface ZipRecord {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Where its local header begins. */
  readonly localAt: number;
}

/** Where the directory of an archive stands. */
export interface ZipDirectory {
  readonly count: number;
  readonly at: number;
  readonly bytes: number;
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

/** Of an archive's last bytes no more are needed to find its directory. */
export const ZIP_TAIL_BYTES = END_BYTES + COMMENT_BYTES_MAX;
/** The fixed part of a local header, in front of each packed file. */
export const ZIP_LOCAL_BYTES = 30;

/** Finds the directory by the last bytes of an archive. Refuses: `unreadable`, `too_large`. */
export function zipDirectory(tail: Buffer, limits: ZipLimits): ZipDirectory {
  const last = tail.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at -= 1) {
    if (tail.readUInt32LE(at) !== END_OF_DIRECTORY) continue;
    const count = tail.readUInt16LE(at + 10);
    if (count > limits.entriesMax) throw new ArchiveRefused('too_large', `${count} entries; at most ${limits.entriesMax}`);
    return { count, at: tail.readUInt32LE(at + 16), bytes: tail.readUInt32LE(at + 12) };
  }
  throw new ArchiveRefused('unreadable', 'an archive without its directory: the file breaks off');
}

/**
 * The files of an archive of so many bytes, from its directory alone, which begins at the first byte given: nothing is unpacked before what the
 * directory states is found to be within the limits. Refuses: `unreadable`, `too_large`.
 */
export function zipRecords(directory: Buffer, count: number, archiveBytes: number, limits: ZipLimits): ZipRecord[] {
  const records: ZipRecord[] = [];
  let unpacked = 0;
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new ArchiveRefused('unreadable', 'the directory of the archive breaks off');
    const record = recordAt(directory, at, limits);
    unpacked += record.unpackedBytes;
    if (unpacked > limits.unpackedBytesMax) throw new ArchiveRefused('too_large', `more than ${limits.unpackedBytesMax} bytes unpacked`);
    records.push(record);
    at += 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  if (unpacked > limits.ratioFromBytes && unpacked > limits.ratioMax * archiveBytes)
    throw new ArchiveRefused('too_large', `${archiveBytes} bytes unpack to ${unpacked}`);
  return records;
}

function recordAt(directory: Buffer, at: number, { entryBytesMax }: ZipLimits): ZipRecord {
  const flags = directory.readUInt16LE(at + 8);
  const method = directory.readUInt16LE(at + 10);
  const packedBytes = directory.readUInt32LE(at + 20);
  const unpackedBytes = directory.readUInt32LE(at + 24);
  const localAt = directory.readUInt32LE(at + 42);
  const name = directory.toString('utf8', at + 46, at + 46 + directory.readUInt16LE(at + 28));
  if (packedBytes === IN_ZIP64 || unpackedBytes === IN_ZIP64 || unpackedBytes > entryBytesMax)
    throw new ArchiveRefused('too_large', `"${name}" is larger than ${entryBytesMax} bytes`);
  if ((flags & ENCRYPTED) !== 0) throw new ArchiveRefused('unreadable', 'the file is encrypted');
  if (method !== STORED && method !== DEFLATED) throw new ArchiveRefused('unreadable', `"${name}" is packed in an unknown way`);
  if (method === STORED && packedBytes !== unpackedBytes) throw new ArchiveRefused('unreadable', `"${name}" contradicts its own size`);
  return { name, isDeflated: method === DEFLATED, packedBytes, unpackedBytes, localAt };
}

/** Where the packed bytes of a record begin, by the fixed part of its local header. Refuses: `unreadable`. */
export function zipDataAt(localHeader: Buffer, { name, localAt }: ZipRecord): number {
  if (localHeader.length < ZIP_LOCAL_BYTES || localHeader.readUInt32LE(0) !== LOCAL_ENTRY)
    throw new ArchiveRefused('unreadable', `"${name}" is not where the directory says`);
  return localAt + ZIP_LOCAL_BYTES + localHeader.readUInt16LE(26) + localHeader.readUInt16LE(28);
}
