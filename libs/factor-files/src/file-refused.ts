import type { FileRefusal, FileRefusalCode } from './factor-file';

/** Carries a refusal out of a layout that asked for a sheet which cannot be had. Caught in `readFactorFile` and nowhere else. */
export class FileRefused extends Error {
  readonly refusal: FileRefusal;

  constructor(refused: FileRefusalCode, detail: string, place: { readonly sheet?: string; readonly row?: number } = {}) {
    super(detail);
    this.refusal = { refused, detail, ...place };
  }
}
