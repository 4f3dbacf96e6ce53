import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

export interface StoredFile {
  readonly fileId: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** The bytes of an upload exceed the limit of the resource. */
export class FileTooLarge extends Error {}

/** Bytes of a file from `start` up to, and without, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where original files live. A directory here; an object store in production implements the same three verbs. */
export interface FileStore {
  /** Streams the bytes in and answers when they are durable; nothing is left of a source that breaks off. */
  put(source: Readable, bytesMax: number): Promise<StoredFile>;
  /** The bytes as a stream; `range`: of these alone, the last one not included. */
  read(fileId: string, range?: ByteRange): Readable;
  size(fileId: string): Promise<number>;
  remove(fileId: string): Promise<void>;
}

/**
 * Files named by their own hash, written beside and moved into place after fsync: a file is there whole or not at all, and the same bytes are
 * kept once.
 */
export class DirectoryFileStore implements FileStore {
  constructor(private readonly directory: string) {}

  async put(source: Readable, bytesMax: number): Promise<StoredFile> {
    const incoming = path.join(this.directory, 'incoming');
    await mkdir(incoming, { recursive: true });
    const partial = path.join(incoming, randomUUID());
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > bytesMax) return done(new FileTooLarge(`more than ${bytesMax} bytes`));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, measure, createWriteStream(partial, { flush: true }));
      const sha256 = hash.digest('hex');
      const target = this.pathOf(sha256);
      const created = await mkdir(path.dirname(target), { recursive: true });
      await rename(partial, target);
      await syncDirectory(path.dirname(target));
      if (created !== undefined) await syncDirectory(this.directory);
      return { fileId: sha256, sha256, bytes };
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  read(fileId: string, range?: ByteRange): Readable {
    const highWaterMark = 256 * 1024;
    if (!range) return createReadStream(this.pathOf(fileId), { highWaterMark });
    if (range.end <= range.start) return Readable.from([]);
    return createReadStream(this.pathOf(fileId), { highWaterMark, start: range.start, end: range.end - 1 });
  }

  async size(fileId: string): Promise<number> {
    return (await stat(this.pathOf(fileId))).size;
  }

  async remove(fileId: string): Promise<void> {
    await rm(this.pathOf(fileId), { force: true });
  }

  private pathOf(fileId: string): string {
    if (!/^[0-9a-f]{64}$/.test(fileId)) throw new Error('not the id of a stored file');
    return path.join(this.directory, fileId.slice(0, 2), fileId);
  }
}

/** A name is durable only when the directory that holds it is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The file store that a URL names. */
export function fileStoreFrom(url: string): FileStore {
  return new DirectoryFileStore(fileURLToPath(url));
}
