import type { FileFormat } from '#contracts';
import type { Flag, MatchKey, RefusalCode } from '#ghg';

/** An entity as it stood when the import began: the code that files use, and what a key needs to know of it. */
export interface EntityOfRecord {
  readonly id: string;
  readonly country: string;
  readonly region: string | null;
}

/** The part of a record that falls into one calendar year and one reporting year. */
export interface StagedSegment {
  readonly key: MatchKey;
  readonly start: string;
  readonly end: string;
  /** In the key's unit, as a plain decimal. */
  readonly quantity: string;
}

/** An operand as the file states it: number and unit in the file's own spelling; or a free text, which has no unit. */
export interface StatedOperandText {
  readonly operand: string;
  readonly text: string;
  readonly unit: string;
}

/** A record that the kernel accepted. Whether it is a duplicate, a new version or new is for the database to say. */
export interface StagedRecord {
  readonly line: number;
  readonly slot: number;
  /** Digest of what names the record in its source. */
  readonly identity: string;
  /** Digest of everything that the record states. */
  readonly content: string;
  readonly entityId: string;
  readonly flags: readonly Flag[];
  readonly stated: readonly StatedOperandText[];
  readonly tags: Readonly<Record<string, string | boolean>>;
  readonly segments: readonly StagedSegment[];
}

/** A record that got no place in the books. Slot 0 stands for the line as a whole. */
export interface RefusedRecord {
  readonly line: number;
  readonly slot: number;
  readonly column: string | null;
  readonly code: RefusalCode;
  readonly detail: string;
  /** The cell as the file has it, cut at 200 characters. */
  readonly value: string | null;
}

/** What one line of data became. Lines count from 1 at the header, as a text editor shows them. */
export interface ReadLine {
  readonly line: number;
  readonly staged: readonly StagedRecord[];
  readonly refused: readonly RefusedRecord[];
}

/** What a file is read as, and what of that only a look at the whole of it can tell. */
export interface InspectedFormat extends FileFormat {
  readonly columns: readonly string[];
  /** The line of the header; 0 where the columns stand elsewhere. */
  readonly headerLine: number;
  /** False: no quote stands anywhere in the text. */
  readonly quoted: boolean;
}

export type FileRefusalCode =
  | 'file_empty'
  | 'file_not_of_stated_kind'
  | 'file_unreadable'
  | 'file_too_large'
  | 'sheet_missing'
  | 'column_type_unsupported'
  | 'column_missing'
  | 'column_unknown';

/** The file as a whole is refused: none of its records gets into the books. */
export class FileRefused extends Error {
  constructor(
    readonly code: FileRefusalCode,
    readonly detail: string,
    readonly line: number = 1,
    readonly column: string | null = null,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'FileRefused';
  }
}
