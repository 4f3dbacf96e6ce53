import { newStemmer, type Stemmer } from 'snowball-stemmers';
import { ACTIONS } from './data/actions';
import { NOISE } from './data/noise';

/** The languages of the synonyms, by ISO 639-1, with the name of their stemmer. */
export const LANGUAGES = {
  en: 'english',
  de: 'german',
  fr: 'french',
  sv: 'swedish',
  es: 'spanish',
  nl: 'dutch',
  it: 'italian',
} as const;
export type Language = keyof typeof LANGUAGES;

/** Languages that write compounds as one word. */
export const COMPOUNDING: readonly Language[] = ['de', 'sv', 'nl'];

const LANGUAGES_OF_COUNTRY: Readonly<Record<string, readonly Language[]>> = {
  DE: ['de'],
  AT: ['de'],
  CH: ['de', 'fr', 'it'],
  LI: ['de'],
  FR: ['fr'],
  BE: ['nl', 'fr'],
  LU: ['fr', 'de'],
  SE: ['sv'],
  FI: ['sv'],
  ES: ['es'],
  MX: ['es'],
  NL: ['nl'],
  IT: ['it'],
};

const NOT_DECOMPOSED: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd' };

/** The languages that a line from this country is likely in; none where that says nothing. English is read everywhere. */
export function languagesOf(country: string | undefined): readonly Language[] {
  return country === undefined ? [] : (LANGUAGES_OF_COUNTRY[country] ?? ['en']);
}

/** Lower case without accents, so that a line typed without them finds its words. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđ]/g, (letter) => NOT_DECOMPOSED[letter] ?? letter);
}

/** How a word with umlauts is spelled where the keyboard has none: `buero` for `büro`; the word itself where it has none. */
export function withoutUmlauts(word: string): string {
  return fold(word.normalize('NFC').toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue'));
}

/** A word of a line. */
export interface Token {
  /** Folded. */
  readonly word: string;
  /** As it stands in the line, for the reasons. */
  readonly stated: string;
  /** A full stop behind it: probably the beginning of a word (`maint.`). */
  readonly isShortened: boolean;
  readonly hasDigit: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+\.?/gu;
/** `R-410A` is one name, though `Chicago-Dallas` are two. */
const HYPHENATED_CODE = /(?<![\p{L}\p{N}])(\p{L}{1,3})-(\d{2,4}\p{L}{0,2})(?![\p{L}\p{N}])/gu;
const STATED_MAX = 1_000;

/** The s of `McDonald’s` is no letter of the name: some write it, some do not. */
const POSSESSIVE = /['’]s(?![\p{L}\p{N}\p{M}])/giu;

/** A single letter or a bare number: says nothing but as a part of a name (`Office 365`, `Circle K`). */
export function isBare(word: string): boolean {
  return word.length < 2 || /^\d+$/.test(word);
}

/** The words of a text, at most the first thousand characters of it; single letters and bare numbers are none. */
export function tokensOf(text: string): Token[] {
  return nameTokensOf(text).filter(({ word }) => !isBare(word));
}

/** The words of a text with its single letters and bare numbers, as a name has them. */
export function nameTokensOf(text: string): Token[] {
  const stated = text.slice(0, STATED_MAX).replace(/\p{Cf}+/gu, '');
  const found = stated.replace(POSSESSIVE, ' ').replace(HYPHENATED_CODE, '$1$2').match(WORD) ?? [];
  return found
    .map((stated) => {
      const isShortened = stated.endsWith('.');
      const bare = isShortened ? stated.slice(0, -1) : stated;
      return { word: fold(bare), stated: bare, isShortened, hasDigit: /\d/.test(bare) };
    })
    .filter(({ word }) => word !== '');
}

const STEMMERS = new Map<Language, Stemmer>(
  (Object.keys(LANGUAGES) as Language[]).map((language) => [language, newStemmer(LANGUAGES[language])]),
);

/** Stemming takes longer than looking up; a file of nonsense must not fill the memory. */
const STEMS_REMEMBERED_MAX = 20_000;
const stems = new Map<Language, Map<string, string>>([...STEMMERS.keys()].map((language) => [language, new Map<string, string>()]));

/** The stem of a folded word. */
export function stemOf(language: Language, word: string): string {
  const remembered = stems.get(language);
  const known = remembered?.get(word);
  if (known !== undefined) return known;
  const stem = STEMMERS.get(language)?.stem(word) ?? word;
  if (remembered && remembered.size >= STEMS_REMEMBERED_MAX) remembered.clear();
  remembered?.set(word, stem);
  return stem;
}

const setOf = (table: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(
    Object.values(table)
      .flatMap((words) => words.split(' '))
      .map(fold),
  );
const NOISE_WORDS = setOf(NOISE);
const ACTION_WORDS = setOf(ACTIONS);
const ACTIONS_IN_COMPOUNDS = COMPOUNDING.flatMap((language) => (ACTIONS[language] ?? '').split(' ')).map(fold);

/** Stands on every kind of invoice and says nothing of what was bought. */
export function isNoise(word: string): boolean {
  return NOISE_WORDS.has(word);
}

/** Says that something is done to a thing, or that it is used for a time; also as the last part of a compound. */
export function isAction(word: string): boolean {
  return ACTION_WORDS.has(word) || ACTIONS_IN_COMPOUNDS.some((action) => action.length > 4 && word.endsWith(action));
}
