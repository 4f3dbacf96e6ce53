import type { Draw } from './draw';

/** A sheet before it is written down: the header and its lines, every cell as text. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly lines: string[][];
}

/** One slip of the pen: what stands in a column instead of what belongs there. */
export interface Slip {
  readonly column: string;
  readonly text: string;
}

/** A line from named cells; columns that are not named stay empty. */
export function lineOf(columns: readonly string[], cells: Readonly<Record<string, string>>): string[] {
  const stranger = Object.keys(cells).find((name) => !columns.includes(name));
  if (stranger !== undefined) throw new Error(`the sheet has no column "${stranger}"`);
  return columns.map((column) => cells[column] ?? '');
}

/**
 * Makes a clean sheet as dirty as real ones are: some lines stand there twice (`repeatedPerMille`), each slip happens `times` times, and
 * always on other lines.
 */
export function soil(
  sheet: Sheet,
  draw: Draw,
  { repeatedPerMille, slips, times }: { repeatedPerMille: number; slips: readonly Slip[]; times: number },
): Sheet {
  const lines = sheet.lines.map((line) => [...line]);
  const soiled = new Set<number>();
  for (const { column, text } of slips) {
    const at = sheet.columns.indexOf(column);
    if (at < 0) throw new Error(`the sheet has no column "${column}"`);
    for (let n = 0; n < times; n += 1) {
      let index = draw.int(0, lines.length - 1);
      while (soiled.has(index)) index = (index + 1) % lines.length;
      soiled.add(index);
      const line = lines[index];
      if (line) line[at] = text;
    }
  }
  const repeated = lines.filter((_, index) => !soiled.has(index) && draw.chance(repeatedPerMille));
  return { columns: sheet.columns, lines: [...lines, ...repeated.map((line) => [...line])] };
}

/** The text of the file, with a header line. */
export function written({ columns, lines }: Sheet, delimiter: ',' | ';' = ','): string {
  const quoted = (cell: string) => (cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [columns, ...lines].map((line) => `${line.map(quoted).join(delimiter)}\n`).join('');
}
