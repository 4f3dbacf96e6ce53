import type { MatchKey } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import type { FactorSetHead, Pinned, PinnedFactor } from '../factor/factor';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';

/** Why a factor that was looked at was not taken. The closed list. */
export const LOST_REASONS = {
  own_set_first: 'A set that the tenant supplied goes first.',
  price_year_further: 'The price year is further away.',
  year_further: 'The year is further away.',
  unit_converted: 'Another factor is printed in the unit of the activity.',
  edition_older: 'A later edition or version of the same publisher goes first.',
  order: 'Equal in every rule; publisher and code decide.',
  attributes_general: 'Another factor is specific to the attributes.',
  region_further: 'The region is further away.',
  region_other: 'The factor is of another region.',
  attributes_other: 'The factor is for other attributes.',
  unit_other: 'The unit measures something else.',
  supplier_other: 'The factor is of another supplier.',
  supplier_general: 'A factor of the supplier itself, or a residual mix, goes first.',
  refused_by_person: 'A person decided that this factor is not to be used here.',
  pinned_by_person: 'A person decided for another factor that serves.',
  overridden_by_person: 'A person decided for another factor that would not have served.',
} as const;
export type LostReason = keyof typeof LOST_REASONS;

type Comparison = (a: PinnedFactor, b: PinnedFactor) => number;

/** Which of two factors of one rung goes first for a key, and why. Negative: `a` goes before `b`. */
export interface Preference {
  readonly compare: Comparison;
  readonly reason: (winner: PinnedFactor, loser: PinnedFactor) => LostReason;
}

/**
 * The rules that depend on the key, most important first: each gives a factor a score, and the lower score goes first. A conversion is exact
 * and loses nothing, a year further away does: the unit breaks ties alone.
 */
const SCORED = ['own_set_first', 'price_year_further', 'year_further', 'unit_converted'] as const satisfies readonly LostReason[];

/** The rules between factors of one rung: the scores, then the latest edition, then an order that leaves no tie. */
export function preferenceFor(key: MatchKey): Preference {
  const unit = unitId(key.unit);
  const priceYear = Number(key.attributes.price_year ?? key.year);
  const scores = new Map<PinnedFactor, readonly number[]>();
  const scoresOf = (pinned: PinnedFactor): readonly number[] => {
    let found = scores.get(pinned);
    if (!found) {
      const { factor, own } = pinned;
      const priced = Number(factor.attributes.price_year ?? priceYear);
      found = [own ? 0 : 1, distance(priceYear, priced), distance(key.year, factor.year), unitId(factor.unit) === unit ? 0 : 1];
      scores.set(pinned, found);
    }
    return found;
  };
  const scored = (a: PinnedFactor, b: PinnedFactor): number => {
    const [left, right] = [scoresOf(a), scoresOf(b)];
    return SCORED.findIndex((_rule, i) => left[i] !== right[i]);
  };
  return {
    compare: (a, b) => {
      const rule = scored(a, b);
      return rule < 0 ? standingOrder(a, b) : (scoresOf(a)[rule] as number) - (scoresOf(b)[rule] as number);
    },
    reason: (winner, loser) => {
      const sameEdition = winner.set.publisher !== loser.set.publisher || compareEditions(winner, loser) === 0;
      return SCORED[scored(winner, loser)] ?? (sameEdition ? 'order' : 'edition_older');
    },
  };
}

/** An order of all factors that no input order can change: publisher, latest edition and version, code, then the set and the rest. */
export function standingOrder(a: PinnedFactor, b: PinnedFactor): number {
  return (
    compareText(a.set.publisher, b.set.publisher) ||
    compareEditions(a, b) ||
    compareText(a.factor.code, b.factor.code) ||
    compareText(a.setId, b.setId) ||
    compareText(a.factor.region, b.factor.region) ||
    b.factor.year - a.factor.year ||
    compareText(JSON.stringify(a.factor), JSON.stringify(b.factor))
  );
}

/** The same of figures beside the factors; the tenant's own sets go first. */
export function figureOrder<Figure>(a: Pinned<Figure>, b: Pinned<Figure>): number {
  return (
    Number(b.own) - Number(a.own) ||
    compareText(a.set.publisher, b.set.publisher) ||
    compareEditions(a, b) ||
    compareText(a.setId, b.setId) ||
    compareText(canonicalJson(a.figure), canonicalJson(b.figure))
  );
}

/** Nearest not later than wanted, else nearest later: every later year is further than any earlier one. */
export function distance(wanted: number, year: number): number {
  return year > wanted ? 10_000 + year - wanted : wanted - year;
}

/** The latest edition, then the latest version, goes first. */
function compareEditions(a: { readonly set: FactorSetHead }, b: { readonly set: FactorSetHead }): number {
  return compareNumbered(b.set.edition, a.set.edition) || compareNumbered(b.set.version, a.set.version);
}

/** Text in which runs of digits count as numbers: version 1.10 is after 1.9. */
function compareNumbered(a: string, b: string): number {
  if (a === b) return 0;
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const [l = '', r = ''] = [left[i], right[i]];
    const order = /^\d/.test(l) && /^\d/.test(r) ? Number(l) - Number(r) : compareText(l, r);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

/** Order by code unit: no locale has a say in it. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unitId(text: string): string {
  const unit = parseUnit(text);
  return isRefusal(unit) ? text : unit.id;
}
