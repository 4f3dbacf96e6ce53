import { isRefusal, parseUnit } from '#ghg';
import type { Candidate, Heard, Hit } from './candidate';
import { LETTERS_MAX, WAY_QUALITIES, type Way, type WordMatch } from './dictionary';
import { MONEY_BY_PRICE } from './documents';
import { ENERGY_BY_MONEY_SCORE_MAX, isEnergy } from './energy';
import { phraseIndex, type Phrase, type PhraseIndex } from './phrase-index';
import { reasonsOf } from './reasons';
import { confidence, LISTED_MIN, STANDS_OUT_MIN } from './score';
import type { SuggestDocument, Suggester, Suggestion, SuggestLine } from './suggester';
import { isAction, isBare, isNoise, languagesOf, nameTokensOf } from './words';

/** What a phrase counts by where it is from: what was written for this index, before a name of a factor's row, before who sends invoices of many kinds. */
export const KIND_WEIGHTS = { label: 0.9, synonym: 1, factor: 0.8, supplier: 0.92, 'not-bought': 1 } as const;
/** A line from a country is likely in its language; a word of another one is rarely what it looks like, the less where it is only like one. */
const OTHER_LANGUAGE_WEIGHT = 0.75;
const OTHER_LANGUAGE_LIKENESS_WEIGHT = 0.5;
/** English stands in ledgers everywhere, after the language of the country. */
const ENGLISH_ABROAD_WEIGHT = 0.95;
/** The share of a score that rests on how much of the phrase is in the line; the rest on how much of the line the target explains. */
const PHRASE_SHARE = 0.65;
/** How fast a phrase that is only partly in the line loses: an office chair is no office lease. */
const PARTIAL_EXPONENT = 1.5;
/** A word of the line that the index does not know weighs like one of middling rarity. */
const UNKNOWN_TELLS = 2;
/** Money is no litre, but becomes litres with a price. */
const BY_PRICE_WEIGHT = 0.6;
/** The repair of a van is no van: what says nothing of the work that the line names. */
const ACTION_UNEXPLAINED_WEIGHT = 0.7;
/** A name in the column of suppliers speaks only where the text does not. */
const SUPPLIER_COLUMN_WEIGHT = 0.95;
const CANDIDATES_MAX = 150;
/** What a line says, it says in its first words; a text of thousands of them must not hold up the others. */
const WORDS_MAX = 20;
const WORDS_LETTERS_MAX = 300;
/** Taking a word apart costs the more the longer it is: no line has more of such words than this many letters. */
const SPLIT_LETTERS_MAX = 60;
/** Some tens of milliseconds of work; then others in the process have their turn. */
const LINES_AT_ONCE = 50;

interface Scored extends Candidate {
  readonly raw: number;
}

/**
 * Suggests from an index in memory. Every word of a line is led to words of the index: the same word, the same stem, a part of a compound, the
 * beginning that a full stop marks, a typing error, likeness in trigrams. BM25 finds the phrases that have these words; of each the strength is
 *
 *   kind × language × target × (Σ tells × quality of the words found ÷ Σ tells of all its words)^1.5
 *
 * and of each target raw = strength of its best phrase × (0.65 + 0.35 × share of the line's words that it explains). What the unit cannot count is left
 * out; what is best explained as nothing bought has no suggestion, nor has what explains nothing well. `confidence` makes the score of raw; where money
 * buys a fuel, energy or a refrigerant it stays below 0.5.
 */
