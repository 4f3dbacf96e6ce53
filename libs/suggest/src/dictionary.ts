import { editDistance, likenessOf, trigramsOf } from './likeness';
import { COMPOUNDING, isBare, LANGUAGES, stemOf, withoutUmlauts, type Language, type Token } from './words';

/** How a word of a line came to a word of the index. */
export type Way = 'exact' | 'stem' | 'compound' | 'abbreviation' | 'fuzzy' | 'trigram';

/** A word of the index that a word of a line may mean, and how surely: 1 is the same word. */
export interface WordMatch {
  readonly word: number;
  readonly quality: number;
  readonly way: Way;
  /** Of a compound of the index: the word of the line is its last part, or another one. */
  readonly part?: 'head' | 'modifier';
}

/**
 * What each way counts. A stem is nearly the word, the more the words are alike: `booking` and `books` share one. Of a compound the last part says
 * what it is, the others say of what. A letter wrong in a long word is more likely a typing error than in a short one. Likeness in trigrams alone is
 * a hint.
 */
export const WAY_QUALITIES = {
  exact: 1,
  stem: 0.7,
  stemLikeness: 0.3,
  compoundHead: 0.8,
  compoundHeadAlone: 0.65,
  compoundModifier: 0.6,
  /** Two words of a line that are the parts of a compound of the index. */
  compoundBoth: 0.95,
  abbreviation: 0.6,
  fuzzyPerLetter: 0.1,
  trigram: 0.65,
} as const;

/** What is longer is no word: only the same one is looked for. */
export const LETTERS_MAX = 40;
const PART_LETTERS_MIN = 4;
const HEAD_ALONE_LETTERS_MIN = 6;
const MODIFIER_ALONE_LETTERS_MIN = 8;
const ABBREVIATION_LETTERS_MIN = 3;
const FUZZY_LETTERS_MIN = 6;
const TWO_ERRORS_LETTERS_MIN = 8;
/** Shared trigrams of two words, twice, over all of both (Dice). */
const CANDIDATE_LIKENESS_MIN = 0.4;
const TRIGRAM_LIKENESS_MIN = 0.62;
const MATCHES_MAX = 8;
/** What joins the parts of a compound: Arbeit-s-kleidung, Hülle-n-stoff. */
const LINKS = ['', 's', 'n', 'en', 'es', 'er', 'e'] as const;
const REMEMBERED_MAX = 50_000;

/** The distinct words of all texts, and the ways from a word of a line to them. */
export class Dictionary {
  readonly words: string[] = [];
  private readonly ids = new Map<string, number>();
  private readonly stems = new Map<Language, Map<string, number[]>>();
  /** From the part of a compound to the compounds of the index that have it. */
  private readonly compounds = new Map<string, { word: number; isHead: boolean }[]>();
  private readonly compounding = new Set<string>();
  private readonly trigrams = new Map<string, number[]>();
  private readonly trigramCounts: number[] = [];
  /** The words in the order of the alphabet, with their ids. */
  private inOrder: { word: string; id: number }[] = [];
  /** How many trigrams each word shares with the one that is looked for; all 0 in between. */
  private shared = new Uint16Array(0);
  private readonly remembered = new Map<string, readonly WordMatch[]>();

  /** The id of a word in a text of this language; `und` has no stems. */
  add({ word, stated }: Token, language: string): number {
    const id = this.ids.get(word) ?? this.newWord(word);
    if (!(language in LANGUAGES)) return id;
    const spelled = withoutUmlauts(stated);
    if (spelled !== word && !this.ids.has(spelled)) this.ids.set(spelled, id);
    const known = language as Language;
    this.addStem(known, stemOf(known, word), id);
    if (spelled !== word) this.addStem(known, stemOf(known, spelled), id);
    if (COMPOUNDING.includes(known)) this.compounding.add(word);
    return id;
  }

