/** One line as a ledger, an invoice or a list of suppliers states it. */
export interface SuggestLine {
  readonly text: string;
  /** A unit of the register (`kWh`, `EUR`), as it is mapped; excludes what is not counted in its dimension. */
  readonly unit?: string;
  /** ISO 3166-1 alpha-2; only says which language to believe where a word is of several. */
  readonly country?: string;
  /** Who sent the invoice, where that stands in a column of its own. */
  readonly supplier?: string;
}

/** What a line may be. A person takes it or not; nothing here decides. */
export interface Suggestion {
  readonly activityType: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** 0 to 1, in steps of 0.01: a measure of confidence, never an amount. */
  readonly score: number;
  /** Which words led here and by which way, in sentences for the person who decides. */
  readonly reasons: readonly string[];
}

/**
 * Suggests what lines of free text may be. An implementation answers every line, in the order of the lines, best first, at most `limit` each; an empty
 * list where nothing stands out. It is deterministic: the same lines give the same answer. It promises nothing about where it looks, so that a service
 * of embeddings can stand here as well as an index in memory.
 */
export interface Suggester {
  /** Name and version of the method; kept beside what a person took from it. */
  readonly name: string;
  suggest(lines: readonly SuggestLine[], limit: number): Promise<readonly (readonly Suggestion[])[]>;
}

/** A label is the vocabulary's or a publisher's name of the target, a synonym is ours, `factor` is the text of a publisher's row. */
export type TextKind = 'label' | 'synonym' | 'factor' | 'supplier';

export interface SuggestText {
  /** ISO 639-1; a supplier's name is of no language (`und`). */
  readonly language: string;
  readonly text: string;
  readonly kind: TextKind;
  /** What the text counts for this target beside others that it names as well; 1 where it is left out. */
  readonly weight?: number;
}

/** One target that can be suggested: an activity type with the attributes that tell it from its neighbours. */
export interface SuggestDocument {
  readonly activityType: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly label: string;
  readonly texts: readonly SuggestText[];
  /** The dimensions that an activity of this type can be counted in: `energy`, `money`. */
  readonly dimensions: readonly string[];
}
