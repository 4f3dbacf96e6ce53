import type { FileRefusal } from '../../factor-file';
import type { Labels } from './labels';
import { columnName, FACTORS, type DesnzRow, type Header } from './sheet';

/** `1_100_1000_15_1`: sheet, table, row, column and gas, by their numbers in the full set. */
const ID = /^\d+(_\d+){4}$/;

type Stated = keyof Labels | 'unit' | 'counted';

/** Which parts of an id decide a label: so it is in every edition that has ids, without an exception. */
const DECIDED_BY: readonly (readonly [label: Stated, parts: readonly number[]])[] = [
  ['scope', [0]],
  ['level1', [0]],
  ['level2', [0, 1]],
  ['level3', [0, 1, 2]],
  ['level4', [0, 1, 2]],
  ['text', [0, 1, 2, 3]],
  ['unit', [0, 1, 3]],
  ['counted', [4]],
];

/** No row that has a figure lacks them, in any edition. */
const NEVER_BLANK = ['scope', 'level1', 'level2', 'unit', 'counted'] as const;

const SCOPES: readonly string[] = ['Scope 1', 'Scope 2', 'Scope 3', 'Outside of Scopes'];

/**
 * A row with a figure has its id, where the edition has ids, and the labels that no row lacks. Refusal: `cell_invalid`, since figures without them
 * would be given a meaning that the publisher does not state.
 */
export function blankLabel(rows: readonly DesnzRow[], { columns, id }: Header): FileRefusal | null {
  for (const row of rows) {
    if (row.value.kind !== 'number') continue;
    if (id !== null && row.id === null) return at('cell_invalid', row, id, 'a figure without its id');
    const blank = NEVER_BLANK.find((name) => statedIn(row, name) === '');
    if (blank) return at('cell_invalid', row, columns[blank], 'the cell is blank beside a figure');
    if (!SCOPES.includes(row.labels.scope)) return at('cell_invalid', row, columns.scope, `"${row.labels.scope}" is no scope`);
  }
  return null;
}

/**
 * Rows whose ids share the parts that decide a label say the same there. Refusal: `hand_edited`, at the row that fewer others agree with. Ids of
 * another form say nothing.
 */
export function labelAgainstId(rows: readonly DesnzRow[], { columns }: Header): FileRefusal | null {
  const known = rows.filter((row) => row.id !== null && ID.test(row.id));
  for (const [label, parts] of DECIDED_BY) {
    const byKey = new Map<string, Map<string, DesnzRow[]>>();
    for (const row of known) {
      const ids = row.id!.split('_');
      const key = parts.map((part) => ids[part]).join('_');
      const texts = byKey.get(key) ?? new Map<string, DesnzRow[]>();
      byKey.set(key, texts);
      const same = texts.get(statedIn(row, label));
      if (same) same.push(row);
      else texts.set(statedIn(row, label), [row]);
    }
    for (const texts of byKey.values()) {
      const [[usual = ''] = [], [other, [row] = []] = []] = [...texts].sort(([, a], [, b]) => b.length - a.length);
      if (row) return at('hand_edited', row, columns[label], `"${other}" under the id ${row.id}, where other rows of it say "${usual}"`);
    }
  }
  return null;
}

function statedIn(row: DesnzRow, name: Stated): string {
  if (name === 'unit' || name === 'counted') return row[name];
  return row.labels[name];
}

function at(refused: FileRefusal['refused'], { row }: DesnzRow, column: number, detail: string): FileRefusal {
  return { refused, detail, sheet: FACTORS, row, column: columnName(column) };
}
