import type { Cell, FileRefusal, OpenedFile, Sheet } from '../../factor-file';
import type { Labels } from './labels';

export const FACTORS = 'Factors by Category';
export const FRONT_PAGE = 'Front page';
export const TITLE = 'UK Government GHG Conversion Factors for Company Reporting';

const NOTHING: Cell = { text: '', kind: 'blank' };
/** The header stands below a title of some lines. */
const HEADER_ROWS_MAX = 30;
const VALUE = /^GHG Conversion Factor (\d{4})$/;

/** Where a column stands in this edition. `ID` is there from 2023, `Level 4` and `Column Text` always. */
export interface Header {
  /** From 0. */
  readonly row: number;
  readonly year: string;
  readonly id: number | null;
  readonly columns: Readonly<Record<keyof Labels | 'unit' | 'counted' | 'value', number>>;
}

const NAMES: Readonly<Record<keyof Labels | 'unit' | 'counted', readonly string[]>> = {
  scope: ['Scope'],
  level1: ['Level 1'],
  level2: ['Level 2'],
  level3: ['Level 3'],
  level4: ['Level 4'],
  text: ['Column Text'],
  unit: ['UOM'],
  counted: ['GHG/Unit', 'GHG'],
};

/** The columns of the sheet, found by their names: their order and number differ between the editions. */
export function headerOf(sheet: Sheet): Header | null {
  const row = sheet.rows.slice(0, HEADER_ROWS_MAX).findIndex((cells) => cells.some(({ text }) => VALUE.test(text.trim())));
  const names = (sheet.rows[row] ?? []).map(({ text }) => text.trim());
  const value = names.findIndex((name) => VALUE.test(name));
  const found = Object.entries(NAMES).map(([key, known]) => [key, names.findIndex((name) => known.includes(name))] as const);
  if (value < 0 || found.some(([, at]) => at < 0)) return null;
  const id = names.indexOf('ID');
  return {
    row,
    year: VALUE.exec(names[value] ?? '')?.[1] ?? '',
    id: id < 0 ? null : id,
    columns: { ...Object.fromEntries(found), value } as Header['columns'],
  };
}

/** Edition and version as the front page says them, each to the right of its name. */
export function frontPage(file: OpenedFile): { readonly year: string | null; readonly version: string | null } {
  if (!file.sheetNames.includes(FRONT_PAGE)) return { year: null, version: null };
  const { rows } = file.sheet(FRONT_PAGE);
  const beside = (name: string): string | null => {
    for (const cells of rows) {
      const at = cells.findIndex(({ text }) => text.trim() === name);
      const value = at < 0 ? undefined : cells.slice(at + 1).find(({ kind }) => kind !== 'blank');
      if (value) return value.text.trim();
    }
    return null;
  };
  return { year: beside('Year:'), version: beside('Version:') };
}

export function isOurs(file: OpenedFile): boolean {
  if (!file.sheetNames.includes(FACTORS)) return false;
  const { rows } = file.sheet(FACTORS);
  return headerOf({ name: FACTORS, rows }) !== null || rows[0]?.[0]?.text.trim() === TITLE;
}

/** A row below the header. */
export interface DesnzRow {
  /** From 1, as the sheet shows it. */
  readonly row: number;
  readonly id: string | null;
  readonly labels: Labels;
  readonly unit: string;
  readonly counted: string;
  readonly value: Cell;
}

/** The rows below the header that hold something. Refuses: `hand_edited`, where something stands beside the publisher's columns. */
export function rowsOf(sheet: Sheet, header: Header): DesnzRow[] | FileRefusal {
  const { columns, id } = header;
  const rows: DesnzRow[] = [];
  for (let i = header.row + 1; i < sheet.rows.length; i += 1) {
    const cells = sheet.rows[i] ?? [];
    if (cells.every(({ kind }) => kind === 'blank')) continue;
    const beside = cells.findIndex((cell, at) => at > columns.value && cell.kind !== 'blank');
    if (beside >= 0)
      return {
        refused: 'hand_edited',
        detail: `"${cells[beside]?.text}" stands beside the publisher's columns`,
        sheet: sheet.name,
        row: i + 1,
        column: columnName(beside),
      };
    const text = (at: number): string => (cells[at] ?? NOTHING).text.trim();
    rows.push({
      row: i + 1,
      id: id === null || text(id) === '' ? null : text(id),
      labels: {
        scope: text(columns.scope),
        level1: text(columns.level1),
        level2: text(columns.level2),
        level3: text(columns.level3),
        level4: text(columns.level4),
        text: text(columns.text),
      },
      unit: text(columns.unit),
      counted: text(columns.counted),
      value: cells[columns.value] ?? NOTHING,
    });
  }
  return rows;
}

/** 0 is A, 26 is AA. */
export function columnName(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26);
}
