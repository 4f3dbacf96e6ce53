import type { Basis, LegId, LegSpec, MatchKey } from '../activity/vocabulary';
import type { PinnedFactor } from '../factor/factor';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';
import { compareText } from './preference';

/** A factor by name: the edition and version that it stands in, and its code there. */
export interface FactorName {
  readonly publisher: string;
  readonly edition: string;
  readonly version: string;
  readonly code: string;
}

/** Which keys a decision is about: of one activity type, and each further field that is stated must be as the key states it. */
export interface KeyPattern {
  readonly activityType: string;
  readonly unit?: string;
  /** Of the year whose factors the key takes; both ends inclusive, and an end that is left out is open. */
  readonly year?: { readonly from?: number; readonly to?: number };
  readonly country?: string;
  readonly region?: string;
  readonly supplier?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * What a person decided about the factor of some keys, for one leg: `pin` takes a factor that would serve over every rule of preference, `override`
 * takes one that would not, `refuse` takes one out of the cascade.
 */
export interface FactorChoice {
  readonly id: string;
  readonly action: 'pin' | 'override' | 'refuse';
  readonly keys: KeyPattern;
  readonly leg: LegId;
  /** Absent: on every basis that the leg has. */
  readonly basis?: Basis;
  /** A `pin` and an `override` mean this version; a `refuse` means the code in every version of the edition, so that no reissue ends it. */
  readonly factor: FactorName;
  readonly author: string;
  readonly reason: string;
  /** In UTC and of fixed width, so that texts order like times. */
  readonly decidedAt: string;
}

/** The decision of a person behind a rate, as its lineage keeps it. */
export type ChoiceMade = Pick<FactorChoice, 'id' | 'action' | 'author' | 'reason' | 'decidedAt'>;

/** Decisions by activity type and leg, each list in its total order: a key looks at those of its own type and leg alone. */
export interface FactorChoices {
  readonly byLeg: ReadonlyMap<string, readonly FactorChoice[]>;
}

/** What people said about one key and leg. */
export interface Said {
  /** The factor that is to be taken whatever the cascade says; null: the cascade decides. */
  readonly taken: FactorChoice | null;
  readonly refused: readonly FactorChoice[];
  /** Narrows the candidates further; absent: all of them. */
  readonly admits?: (pinned: PinnedFactor) => boolean;
}

export const NOTHING_SAID: Said = { taken: null, refused: [] };

/**
 * Lays decisions out by activity type and leg, the most specific first: number of stated fields (unit, year, country, region, supplier, basis, each
 * attribute counts one); among equals the later decision, then the greater id by code unit. The order in which they come changes nothing.
 */
export function factorChoices(choices: readonly FactorChoice[]): FactorChoices {
  const byLeg = new Map<string, FactorChoice[]>();
  for (const choice of [...choices].sort(mostSpecificFirst)) {
    const place = placeName(choice.keys.activityType, choice.leg);
    const list = byLeg.get(place);
    if (list) list.push(choice);
    else byLeg.set(place, [choice]);
  }
  return { byLeg };
}

/**
 * What was decided for a key and leg, from the most specific decision on: the first `pin` or `override` is taken, unless a decision before it
 * refuses that factor in whatever version; every `refuse` before it stands, and without one to be taken every `refuse` does.
 */
export function saidAbout(choices: FactorChoices | undefined, key: MatchKey, { leg, basis }: Pick<LegSpec, 'leg' | 'basis'>): Said {
  const candidates = choices?.byLeg.get(placeName(key.activityType, leg));
  if (!candidates) return NOTHING_SAID;
  const refused: FactorChoice[] = [];
  for (const choice of candidates) {
    if ((choice.basis !== undefined && choice.basis !== basis) || !isOf(choice.keys, key)) continue;
    if (choice.action === 'refuse') refused.push(choice);
    else if (!refused.some(({ factor }) => factorText(factor) === factorText(choice.factor))) return { taken: choice, refused };
  }
  return { taken: null, refused };
}

/** Whether a key is among those that a pattern names. An attribute that the key leaves to its default is not stated. */
export function isOf(pattern: KeyPattern, key: MatchKey): boolean {
  const { unit, year, country, region, supplier, attributes = {} } = pattern;
  if (pattern.activityType !== key.activityType) return false;
  if (unit !== undefined && unitOf(unit) !== unitOf(key.unit)) return false;
  if (year?.from !== undefined && key.year < year.from) return false;
  if (year?.to !== undefined && key.year > year.to) return false;
  if (country !== undefined && country !== key.country) return false;
  if (region !== undefined && region !== key.region) return false;
  if (supplier !== undefined && supplier !== key.supplier) return false;
  return Object.entries(attributes).every(([name, value]) => key.attributes[name] === value);
}

/** How many fields a decision states beside activity type and leg. */
export function specificityOf({ keys, basis }: Pick<FactorChoice, 'keys' | 'basis'>): number {
  const { unit, year, country, region, supplier, attributes = {} } = keys;
  const stated = [unit, year, country, region, supplier, basis].filter((field) => field !== undefined);
  return stated.length + Object.keys(attributes).length;
}

/** A decision as a lineage keeps it. */
export function madeBy({ id, action, author, reason, decidedAt }: FactorChoice): ChoiceMade {
  return { id, action, author, reason, decidedAt };
}

/** The one text of a factor's name in all versions of its edition. */
export function factorText({ publisher, edition, code }: Omit<FactorName, 'version'>): string {
  return JSON.stringify([publisher, edition, code]);
}

function mostSpecificFirst(a: FactorChoice, b: FactorChoice): number {
  return specificityOf(b) - specificityOf(a) || compareText(b.decidedAt, a.decidedAt) || compareText(b.id, a.id);
}

function placeName(activityType: string, leg: LegId): string {
  return `${activityType} ${leg}`;
}

function unitOf(text: string): string {
  const unit = parseUnit(text);
  return isRefusal(unit) ? text : unit.id;
}
