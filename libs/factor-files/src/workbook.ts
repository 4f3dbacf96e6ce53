import * as XLSX from '@e965/xlsx';
import { BLANK, numberCell, SheetRows, textCell } from './cells';
import type { Cell, Sheet } from './factor-file';
import { FileRefused } from './file-refused';
import { readZipDirectory, type ZipEntry } from './zip';

/** A workbook whose sheets are parsed one by one, when asked for. */
export interface Workbook {
  readonly sheetNames: readonly string[];
  readonly sheet: (name: string) => Sheet;
}

const XLS_BYTES_MAX = 50 * 1024 * 1024;
/** Values alone: no formulas, styles, rendered text or HTML. Dates stay the numbers that they are stored as. */
const VALUES = {
  dense: true,
  cellText: false,
  cellHTML: false,
  cellFormula: false,
  cellNF: false,
  cellStyles: false,
  cellDates: false,
  bookVBA: false,
} as const satisfies XLSX.ParsingOptions;

/** What the parser takes instead of an archive: it asks for entries by name, so that sheets nobody asked for are never unpacked. */
interface ArchiveOfEntries {
  readonly files: Readonly<Record<string, { readonly name: string; readonly asNodeBuffer: () => Buffer }>>;
}
const { parse_zip } = XLSX as unknown as {
  readonly parse_zip: (archive: ArchiveOfEntries, options: XLSX.ParsingOptions) => XLSX.WorkBook;
};

/** Refuses: those of `readZipDirectory`, `file_unreadable` where the archive is no workbook. */
export function openXlsx(bytes: Uint8Array): Workbook {
  const entries = readZipDirectory(bytes).filter(({ name }) => /^(\[Content_Types\]\.xml|(_rels|docProps|xl)\/)/.test(name));
  if (!entries.some(({ name }) => name.startsWith('xl/'))) throw new FileRefused('file_unreadable', 'a ZIP archive that is no workbook');
  const archive = archiveOf(entries);
  return workbookOf((options) => parse_zip(archive, options));
}

function archiveOf(entries: readonly ZipEntry[]): ArchiveOfEntries {
  const files = Object.create(null) as Record<string, { name: string; asNodeBuffer: () => Buffer }>;
  for (const { name, unpack } of entries) files[name] = { name, asNodeBuffer: unpack };
  return { files };
}

/** Refuses: `file_too_large`, `file_unreadable`. */
export function openXls(bytes: Uint8Array): Workbook {
  if (bytes.length > XLS_BYTES_MAX) throw new FileRefused('file_too_large', `an .xls of more than ${XLS_BYTES_MAX} bytes`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return workbookOf((options) => XLSX.read(buffer, { ...options, type: 'buffer' }));
}

function workbookOf(parse: (options: XLSX.ParsingOptions) => XLSX.WorkBook): Workbook {
  const sheetNames = parsed(() => parse({ bookSheets: true })).SheetNames;
  const known = new Map<string, Sheet>();
  const sheet = (name: string): Sheet => {
    const before = known.get(name);
    if (before) return before;
    if (!sheetNames.includes(name))
      throw new FileRefused('sheet_missing', `the file has ${sheetNames.map((one) => `"${one}"`).join(', ')}`, { sheet: name });
    const found = parsed(() => parse({ ...VALUES, sheets: name })).Sheets[name];
    const read = found ? sheetOf(name, found) : { name, rows: [] };
    known.set(name, read);
    return read;
  };
  return { sheetNames, sheet };
}

/** A parser that stumbles over a file says so in words of its own: that is a file that cannot be read. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused('file_unreadable', `no workbook that can be read: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

function sheetOf(name: string, found: XLSX.WorkSheet): Sheet {
  const sheet = new SheetRows(name);
  const rows: readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[] = found['!data'] ?? [];
  for (let r = 0; r < rows.length; r += 1) {
    const cells: Cell[] = [];
    const row = rows[r] ?? [];
    for (let c = 0; c < row.length; c += 1) cells.push(cellOf(row[c]));
    sheet.add(cells);
  }
  return sheet.done();
}

function cellOf(cell: XLSX.CellObject | undefined): Cell {
  if (cell === undefined || cell.t === 'z' || cell.v === undefined) return BLANK;
  if (cell.t === 'e') return { text: cell.w ?? '#ERROR', kind: 'error' };
  if (cell.t === 'n') return numberCell(Number(cell.v));
  if (cell.t === 'b') return textCell(cell.v === true ? 'TRUE' : 'FALSE');
  return textCell(String(cell.v));
}
