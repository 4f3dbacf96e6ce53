import type { Factor, FactorSet, FactorSetHead, GwpSetId } from '#ghg';
import type {
  Cell,
  FactorFileReading,
  FileRefusal,
  FileRefusalCode,
  Layout,
  LayoutOptions,
  Omission,
  OpenedFile,
  RecognisedFile,
  RefusedPlace,
  Sheet,
} from '../factor-file';
import { COLUMNS_NEEDED, factorOfRow, isColumn } from './own-csv-columns';
import { meaningOf, textOf } from './shared/figures';

const MARK = '#scopebook-factors';
const FORM = '1';
const HEAD_NAMES = ['publisher', 'edition', 'version', 'title', 'licence', 'attribution', 'gwpSet', 'invented'] as const;
type HeadName = (typeof HEAD_NAMES)[number];
type Head = Readonly<Partial<Record<HeadName, string>>>;
const HEAD_NEEDED: readonly HeadName[] = ['publisher', 'edition', 'version', 'title', 'gwpSet'];
const PLACES_MAX = 100;

/**
 * The project's own CSV (libs/factor-files/README.md has its columns): lines `#name,value` that describe the set, a header, one factor per row. It is a
 * person's own work, so a wrong cell refuses the whole file, told with row and column: nothing is half imported.
 */
export const ownCsv: Layout = { id: 'own-csv', publisher: 'the tenant', recognise, read };

