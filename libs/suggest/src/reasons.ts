import type { Candidate, Heard } from './candidate';
import type { Way } from './dictionary';
import { MONEY_BY_PRICE } from './documents';
import type { SuggestDocument } from './suggester';

const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  sv: 'Swedish',
  es: 'Spanish',
  nl: 'Dutch',
  it: 'Italian',
};

const WAYS: Readonly<Record<Way, string>> = {
  exact: 'the same word',
  stem: 'the same stem',
  compound: 'part of a compound',
  abbreviation: 'its beginning',
  fuzzy: 'a typing error apart',
  trigram: 'alike in its letters',
};

/** What a reason is made from. */
export interface Said {
  readonly candidate: Candidate;
  readonly heard: readonly Heard[];
  /** The words of the index by id. */
  readonly words: readonly string[];
  readonly fromSupplier: boolean;
  /** How the line names a fuel, energy or a refrigerant that its money buys; null where it buys something else. */
  readonly energy: string | null;
}

/** Sentences for the person who decides: which words led to which text, and what the unit had to do with it. */
export function reasonsOf(
  { candidate: { phrase, hits }, heard, words, fromSupplier, energy }: Said,
  document: SuggestDocument,
  unit: string | undefined,
  dimension: string | null,
  excluded: number,
): string[] {
  const source = {
    label: `the ${LANGUAGE_NAMES[phrase.language] ?? ''} name`,
    synonym: `the ${LANGUAGE_NAMES[phrase.language] ?? ''} synonym`,
    factor: 'the row of a factor',
    supplier: 'the supplier',
    'not-bought': 'what is not bought',
  }[phrase.kind];
  const matched = hits.map(({ heard: at, word, way }) => {
    const stated = at.map((one) => heard[one]?.token.stated ?? '').join(' ');
    return way === 'exact' ? `"${stated}"` : `"${stated}" for "${words[word] ?? ''}" (${WAYS[way]})`;
  });
  const share = hits.length === phrase.words.length ? '' : `, ${hits.length} of ${phrase.words.length} words`;
  const where = fromSupplier ? 'the supplier of the line names' : 'the line names';
  const reasons = [`${where} ${source} "${phrase.text}" of "${document.label}"${share}: ${matched.join(', ')}`];
  if (unit !== undefined && dimension === null) reasons.push(`the unit "${unit}" is not of the register and excludes nothing`);
  if (unit !== undefined && dimension !== null) {
    if (dimension === 'money' && !document.dimensions.includes('money') && document.dimensions.includes(MONEY_BY_PRICE))
      reasons.push(`${unit} is money: it counts here only with a unit price beside it`);
    if (excluded > 0) reasons.push(`${unit} measures ${dimension}: ${excluded} other targets are not counted in it`);
  }
  if (energy !== null)
    reasons.push(
      `the line names "${energy}", bought with money: its litres, kilowatt-hours or kilograms are to be booked as fuel, energy or refrigerant, since spend leaves out what its use emits (scope 1 and 2)`,
    );
  return reasons;
}
