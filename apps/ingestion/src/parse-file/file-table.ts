import type { FileLine } from '../shared/cells';

/** The columns of a file, and the line in which they are named: 0 where they stand elsewhere. */
export interface Header {
  readonly names: readonly string[];
  readonly line: number;
}

/** A file as lines of cells, of whatever kind it is. All of it refuses by `FileRefused`. */
export interface FileTable {
  header(): Promise<Header>;
  /** Goes through all of the file once, so that one that breaks at its end leaves nothing behind; `read`: the columns that matter. */
  check(read: ReadonlySet<string>): Promise<FileCheck>;
  /** The lines of data in the order of the file, batch by batch; cells in the order of these columns. */
  lines(header: Header, read: ReadonlySet<string>): AsyncGenerator<readonly FileLine[]>;
  close(): Promise<void>;
}

export interface FileCheck {
  readonly hasData: boolean;
  /** Whether a quote stands anywhere in the text. */
  readonly quoted: boolean;
}

export const NOTHING_TO_CLOSE = (): Promise<void> => Promise.resolve();
