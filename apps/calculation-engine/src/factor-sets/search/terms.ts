import { isRefusal, parseUnit, regionGroup, type Factor, type FactorSetHead } from '#ghg';

/** `strong`, `word`, `prefix`: of the text. The others are properties that a list is filtered by. */
export type TermField = 'strong' | 'word' | 'prefix' | 'type' | 'leg' | 'region' | 'year' | 'gas' | 'family' | 'unit' | 'supplier';

export interface Term {
  readonly field: TermField;
  readonly term: string;
}

export const PREFIX_MIN = 2;
/** Longer beginnings lead to so few words that these are looked up one by one. */
export const PREFIX_MAX = 5;
const WORD_MAX = 40;
const KEPT_MAX = 20_000;
export const COMPARED_LETTERS_MIN = 4;
const LETTERS = /^\p{L}+$/u;

/** Words of a text for a search: letters and digits, small, without accents, at most forty characters each. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, WORD_MAX));
}

/** A name as one term: every word of it, in order. */
export function nameOf(text: string): string {
  return wordsOf(text).join(' ');
}

type Tell = (field: TermField, term: string) => void;

/**
 * Tells what the factors of one set are found by. Tables, places and attributes come again and again: what was read of a text is kept. Of a withheld
 * set the text as printed finds nothing: a search would spell out its figures.
 */
export class TermsOfSet {
  /** Words of letters alone, of all factors told so far: what a mistyped word is compared with. */
  readonly words = new Set<string>();
  private readonly ofHead: readonly string[];
  private readonly isPrinted: boolean;
  private readonly known = new Map<string, readonly string[]>();
  private readonly beginnings = new Map<string, readonly string[]>();

  constructor({ publisher, edition, title, values }: FactorSetHead) {
    this.ofHead = wordsOf(`${publisher} ${edition} ${title}`);
    this.isPrinted = values !== 'withheld';
  }

  tell(factor: Factor, tell: Tell): void {
    this.tellText(factor, tell);
    for (const type of dottedBeginnings(factor.activityType)) tell('type', type);
    tell('leg', factor.leg);
    tell('region', factor.region);
    tell('year', String(factor.year));
    for (const gas of gasesOf(factor)) tell('gas', gas);
    for (const family of familyOf(factor.unit)) tell('family', family);
    tell('unit', factor.unit);
    if (factor.supplier !== undefined) tell('supplier', nameOf(factor.supplier));
  }

  private tellText(factor: Factor, tell: Tell): void {
    const strong = new Set([...wordsOf(factor.code), ...this.read(factor.activityType)]);
    const weak = new Set(this.ofHead);
    for (const text of this.textsOf(factor)) for (const word of this.read(text)) weak.add(word);
    for (const word of wordsOf(factor.source.row)) weak.add(word);
    const prefixes = new Set<string>();
    for (const word of strong) tell('strong', word);
    for (const word of weak) if (!strong.has(word)) tell('word', word);
    for (const words of [strong, weak])
      for (const word of words) {
        for (const prefix of this.beginningsOf(word)) prefixes.add(prefix);
        if (word.length >= COMPARED_LETTERS_MIN && LETTERS.test(word)) this.words.add(word);
      }
    for (const prefix of prefixes) tell('prefix', prefix);
  }

  private textsOf({ leg, region, year, attributes, unit, supplier = '', source }: Factor): string[] {
    const printed = this.isPrinted ? (source.printed ?? '') : '';
    return [leg, region, regionName(region), String(year), unit, supplier, source.table, printed, ...Object.entries(attributes).flat()];
  }

  private read(text: string): readonly string[] {
    return kept(this.known, text, wordsOf);
  }

  private beginningsOf(word: string): readonly string[] {
    return kept(this.beginnings, word, prefixesOf);
  }
}

/** Forgets everything once it is much: a set may hold a text of its own for every factor. */
function kept(known: Map<string, readonly string[]>, text: string, read: (text: string) => readonly string[]): readonly string[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= KEPT_MAX) known.clear();
  const words = read(text);
  known.set(text, words);
  return words;
}

/** What a word begins with; a short word is a beginning of itself. */
function prefixesOf(word: string): string[] {
  const prefixes: string[] = [];
  for (let length = PREFIX_MIN; length <= Math.min(word.length, PREFIX_MAX); length += 1) prefixes.push(word.slice(0, length));
  return prefixes;
}

/** `fuel` and `fuel.diesel`. */
function dottedBeginnings(activityType: string): string[] {
  const parts = activityType.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}

/** Each gas that a figure is given of, `CH4` also for its variants; `CO2e` where the publisher prints a total. */
function gasesOf({ gases, kgco2e }: Factor): string[] {
  const named = gases.flatMap(({ gas }) => [gas, gas.replace(/_.*$/, '')]);
  return [...new Set([...named, ...(kgco2e === undefined ? [] : ['CO2e'])])];
}

/** The units that convert into each other share a family; empty for no unit of the register. */
export function familyOf(unit: string): string[] {
  const parsed = parseUnit(unit);
  return isRefusal(parsed) ? [] : [parsed.family];
}

const NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** The English name of a country, also of a subregion of it, or of a group of countries; `GLOBAL` is worldwide. */
function regionName(region: string): string {
  if (region === 'GLOBAL') return 'worldwide';
  const group = regionGroup(region);
  if (group) return group.name;
  const country = region.slice(0, 2);
  return /^[A-Z]{2}$/.test(country) ? (NAMES.of(country) ?? '') : '';
}
