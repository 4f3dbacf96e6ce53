import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArchiveRefused, UnpackGuard, type UnpackLimits } from '#archives';
import type { FileStore } from '#platform';
import { FileRefused } from '../shared/records';

/** The bytes of a file, wherever they are. */
export interface FileBytes {
  readonly size: number;
  stream(start?: number, end?: number): AsyncIterable<Buffer>;
}

const READ_BYTES = 256 * 1024;

export async function storedBytes(files: FileStore, fileId: string): Promise<FileBytes> {
  const size = await files.size(fileId);
  return { size, stream: (start = 0, end = size) => files.read(fileId, { start, end: Math.min(end, size) }) };
}

export function bytesInMemory(bytes: Buffer): FileBytes {
  return {
    size: bytes.length,
    async *stream(start = 0, end = bytes.length) {
      for (let at = start; at < end; at += READ_BYTES) yield await Promise.resolve(bytes.subarray(at, Math.min(end, at + READ_BYTES)));
    },
  };
}

/** A part of a file, in memory. What is beyond its end is not there. */
export async function sliceOf(bytes: FileBytes, start: number, end: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of bytes.stream(Math.max(0, start), Math.min(end, bytes.size))) parts.push(part);
  return Buffer.concat(parts);
}

/** The first bytes of a stream, and no more of it. */
export async function headOf(bytes: AsyncIterable<Buffer>, max: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of bytes) {
    parts.push(part);
    length += part.length;
    if (length >= max) break;
  }
  return Buffer.concat(parts).subarray(0, max);
}

/** What a gzip stream unpacks to. Refuses: `file_unreadable` (it breaks off, or is damaged), `file_too_large`. */
export async function* gunzipped(bytes: AsyncIterable<Buffer>, limits: UnpackLimits): AsyncGenerator<Buffer> {
  const guard = new UnpackGuard(limits);
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      guard.takesIn(chunk.length);
      yield chunk;
    }
  };
  const gunzip = createGunzip({ chunkSize: READ_BYTES });
  // An error of either stream is thrown where the other one is read.
  pipeline(Readable.from(counted(), { objectMode: false }), gunzip, () => undefined);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      guard.givesOut(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw inWordsOfFiles(error);
  }
}

/** The refusals of archives, and zlib's own errors, as refusals of a file. */
export function inWordsOfFiles(error: unknown): unknown {
  if (error instanceof ArchiveRefused)
    return new FileRefused(error.reason === 'too_large' ? 'file_too_large' : 'file_unreadable', `${capital(error.detail)}.`, 0);
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'Z_BUF_ERROR') return new FileRefused('file_unreadable', 'The packed bytes break off in the middle.', 0);
  if (typeof code === 'string' && code.startsWith('Z_')) return new FileRefused('file_unreadable', 'The packed bytes are damaged.', 0);
  return error;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Bytes of which any part can be read, written to disk for as long as they are needed. No name is left of them even if the process is killed. */
export async function spooled(bytes: AsyncIterable<Buffer>): Promise<FileBytes & { readonly close: () => Promise<void> }> {
  const name = path.join(os.tmpdir(), `scopebook-${randomUUID()}`);
  const file = await open(name, 'wx+', 0o600);
  try {
    await rm(name);
    let size = 0;
    for await (const chunk of bytes) {
      await file.write(chunk, 0, chunk.length, size);
      size += chunk.length;
    }
    return { size, stream: (start = 0, end = size) => rangeOf(file, start, end), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function* rangeOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const { bytesRead, buffer } = await file.read(
      Buffer.allocUnsafe(Math.min(READ_BYTES, end - at)),
      0,
      Math.min(READ_BYTES, end - at),
      at,
    );
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
