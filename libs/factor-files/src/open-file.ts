import { delimiterOf, readTable, TABLE } from './csv';
import { decodeText } from './decode-text';
import type { FactorFile, FileRefusal, OpenedFile, Sheet } from './factor-file';
import { FileRefused } from './file-refused';
import { openXls, openXlsx, type Workbook } from './workbook';

const TEXT_BYTES_MAX = 100 * 1024 * 1024;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Kinds that people upload by mistake, told by name. */
const OTHER_KINDS: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'compressed with gzip'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
];

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/**
 * Opens a file by what its bytes are; its name says nothing. Limits hold before anything is parsed. Sheets of a workbook are parsed when they are
 * asked for; the table of a text file is called "table". Refusals: `file_unreadable`, `file_too_large`.
 */
export function openFile(file: FactorFile): OpenedFile | FileRefusal {
  try {
    return opened(file);
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  }
}

function opened({ name, bytes }: FactorFile): OpenedFile {
  if (bytes.length === 0) throw new FileRefused('file_unreadable', 'the file is empty');
  if (beginsWith(bytes, ZIP)) return workbook(name, 'xlsx', openXlsx(bytes));
  if (beginsWith(bytes, COMPOUND_FILE)) return workbook(name, 'xls', openXls(bytes));
  const other = OTHER_KINDS.find(([magic]) => beginsWith(bytes, magic));
  if (other) throw new FileRefused('file_unreadable', `the file is ${other[1]}`);
  if (bytes.length > TEXT_BYTES_MAX) throw new FileRefused('file_too_large', `a text of more than ${TEXT_BYTES_MAX} bytes`);
  const text = decodeText(bytes);
  return isJson(text) ? jsonFile(name, text) : tableFile(name, text);
}

function workbook(name: string, kind: 'xlsx' | 'xls', { sheetNames, sheet }: Workbook): OpenedFile {
  return { name, kind, sheetNames, sheet, text: '' };
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function jsonFile(name: string, text: string): OpenedFile {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new FileRefused('file_unreadable', `no JSON that can be read: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  const sheet = (wanted: string): never => {
    throw new FileRefused('sheet_missing', 'a JSON file has no sheets', { sheet: wanted });
  };
  return { name, kind: 'json', sheetNames: [], sheet, text };
}

function tableFile(name: string, text: string): OpenedFile {
  let read: Sheet | undefined;
  const sheet = (wanted: string): Sheet => {
    if (wanted !== TABLE) throw new FileRefused('sheet_missing', `a text file has one table, "${TABLE}"`, { sheet: wanted });
    read ??= readTable(text, delimiterOf(text));
    return read;
  };
  return { name, kind: 'csv', sheetNames: [TABLE], sheet, text };
}
