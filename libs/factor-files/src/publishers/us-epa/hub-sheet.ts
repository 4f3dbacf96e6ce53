import type { FileRefusal, Sheet } from '../../factor-file';
import { letterOf, textOf } from '../shared/figures';
import { filledRows, type LineAccount, type SheetRow } from './lines';

/** The columns of the hub: titles of tables stand in B, labels in C, figures from D on. */
export const [TITLE, LABEL, FIRST] = [1, 2, 3];

/** One of the stacked tables, with everything down to the next title. */
export interface HubTable {
  readonly number: number;
  readonly title: string;
  /** The rows down to the header and with it. */
  readonly head: readonly SheetRow[];
  readonly body: readonly SheetRow[];
}

/** The hub as it lies in its one sheet. */
export interface HubSheet {
  readonly name: string;
  /** Title, date, the box of GWPs: all above table 1. */
  readonly front: readonly SheetRow[];
  readonly tables: ReadonlyMap<number, HubTable>;
}

/** Where the header of each table is known by: a column and how it begins. */
const HEADERS: Readonly<Record<number, readonly [column: number, text: RegExp]>> = {
  1: [LABEL, /^Fuel Type$/],
  2: [LABEL, /^Fuel Type$/],
  3: [LABEL, /^Vehicle Type$/],
  4: [LABEL, /^Vehicle Type$/],
  5: [LABEL, /^Vehicle Type$/],
  6: [LABEL, /^eGRID Subregion/],
  7: [FIRST, /^CO2 Factor/],
  8: [LABEL, /^Vehicle Type$/],
  9: [LABEL, /^Material$/],
  10: [LABEL, /^Vehicle Type$/],
  11: [LABEL, /^(Gas$|Industrial Designation)/],
  12: [LABEL, /^ASHRAE/],
};

/** GWPs of gases and blends: nothing of them becomes a factor, and copies of 2024 go about without them. */
const WITHOUT_FACTORS: readonly number[] = [11, 12];

const TABLE_TITLE = /^Table (\d+)$/;

/**
 * Takes the sheet apart at the titles of its tables. Refusals: `header_missing` where a table or its header is not there, `hand_edited` where a
 * table stands there twice or a figure right of its last column.
 */
export function hubSheetOf(sheet: Sheet): HubSheet | FileRefusal {
  const front: SheetRow[] = [];
  const stacked: { number: number; title: string; rows: SheetRow[] }[] = [];
  for (const row of filledRows(sheet.rows)) {
    const number = TABLE_TITLE.exec(textOf(row.cells, TITLE))?.[1];
    if (number !== undefined) stacked.push({ number: Number(number), title: textOf(row.cells, LABEL), rows: [row] });
    else (stacked.at(-1)?.rows ?? front).push(row);
  }
  const tables = new Map<number, HubTable>();
  for (const { number, title, rows } of stacked) {
    const [column, text] = HEADERS[number] ?? [0, /^$/];
    const header = rows.findIndex(({ cells }) => text.test(textOf(cells, column)) && cells.length > 0);
    if (HEADERS[number] && header < 0) return missing(sheet, `the header of table ${number}`, rows[0]?.row);
    if (tables.has(number))
      return {
        refused: 'hand_edited',
        detail: `table ${number} stands there twice`,
        sheet: sheet.name,
        ...(rows[0] ? { row: rows[0].row } : {}),
      };
    tables.set(number, { number, title, head: rows.slice(0, header + 1), body: rows.slice(header + 1) });
  }
  const absent = Object.keys(HEADERS).find((number) => !tables.has(Number(number)) && !WITHOUT_FACTORS.includes(Number(number)));
  if (absent !== undefined) return missing(sheet, `table ${absent}`);
  return strayFigure(sheet, tables) ?? { name: sheet.name, front, tables };
}

/** A figure right of the last column of its table is none of the publisher's. */
function strayFigure(sheet: Sheet, tables: ReadonlyMap<number, HubTable>): FileRefusal | null {
  for (const { number, head, body } of tables.values()) {
    if (!HEADERS[number]) continue;
    const width = Math.max(...head.map(({ cells }) => cells.length));
    for (const { row, cells } of body) {
      const stray = cells.findIndex(({ kind }, column) => column >= width && kind === 'number');
      if (stray < 0) continue;
      const column = letterOf(stray);
      return { refused: 'hand_edited', detail: `table ${number} has no column ${column}`, sheet: sheet.name, row, column };
    }
  }
  return null;
}

function missing(sheet: Sheet, what: string, row?: number): FileRefusal {
  return { refused: 'header_missing', detail: `${what} is not in the sheet`, sheet: sheet.name, ...(row === undefined ? {} : { row }) };
}

/** A label without the letter of its footnote: `Passenger Car A`, `AircraftC`; `PLA` and `HDPE` keep theirs. */
export function withoutLetter(label: string): string {
  return label.replace(/(?<=[a-z)])\s?[A-E]$/, '').trim();
}

/** Why a row with figures and no label is left out. */
export const NAMELESS = 'figures without a label';

export function labelOf({ cells }: SheetRow): string {
  return withoutLetter(textOf(cells, LABEL));
}

/** What every reader of a table is given. */
export interface HubContext {
  readonly year: number;
  readonly tables: ReadonlyMap<number, HubTable>;
  readonly account: LineAccount;
}

export function tableOf({ tables }: HubContext, number: number): HubTable {
  const table = tables.get(number);
  if (!table) throw new RangeError(`table ${number} was never found`);
  return table;
}

/** The rows of a table that hold figures, which are the rows with something right of their label; all others are remarks. */
export function figureRows({ account }: HubContext, { head, body }: HubTable, from = FIRST): SheetRow[] {
  const isFigures = ({ cells }: SheetRow): boolean => cells.slice(from).some(({ kind }) => kind !== 'blank');
  for (const row of head) account.note(row);
  for (const row of body) if (!isFigures(row)) account.note(row);
  return body.filter(isFigures);
}

/** How a table and a row of it are cited. */
export function cite(
  { number, title }: HubTable,
  label: string,
  { row }: SheetRow,
  printed: string,
): { table: string; row: string; printed: string } {
  return { table: `Table ${number}, ${title}`, row: `${label} (row ${row})`, printed };
}