  /** To be called once after all words are in: a compound is known by its parts, which may be added after it. */
  close(): void {
    for (const word of [...this.compounding].sort()) {
      const id = this.ids.get(word) ?? 0;
      const split = this.split(word);
      if (!split) continue;
      if (split.head !== null) this.addPart(split.head, id, true);
      if (split.modifier !== null) this.addPart(split.modifier, id, false);
    }
    this.inOrder = this.words.map((word, id) => ({ word, id })).sort((a, b) => (a.word < b.word ? -1 : 1));
    this.shared = new Uint16Array(this.words.length);
    for (const [id, word] of this.words.entries()) {
      const trigrams = trigramsOf(word);
      this.trigramCounts.push(trigrams.length);
      for (const trigram of trigrams) {
        const words = this.trigrams.get(trigram);
        if (words) words.push(id);
        else this.trigrams.set(trigram, [id]);
      }
    }
  }

  /** Whether looking for the word takes it apart: it is of the length of a compound, and no word of the index. */
  takesSplitting(word: string): boolean {
    return word.length >= 2 * PART_LETTERS_MIN && word.length <= LETTERS_MAX && !this.ids.has(word);
  }

  /** The words that this one may mean, the surest first, at most eight; its parts only where it may be split. */
  resolve({ word, isShortened }: Token, maySplit = true): readonly WordMatch[] {
    const key = `${word}${isShortened ? '.' : ''}${maySplit ? '' : '|'}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const matches = this.find(word, isShortened, maySplit);
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.clear();
    this.remembered.set(key, matches);
    return matches;
  }

  private newWord(word: string): number {
    const id = this.words.push(word) - 1;
    this.ids.set(word, id);
    return id;
  }

  private addStem(language: Language, stem: string, id: number): void {
    const stems = this.stems.get(language) ?? new Map<string, number[]>();
    this.stems.set(language, stems);
    const words = stems.get(stem);
    if (!words) stems.set(stem, [id]);
    else if (!words.includes(id)) words.push(id);
  }

  private addPart(part: string, word: number, isHead: boolean): void {
    this.compounds.set(part, [...(this.compounds.get(part) ?? []), { word, isHead }]);
  }

  private find(word: string, isShortened: boolean, maySplit: boolean): WordMatch[] {
    const found = new Map<number, WordMatch>();
    const take = (match: WordMatch): void => {
      if ((found.get(match.word)?.quality ?? 0) < match.quality) found.set(match.word, match);
    };
    const exact = this.ids.get(word);
    if (exact !== undefined) take({ word: exact, quality: WAY_QUALITIES.exact, way: 'exact' });
    if (word.length > LETTERS_MAX || isBare(word)) return [...found.values()];
    for (const id of this.sameStem(word)) take({ word: id, quality: this.stemQuality(word, id), way: 'stem' });
    const isKnown = found.size > 0;
    for (const match of this.throughCompounds(word, maySplit && !isKnown)) take(match);
    if (isShortened && !isKnown) for (const match of this.beginningWith(word)) take(match);
    if (found.size === 0) for (const match of this.like(word)) take(match);
    return [...found.values()].sort((a, b) => b.quality - a.quality || a.word - b.word).slice(0, MATCHES_MAX);
  }

  private stemQuality(word: string, id: number): number {
    return WAY_QUALITIES.stem + WAY_QUALITIES.stemLikeness * likenessOf(word, this.words[id] ?? '');
  }

  private *sameStem(word: string, languages: readonly Language[] = [...this.stems.keys()]): Generator<number> {
    if (word.length < PART_LETTERS_MIN || /\d/.test(word)) return;
    for (const language of languages) yield* this.stems.get(language)?.get(stemOf(language, word)) ?? [];
  }

  /** Compounds of the index that have the word as a part, and the parts of the word where it is a compound that the index has not. */
  private *throughCompounds(word: string, maySplit: boolean): Generator<WordMatch> {
    for (const { word: id, isHead } of this.compounds.get(word) ?? [])
      yield isHead
        ? { word: id, quality: WAY_QUALITIES.compoundHead, way: 'compound', part: 'head' }
        : { word: id, quality: WAY_QUALITIES.compoundModifier, way: 'compound', part: 'modifier' };
    const split = maySplit ? this.split(word) : null;
    if (!split) return;
    const head = split.modifier === null ? WAY_QUALITIES.compoundHeadAlone : WAY_QUALITIES.compoundHead;
    if (split.head !== null) yield* this.throughPart(split.head, head);
    if (split.modifier !== null) yield* this.throughPart(split.modifier, WAY_QUALITIES.compoundModifier);
  }

  private *throughPart(part: string, quality: number): Generator<WordMatch> {
    const exact = this.ids.get(part);
    if (exact !== undefined) yield { word: exact, quality, way: 'compound' };
    for (const id of this.sameStem(part, COMPOUNDING)) yield { word: id, quality: quality * this.stemQuality(part, id), way: 'compound' };
  }

  private isPart(word: string): boolean {
    return word.length >= PART_LETTERS_MIN && (this.compounding.has(word) || !this.sameStem(word, COMPOUNDING).next().done);
  }

  /** The longest known last part; with a known first part before one without, and that before a long known first part alone. */
  private split(word: string): { head: string; modifier: string | null } | { head: null; modifier: string } | null {
    if (word.length > LETTERS_MAX) return null;
    let headAlone: string | null = null;
    let modifierAlone: string | null = null;
    for (let at = PART_LETTERS_MIN; at <= word.length - PART_LETTERS_MIN; at += 1) {
      const head = word.slice(at);
      const before = word.slice(0, at);
      if (before.length >= MODIFIER_ALONE_LETTERS_MIN && this.isPart(before)) modifierAlone = before;
      if (!this.isPart(head)) continue;
      const link = LINKS.find((ending) => before.endsWith(ending) && this.isPart(before.slice(0, before.length - ending.length)));
      if (link !== undefined) return { head, modifier: before.slice(0, before.length - link.length) };
      if (headAlone === null && head.length >= HEAD_ALONE_LETTERS_MIN) headAlone = head;
    }
    if (headAlone !== null) return { head: headAlone, modifier: null };
    return modifierAlone === null ? null : { head: null, modifier: modifierAlone };
  }

  /** The words that share one of these trigrams, and how many. */
  private sharing(trigrams: readonly string[]): [number, number][] {
    const touched: number[] = [];
    for (const trigram of trigrams)
      for (const id of this.trigrams.get(trigram) ?? []) {
        const count = this.shared[id] ?? 0;
        if (count === 0) touched.push(id);
        this.shared[id] = count + 1;
      }
    return touched.map((id) => {
      const count = this.shared[id] ?? 0;
      this.shared[id] = 0;
      return [id, count];
    });
  }

  private *beginningWith(word: string): Generator<WordMatch> {
    if (word.length < ABBREVIATION_LETTERS_MIN) return;
    let [low, high] = [0, this.inOrder.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.inOrder[middle]?.word ?? '') < word) low = middle + 1;
      else high = middle;
    }
    for (let at = low; this.inOrder[at]?.word.startsWith(word); at += 1)
      yield { word: this.inOrder[at]?.id ?? 0, quality: WAY_QUALITIES.abbreviation, way: 'abbreviation' };
  }

  private *like(word: string): Generator<WordMatch> {
    if (word.length < FUZZY_LETTERS_MIN - 1 || /\d/.test(word)) return;
    const own = trigramsOf(word);
    for (const [id, count] of this.sharing(own)) {
      const known = this.words[id] ?? '';
      const likeness = (2 * count) / (own.length + (this.trigramCounts[id] ?? 0));
      if (likeness < CANDIDATE_LIKENESS_MIN) continue;
      const letters = Math.max(word.length, known.length);
      const mayErr = letters >= FUZZY_LETTERS_MIN && word[0] === known[0];
      const errorsMax = mayErr ? (word.length >= TWO_ERRORS_LETTERS_MIN ? 2 : 1) : 0;
      const errors = Math.abs(word.length - known.length) > errorsMax ? Infinity : editDistance(word, known);
      const isTypingError = errors <= errorsMax;
      if (isTypingError) yield { word: id, quality: WAY_QUALITIES.exact - WAY_QUALITIES.fuzzyPerLetter * (errors + 0.5), way: 'fuzzy' };
      else if (likeness >= TRIGRAM_LIKENESS_MIN) yield { word: id, quality: WAY_QUALITIES.trigram * likeness, way: 'trigram' };
    }
  }
}
