import type { MatchKey } from '../activity/vocabulary';
import type { PinnedFactor } from '../factor/factor';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';

/** Why a factor that was looked at was not taken. The closed list. */
export const LOST_REASONS = {
  own_set_first: 'A set that the tenant supplied goes first.',
  unit_converted: 'Another factor is printed in the unit of the activity.',
  price_year_further: 'The price year is further away.',
  year_further: 'The year is further away.',
  edition_older: 'A later edition or version of the same publisher goes first.',
  order: 'Equal in every rule; publisher and code decide.',
  attributes_general: 'Another factor is specific to the attributes.',
  region_further: 'The region is further away.',
  region_other: 'The factor is of another region.',
  attributes_other: 'The factor is for other attributes.',
  unit_other: 'The unit measures something else.',
  supplier_other: 'The factor is of another supplier.',
  supplier_general: 'A factor of the supplier itself, or a residual mix, goes first.',
} as const;
export type LostReason = keyof typeof LOST_REASONS;

type Comparison = (a: PinnedFactor, b: PinnedFactor) => number;

interface Preference {
  readonly reason: LostReason;
  readonly compare: Comparison;
}

/** The rules between factors of one rung, most important first; negative: `a` goes before `b`. The last one leaves no tie. */
function preferences(key: MatchKey): readonly Preference[] {
  const unit = unitId(key.unit);
  const priceYear = Number(key.attributes.price_year ?? key.year);
  return [
    { reason: 'own_set_first', compare: (a, b) => Number(b.own) - Number(a.own) },
    { reason: 'unit_converted', compare: (a, b) => Number(unitId(a.factor.unit) !== unit) - Number(unitId(b.factor.unit) !== unit) },
    { reason: 'price_year_further', compare: (a, b) => compareNearness(priceYear, priceYearOf(a, priceYear), priceYearOf(b, priceYear)) },
    { reason: 'year_further', compare: (a, b) => compareNearness(key.year, a.factor.year, b.factor.year) },
    { reason: 'edition_older', compare: (a, b) => (a.set.publisher === b.set.publisher ? compareEditions(a, b) : 0) },
    { reason: 'order', compare: standingOrder },
  ];
}

/** Which of two factors of one rung goes first, for this key. */
export function preferenceFor(key: MatchKey): { compare: Comparison; reason: (winner: PinnedFactor, loser: PinnedFactor) => LostReason } {
  const rules = preferences(key);
  const deciding = (a: PinnedFactor, b: PinnedFactor) => rules.find((rule) => rule.compare(a, b) !== 0);
  return {
    compare: (a, b) => deciding(a, b)?.compare(a, b) ?? 0,
    reason: (winner, loser) => deciding(winner, loser)?.reason ?? 'order',
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

/** Nearest not later than wanted; else nearest later. */
function compareNearness(wanted: number, a: number, b: number): number {
  const later = Number(a > wanted) - Number(b > wanted);
  return later || (a > wanted ? a - b : b - a);
}

function priceYearOf(pinned: PinnedFactor, wanted: number): number {
  const stated = pinned.factor.attributes.price_year;
  return stated === undefined ? wanted : Number(stated);
}

/** The latest edition, then the latest version, goes first. */
function compareEditions(a: PinnedFactor, b: PinnedFactor): number {
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

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unitId(text: string): string {
  const unit = parseUnit(text);
  return isRefusal(unit) ? text : unit.id;
}
