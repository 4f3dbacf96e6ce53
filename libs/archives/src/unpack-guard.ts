import { ArchiveRefused } from './archive-refused';

/** How much may come out of a stream that is unpacked. */
export interface UnpackLimits {
  readonly unpackedBytesMax: number;
  readonly ratioMax: number;
  readonly ratioFromBytes: number;
}

/** Watches what goes into an unpacking stream and what comes out. Refuses: `too_large`, as soon as a limit is passed. */
export class UnpackGuard {
  private packed = 0;
  private unpacked = 0;

  constructor(private readonly limits: UnpackLimits) {}

  takesIn(bytes: number): void {
    this.packed += bytes;
  }

  givesOut(bytes: number): void {
    this.unpacked += bytes;
    const { unpackedBytesMax, ratioMax, ratioFromBytes } = this.limits;
    if (this.unpacked > unpackedBytesMax) throw new ArchiveRefused('too_large', `more than ${unpackedBytesMax} bytes unpacked`);
    if (this.unpacked > ratioFromBytes && this.unpacked > ratioMax * this.packed)
      throw new ArchiveRefused('too_large', `${this.packed} bytes unpack to ${this.unpacked} and more`);
  }
}
