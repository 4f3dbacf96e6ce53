import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import type { PinnedFactor } from '../factor/factor';
import { unitsDiffer } from '../quantity/convert';
import { parseUnit } from '../quantity/units';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '../refusals';
import { madeBy, NOTHING_SAID, type FactorChoice, type Said } from './choices';
import type { FactorIndex, FamilyNodes } from './factor-index';
import { wayTo } from './factor-way';
import { fallbacksOf, placesByExchange, type FactorMatch, type FactorNoMatch, type Found } from './found';
import { losersOf, type Persons } from './lost-candidates';
import { refusedFactors } from './named-factors';
import { otherBasisPlace, placesByProperty, type ReachedPlace } from './reach';
import { takeChosen } from './take-chosen';
import { rateToUpload, whatToUpload } from './what-to-upload';
import { servingNodes, walkOf, type Place, type Rung, type Tier, type Walk } from './walk';

export type { FactorMatch, FactorNoMatch } from './found';

/** The filters in order; a deeper one refuses more precisely. */
const FILTERS = [
  'factor_missing',
  'factor_supplier_missing',
  'factor_unit_mismatch',
  'factor_attribute_mismatch',
  'factor_region_missing',
] as const satisfies readonly RefusalCode[];
const ATTRIBUTES_FILTER = FILTERS.indexOf('factor_attribute_mismatch');

/**
 * The cascade for one key and leg: supplier-specific before general (market-based electricity: supplier, residual mix, grid average; Scope 2
 * Guidance, chapter 6), then subregion, country, global, another country where the leg may borrow; then the most specific attributes; then the
 * rules of `preference.ts`. Factors that the unit converts to go before those that only a fuel property or an exchange rate leads to. Every rung
 * that was not the best one is a named fallback. Identical inputs give the identical factor.
 * What people said goes before all of it: a factor that one of them chose is taken (`takeChosen`), one that was refused is left out and the cascade
 * goes on to the next.
 * Refusals in order of precedence: `unit_unknown`, `price_year_missing`, those of `takeChosen`, `factor_missing`, `factor_supplier_missing`,
 * `factor_unit_mismatch` (for money `currency_without_rate`, for a gas volume `volume_conditions_differ`), `factor_calorific_basis_other`,
 * `factor_attribute_mismatch`, `factor_region_missing`, `factor_refused_by_person`; then those of `wayTo`.
 */
export function matchFactor(
  key: MatchKey,
  type: ActivityType,
  leg: LegSpec,
  index: FactorIndex,
  said: Said = NOTHING_SAID,
): FactorMatch | FactorNoMatch {
  const laidOut = walkOf(key, type, leg, index);
  if (isRefusal(laidOut)) return { refusal: laidOut, lost: [] };
  const walk: Walk = said.admits ? { ...laidOut, admits: said.admits } : laidOut;
  if (lacksPriceYear(walk)) return { refusal: refuse('price_year_missing', `${key.activityType}, ${key.unit}`, 'price_year'), lost: [] };
  // Most legs find a factor in their own unit: where else one might stand is worked out only for the others.
  let places: ReachedPlace[] | undefined;
  const byProperty = (): ReachedPlace[] => (places ??= placesByProperty(walk, index));
  if (said.taken) return takeChosen(walk, said.taken, said, byProperty, index);
  const refused = said.refused.length > 0 ? refusedFactors(index, said) : NONE_REFUSED;
  const persons: Persons = { taken: null, refused };
  const first = search(walk, byProperty, index);
  if (typeof first === 'number') return { refusal: refusalAt(first, walk, leg), lost: losersOf(walk, null, persons) };
  const refusal = refused.get(first.pinned);
  if (!refusal) return matchOf(walk, first, index, persons);
  const next = search({ ...walk, admits: (pinned) => !refused.has(pinned) && (said.admits?.(pinned) ?? true) }, byProperty, index);
  const leads = `${key.activityType}, ${leg.leg}`;
  if (typeof next === 'number')
    return { refusal: refuse('factor_refused_by_person', `${leads}: none is left`), lost: losersOf(walk, null, persons) };
  const match = matchOf(walk, next, index, persons);
  return 'refusal' in match ? match : { ...match, choice: madeBy(refusal) };
}

const NONE_REFUSED: ReadonlyMap<PinnedFactor, FactorChoice> = new Map();

function matchOf(walk: Walk, found: Found, index: FactorIndex, persons: Persons): FactorMatch | FactorNoMatch {
  const way = wayTo(walk, found.pinned.factor, found.place, index);
  if (isRefusal(way)) return { refusal: way, lost: losersOf(walk, null, persons) };
  const fallbacks = [...new Set([...fallbacksOf(walk, found), ...way.fallbacks])];
  return { pinned: found.pinned, way, fallbacks, lost: losersOf(walk, found, persons) };
}

/** The factor of the first tier that has one, or how many filters were passed before none was left. */
function search(walk: Walk, byProperty: () => readonly ReachedPlace[], index: FactorIndex): Found | number {
  let reached = 0;
  for (const tier of walk.tiers) {
    const found = searchTier(walk, tier, byProperty, index);
    if (typeof found !== 'number') return found;
    if (found > reached) reached = found;
  }
  return reached;
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

function bestOf({ preference, admits }: Walk, rung: Rung, levels: ReturnType<typeof servingNodes>): PinnedFactor | null {
  for (const level of levels) {
    let best: PinnedFactor | null = null;
    for (const node of level)
      for (const region of rung.regions(node))
        for (const pinned of node.regions.get(region) ?? [])
          if ((!admits || admits(pinned)) && (best === null || preference.compare(pinned, best) < 0)) best = pinned;
    if (best) return best;
  }
  return null;
}

function isBetter({ preference }: Walk, a: PinnedFactor, b: PinnedFactor): boolean {
  const specific = ({ factor }: PinnedFactor) => Object.keys(factor.attributes).length;
  return specific(a) > specific(b) || (specific(a) === specific(b) && preference.compare(a, b) < 0);
}

/** Money of an unknown year has no price level; where the type asks for none, the year of the activity is meant. */
function lacksPriceYear({ unit, type, key }: Walk): boolean {
  return unit.dimension === 'money' && key.attributes.price_year === undefined && type.attributes.some(({ name }) => name === 'price_year');
}

/** The filter that none passed; of a leg that must have a factor also what would serve. */
function refusalAt(reached: number, walk: Walk, leg: LegSpec): Refusal {
  const { refusal, detail, at } = reasonAt(reached, walk, leg);
  if (leg.requirement !== 'required') return refuse(refusal, detail, at);
  const upload = refusal === 'currency_without_rate' ? rateToUpload(walk.unit.id) : whatToUpload(walk.key, leg);
  return refuse(refusal, upload === null ? detail : `${detail}; to upload: ${upload}`, at);
}

function reasonAt(reached: number, walk: Walk, leg: LegSpec): Refusal {
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
