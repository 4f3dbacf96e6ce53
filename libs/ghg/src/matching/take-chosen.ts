import { regionGroup } from '../activity/regions';
import { canonicalJson } from '../calculation/canonical';
import type { FallbackCode } from '../calculation/rate';
import type { Factor, PinnedFactor } from '../factor/factor';
import { parseUnit } from '../quantity/units';
import { isRefusal, refuse } from '../refusals';
import { madeBy, type FactorChoice, type Said } from './choices';
import { decisiveAttributes, sideOf, type FactorIndex } from './factor-index';
import { basisOf, wayTo } from './factor-way';
import { fallbacksOf, placesByExchange, yearFallbacks, type FactorMatch, type FactorNoMatch, type Found } from './found';
import { losersOf } from './lost-candidates';
import { factorsNamed, refusedFactors } from './named-factors';
import { ENERGY_FAMILY, type CalorificBasis, type ReachedPlace } from './reach';
import type { Place, Walk } from './walk';

/** The places beyond the unit of the key, worked out when they are asked for. */
export type PlacesBeyond = () => readonly ReachedPlace[];

/**
 * The factor that a person chose, in place of the cascade. A `pin` must pass its filters (supplier, unit, attributes, region) and takes the fallbacks
 * of the place where it stands; an `override` need only be of the leg and in a unit that the key reaches, and is `chosen_by_person` beside what can
 * be said of it. Never another factor silently, and never one of the market side in a location-based figure (Scope 2 Guidance, chapter 6).
 * Refusals in order of precedence: `chosen_factor_missing`, `chosen_factor_unfit`.
 */
export function takeChosen(
  walk: Walk,
  choice: FactorChoice,
  said: Said,
  beyond: PlacesBeyond,
  index: FactorIndex,
): FactorMatch | FactorNoMatch {
  const persons = { taken: choice, refused: refusedFactors(index, said) };
  const { publisher, edition, version, code } = choice.factor;
  const none = (refusal: 'chosen_factor_missing' | 'chosen_factor_unfit', why: string): FactorNoMatch => ({
    refusal: refuse(refusal, `${publisher} ${edition} ${version}, ${code}: ${why} (${choice.action} ${choice.id} by ${choice.author})`),
    lost: losersOf(walk, null, persons),
  });
  const [pinned] = factorsNamed(index, choice.factor);
  if (!pinned) return none('chosen_factor_missing', 'no pinned set has it');
  if (pinned.factor.leg !== walk.leg.leg) return none('chosen_factor_unfit', `a factor of leg ${pinned.factor.leg}`);
  if (walk.leg.basis === 'location' && sideOf(pinned.factor) === 'market')
    return none('chosen_factor_unfit', 'a factor of the market side has no place in a location-based figure');
  const stands = standOf(walk, pinned, beyond, index);
  const place =
    typeof stands !== 'string' ? stands.place : choice.action === 'pin' ? null : reachedPlace(walk, pinned.factor, beyond, index);
  if (!place) return none('chosen_factor_unfit', typeof stands === 'string' ? stands : 'out of reach');
  const way = wayTo(walk, pinned.factor, place, index);
  if (isRefusal(way)) return none('chosen_factor_unfit', way.detail);
  const natural = typeof stands === 'string' ? plainFallbacks(walk, pinned.factor) : fallbacksOf(walk, stands);
  const named: FallbackCode[] = choice.action === 'override' ? ['chosen_by_person', ...natural] : natural;
  return {
    pinned,
    way,
    fallbacks: [...new Set([...named, ...way.fallbacks])],
    lost: losersOf(walk, typeof stands === 'string' ? { pinned } : stands, persons),
    choice: madeBy(choice),
  };
}

/** Where the cascade would meet this factor; a text: the filter that stops it. */
function standOf(walk: Walk, pinned: PinnedFactor, beyond: PlacesBeyond, index: FactorIndex): Found | string {
  const { factor } = pinned;
  if (factor.activityType !== walk.type.id) return `a factor of ${factor.activityType}`;
  const tier = walk.tiers.find(({ side, supplier }) => side === sideOf(factor) && supplier === (factor.supplier ?? ''));
  if (!tier?.families) return `it is of ${factor.supplier ?? 'the market side'}`;
  const family = familyOf(factor);
  const places = [walk, ...beyond(), ...placesByExchange(walk, tier.families, index)].filter((place) => place.family === family);
  if (places.length === 0) return `nothing leads from ${walk.unit.id} to ${factor.unit}`;
  const attributes = canonicalJson(decisiveAttributes(factor));
  const node = tier.families.get(family)?.get(attributes);
  const place = places.find(({ attributeSets }) => attributeSets.some((level) => level.includes(attributes)));
  if (!node || !place) return `it is for ${attributes}`;
  const rung = walk.rungs.find(({ regions }) => regions(node).includes(factor.region));
  return rung ? { pinned, tier, rung, place } : `it is of ${factor.region}`;
}

/** A way from the unit of the key to that of the factor, whatever it is for; a calorific basis is a matter of the unit and is kept. */
function reachedPlace(walk: Walk, factor: Factor, beyond: PlacesBeyond, index: FactorIndex): Place | ReachedPlace | null {
  const family = familyOf(factor);
  const exchange = placesByExchange(walk, new Map([[family, new Map()]]), index);
  const fits = (place: Place | ReachedPlace): boolean => place.family === family && isOnBasis(walk, place, factor);
  return [walk, ...beyond(), ...exchange].find(fits) ?? null;
}

function isOnBasis(walk: Walk, place: Place | ReachedPlace, factor: Factor): boolean {
  const wanted = basisOf(factor.attributes);
  if (place.family !== ENERGY_FAMILY || wanted === null) return true;
  const here = basisOf(walk.attributes);
  if (!('property' in place) || !place.property) return here === null || here === wanted;
  const there: Readonly<Record<string, CalorificBasis | null>> = {
    'gross-cv': 'gross',
    'net-cv': 'net',
    'net-of-gross': here === 'net' ? 'gross' : 'net',
  };
  return there[place.property.kind] === wanted;
}

function familyOf({ unit }: Factor): string {
  const parsed = parseUnit(unit);
  return isRefusal(parsed) ? '' : parsed.family;
}

/** What can be said of a factor that stands nowhere in the cascade. */
function plainFallbacks(walk: Walk, factor: Factor): FallbackCode[] {
  const { key, leg } = walk;
  const { region } = factor;
  const isHome = region === key.country || region.startsWith(`${key.country}-`);
  const fallbacks: FallbackCode[] = [];
  if (region === 'GLOBAL') fallbacks.push('region_global');
  else if (regionGroup(region)?.members.has(key.country)) fallbacks.push('region_group');
  else if (!isHome) fallbacks.push('region_other_country');
  else if (key.region && region === key.country && !leg.borrowsAbroad) fallbacks.push('region_national');
  fallbacks.push(...yearFallbacks(walk, factor));
  if (factor.partial) fallbacks.push('factor_partial');
  return fallbacks;
}
