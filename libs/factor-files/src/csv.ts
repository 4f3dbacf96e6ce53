import { SheetRows, textCell } from './cells';
import type { Cell, Sheet } from './factor-file';
import { FileRefused } from './file-refused';

/** The one table of a text file has no name of its own. */
export const TABLE = 'table';

const DELIMITERS = [',', ';', '\t'] as const;

/** What separates the cells: whatever the first line with any of them has most of, outside quotes. A file without any has one column. */
export function delimiterOf(text: string): string {
  let quoted = false;
  const found = new Map<string, number>();
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (quoted) continue;
    if (letter === '\n' && found.size > 0) break;
    if (DELIMITERS.some((delimiter) => delimiter === letter)) found.set(letter, (found.get(letter) ?? 0) + 1);
  }
  const [most] = [...found].sort(([a, m], [b, n]) => n - m || DELIMITERS.findIndex((d) => d === a) - DELIMITERS.findIndex((d) => d === b));
  return most?.[0] ?? ',';
}

/**
 * Reads RFC 4180 text: quotes around a cell, two for one within, line ends LF, CRLF or CR. A quote inside an unquoted cell is a letter. Rows count
 * as records: a line end within quotes begins no row. Refuses: `file_unreadable` where a quote is never closed, `file_too_large`.
 */
export function readTable(text: string, delimiter: string): Sheet {
  const sheet = new SheetRows(TABLE);
  let row: Cell[] = [];
  for (let at = 0; at <= text.length;) {
    const quoted = text[at] === '"';
    const end = quoted ? closingQuote(text, at, sheet.rows.length + 1) + 1 : endOfCell(text, at, delimiter);
    const after = quoted ? endOfCell(text, end, delimiter) : end;
    const content = quoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') + text.slice(end, after) : text.slice(at, end);
    row.push(textCell(content));
    const stop = text[after];
    at = after + (stop === '\r' && text[after + 1] === '\n' ? 2 : 1);
    if (stop === delimiter) continue;
    sheet.add(row);
    row = [];
  }
  return sheet.done();
}

function closingQuote(text: string, open: number, row: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  throw new FileRefused('file_unreadable', 'a quote is opened here and never closed', { sheet: TABLE, row });
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === delimiter || letter === '\n' || letter === '\r') break;
  }
  return at;
}
