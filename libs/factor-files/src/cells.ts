import { Decimal, plain } from '#ghg';
import type { Cell, Sheet } from './factor-file';
import { FileRefused } from './file-refused';

/** What a sheet may hold; the largest published factor file has 400,000 cells. */
export const SHEET_LIMITS = { rowsMax: 1_000_000, cellsMax: 5_000_000 } as const;

export const BLANK: Cell = Object.freeze({ text: '', kind: 'blank' });

/** Text of white space alone is a blank, as a person who looks at the sheet sees it. */
export function textCell(text: string): Cell {
  return text.trim() === '' ? BLANK : { text, kind: 'text' };
}

/** The shortest decimal text that names this double and no other, without an exponent. */
export function numberCell(value: number): Cell {
  if (!Number.isFinite(value)) return { text: String(value), kind: 'error' };
  const text = String(value);
  return { text: text.includes('e') || text === '-0' ? plain(new Decimal(text)) : text, kind: 'number' };
}

/** Gathers the rows of a sheet within the limits. Blanks at the end of a row are cut off: how far a sheet was formatted means nothing. */
export class SheetRows {
  readonly rows: (readonly Cell[])[] = [];
  private cells = 0;

  constructor(private readonly name: string) {}

  add(row: Cell[]): void {
    while (row.length > 0 && row.at(-1)?.kind === 'blank') row.pop();
    this.cells += row.length;
    this.rows.push(row);
    if (this.rows.length > SHEET_LIMITS.rowsMax)
      throw new FileRefused('file_too_large', `more than ${SHEET_LIMITS.rowsMax} rows`, this.place);
    if (this.cells > SHEET_LIMITS.cellsMax) throw new FileRefused('file_too_large', `more than ${SHEET_LIMITS.cellsMax} cells`, this.place);
  }

  done(): Sheet {
    while (this.rows.at(-1)?.length === 0) this.rows.pop();
    return { name: this.name, rows: this.rows };
  }

  private get place(): { sheet: string; row: number } {
    return { sheet: this.name, row: this.rows.length };
  }
}
