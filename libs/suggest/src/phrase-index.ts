import MiniSearch from 'minisearch';
import { NOT_BOUGHT } from './data/not-bought';
import { Dictionary } from './dictionary';
import type { SuggestDocument, SuggestText, TextKind } from './suggester';
import { isNoise, nameTokensOf, tokensOf } from './words';

/** A text of one or more documents. */
export interface Phrase {
  readonly text: string;
  readonly language: string;
  readonly kind: TextKind | 'not-bought';
  /** Ids of the dictionary, without repetition. */
  readonly words: readonly number[];
  /** What the words weigh together. */
  readonly weight: number;
  /** The documents that have the text, with what it counts for each; none of what was not bought. */
  readonly targets: readonly { readonly document: number; readonly weight: number }[];
}

export interface PhraseIndex {
  readonly dictionary: Dictionary;
  readonly phrases: readonly Phrase[];
  /** How much a word tells, by id: the logarithm of how rare it is among documents. */
  readonly tells: readonly number[];
  /** The phrases that some of the words lead to, the best first by BM25 with each word weighed by its quality. */
  find(words: ReadonlyMap<number, number>, limit: number): readonly number[];
}

/** What a word that stands on every invoice tells beside one that does not. */
const NOISE_TELLS = 0.2;

interface Draft {
  readonly text: SuggestText | { readonly text: string; readonly language: string; readonly kind: 'not-bought' };
  readonly words: number[];
  readonly targets: Map<number, number>;
}

/** Equal texts of several documents are one phrase. */
export function phraseIndex(documents: readonly SuggestDocument[]): PhraseIndex {
  const dictionary = new Dictionary();
  const drafts = new Map<string, Draft>();
  const draftOf = (text: Draft['text']): Draft => {
    const key = `${text.language} ${text.kind} ${text.text.toLowerCase()}`;
    const known = drafts.get(key);
    if (known) return known;
    const tokens = text.kind === 'supplier' ? nameTokensOf(text.text) : tokensOf(text.text);
    const words = [...new Set(tokens.map((token) => dictionary.add(token, text.language)))];
    const draft: Draft = { text, words, targets: new Map() };
    drafts.set(key, draft);
    return draft;
  };
  for (const [at, { texts }] of documents.entries()) for (const text of texts) draftOf(text).targets.set(at, text.weight ?? 1);
  for (const [language, terms] of Object.entries(NOT_BOUGHT))
    for (const text of terms.split(', ')) draftOf({ text, language, kind: 'not-bought' });
  dictionary.close();
  const tells = tellsOf([...drafts.values()], dictionary, documents.length);
  const phrases = [...drafts.values()]
    .filter(({ words }) => words.length > 0)
    .map(({ text: { text, language, kind }, words, targets }): Phrase => ({
      text,
      language,
      kind,
      words,
      weight: words.reduce((sum, word) => sum + (tells[word] ?? 0), 0),
      targets: [...targets].map(([document, weight]) => ({ document, weight })),
    }));
  return { dictionary, phrases, tells, find: finder(phrases, dictionary) };
}

function tellsOf(drafts: readonly Draft[], { words }: Dictionary, documents: number): number[] {
  const seenIn = words.map(() => new Set<number>());
  for (const draft of drafts) for (const word of draft.words) for (const document of draft.targets.keys()) seenIn[word]?.add(document);
  return words.map((word, id) => Math.log(1 + documents / (1 + (seenIn[id]?.size ?? 0))) * (isNoise(word) ? NOISE_TELLS : 1));
}

function finder(phrases: readonly Phrase[], { words }: Dictionary): PhraseIndex['find'] {
  const search = new MiniSearch<{ id: number; words: string }>({
    fields: ['words'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  });
  search.addAll(phrases.map((phrase, id) => ({ id, words: phrase.words.map((word) => words[word]).join(' ') })));
  return (wanted, limit) => {
    const qualities = new Map([...wanted].map(([word, quality]) => [words[word] ?? '', quality]));
    if (qualities.size === 0) return [];
    return search
      .search([...qualities.keys()].join(' '), { boostTerm: (term) => qualities.get(term) ?? 0 })
      .slice(0, limit)
      .map(({ id }) => id as number);
  };
}
