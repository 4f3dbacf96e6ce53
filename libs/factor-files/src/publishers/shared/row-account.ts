import type { Omission, OmissionReason, Sheet } from '../../factor-file';

/** A text file has its figures as text. */
const NUMBER = /^\s*-?\d+([.,]\d+)?\s*$/;

/** Where a row stands. */
export interface Place {
  readonly sheet: string;
  readonly row: number;
}

type Fate = 'used' | Omission | null;

/**
 * Accounts for every row of a file that holds something: it is in a factor or a table, or it is omitted with one reason. What a layout never came
 * to is told apart: without a figure it is a remark, with one it is a row that no table of the layout claims.
 */
export class RowAccount {
  private readonly sheets = new Map<string, { readonly fates: Map<number, Fate>; readonly figures: Set<number> }>();

  /** Every row that holds something is read. Rows count from 1. */
  open(sheet: Sheet): void {
    const fates = new Map<number, Fate>();
    const figures = new Set<number>();
    sheet.rows.forEach((cells, i) => {
      if (cells.every(({ kind }) => kind === 'blank')) return;
      fates.set(i + 1, null);
      if (cells.some(({ kind, text }) => kind === 'number' || (kind === 'text' && NUMBER.test(text)))) figures.add(i + 1);
    });
    this.sheets.set(sheet.name, { fates, figures });
  }

  /** Once used, always used. */
  use(sheet: string, ...rows: readonly number[]): void {
    for (const row of rows) this.fatesOf(sheet, row).set(row, 'used');
  }

  /** The first reason stands, and none at all beside a use. */
  omit(sheet: string, row: number, reason: OmissionReason, detail: string, column?: string): void {
    const fates = this.fatesOf(sheet, row);
    if (fates.get(row) === null) fates.set(row, { sheet, row, ...(column === undefined ? {} : { column }), reason, detail });
  }

  isOpen(sheet: string, row: number): boolean {
    return this.sheets.get(sheet)?.fates.get(row) === null;
  }

  close(): { readonly rowsRead: number; readonly rowsUsed: number; readonly omissions: readonly Omission[] } {
    const omissions: Omission[] = [];
    let rowsRead = 0;
    for (const [sheet, { fates, figures }] of this.sheets)
      for (const [row, fate] of fates) {
        rowsRead += 1;
        if (fate !== 'used') omissions.push(fate ?? leftover(sheet, row, figures.has(row)));
      }
    return { rowsRead, rowsUsed: rowsRead - omissions.length, omissions };
  }

  private fatesOf(sheet: string, row: number): Map<number, Fate> {
    const fates = this.sheets.get(sheet)?.fates;
    if (!fates?.has(row)) throw new RangeError(`row ${row} of "${sheet}" was never read`);
    return fates;
  }
}

function leftover(sheet: string, row: number, hasFigures: boolean): Omission {
  return hasFigures
    ? { sheet, row, reason: 'type_not_covered', detail: 'a row with figures that no table of the layout claims' }
    : { sheet, row, reason: 'note', detail: 'a heading or a remark' };
}
