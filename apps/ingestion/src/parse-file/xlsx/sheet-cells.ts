import { numberCell, TypedCell, type CellValue } from '../../shared/cells';
import { LIMITS } from '../limits';
import { serialDate } from './serial-date';
import { attribute, decoded, itemText } from './xml';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly texts: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly since1904: boolean;
}

const CELL = /<(?:\w+:)?c((?:\s[^>]*?)?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;
const VALUE = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?v>/;
const REFERENCE = /\br="([A-Z]{1,3})\d+"/;
const STYLE = /\bs="(\d+)"/;
const TYPE = /\bt="(\w+)"/;

/** The cells of one row by their columns; undefined where there is none. Null: more columns, or a longer text, than a sheet can have. */
export function rowCells(inner: string, context: SheetContext): (CellValue | undefined)[] | null {
  const cells: (CellValue | undefined)[] = [];
  for (const [, attributes = '', content = ''] of inner.matchAll(CELL)) {
    const letters = REFERENCE.exec(attributes)?.[1] ?? attribute(attributes, 'r')?.replace(/\d+$/, '');
    const column = letters === undefined ? cells.length : columnOf(letters);
    if (column >= LIMITS.columns) return null;
    const value = cellOf(attributes, content, context);
    if (value === null) return null;
    if (value !== undefined) cells[column] = value;
  }
  return cells;
}

function columnOf(letters: string): number {
  let column = 0;
  for (let i = 0; i < letters.length; i += 1) column = column * 26 + letters.charCodeAt(i) - 64;
  return column - 1;
}

/** Undefined: an empty cell. Null: a text that is longer than a cell can be. */
function cellOf(attributes: string, content: string, { texts, dateStyles, since1904 }: SheetContext): CellValue | undefined | null {
  const type = TYPE.exec(attributes)?.[1];
  if (type === 'inlineStr') return bounded(itemText(content));
  const value = VALUE.exec(content)?.[1];
  if (value === undefined || value === '') return undefined;
  switch (type) {
    case 's':
      return texts[Number(value)] ?? null;
    case 'str':
    case 'e':
      return bounded(decoded(value));
    case 'b':
      return new TypedCell('boolean', value === '1' ? 'true' : 'false');
    case 'd':
      return isoCell(value);
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

function bounded(text: string): string | null {
  return text.length > LIMITS.cellCharacters ? null : text;
}
