import type { Decimal, FuelProperty, GasAmount } from '#ghg';
import type { Cell, Sheet } from '../../factor-file';
import type { FactorList } from '../shared/factor-list';
import { figureOf, letterOf, rateText, textOf } from '../shared/figures';
import type { RowAccount } from '../shared/row-account';

/** The year of the tool's second edition; electricity has years of its own. */
export const TOOL_YEAR = 2024;

/** Where the tables of one sheet are read from, and what is made of them. */
export interface ToolSheet {
  readonly sheet: Sheet;
  readonly account: RowAccount;
  readonly list: FactorList;
  readonly properties: FuelProperty[];
}

/** The tool's regions. `Other` are the defaults of the IPCC for everywhere. */
export const REGION_OF: Readonly<Record<string, string>> = { Other: 'GLOBAL', US: 'US', UK: 'GB' };

/** Grams per unit as kilograms. */
const GRAM = '0.001';

/** One table of a sheet: from the row after `title` to the row before the next table or the notes under it. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** Rows of the table whose title begins so, as long as they begin in column B with a word and are no note; sub-headings are among them. */
export function rowsOfTable(sheet: Sheet, title: RegExp): TableRow[] {
  const start = sheet.rows.findIndex((cells) => title.test(textOf(cells, 1)));
  if (start < 0) return [];
  const rows: TableRow[] = [];
  for (let i = start + 1; i < sheet.rows.length; i += 1) {
    const cells = sheet.rows[i] ?? [];
    if (/^Table \d+\./.test(textOf(cells, 1))) break;
    if (cells.some(({ kind }) => kind !== 'blank')) rows.push({ row: i + 1, cells });
  }
  return rows;
}

/** A figure of a table, or null with the row omitted by name. */
export function figureAt({ account, sheet }: ToolSheet, { row, cells }: TableRow, column: number): Decimal | null {
  const { value, reason } = figureOf(textOf(cells, column));
  if (reason === undefined) return value;
  account.omit(sheet.name, row, reason, textOf(cells, column), letterOf(column));
  return null;
}

export const kilograms = (gas: string, value: Decimal): GasAmount => ({ gas, kg: rateText(value) });
export const grams = (gas: string, value: Decimal): GasAmount => ({ gas, kg: rateText(value.mul(GRAM)) });