export function lexicalSuggester(documents: readonly SuggestDocument[]): Suggester {
  const inOrder = [...documents].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const index = phraseIndex(inOrder);
  return {
    name: 'lexical-1',
    suggest: async (lines, limit) => {
      const suggestions: Suggestion[][] = [];
      for (const line of lines) {
        if (suggestions.length % LINES_AT_ONCE === LINES_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
        suggestions.push(suggestLine(index, inOrder, line, limit));
      }
      return suggestions;
    },
  };
}

/** Equal strengths are listed in this order. */
function keyOf({ activityType, attributes }: SuggestDocument): string {
  return `${activityType} ${JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function suggestLine(index: PhraseIndex, documents: readonly SuggestDocument[], line: SuggestLine, limit: number): Suggestion[] {
  const dimension = dimensionOf(line.unit);
  const fits = (document: number): number => fitness(documents[document], dimension);
  const text = hear(index, line.text);
  const found = candidates(index, text, line);
  const ranked = rank(found, text, fits);
  const notBought = found.filter(({ document }) => document < 0);
  const nothing = Math.max(0, ...notBought.map((candidate) => explained(candidate, notBought, text)));
  const column = line.supplier === undefined ? [] : supplierColumn(index, line, fits);
  const scored = merge(ranked, column);
  const best = scored[0]?.raw ?? 0;
  if (best < STANDS_OUT_MIN || nothing >= best) return [];
  const energy = energyOf(found, text, scored, documents);
  const excluded = new Set(found.map(({ document }) => document).filter((document) => document >= 0 && fits(document) === 0));
  return scored
    .filter(({ raw }) => raw >= LISTED_MIN)
    .slice(0, limit)
    .map((candidate) => {
      const document = documents[candidate.document]!;
      const heard = column.includes(candidate) ? hear(index, line.supplier ?? '') : text;
      const said = { candidate, heard, words: index.dictionary.words, fromSupplier: column.includes(candidate) };
      const isMoney = dimension === 'money' || (dimension === null && document.dimensions.includes('money'));
      const bought = isMoney && energy !== null && candidate.raw <= energy.raw ? energy.text : null;
      const score = confidence(candidate.raw);
      const reasons = reasonsOf({ ...said, energy: bought }, document, line.unit, dimension, excluded.size);
      return {
        activityType: document.activityType,
        attributes: document.attributes,
        score: bought === null ? score : Math.min(score, ENERGY_BY_MONEY_SCORE_MAX),
        reasons,
      };
    });
}

/**
 * How well the line is explained as a fuel, energy or a refrigerant, whatever its unit and its language, and by which text. What explains the line no better does not
 * show that it is something else.
 */
function energyOf(
  found: readonly Candidate[],
  heard: readonly Heard[],
  scored: readonly Scored[],
  documents: readonly SuggestDocument[],
): { raw: number; text: string } | null {
  const ofEnergy = <C extends Candidate>(of: readonly C[]): C[] =>
    of.filter(({ document }) => document >= 0 && isEnergy(documents[document]!));
  const named = ofEnergy(found).map((candidate) =>
    candidate.hits.some(({ way }) => isLikeness(way))
      ? candidate
      : { ...candidate, strength: candidate.strength / candidate.languageWeight },
  );
  const [best] = [...rank(named, heard, () => 1), ...ofEnergy(scored)].sort((a, b) => b.raw - a.raw || a.document - b.document);
  return best ? { raw: best.raw, text: best.phrase.text } : null;
}

function hear(index: PhraseIndex, text: string): Heard[] {
  const seen = new Set<string>();
  let [letters, splitLetters] = [0, 0];
  const isNew = (word: string): boolean => {
    if (seen.size >= WORDS_MAX || letters >= WORDS_LETTERS_MAX || seen.has(word)) return false;
    seen.add(word);
    if (word.length <= LETTERS_MAX) letters += word.length;
    return true;
  };
  return nameTokensOf(text)
    .filter(({ word }) => isBare(word) || isNew(word))
    .map((token) => {
      if (index.dictionary.takesSplitting(token.word)) splitLetters += token.word.length;
      const matches = index.dictionary.resolve(token, splitLetters <= SPLIT_LETTERS_MAX);
      const known = matches.length > 0;
      const said = { token, matches, isAction: isAction(token.word) };
      if (isBare(token.word) || isNoise(token.word) || (token.hasDigit && !known)) return { ...said, tells: 0 };
      const tells = known ? Math.max(...matches.map(({ word, quality }) => (index.tells[word] ?? 0) * quality)) : UNKNOWN_TELLS;
      return { ...said, tells };
    });
}

/** The surest way to each word of the index; two words of the line that are the parts of one compound lead to it together. */
function hitsOf(heard: readonly Heard[]): Map<number, Hit> {
  const hits = new Map<number, Hit & Pick<WordMatch, 'part'>>();
  for (const [at, { matches }] of heard.entries())
    for (const match of matches) {
      const known = hits.get(match.word);
      const other = known?.part;
      if (known && other !== undefined && match.part !== undefined && match.part !== other)
        hits.set(match.word, { heard: [...known.heard, at], word: match.word, quality: WAY_QUALITIES.compoundBoth, way: 'compound' });
      else if (!known || known.quality < match.quality) hits.set(match.word, { heard: [at], ...match });
    }
  return hits;
}

function candidates(index: PhraseIndex, heard: readonly Heard[], { country }: SuggestLine): Candidate[] {
  const hits = hitsOf(heard);
  const telling = [...hits].filter(([, { heard: at }]) => at.some((one) => (heard[one]?.tells ?? 0) > 0));
  const wanted = new Map(telling.map(([word, { quality }]) => [word, quality]));
  const likely = languagesOf(country);
  return index.find(wanted, CANDIDATES_MAX).flatMap((id) => {
    const phrase = index.phrases[id]!;
    const found = phrase.words.flatMap((word) => hits.get(word) ?? []);
    const covered = found.reduce((sum, { word, quality }) => sum + (index.tells[word] ?? 0) * quality, 0) / phrase.weight;
    const isForeign = likely.length > 0 && phrase.language !== 'und' && !likely.some((language) => language === phrase.language);
    const isOther = isForeign && phrase.language !== 'en';
    if (phrase.kind === 'supplier' && !isWholeName(phrase, found, heard)) return [];
    const otherWeight = found.some(({ way }) => isLikeness(way)) ? OTHER_LANGUAGE_LIKENESS_WEIGHT : OTHER_LANGUAGE_WEIGHT;
    const languageWeight = isOther ? otherWeight : isForeign ? ENGLISH_ABROAD_WEIGHT : 1;
    const strength = KIND_WEIGHTS[phrase.kind] * languageWeight * covered ** PARTIAL_EXPONENT;
    if (phrase.kind === 'not-bought') return [{ document: -1, phrase, hits: found, strength, languageWeight }];
    return phrase.targets.map(({ document, weight }) => ({ document, phrase, hits: found, strength: strength * weight, languageWeight }));
  });
}

/** The word is only like another one: by its beginning, or in its letters. */
function isLikeness(way: Way): boolean {
  return way === 'abbreviation' || way === 'fuzzy' || way === 'trigram';
}

/** Every word of a supplier's name is in the line, and its numbers and single letters beside another word of it: `Office 365`, not an office and 365 chairs. */
function isWholeName({ words }: Phrase, hits: readonly Hit[], heard: readonly Heard[]): boolean {
  if (hits.length < words.length || hits.some(({ way }) => way !== 'exact' && way !== 'fuzzy')) return false;
  const places = new Set(
    heard.flatMap(({ matches }, at) => (hits.some(({ word }) => matches.some((match) => match.word === word)) ? [at] : [])),
  );
  const stands = (bare: number): boolean =>
    heard.some(({ matches }, at) => matches.some(({ word }) => word === bare) && (places.has(at - 1) || places.has(at + 1)));
  return hits.every(({ word, heard: [at = 0] }) => words.length === 1 || !isBare(heard[at]?.token.word ?? '') || stands(word));
}

/** The best phrase of each document, with what all its phrases explain of the line. */
function rank(found: readonly Candidate[], heard: readonly Heard[], fits: (document: number) => number): Scored[] {
  const best = new Map<number, Candidate>();
  const all = new Map<number, Candidate[]>();
  for (const candidate of found) {
    if (candidate.document < 0 || fits(candidate.document) === 0) continue;
    const known = best.get(candidate.document);
    if (!known || known.strength < candidate.strength) best.set(candidate.document, candidate);
    const others = all.get(candidate.document);
    if (others) others.push(candidate);
    else all.set(candidate.document, [candidate]);
  }
  return [...best.values()]
    .map((candidate) => ({
      ...candidate,
      raw: explained(candidate, all.get(candidate.document) ?? [], heard) * fits(candidate.document),
    }))
    .sort((a, b) => b.raw - a.raw || a.document - b.document);
}

/** The strength of a candidate, and how much of the line it and the strong ones of the same document explain. */
function explained({ document, strength, phrase }: Candidate, all: readonly Candidate[], heard: readonly Heard[]): number {
  const qualities = new Map<number, number>();
  for (const other of all) {
    if (other.document !== document || other.strength < strength / 2) continue;
    for (const hit of other.hits) for (const at of hit.heard) qualities.set(at, Math.max(qualities.get(at) ?? 0, hit.quality));
  }
  const whole = heard.reduce((sum, { tells }) => sum + tells, 0);
  const part = [...qualities].reduce((sum, [at, quality]) => sum + (heard[at]?.tells ?? 0) * quality, 0);
  const isActionLost = phrase.kind !== 'supplier' && heard.some((one, at) => one.isAction && !qualities.has(at));
  const share = PHRASE_SHARE + (1 - PHRASE_SHARE) * (whole === 0 ? 1 : part / whole);
  return strength * share * (isActionLost ? ACTION_UNEXPLAINED_WEIGHT : 1);
}

/** Who sent the invoice, if it is a supplier of the table under its whole name. */
function supplierColumn(index: PhraseIndex, line: SuggestLine, fits: (document: number) => number): Scored[] {
  const heard = hear(index, line.supplier ?? '');
  const found = candidates(index, heard, line).filter(
    ({ phrase, hits }) => phrase.kind === 'supplier' && hits.length === phrase.words.length && hits.every(({ way }) => way === 'exact'),
  );
  return rank(found, heard, fits).map((candidate) => ({ ...candidate, raw: candidate.strength * SUPPLIER_COLUMN_WEIGHT }));
}

/** Text and supplier that agree strengthen each other; where they do not, the text goes first as far as it speaks. */
function merge(text: readonly Scored[], column: readonly Scored[]): Scored[] {
  const spoken = text[0]?.raw ?? 0;
  const ofSupplier = new Map(column.map((candidate) => [candidate.document, candidate]));
  const joined = text.map((candidate): Scored => {
    const other = ofSupplier.get(candidate.document);
    return other ? { ...candidate, raw: 1 - (1 - candidate.raw) * (1 - other.raw / 2) } : candidate;
  });
  const others = column
    .filter(({ document }) => !text.some((candidate) => candidate.document === document && candidate.raw >= spoken / 2))
    .map((candidate) => Object.assign(candidate, { raw: candidate.raw * (1 - spoken / 2) }));
  const names = new Set(others.map(({ document }) => document));
  return [...joined.filter(({ document }) => !names.has(document)), ...others].sort((a, b) => b.raw - a.raw || a.document - b.document);
}

function dimensionOf(unit: string | undefined): string | null {
  const parsed = unit === undefined ? null : parseUnit(unit);
  return parsed === null || isRefusal(parsed) ? null : parsed.dimension;
}

/** 1 where the unit can count the target, or nothing is known of it; less where it takes a price; 0 where it cannot. */
function fitness(document: SuggestDocument | undefined, dimension: string | null): number {
  if (!document) return 0;
  if (dimension === null || document.dimensions.includes(dimension)) return 1;
  return dimension === 'money' && document.dimensions.includes(MONEY_BY_PRICE) ? BY_PRICE_WEIGHT : 0;
}
