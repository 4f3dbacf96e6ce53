import type { Encoding } from './decode-file';
import { decoderOf } from './decode-file';

/** Byte order marks say the encoding; a mapping that says another one would read the first column's name wrongly. */
const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

export const beginsWith = (bytes: Buffer, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/** The encoding that a byte order mark names. */
export function markOf(head: Buffer): Encoding | undefined {
  return BYTE_ORDER_MARKS.find(([mark]) => beginsWith(head, mark))?.[1];
}

/**
 * The encoding of a text without a mark: UTF-16 where four of five letters have a zero for one of their bytes, as those of European languages do; else
 * UTF-8, until a byte says otherwise.
 */
export function encodingOf(head: Buffer): Encoding {
  const pairs = Math.floor(head.length / 2);
  let [highZero, lowZero] = [0, 0];
  for (let i = 0; i < pairs; i += 1) {
    if (head[2 * i] === 0) highZero += 1;
    else if (head[2 * i + 1] === 0) lowZero += 1;
  }
  if (pairs > 0 && lowZero * 10 > pairs * 8) return 'utf-16le';
  if (pairs > 0 && highZero * 10 > pairs * 8) return 'utf-16be';
  return 'utf-8';
}

/** The first characters of a text; what the end of the bytes cuts through is left out. */
export function sampleOf(head: Buffer, encoding: Encoding): string {
  try {
    const text = decoderOf(encoding)(head);
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  } catch {
    // Its letters matter less here than its delimiters, which all encodings of single bytes share.
    return head.toString('latin1');
  }
}

/** Whether a text begins like records in JSON. */
export function looksLikeJson(sample: string): boolean {
  const text = sample.trimStart();
  if (text.startsWith('[')) return /^\[\s*(?:\{|\]|$)/.test(text);
  return /^\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}|$)/.test(text);
}

/** How the cells of a text are told apart. */
export interface Separators {
  readonly delimiter: string;
  readonly quote: '"' | "'" | '';
}

const DELIMITERS = [',', ';', '\t', '|'];
const QUOTES = ['"', "'"] as const;
const LINES_COMPARED = 20;

/**
 * What separates the cells, by the first lines: if the header holds all the columns that the mapping reads under one choice only, that is it; else the
 * one that splits the lines into equally many cells, and into most. Where nothing tells, a comma and double quotes.
 */
export function separatorsOf(
  sample: string,
  stated: { readonly [S in keyof Separators]?: Separators[S] | undefined },
  wanted: ReadonlySet<string>,
): Separators {
  const choices = (stated.quote === undefined ? QUOTES : [stated.quote]).flatMap((quote) =>
    (stated.delimiter === undefined ? DELIMITERS : [stated.delimiter]).map((delimiter) => ({ delimiter, quote })),
  );
  const lines = choices.map((choice) => firstLines(sample, choice));
  if (wanted.size > 0) {
    const fitting = choices.filter((_, i) => {
      const names = new Set(lines[i]![0]?.map((name) => name.trim()));
      return [...wanted].every((name) => names.has(name));
    });
    // Both quotes fit where none stands around a name: then it is the usual one.
    if (fitting.length > 0 && new Set(fitting.map(({ delimiter }) => delimiter)).size === 1) return fitting[0]!;
  }
  const scores = lines.map((cells) => scoreOf(cells));
  const best = scores.indexOf(Math.max(...scores));
  return choices[best]!;
}

/** Lines of equal width count for more than a wide header alone. */
function scoreOf(lines: readonly (readonly string[])[]): number {
  const width = lines[0]?.length ?? 0;
  if (width < 2) return 0;
  const same = lines.filter((cells) => cells.length === width).length;
  return (same / lines.length) * 1000 + Math.min(width, 999) / 1000;
}

function firstLines(sample: string, { delimiter, quote }: Separators): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < sample.length && lines.length < LINES_COMPARED) {
    const [cell, end] = cellAt(sample, at, delimiter, quote);
    cells.push(cell);
    const sign = sample[end];
    at = end + 1;
    if (sign === delimiter) continue;
    if (sign === undefined && lines.length > 0) break;
    if (cells.length > 1 || cells[0]?.trim()) lines.push(cells);
    cells = [];
  }
  return lines;
}

/** A cell, and the place of the sign behind it. */
function cellAt(text: string, at: number, delimiter: string, quote: string): [string, number] {
  let end = at;
  let content: string | undefined;
  if (quote !== '' && text[at] === quote) {
    let close = text.indexOf(quote, at + 1);
    while (close >= 0 && text[close + 1] === quote) close = text.indexOf(quote, close + 2);
    if (close < 0) return [text.slice(at), text.length];
    content = text.slice(at + 1, close).replaceAll(quote + quote, quote);
    end = close + 1;
  }
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return [content ?? text.slice(at, end), end];
}
