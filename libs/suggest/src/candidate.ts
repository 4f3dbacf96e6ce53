import type { Way, WordMatch } from './dictionary';
import type { Phrase } from './phrase-index';
import type { Token } from './words';

/** One word of the line as it was understood. */
export interface Heard {
  readonly token: Token;
  /** How much it tells: nothing for what stands on every invoice, and for numbers that no text has. */
  readonly tells: number;
  /** It names work on a thing, or its use for a time. */
  readonly isAction: boolean;
  /** The words of the index that it may mean. */
  readonly matches: readonly WordMatch[];
}

/** A word of a phrase that was heard in the line. */
export interface Hit {
  /** The words of the line that led to it: one, or the two parts of a compound. */
  readonly heard: readonly number[];
  readonly word: number;
  readonly quality: number;
  readonly way: Way;
}

/** A phrase that speaks for a document; for none (-1) where it names what is not bought. */
export interface Candidate {
  readonly document: number;
  readonly phrase: Phrase;
  readonly hits: readonly Hit[];
  readonly strength: number;
  /** What the language of the phrase counted in it. */
  readonly languageWeight: number;
}
