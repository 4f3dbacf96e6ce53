import type { Cell } from '#contracts';
import { isRefusal, parseNumber, type Decimal, type NumberLocale, type Refusal } from '#ghg';
import type { Columns } from './header';

/** Numbers in a mapping are written like numbers in code, whatever the locale of its files. */
export const MAPPING_LOCALE: NumberLocale = { decimal: '.', group: '' };

/** A cell of the mapping, bound to the columns of one file. White space around a cell never counts. */
export class BoundCell {
  readonly column: string | null;
  private readonly index: number;
  private readonly constant: string;
  private readonly values: ReadonlyMap<string, string> | undefined;

  constructor(cell: Cell, columns: Columns) {
    this.column = 'column' in cell ? cell.column : null;
    this.index = 'column' in cell ? (columns.get(cell.column) ?? -1) : -1;
    this.constant = 'constant' in cell ? cell.constant : '';
    this.values = 'column' in cell && cell.values ? new Map(Object.entries(cell.values)) : undefined;
  }

  /** The cell as the file has it, for a person who looks for it there; null for a constant. */
  raw(fields: readonly string[]): string | null {
    return this.column === null ? null : (fields[this.index] ?? '');
  }

  /** The value after the mapping's table of values; null if the cell is not listed there. An empty cell that is not listed stays empty. */
  text(fields: readonly string[]): string | null {
    if (this.column === null) return this.constant;
    const text = (fields[this.index] ?? '').trim();
    if (!this.values) return text;
    return this.values.get(text) ?? (text === '' ? '' : null);
  }
}

/** A number, read in the file's locale if it stands in a column. */
export class BoundNumber {
  readonly cell: BoundCell;
  private readonly constant: Decimal | Refusal | undefined;

  constructor(
    cell: { column: string } | { constant: string },
    columns: Columns,
    private readonly locale: NumberLocale,
  ) {
    this.cell = new BoundCell(cell, columns);
    this.constant = 'constant' in cell ? parseNumber(cell.constant, MAPPING_LOCALE) : undefined;
  }

  isEmpty(fields: readonly string[]): boolean {
    return this.cell.text(fields) === '';
  }

  value(fields: readonly string[]): Decimal | Refusal {
    return this.constant ?? parseNumber(this.cell.text(fields) ?? '', this.locale);
  }
}

/** A refusal, and the cell that it is about. */
export interface Trouble extends Refusal {
  readonly column: string | null;
  readonly value: string | null;
}

export function trouble({ refusal, detail }: Refusal, cell: BoundCell | null, fields: readonly string[]): Trouble {
  return { refusal, detail, column: cell?.column ?? null, value: cell?.raw(fields) ?? null };
}

export function isTrouble<T>(result: T | Trouble): result is Trouble {
  return isRefusal(result) && 'column' in result;
}
