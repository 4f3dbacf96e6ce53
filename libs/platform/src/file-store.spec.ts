import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { sha256Hex } from './digest';
import { fileStoreFrom, FileTooLarge, type FileStore } from './file-store';

describe('the file store in a directory', () => {
  let directory: string;
  let store: FileStore;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'scopebook file-store ü-'));
    store = fileStoreFrom(pathToFileURL(directory).href);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const put = (bytes: Buffer | string, bytesMax = 1_000_000) => store.put(Readable.from([Buffer.from(bytes)]), bytesMax);
  /** Whatever lies there, half-written files included. */
  const files = (): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));

  it('gives back the bytes that it took, under the name of their hash', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256));
    const parts = Array.from({ length: 30 }, (_, i) => bytes.subarray(i * 10_000, (i + 1) * 10_000));
    const stored = await store.put(Readable.from(parts), bytes.length);
    expect(stored).toEqual({ fileId: sha256Hex(bytes), sha256: sha256Hex(bytes), bytes: bytes.length });
    expect((await buffer(store.read(stored.fileId))).equals(bytes)).toBe(true);
    expect(await store.size(stored.fileId)).toBe(bytes.length);
  });

  it('keeps the same bytes once, also when they arrive ten times at once', async () => {
    const stored = await Promise.all(Array.from({ length: 10 }, () => put('the same')));
    expect(new Set(stored.map(({ fileId }) => fileId)).size).toBe(1);
    expect(files()).toEqual([sha256Hex('the same')]);
  });

  it('takes an empty file: to refuse it is not its business', async () => {
    const { fileId, bytes } = await put('');
    expect([bytes, await store.size(fileId)]).toEqual([0, 0]);
  });

  it('takes exactly the limit, refuses one byte more, and keeps nothing of what it refused', async () => {
    expect(await put('12345', 5)).toMatchObject({ bytes: 5 });
    await expect(put('123456', 5)).rejects.toBeInstanceOf(FileTooLarge);
    expect(files()).toEqual([sha256Hex('12345')]);
  });

  it('stops reading a source that is too large: an endless one ends', async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          sent += 1_000;
          yield Buffer.alloc(1_000);
        }
      })(),
    );
    await expect(store.put(endless, 10_000)).rejects.toBeInstanceOf(FileTooLarge);
    expect(sent).toBeLessThan(1_000_000);
    expect(endless.destroyed).toBe(true);
    expect(files()).toEqual([]);
  });

  it('keeps nothing of a source that breaks off, and says why', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('the first half');
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('the client is gone');
    }
    await expect(store.put(Readable.from(broken()), 1_000)).rejects.toThrow('the client is gone');
    expect(files()).toEqual([]);
  });

  it('keeps nothing of a source that is cut without an error', async () => {
    const source = new Readable({ read: () => undefined });
    const stored = store.put(source, 1_000);
    source.push('the first half');
    setImmediate(() => source.destroy());
    await expect(stored).rejects.toThrow('Premature close');
    expect(files()).toEqual([]);
  });

  it('gives a range of a file', async () => {
    const { fileId } = await put('0123456789');
    expect((await buffer(store.read(fileId, { start: 2, end: 5 }))).toString()).toBe('234');
    expect((await buffer(store.read(fileId, { start: 9, end: 99 }))).toString()).toBe('9');
    expect((await buffer(store.read(fileId, { start: 4, end: 4 }))).toString()).toBe('');
  });

  it('forgets what it is told to, also twice', async () => {
    const { fileId } = await put('x');
    await store.remove(fileId);
    await store.remove(fileId);
    expect(files()).toEqual([]);
    await expect(store.size(fileId)).rejects.toThrow('ENOENT');
    await expect(buffer(store.read(fileId))).rejects.toThrow('ENOENT');
  });

  it.each(['../../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(64)}/..`, `${'a'.repeat(63)}\n`])(
    'takes no %j for the id of a file',
    async (id) => {
      expect(() => store.read(id)).toThrow('not the id of a stored file');
      await expect(store.size(id)).rejects.toThrow('not the id of a stored file');
      await expect(store.remove(id)).rejects.toThrow('not the id of a stored file');
    },
  );
});
