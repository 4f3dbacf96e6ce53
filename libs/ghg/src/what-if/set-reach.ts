import { activityType } from '../activity/activity-types';
import { UNCLASSIFIED } from '../activity/types/unclassified';
import type { LegId, MatchKey } from '../activity/vocabulary';
import { GRID, ON_GRID } from '../calculation/rate-of-use';
import type { Factor, FuelProperty } from '../factor/factor';
import type { MethodPack } from '../methods/pack';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';

/** The place for which a factor is. */
interface FactorPlace {
  readonly leg: LegId;
  readonly region: string;
  readonly supplier: string;
}

/** What sets hold, as far as it says which keys they can be about. */
export interface SetReach {
  /** Places of factors by activity type. */
  readonly factors: ReadonlyMap<string, readonly FactorPlace[]>;
  /** Activity types with a property of their own. */
  readonly properties: ReadonlySet<string>;
  /** Exchange rates or price indices: every key in money may rest on them. */
  readonly money: boolean;
}

/** Legs that take factors of another leg beside their own. */
const READS: Partial<Record<LegId, LegId>> = { 'radiative-forcing': 'operation', losses: 'generation', 'losses-upstream': 'upstream' };

/** What of a set is asked for. */
interface Figures {
  readonly factors: readonly Pick<Factor, 'activityType' | 'leg' | 'region' | 'supplier'>[];
  readonly properties: readonly Pick<FuelProperty, 'activityType'>[];
  /** Whether it has exchange rates or price indices. */
  readonly money: boolean;
}

/** What some sets can be about, to be asked key by key (`mayDecide`). */
export function setReach(sets: readonly Figures[]): SetReach {
  const places = new Map<string, Map<string, FactorPlace>>();
  for (const { factors } of sets)
    for (const { activityType: type, leg, region, supplier = '' } of factors) {
      const known = places.get(type) ?? new Map<string, FactorPlace>();
      known.set(`${leg} ${region} ${supplier}`, { leg, region, supplier });
      places.set(type, known);
    }
  return {
    factors: new Map([...places].map(([type, known]) => [type, [...known.values()]])),
    properties: new Set(sets.flatMap(({ properties }) => properties.map((property) => property.activityType))),
    money: sets.some(({ money }) => money),
  };
}

/**
 * Whether rates of a key can change when these sets come or go. True is no promise that they do; false is one that they do not: neither a factor of
 * the key's type stands on a rung of its cascade (its subregion, its country, the world, abroad where a leg may borrow; its supplier or any), nor a
 * property of its type, nor anything that converts its money. Which refusal a leg without a rate has may still change.
 */
export function mayDecide(reach: SetReach, key: MatchKey, pack: MethodPack): boolean {
  const type = activityType(key.activityType);
  if (!type || type.id === UNCLASSIFIED) return true;
  const unit = parseUnit(key.unit);
  if (reach.money && (isRefusal(unit) || unit.parts.some(({ dimension }) => dimension === 'money'))) return true;
  if (reach.properties.has(type.id)) return true;
  const borrowed = new Set(pack.legsOf(type).flatMap(({ leg, borrowsAbroad }) => (borrowsAbroad ? [leg, READS[leg]] : [])));
  const isNear = (region: string): boolean => region === key.region || region === key.country || region === 'GLOBAL';
  const serves = ({ leg, region, supplier }: FactorPlace): boolean =>
    (supplier === '' || supplier === key.supplier) && (isNear(region) || borrowed.has(leg));
  // Electricity that a sold product uses may be that of the grid.
  return [type.id, ...(ON_GRID.includes(type.id) ? [GRID] : [])].some((id) => (reach.factors.get(id) ?? []).some(serves));
}