function recognise(file: OpenedFile): RecognisedFile | null {
  const [sheetName] = file.sheetNames;
  // Only the first bytes of a text: a workbook saved from such a file keeps its first cell.
  if (sheetName === undefined || (file.kind === 'csv' && !file.text.trimStart().replace(/^"/, '').startsWith(MARK))) return null;
  const sheet = file.sheet(sheetName);
  const first = sheet.rows.find((row) => row.length > 0);
  if (textOf(first, 0) !== MARK) return null;
  const { publisher = '', edition = '', version = '' } = headOf(sheet);
  return { publisher, edition, version, newerThanKnown: false };
}

function headOf(sheet: Sheet): Head {
  const head: Partial<Record<HeadName, string>> = {};
  for (const row of sheet.rows) {
    const name = HEAD_NAMES.find((known) => textOf(row, 0) === `#${known}`);
    if (name) head[name] = textOf(row, 1);
  }
  return head;
}

/** Refusals in order of precedence: `cell_invalid` of the head, `licence_missing`, `header_missing`, `column_unknown`, `cell_invalid` of a row. */
function read(file: OpenedFile, recognised: RecognisedFile, options: LayoutOptions): FactorFileReading | FileRefusal {
  const sheet = file.sheet(file.sheetNames[0]!);
  const head = setHead(sheet, options);
  if ('refused' in head) return head;
  const at = sheet.rows.findIndex((row) => row.some(({ text }) => text.trim() !== '') && !textOf(row, 0).startsWith('#'));
  const names = sheet.rows[at]?.map(({ text }) => text.trim()) ?? [];
  const header = wrongHeader(names, sheet.name, at + 1);
  if (header) return header;
  return factorsOf(file.name, sheet, at, names, recognised, head);
}

function setHead(sheet: Sheet, options: LayoutOptions): FactorSetHead | FileRefusal {
  const stray = sheet.rows.findIndex((row) => isStray(textOf(row, 0)));
  if (stray >= 0) {
    const name = textOf(sheet.rows[stray], 0);
    return headRefusal(sheet, stray, name, `"${name}" describes nothing of a set`);
  }
  const form = sheet.rows.findIndex((row) => textOf(row, 0) === MARK);
  if (textOf(sheet.rows[form], 1) !== FORM)
    return headRefusal(sheet, form, MARK, `the form is "${textOf(sheet.rows[form], 1)}", and ${FORM} is the only one there is`);
  const firsts = sheet.rows.map((row) => textOf(row, 0));
  const twice = firsts.findIndex((first, i) => first.startsWith('#') && firsts.indexOf(first) !== i);
  if (twice >= 0) {
    const name = firsts[twice] ?? '';
    return headRefusal(sheet, twice, name, `row ${firsts.indexOf(name) + 1} states ${name} already`);
  }
  const head = headOf(sheet);
  const missing = HEAD_NEEDED.find((name) => !head[name]);
  if (missing)
    return {
      refused: 'cell_invalid',
      detail: `a line #${missing} with its value must stand above the header`,
      sheet: sheet.name,
      column: `#${missing}`,
    };
  const licence = head.licence || (options.licence ?? '');
  if (licence === '')
    return { refused: 'licence_missing', detail: 'no line #licence, and none was given with the file', sheet: sheet.name };
  const { publisher = '', edition = '', version = '', title = '', attribution = '' } = head;
  return {
    publisher,
    edition,
    version,
    title,
    licence,
    attribution: attribution || publisher,
    gwpSet: head.gwpSet as GwpSetId,
    invented: head.invented === 'true',
  };
}

function headRefusal({ name: sheet }: Sheet, at: number, column: string, detail: string): FileRefusal {
  return refusal('cell_invalid', { sheet, row: at + 1, column, code: 'cell_invalid', detail });
}

function isStray(first: string): boolean {
  return first.startsWith('#') && first !== MARK && !HEAD_NAMES.some((name) => first === `#${name}`);
}

function wrongHeader(names: readonly string[], sheet: string, row: number): FileRefusal | null {
  if (names.length === 0) return { refused: 'header_missing', detail: 'no row with the names of the columns', sheet };
  const missing = COLUMNS_NEEDED.find((name) => !names.includes(name));
  if (missing) return { refused: 'header_missing', detail: `the column "${missing}" is not there`, sheet, row, column: missing };
  const unknown = names.find((name) => !isColumn(name));
  if (unknown !== undefined)
    return {
      refused: 'column_unknown',
      detail: `"${unknown}" is no column of this form; attributes are attribute.<name>, gases kg.<gas>`,
      sheet,
      row,
      column: unknown,
    };
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined ? null : { refused: 'column_unknown', detail: `"${twice}" stands twice`, sheet, row, column: twice };
}

function factorsOf(
  fileName: string,
  sheet: Sheet,
  header: number,
  names: readonly string[],
  recognised: RecognisedFile,
  head: FactorSetHead,
): FactorFileReading | FileRefusal {
  const factors: Factor[] = [];
  const omissions: Omission[] = [];
  const wrong: RefusedPlace[] = [];
  const places = new Map<string, { sheet: string; row: number }>();
  const meanings = new Map<string, number>();
  let rowsRead = 0;
  sheet.rows.forEach((cells, i) => {
    if (i <= header || cells.length === 0) return;
    rowsRead += 1;
    const place = { sheet: sheet.name, row: i + 1 };
    const beyond = cells.slice(names.length).find(({ kind }) => kind !== 'blank');
    if (beyond) return void wrong.push({ ...place, code: 'cell_invalid', detail: `"${beyond.text}" stands under no column` });
    const result = factorOfRow(namedCells(names, cells), fileName, i + 1);
    if ('wrong' in result) return void wrong.push({ ...place, ...result.wrong });
    if ('blank' in result) return void omissions.push({ ...place, reason: 'value_blank', detail: 'neither kgco2e nor a gas is stated' });
    const { code } = result.factor;
    const before = places.get(code);
    if (before) return void wrong.push({ ...place, column: 'code', code: 'cell_invalid', detail: `row ${before.row} has "${code}" too` });
    const meaning = `${meaningOf(result.factor)} ${result.factor.supplier ?? ''}`;
    const same = meanings.get(meaning);
    if (same !== undefined) return void wrong.push({ ...place, code: 'cell_invalid', detail: `row ${same} is about the same thing` });
    meanings.set(meaning, i + 1);
    places.set(code, place);
    factors.push(result.factor);
  });
  if (wrong.length > 0) return refusal('cell_invalid', ...wrong);
  const set: FactorSet = { ...head, factors };
  return { recognised, set, rowsRead, rowsUsed: factors.length, omissions, places };
}

function namedCells(names: readonly string[], cells: readonly Cell[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  names.forEach((name, i) => {
    const text = textOf(cells, i);
    if (text !== '') named.set(name, text);
  });
  return named;
}

function refusal(refused: FileRefusalCode, ...places: RefusedPlace[]): FileRefusal {
  const { detail, sheet, row, column } = places[0]!;
  const place = {
    ...(sheet === undefined ? {} : { sheet }),
    ...(row === undefined ? {} : { row }),
    ...(column === undefined ? {} : { column }),
  };
  const more = places.length > 1 ? `${detail} (and ${places.length - 1} more)` : detail;
  return { refused, detail: more, ...place, places: places.slice(0, PLACES_MAX) };
}
