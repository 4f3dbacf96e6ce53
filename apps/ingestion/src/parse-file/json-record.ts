import { numberCell, TypedCell, type CellValue } from '../shared/cells';

/** One record: its cells by name; or why it is none. */
export type JsonRecord = ReadonlyMap<string, CellValue> | { readonly malformed: string };

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** A double gives fifteen digits back as they were written; a number with more of them is kept by its text. */
const MANY_DIGITS = /\d[\d.]{15}|\d[eE]/;
const EXPONENT = /[eE]/;
const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * Reads one record of texts, numbers, truth values and nulls. A number keeps every digit that it is written with. Null, like a name that is not there,
 * is an empty cell.
 */
export function readJsonRecord(text: string): JsonRecord {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { malformed: 'it is no JSON' };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { malformed: 'it is no JSON object' };
  const nested = Object.entries(parsed).find(([, value]) => typeof value === 'object' && value !== null);
  if (nested) return { malformed: `"${nested[0].slice(0, 100)}" is no single value` };
  const exact = MANY_DIGITS.test(text) ? writtenNumbers(text) : undefined;
  const cells = new Map<string, CellValue>();
  for (const [name, value] of Object.entries(parsed) as [string, string | number | boolean | null][]) {
    const cell = cellOf(value, exact?.[name]);
    if (!isText(name) || (typeof cell === 'string' && !isText(cell))) return { malformed: 'it has a character that is none' };
    cells.set(name.trim(), cell);
  }
  return cells;
}

/** Postgres keeps neither NUL nor half of a character; JSON can write both. */
function isText(text: string): boolean {
  return !text.includes('\0') && !HALF_CHARACTER.test(text);
}

function cellOf(value: string | number | boolean | null, written: string | undefined): CellValue {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return new TypedCell('boolean', String(value));
  return written === undefined ? numberCell(value) : new TypedCell('number', written);
}

/** The numbers as they are written, by name: they are parsed once more as texts in an array, which no record has. */
function writtenNumbers(text: string): Record<string, string | undefined> {
  const asTexts = text.replace(STRING_OR_NUMBER, (part) => (part.startsWith('"') ? part : `["${part}"]`));
  const written: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
  for (const [name, value] of Object.entries(JSON.parse(asTexts) as object) as [string, unknown][]) {
    const number: unknown = Array.isArray(value) ? value[0] : undefined;
    if (typeof number === 'string' && !EXPONENT.test(number)) written[name] = number;
  }
  return written;
}
