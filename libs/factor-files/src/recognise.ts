import type { FileRefusal, Layout, OpenedFile, RecognisedFile } from './factor-file';
import { LAYOUTS } from './layouts';

export interface Recognition {
  readonly layout: Layout;
  readonly recognised: RecognisedFile;
}

const SHEETS_SHOWN = 10;
const CELLS_SHOWN = 8;
const TEXT_SHOWN = 80;

/**
 * Which layout a file has. Exactly one must say that the file is its: what two could read, nobody has read right.
 * Refusals: `layout_unknown` with what was seen, or with the publisher's file to hand in instead, `layout_ambiguous`.
 */
export function recognise(file: OpenedFile, layouts: readonly Layout[] = LAYOUTS): Recognition | FileRefusal {
  const found: Recognition[] = [];
  for (const layout of layouts) {
    const recognised = layout.recognise(file);
    if (recognised) found.push({ layout, recognised });
  }
  const [only, ...more] = found;
  if (!only) return { refused: 'layout_unknown', detail: layouts.map(({ instead }) => instead?.(file)).find(Boolean) ?? seen(file) };
  if (more.length > 0) return { refused: 'layout_ambiguous', detail: `it could be of ${found.map(({ layout }) => layout.id).join(', ')}` };
  return only;
}

/** What a person needs to find out why a file is none that is known: its kind, its sheets, its first words. */
function seen(file: OpenedFile): string {
  if (file.kind === 'json') return `json that begins with ${short(file.text.trim())}`;
  const names = file.sheetNames.map((name) => `"${name}"`);
  const sheets =
    file.kind === 'csv' ? '' : `, sheets ${names.slice(0, SHEETS_SHOWN).join(', ')}${names.length > SHEETS_SHOWN ? ' ...' : ''}`;
  return `${file.kind}${sheets}, first cells ${firstCells(file)}`;
}

/** The cells of the first row that has more than one, else of the first row with any. */
function firstCells(file: OpenedFile): string {
  const [first] = file.sheetNames;
  const rows = first === undefined ? [] : file.sheet(first).rows.map((row) => row.filter(({ kind }) => kind !== 'blank'));
  const header = rows.find((row) => row.length > 1) ?? rows.find((row) => row.length > 0) ?? [];
  return header.length === 0
    ? 'none'
    : header
        .slice(0, CELLS_SHOWN)
        .map(({ text }) => short(text))
        .join(', ');
}

function short(text: string): string {
  return JSON.stringify(text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}...` : text);
}
