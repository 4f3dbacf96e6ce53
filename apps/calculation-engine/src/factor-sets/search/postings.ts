/** Factors of a set are counted in blocks: a number within one fits sixteen bits, and a block of every factor two kilobytes. */
export const BLOCK = 16_384;
const BITMAP_BYTES = BLOCK / 8;
const LIST_MAX = BITMAP_BYTES / 2;

const AS_LIST = 0;
const AS_BITMAP = 1;

/** Some numbers of one block, 0 to 16,383. */
export class Numbers {
  private constructor(private readonly bits: Uint8Array) {}

  static none(): Numbers {
    return new Numbers(new Uint8Array(BITMAP_BYTES));
  }

  /** The first `count` of the block. */
  static first(count: number): Numbers {
    const numbers = Numbers.none();
    for (let n = 0; n < count; n += 1) numbers.add(n);
    return numbers;
  }

  /** As `encoded` wrote them. */
  static read(bytes: Buffer): Numbers {
    if (bytes[0] === AS_BITMAP) return new Numbers(Uint8Array.from(bytes.subarray(1)));
    const numbers = Numbers.none();
    for (let at = 1; at < bytes.length; at += 2) numbers.add(bytes.readUInt16LE(at));
    return numbers;
  }

  add(number: number): void {
    this.bits[number >> 3]! |= 1 << (number & 7);
  }

  has(number: number): boolean {
    return (this.bits[number >> 3]! & (1 << (number & 7))) !== 0;
  }

  /** Adds those of the other. */
  join({ bits }: Numbers): void {
    for (let at = 0; at < BITMAP_BYTES; at += 1) this.bits[at]! |= bits[at]!;
  }

  /** Keeps those that the other has too. */
  keep({ bits }: Numbers): void {
    for (let at = 0; at < BITMAP_BYTES; at += 1) this.bits[at]! &= bits[at]!;
  }

  /** In ascending order. */
  forEach(tell: (number: number) => void): void {
    for (let at = 0; at < BITMAP_BYTES; at += 1) {
      const byte = this.bits[at]!;
      for (let bit = 0; byte >> bit !== 0; bit += 1) if (byte & (1 << bit)) tell(at * 8 + bit);
    }
  }
}

/** Ascending numbers of one block as they are stored: a list while it is the shorter, else a bitmap. */
export function encoded(numbers: readonly number[]): Buffer {
  if (numbers.length <= LIST_MAX) {
    const bytes = Buffer.alloc(1 + numbers.length * 2, AS_LIST);
    numbers.forEach((number, i) => bytes.writeUInt16LE(number, 1 + i * 2));
    return bytes;
  }
  const bytes = Buffer.alloc(1 + BITMAP_BYTES);
  bytes[0] = AS_BITMAP;
  for (const number of numbers) bytes[1 + (number >> 3)]! |= 1 << (number & 7);
  return bytes;
}
