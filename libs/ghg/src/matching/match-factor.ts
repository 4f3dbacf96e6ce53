import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import type { FallbackCode, LostCandidate } from '../calculation/rate';
import type { PinnedFactor } from '../factor/factor';
import { unitsDiffer } from '../quantity/convert';
import { parseUnit } from '../quantity/units';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '../refusals';
import { otherBasisPlace, placeByExchange, placesByProperty, type ReachedPlace } from './reach';
import type { FactorIndex, FamilyNodes } from './factor-index';
import { wayTo, type FactorWay } from './factor-way';
import { losersOf } from './lost-candidates';
import { canExchange } from './money-way';
import { servingNodes, walkOf, type Place, type Rung, type Tier, type Walk, type Winner } from './walk';

/** The factor that a key takes for one leg, the rungs that were taken on the way, and the nearest losers. */
export interface FactorMatch {
  readonly pinned: PinnedFactor;
  /** From the unit of the key to the unit of the factor, with the figures beside the factor that it rests on. */
  readonly way: FactorWay;
  readonly fallbacks: readonly FallbackCode[];
  readonly lost: readonly LostCandidate[];
}

/** No factor: the filter that none passed, and the nearest losers. */
export interface FactorNoMatch {
  readonly refusal: Refusal;
  readonly lost: readonly LostCandidate[];
}

/** The filters in order; a deeper one refuses more precisely. */
const FILTERS = [
  'factor_missing',
  'factor_supplier_missing',
  'factor_unit_mismatch',
  'factor_attribute_mismatch',
  'factor_region_missing',
] as const satisfies readonly RefusalCode[];
const ATTRIBUTES_FILTER = FILTERS.indexOf('factor_attribute_mismatch');

/** A factor that passed every filter of its tier. */
interface Found extends Winner {
  readonly place: Place | ReachedPlace;
}

/**
 * The cascade for one key and leg: supplier-specific before general (market-based electricity: supplier, residual mix, grid average; Scope 2
 * Guidance, chapter 6), then subregion, country, global, another country where the leg may borrow; then the most specific attributes; then the
 * rules of `preference.ts`. Factors that the unit converts to go before those that only a fuel property or an exchange rate leads to. Every rung
 * that was not the best one is a named fallback. Identical inputs give the identical factor.
 * Refusals in order of precedence: `unit_unknown`, `price_year_missing`, `factor_missing`, `factor_supplier_missing`, `factor_unit_mismatch` (for
 * money `currency_without_rate`, for a gas volume `volume_conditions_differ`), `factor_calorific_basis_other`, `factor_attribute_mismatch`, `factor_region_missing`; then those of `wayTo`.
 */
export function matchFactor(key: MatchKey, type: ActivityType, leg: LegSpec, index: FactorIndex): FactorMatch | FactorNoMatch {
  const walk = walkOf(key, type, leg, index);
  if (isRefusal(walk)) return { refusal: walk, lost: [] };
  if (lacksPriceYear(walk)) return { refusal: refuse('price_year_missing', `${key.activityType}, ${key.unit}`, 'price_year'), lost: [] };
  // Most legs find a factor in their own unit: where else one might stand is worked out only for the others.
  let places: ReachedPlace[] | undefined;
  const byProperty = (): ReachedPlace[] => (places ??= placesByProperty(walk, index));
  let reached = 0;
  for (const tier of walk.tiers) {
    const found = searchTier(walk, tier, byProperty, index);
    if (typeof found !== 'number') return matchOf(walk, found, index);
    if (found > reached) reached = found;
  }
  return { refusal: refusalAt(reached, walk, leg), lost: losersOf(walk, null) };
}

function matchOf(walk: Walk, found: Found, index: FactorIndex): FactorMatch | FactorNoMatch {
  const way = wayTo(walk, found.pinned.factor, found.place, index);
  if (isRefusal(way)) return { refusal: way, lost: losersOf(walk, null) };
  const fallbacks = [...new Set([...fallbacksOf(walk, found), ...way.fallbacks])];
  return { pinned: found.pinned, way, fallbacks, lost: losersOf(walk, found) };
}

/** The chosen factor of a tier, or how many filters were passed before none was left. */
function searchTier(walk: Walk, tier: Tier, byProperty: () => readonly ReachedPlace[], index: FactorIndex): Found | number {
  if (!tier.suppliers) return 0;
  if (!tier.families) return 1;
  const direct = searchPlaces(walk, tier, tier.families, [walk]);
  if (typeof direct !== 'number') return direct;
  const beyond = searchPlaces(walk, tier, tier.families, [...byProperty(), ...placesByExchange(walk, tier.families, index)]);
  return typeof beyond === 'number' && beyond < direct ? direct : beyond;
}

