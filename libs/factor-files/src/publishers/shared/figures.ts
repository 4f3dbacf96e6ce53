import { Decimal, plain, RATE_SCALE, type Factor, type FactorSet, type FactorSetHead } from '#ghg';
import type { Cell, FactorFileReading, FileRefusal, LayoutOptions, OmissionReason, RecognisedFile, Sheet } from '../../factor-file';
import type { Place, RowAccount } from './row-account';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;
const RANGE = /\d\s*(-|–|—|to|~|\/)\s*[<>]?\s*[-+]?\d/;

/** A figure of a cell, or why there is none. */
export type Figure = { readonly value: Decimal; readonly reason?: never } | { readonly value?: never; readonly reason: OmissionReason };

/** What a cell says, without the spaces and line breaks around it; '' for a blank. */
export function textOf(cells: readonly Cell[] | undefined, column: number): string {
  return cells?.[column]?.text.replace(/\s+/g, ' ').trim() ?? '';
}

/**
 * One plain value, zero included. Reasons in order of precedence: `value_blank`, `value_is_a_range`, `value_not_a_number`, `value_negative`. A
 * file with a decimal comma says so: nowhere else is a comma part of a number.
 */
export function figureOf(text: string, decimalSign: '.' | ',' = '.'): Figure {
  if (text === '') return { reason: 'value_blank' };
  const dotted = decimalSign === ',' && !text.includes('.') ? text.replace(',', '.') : text;
  if (!NUMBER.test(dotted)) return { reason: RANGE.test(text) ? 'value_is_a_range' : 'value_not_a_number' };
  const value = new Decimal(dotted);
  return value.isNegative() && !value.isZero() ? { reason: 'value_negative' } : { value };
}

/** At most the decimals of a rate, half-even: publishers' spreadsheets store quotients with more. What is printed stands in the source. */
export function rateText(value: Decimal): string {
  return plain(value.toDecimalPlaces(RATE_SCALE, Decimal.ROUND_HALF_EVEN));
}

/** The mathematical signs of a label that decide its meaning, in words. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/≤|<=/g, ' up-to '],
  [/≥|>=/g, ' from '],
  [/</g, ' under '],
  [/>/g, ' over '],
  [/&/g, ' and '],
  [/%/g, ' percent '],
];

/** A value of an attribute made from a publisher's label: lower case, accents off, everything between letters and digits one hyphen. */
export function slugOf(...labels: readonly string[]): string {
  let text = labels.filter((label) => label !== '').join(' ');
  for (const [sign, word] of SIGNS) text = text.replace(sign, word);
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A digit that belongs to its letters. */
const FORMULAS = ['CO2', 'CH4', 'SF6', 'NF3'];

/** A footnote stuck to a word: `Average1`, `Motor gasoline2`, `Domestic1,2`, `HGV4 - Rigid`; never `B20`, `E85` or `3700km`. */
export function withoutFootnotes(label: string): string {
  return label
    .replace(/([A-Za-z]{2,})\d(,\d)*(?=$|[\s,])/g, (whole, word: string) => (FORMULAS.includes(whole) ? whole : word))
    .replace(/\*$/, '')
    .replace(/\s*\[note \d+\]\s*/g, '')
    .trim();
}

/** The column of each name in a header row, or the first name that is missing. */
export function columnsOf<Name extends string>(
  header: readonly Cell[] | undefined,
  names: readonly Name[],
): { readonly columns: Readonly<Record<Name, number>> } | { readonly missing: Name } {
  const columns = {} as Record<Name, number>;
  const texts = (header ?? []).map((_, i) => textOf(header, i));
  for (const name of names) {
    const column = texts.indexOf(name);
    if (column < 0) return { missing: name };
    columns[name] = column;
  }
  return { columns };
}

/** The letter of a column, counting from 0. */
export function letterOf(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letterOf(Math.floor(column / 26) - 1) + letterOf(column % 26);
}

/** What makes two factors the same thing: only one of them can be matched. */
export function meaningOf({ activityType, leg, region, year, unit, attributes }: Omit<Factor, 'code'>): string {
  return JSON.stringify([activityType, leg, region, year, unit, Object.entries(attributes).sort()]);
}

/** The licence handed in, or the refusal: the publisher states none in the file. */
export function licenceOf({ licence }: LayoutOptions, publisher: string): string | FileRefusal {
  if (licence !== undefined && licence.trim() !== '') return licence.trim();
  return { refused: 'licence_missing', detail: `${publisher} states no licence in the file: say under which one you hold it` };
}

/** The one sheet of a text file. */
export function onlySheet(file: { readonly sheetNames: readonly string[]; readonly sheet: (name: string) => Sheet }): Sheet {
  return file.sheet(file.sheetNames[0] ?? '');
}

/** A reading from the account of its rows and what was made of them. */
export function readingOf(
  recognised: RecognisedFile,
  head: Omit<FactorSetHead, 'publisher' | 'edition' | 'version' | 'invented'>,
  tables: Omit<FactorSet, keyof FactorSetHead>,
  account: RowAccount,
  places?: ReadonlyMap<string, Place>,
): FactorFileReading {
  const { publisher, edition, version } = recognised;
  const set = { publisher, edition, version, ...head, invented: false, ...tables };
  return { recognised, set, ...account.close(), ...(places ? { places } : {}) };
}
