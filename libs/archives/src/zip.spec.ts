import { zipOf } from '../../../test/support/factor-files';
import type { ArchiveRefused } from './archive-refused';
import { UnpackGuard } from './unpack-guard';
import { ZIP_LOCAL_BYTES, zipDataAt, zipDirectory, zipRecords, type ZipLimits } from './zip';

const LIMITS: ZipLimits = { entriesMax: 3, entryBytesMax: 1_000, unpackedBytesMax: 1_500, ratioMax: 3, ratioFromBytes: 100 };

interface Packed {
  readonly name: string;
  readonly content: Buffer;
  readonly states?: Partial<{ unpacked: number; method: number; flags: number }>;
}

/** An archive as a packer writes it, or states it. */
function zip(files: readonly Packed[]): Buffer {
  return zipOf(
    files.map(({ name, content, states: { unpacked = content.length, ...states } = {} }) => ({
      name,
      content,
      unpackedBytes: unpacked,
      ...states,
    })),
  );
}

function open(bytes: Buffer): ReturnType<typeof zipRecords> {
  const { count, at, bytes: length } = zipDirectory(bytes, LIMITS);
  return zipRecords(bytes.subarray(at, at + length), count, bytes.length, LIMITS);
}

const small = (name: string): Packed => ({ name, content: Buffer.from('abc') });

describe('the directory of an archive', () => {
  it('says what is in it, and where', () => {
    const bytes = zip([small('a'), small('b/c')]);
    const records = open(bytes);
    expect(records.map(({ name, unpackedBytes, isDeflated }) => [name, unpackedBytes, isDeflated])).toEqual([
      ['a', 3, true],
      ['b/c', 3, true],
    ]);
    const second = records[1]!;
    expect(zipDataAt(bytes.subarray(second.localAt, second.localAt + ZIP_LOCAL_BYTES), second)).toBe(second.localAt + 33);
  });

  it.each<[string, Buffer, string, RegExp]>([
    ['more entries than are taken', zip(['a', 'b', 'c', 'd'].map(small)), 'too_large', /4 entries/],
    ['an entry that unpacks to too much', zip([{ ...small('a'), states: { unpacked: 1_001 } }]), 'too_large', /"a"/],
    [
      'entries that unpack to too much together',
      zip(['a', 'b'].map((name) => ({ ...small(name), states: { unpacked: 900 } }))),
      'too_large',
      /1500/,
    ],
    ['a bomb', zip([{ name: 'a', content: Buffer.alloc(1_000) }]), 'too_large', /unpack to 1000/],
    ['an encrypted entry', zip([{ ...small('a'), states: { flags: 1 } }]), 'unreadable', /encrypted/],
    ['another way of packing', zip([{ ...small('a'), states: { method: 12 } }]), 'unreadable', /unknown way/],
    ['a size that contradicts itself', zip([{ ...small('a'), states: { method: 0 } }]), 'unreadable', /contradicts/],
    ['its end cut off', zip([small('a')]).subarray(0, -10), 'unreadable', /breaks off/],
  ])('refuses %s', (_, bytes, reason, detail) => {
    expect(() => open(bytes)).toThrow(detail);
    expect(() => open(bytes)).toThrow(expect.objectContaining({ reason }) as ArchiveRefused);
  });

  it('refuses an entry that is not where it says', () => {
    expect(() => zipDataAt(Buffer.alloc(ZIP_LOCAL_BYTES), open(zip([small('a')]))[0]!)).toThrow('not where');
    expect(() => zipDataAt(Buffer.alloc(3), open(zip([small('a')]))[0]!)).toThrow('not where');
  });
});

describe('what comes out of a stream', () => {
  const limits = { unpackedBytesMax: 1_000, ratioMax: 10, ratioFromBytes: 100 };

  it('is let be while it is small, or no more than so many times what went in', () => {
    const guard = new UnpackGuard(limits);
    guard.takesIn(1);
    guard.givesOut(100);
    guard.takesIn(99);
    guard.givesOut(900);
    expect(() => guard.givesOut(1)).toThrow('more than 1000 bytes');
  });

  it('is refused as soon as it is a bomb', () => {
    const guard = new UnpackGuard(limits);
    guard.takesIn(10);
    expect(() => guard.givesOut(101)).toThrow('10 bytes unpack to 101 and more');
  });
});