/** The same among factors of several families: the nearest rung first, on it the most specific attributes, then the rules of preference. */
function searchPlaces(walk: Walk, tier: Tier, families: FamilyNodes, places: readonly Place[]): Found | number {
  const here = places.flatMap((place) => {
    const nodes = families.get(place.family);
    return nodes ? [{ place, levels: servingNodes(place, nodes) }] : [];
  });
  if (here.length === 0) return 2;
  if (here.every(({ levels }) => levels.length === 0)) return 3;
  for (const rung of walk.rungs) {
    let best: { readonly pinned: PinnedFactor; readonly place: Place } | null = null;
    for (const { place, levels } of here) {
      const pinned = bestOf(walk, rung, levels);
      if (pinned && (best === null || isBetter(walk, pinned, best.pinned))) best = { pinned, place };
    }
    if (best) return { ...best, tier, rung };
  }
  return 4;
}

function bestOf({ preference }: Walk, rung: Rung, levels: ReturnType<typeof servingNodes>): PinnedFactor | null {
  for (const level of levels) {
    const candidates = level.flatMap((node) => rung.regions(node).flatMap((region) => node.regions.get(region) ?? []));
    const best = candidates.reduce<PinnedFactor | null>(
      (first, next) => (first === null || preference.compare(next, first) < 0 ? next : first),
      null,
    );
    if (best) return best;
  }
  return null;
}

function isBetter({ preference }: Walk, a: PinnedFactor, b: PinnedFactor): boolean {
  const specific = ({ factor }: PinnedFactor) => Object.keys(factor.attributes).length;
  return specific(a) > specific(b) || (specific(a) === specific(b) && preference.compare(a, b) < 0);
}

function placesByExchange(walk: Walk, families: FamilyNodes, index: FactorIndex): ReachedPlace[] {
  if (walk.unit.dimension !== 'money') return [];
  return [...families.keys()]
    .sort()
    .filter((family) => family !== walk.unit.family && canExchange(walk, family, index))
    .map((family) => placeByExchange(walk, family));
}

/** Money of an unknown year has no price level; where the type asks for none, the year of the activity is meant. */
function lacksPriceYear({ unit, type, key }: Walk): boolean {
  return unit.dimension === 'money' && key.attributes.price_year === undefined && type.attributes.some(({ name }) => name === 'price_year');
}

function fallbacksOf(walk: Walk, { tier, rung, pinned, place }: Found): FallbackCode[] {
  const { key } = walk;
  const { factor } = pinned;
  const fallbacks: FallbackCode[] = [...tier.fallbacks];
  if (rung.fallback) fallbacks.push(rung.fallback);
  if (factor.year < key.year) fallbacks.push('year_earlier');
  if (factor.year > key.year) fallbacks.push('year_later');
  const defaulted = Object.keys(factor.attributes).some((name) => name in walk.attributes && !(name in key.attributes));
  if (defaulted) fallbacks.push('attribute_default');
  if (place.stated.some((name) => !(name in factor.attributes))) fallbacks.push('attribute_general');
  if (factor.partial) fallbacks.push('factor_partial');
  return fallbacks;
}

function refusalAt(reached: number, walk: Walk, leg: LegSpec): Refusal {
  const { key, unit } = walk;
  const code = FILTERS[reached] as RefusalCode;
  const place = key.region ?? key.country;
  const leads = `${key.activityType}, ${leg.leg}`;
  if (code === 'factor_unit_mismatch' && unit.dimension === 'money')
    return refuse('currency_without_rate', `${leads}: no factor per ${unit.id}, and no exchange rate of the price year leads to one`);
  const differs = code === 'factor_unit_mismatch' ? otherConditions(walk) : null;
  if (differs)
    return refuse('volume_conditions_differ', `${leads}: a factor per ${differs} is none per ${unit.id} without stated conditions`);
  if (reached === ATTRIBUTES_FILTER && standsOnOtherBasis(walk))
    return refuse('factor_calorific_basis_other', `${leads}: none on a ${key.attributes.calorific_basis} basis`, 'calorific_basis');
  if (code === 'factor_supplier_missing') return refuse(code, `${leads}: none for ${key.supplier ?? 'a supplier that is not named'}`);
  if (code === 'factor_unit_mismatch') return refuse(code, `${leads}: none in a unit of ${unit.dimension}`);
  if (code === 'factor_attribute_mismatch') return refuse(code, `${leads}: none for ${canonicalJson(key.attributes)}`);
  if (code === 'factor_region_missing') return refuse(code, `${leads}: none for ${place}`);
  return refuse(code, `${leads}: none is pinned`);
}

/** Whether factors would serve if the key were on the other calorific basis. */
function standsOnOtherBasis(walk: Walk): boolean {
  const other = otherBasisPlace(walk);
  return other !== null && walk.tiers.some(({ families }) => servingNodes(other, families?.get(other.family) ?? new Map()).length > 0);
}

/** The family of a factor that measures what the key does, but at other reference conditions (Nm3, Sm3, m3); null: there is none. */
function otherConditions({ tiers, unit }: Walk): string | null {
  const families = new Set(tiers.flatMap((tier) => [...(tier.families?.keys() ?? [])]));
  const isOther = (family: string): boolean => {
    const parsed = parseUnit(family);
    return !isRefusal(parsed) && unitsDiffer(unit, parsed).refusal === 'volume_conditions_differ';
  };
  return (
    [...families]
      .filter((family) => family !== unit.family)
      .sort()
      .find(isOther) ?? null
  );
}
