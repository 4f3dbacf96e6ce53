import { numberCell, TypedCell, type CellValue } from '../shared/cells';
import { isText, shownName } from './is-text';

/** One record: its cells by name; or why it is none. */
export type JsonRecord = ReadonlyMap<string, CellValue> | { readonly malformed: string };

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** A double gives fifteen digits back as they were written; a number with more of them is kept by its text. */
const MANY_DIGITS = /\d[\d.]{15}|\d[eE]/;
const EXPONENT = /[eE]/;
/** A text, and whether it is a name. Every piece of a text is read once, so that no text is slow. */
const STRING = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?/g;

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
  const twice = nameGivenTwice(text, Object.keys(parsed).length);
  if (twice !== null) return { malformed: `it has "${shownName(twice)}" more than once` };
  const nested = Object.entries(parsed).find(([, value]) => typeof value === 'object' && value !== null);
  if (nested) return { malformed: `"${shownName(nested[0])}" is no single value` };
  const exact = MANY_DIGITS.test(text) ? writtenNumbers(text) : undefined;
  const cells = new Map<string, CellValue>();
  for (const [name, value] of Object.entries(parsed) as [string, string | number | boolean | null][]) {
    const cell = cellOf(value, exact?.[name]);
    if (!isText(name) || (typeof cell === 'string' && !isText(cell))) return { malformed: 'it has a character that is none' };
    if (cells.has(name.trim())) return { malformed: `it has "${shownName(name.trim())}" more than once` };
    cells.set(name.trim(), cell);
  }
  return cells;
}

/** The parser keeps the last of two values under one name, and which of them was meant nobody knows. Null: every name stands once. */
function nameGivenTwice(text: string, names: number): string | null {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons += 1;
  // Every name has its colon: with as many as there are names, none was given twice.
  if (colons === names) return null;
  const known = new Set<string>();
  let count = 0;
  let twice: string | null = null;
  for (const [, written = '', colon] of text.matchAll(STRING)) {
    if (colon === undefined) continue;
    count += 1;
    const name = JSON.parse(`"${written}"`) as string;
    if (known.has(name)) twice ??= name;
    known.add(name);
  }
  return count > names ? twice : null;
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
