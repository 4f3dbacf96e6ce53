import { deflateRawSync } from 'node:zlib';
import type { Cell, OpenedFile, Sheet } from '../../libs/factor-files/src/factor-file';
import { BLANK, numberCell, textCell } from '../../libs/factor-files/src/cells';

/** A cell as a test writes it: text, a stored number, a blank, or an error of the spreadsheet. */
export type TestCell = string | number | null | { readonly error: string };

function cellOf(cell: TestCell): Cell {
  if (cell === null) return BLANK;
  if (typeof cell === 'number') return numberCell(cell);
  return typeof cell === 'string' ? textCell(cell) : { text: cell.error, kind: 'error' };
}

export function sheetOf(name: string, rows: readonly (readonly TestCell[])[]): Sheet {
  return { name, rows: rows.map((row) => row.map(cellOf)) };
}

/** A workbook, or with the one sheet "table" a text file, as if it had been opened. */
export function openedFile(
  sheets: Readonly<Record<string, readonly (readonly TestCell[])[]>>,
  more: Partial<Pick<OpenedFile, 'name' | 'kind' | 'text'>> = {},
): OpenedFile {
  const read = new Map(Object.entries(sheets).map(([name, rows]) => [name, sheetOf(name, rows)]));
  const sheet = (name: string): Sheet => {
    const found = read.get(name);
    if (!found) throw new Error(`the test has no sheet "${name}"`);
    return found;
  };
  return { name: 'test.xlsx', kind: 'xlsx', text: '', ...more, sheetNames: [...read.keys()], sheet };
}

/** An opened JSON file. */
export function openedJson(value: unknown): OpenedFile {
  const sheet = (): never => {
    throw new Error('a JSON file has no sheets');
  };
  return { name: 'test.json', kind: 'json', sheetNames: [], sheet, text: JSON.stringify(value) };
}

export interface TestEntry {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory states instead of the truth. */
  readonly unpackedBytes?: number;
  /** 8, deflated, unless the directory states another. */
  readonly method?: number;
  readonly flags?: number;
}

/** The bytes of a ZIP archive, honest or not. */
export function zipOf(entries: readonly TestEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, unpackedBytes = content.length, method = 8, flags = 0 } of entries) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(unpackedBytes, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(unpackedBytes, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
