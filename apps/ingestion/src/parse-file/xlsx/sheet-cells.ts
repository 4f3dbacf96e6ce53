import { numberCell, TypedCell, type CellValue } from '../../shared/cells';
import { isText } from '../is-text';
import { LIMITS } from '../limits';
import { serialDate } from './serial-date';
import { attribute, decoded, itemText } from './xml';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly texts: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly since1904: boolean;
}

/** A cell of a row that cannot be taken as it is: it refuses its line where the mapping reads its column. */
export class CellFault {
  constructor(readonly detail: string) {}
}

export type SheetCell = CellValue | CellFault | undefined;

/** No text of these may hold a `<`: a tag that does not end is then read once, and not once more from every tag behind it. */
const VALUE = /<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<\/(?:\w+:)?v\s*>/;
const VALUE_TAG = /<(?:\w+:)?v(?:\s[^<>]*?)?(\/?)>/;
const FORMULA = /<(?:\w+:)?f[\s/>]/;
const CELL_TAG = /^((?:\w+:)?)c(?:[\s/]|$)/;
const REFERENCE = /^([A-Z]{1,3})\d+$/;
const QUICK_REFERENCE = /\br="([A-Z]{1,3})\d+"/;
const STYLE = /\bs="(\d+)"/;
const TYPE = /\bt="(\w+)"/;

const NOT_COMPUTED = new CellFault(
  'holds a formula whose result the workbook does not have: open the workbook, save it, and send it again',
);
const NO_CHARACTER = new CellFault('has a character that is none');

/** The cells of one row by their columns; undefined where there is none. Null: more columns, or a longer text, than a sheet can have; or a damaged row. */
export function rowCells(inner: string, context: SheetContext): SheetCell[] | null {
  const elements = cellElements(inner);
  if (elements === null) return null;
  const cells: SheetCell[] = [];
  let next = 0;
  for (const { attributes, content } of elements) {
    const column = columnAt(attributes, next);
    if (column === null || column >= LIMITS.columns || cells[column] !== undefined) return null;
    next = column + 1;
    const cell = cellOf(attributes, content, context);
    if (cell === null) return null;
    if (cell !== undefined) cells[column] = cell;
  }
  return cells;
}

interface CellElement {
  readonly attributes: string;
  readonly content: string;
}

/** Goes over the row once, whatever it holds. Null: a cell without an end, or in another one; more of them than a sheet has columns. */
function cellElements(inner: string): CellElement[] | null {
  const found: CellElement[] = [];
  // Comments and sections of raw text, which no workbook needs, would hide what stands in them.
  if (inner.includes('<!')) return null;
  for (let start = inner.indexOf('<'); start >= 0;) {
    const tagEnd = inner.indexOf('>', start);
    if (tagEnd < 0) return null;
    const tag = inner.slice(start + 1, tagEnd);
    if (tag.includes('<')) return null;
    const prefix = CELL_TAG.exec(tag)?.[1];
    let end = tagEnd + 1;
    if (prefix !== undefined) {
      if (found.length >= LIMITS.columns) return null;
      const name = `${prefix}c`;
      const isEmpty = tag.endsWith('/');
      const close = isEmpty ? end : inner.indexOf(`</${name}>`, end);
      if (close < 0) return null;
      const content = inner.slice(end, close);
      if (content.includes(`<${name}>`) || content.includes(`<${name} `)) return null;
      found.push({ attributes: tag.slice(name.length, isEmpty ? -1 : undefined), content });
      if (!isEmpty) end = close + name.length + 3;
    }
    start = inner.indexOf('<', end);
  }
  return found;
}

/** A cell that does not say where it stands follows the one before it. Null: it says so in a way that is none. */
function columnAt(attributes: string, next: number): number | null {
  const quick = QUICK_REFERENCE.exec(attributes)?.[1];
  if (quick !== undefined) return columnOf(quick);
  const stated = attribute(attributes, 'r');
  if (stated === undefined) return next;
  const letters = REFERENCE.exec(stated)?.[1];
  return letters === undefined ? null : columnOf(letters);
}

function columnOf(letters: string): number {
  let column = 0;
  for (let i = 0; i < letters.length; i += 1) column = column * 26 + letters.charCodeAt(i) - 64;
  return column - 1;
}

/** Undefined: an empty cell. Null: a text that is longer than a cell can be, or a value that does not end. */
function cellOf(attributes: string, content: string, context: SheetContext): SheetCell | null {
  const type = TYPE.exec(attributes)?.[1] ?? (attributes.includes("'") ? attribute(attributes, 't') : undefined);
  if (type === 'inlineStr') {
    const text = itemText(content);
    return text === '' && FORMULA.test(content) ? NOT_COMPUTED : bounded(text);
  }
  const value = VALUE.exec(content)?.[1];
  if (value === undefined && VALUE_TAG.exec(content)?.[1] === '') return null;
  if (value === undefined || value === '') {
    // A formula may well come to an empty text, and then says that it is one.
    const isEmptyText = type === 'str' && VALUE_TAG.test(content);
    return FORMULA.test(content) && !isEmptyText ? NOT_COMPUTED : undefined;
  }
  return valueOf(type, value, attributes, context);
}

function valueOf(
  type: string | undefined,
  value: string,
  attributes: string,
  { texts, dateStyles, since1904 }: SheetContext,
): SheetCell | null {
  switch (type) {
    case 's': {
      const text = texts[Number(value)];
      return text === undefined ? null : bounded(text);
    }
    case 'str':
    case 'e':
      return bounded(decoded(value));
    case 'b':
      return new TypedCell('boolean', value === '1' ? 'true' : 'false');
    case 'd':
      return isText(value) ? isoCell(value) : NO_CHARACTER;
    default: {
      const number = Number(value);
      if (!Number.isFinite(number)) return bounded(decoded(value));
      const isDate = dateStyles[Number(STYLE.exec(attributes)?.[1] ?? '0')] ?? false;
      return (isDate ? serialDate(number, since1904) : null) ?? numberCell(number);
    }
  }
}

function isoCell(value: string): CellValue {
  return new TypedCell(value.includes('T') ? 'time' : 'date', value);
}

function bounded(text: string): string | CellFault | null {
  if (text.length > LIMITS.cellCharacters) return null;
  return isText(text) ? text : NO_CHARACTER;
}
