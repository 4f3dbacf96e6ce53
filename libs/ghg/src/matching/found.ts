import type { ChoiceMade } from './choices';
import type { FallbackCode, LostCandidate } from '../calculation/rate';
import type { Factor, PinnedFactor } from '../factor/factor';
import type { Refusal } from '../refusals';
import type { FactorIndex, FamilyNodes } from './factor-index';
import type { FactorWay } from './factor-way';
import { canExchange } from './money-way';
import { placeByExchange, type ReachedPlace } from './reach';
import type { Place, Walk, Winner } from './walk';

/** The factor that a key takes for one leg, the rungs that were taken on the way, and the nearest losers. */
export interface FactorMatch {
  readonly pinned: PinnedFactor;
  /** From the unit of the key to the unit of the factor, with the figures beside the factor that it rests on. */
  readonly way: FactorWay;
  readonly fallbacks: readonly FallbackCode[];
  readonly lost: readonly LostCandidate[];
  /** The decision of a person that turned the match; absent: the cascade alone. */
  readonly choice?: ChoiceMade;
}

/** No factor: the filter that none passed, and the nearest losers. */
export interface FactorNoMatch {
  readonly refusal: Refusal;
  readonly lost: readonly LostCandidate[];
}

/** A factor that passed every filter of its tier. */
export interface Found extends Winner {
  readonly place: Place | ReachedPlace;
}

/** The rungs that were not the best one. */
export function fallbacksOf(walk: Walk, { tier, rung, pinned, place }: Found): FallbackCode[] {
  const { key } = walk;
  const { factor } = pinned;
  const fallbacks: FallbackCode[] = [...tier.fallbacks];
  if (rung.fallback) fallbacks.push(rung.fallback);
  fallbacks.push(...yearFallbacks(walk, factor));
  const defaulted = Object.keys(factor.attributes).some((name) => name in walk.attributes && !(name in key.attributes));
  if (defaulted) fallbacks.push('attribute_default');
  if (place.stated.some((name) => !(name in factor.attributes))) fallbacks.push('attribute_general');
  if (factor.partial) fallbacks.push('factor_partial');
  return fallbacks;
}

/** What the year of a factor says beside that of the key. */
export function yearFallbacks({ key }: Walk, { year }: Factor): FallbackCode[] {
  if (year < key.year) return ['year_earlier'];
  return year > key.year ? ['year_later'] : [];
}

/** Where else factors per money stand: in the currencies to which a rate leads. */
export function placesByExchange(walk: Walk, families: FamilyNodes, index: FactorIndex): ReachedPlace[] {
  if (walk.unit.dimension !== 'money') return [];
  return [...families.keys()]
    .sort()
    .filter((family) => family !== walk.unit.family && canExchange(walk, family, index))
    .map((family) => placeByExchange(walk, family));
}
