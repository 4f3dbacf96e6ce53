import type { ActivityTypeId } from '../activity/vocabulary';

/** What free text is: an activity type, and those of its attributes that the row does not state itself. */
export interface ClassificationTarget {
  readonly activityType: ActivityTypeId;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a classification is for: a text, and whatever else it names of the key. All of it must hold. */
export interface ClassificationSelector {
  /** As `normaliseText` writes it; so are account and supplier. */
  readonly description: string;
  readonly account?: string;
  readonly supplier?: string;
  readonly country?: string;
  /** What the quantity measures: `money`, `mass`, `mass·distance`. */
  readonly unitDimension?: string;
}

/** Says once, for all equal lines, what a free text is. Never changed; withdrawn or followed by a later one. */
export interface Classification extends ClassificationSelector {
  readonly id: string;
  readonly to: ClassificationTarget;
  readonly author: string;
  readonly reason: string;
  /** In one spelling, so that texts order like times. */
  readonly decidedAt: string;
  /** `suggestion`: taken without a look, since its score reached the threshold that the author set. */
  readonly source: 'person' | 'suggestion';
  /** Of a suggestion, 0 to 1. */
  readonly score?: string;
}

/** What a rate says of the classification that it rests on. */
export interface AppliedClassification extends Pick<Classification, 'id' | 'author' | 'reason' | 'decidedAt' | 'source' | 'score'> {
  /** What the text was classified as: the activity type of every entry under this rate. */
  readonly activityType: ActivityTypeId;
  /** With those of the row that the type takes too. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Classifications by their text, each list with the one first that goes before the others. */
export type Classifications = ReadonlyMap<string, readonly Classification[]>;
