import { appliesTo } from '../activity/record';
import { groupsOf } from '../activity/regions';
import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import type { FallbackCode } from '../calculation/rate';
import type { FuelProperty, Pinned, PropertyKind } from '../factor/factor';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';
import type { FactorIndex } from './factor-index';
import { distance, figureOrder } from './preference';
import { isOtherCountry } from './walk';

/** The property that a key takes, and the rungs that were taken to it. */
export interface PropertyMatch {
  readonly pinned: Pinned<FuelProperty>;
  readonly fallbacks: readonly FallbackCode[];
}

interface PropertyRung {
  readonly serves: (region: string) => boolean;
  readonly fallback?: FallbackCode;
}

/** A calorific value is stated for a basis by its kind; the basis of the key says nothing about which one serves. */
const CALORIFIC_BASIS = 'calorific_basis';

/**
 * The property of one kind that serves a key, by the cascade of the factors: subregion, country, then where the leg may borrow a group of countries,
 * global, another country; then the most specific attributes, the tenant's own set, the nearest year. `serves` narrows to the units that lead
 * somewhere. Null: none.
 */
export function matchProperty(
  key: MatchKey,
  type: ActivityType,
  leg: Pick<LegSpec, 'borrowsAbroad'>,
  kind: PropertyKind,
  index: FactorIndex,
  serves: (pinned: Pinned<FuelProperty>) => boolean = () => true,
): PropertyMatch | null {
  const candidates = (index.properties.get(type.id) ?? []).filter(
    (pinned) => pinned.figure.kind === kind && hasAttributesOf(pinned.figure, key, type) && serves(pinned),
  );
  for (const rung of rungsOf(key, leg)) {
    const [pinned] = candidates.filter(({ figure }) => rung.serves(figure.region)).sort(orderFor(key));
    if (pinned) return { pinned, fallbacks: fallbacksOf(key, rung, pinned.figure) };
  }
  return null;
}

/** What the property names the key must have, and what is decisive the property must name. */
function hasAttributesOf(property: FuelProperty, key: MatchKey, type: ActivityType): boolean {
  const unit = parseUnit(key.unit);
  const dimension = isRefusal(unit) ? '' : unit.dimension;
  const decisive = type.attributes.filter((spec) => spec.strict && spec.name !== CALORIFIC_BASIS && appliesTo(spec, dimension));
  const stated = (name: string) => key.attributes[name] ?? type.attributes.find((spec) => spec.name === name)?.default;
  return (
    decisive.every((spec) => spec.name in property.attributes) &&
    Object.entries(property.attributes).every(([name, value]) => stated(name) === value)
  );
}

function rungsOf(key: MatchKey, { borrowsAbroad }: Pick<LegSpec, 'borrowsAbroad'>): PropertyRung[] {
  const home: PropertyRung[] = [
    ...(key.region === null ? [] : [{ serves: (region: string) => region === key.region }]),
    {
      serves: (region) => region === key.country,
      ...(key.region !== null && !borrowsAbroad ? { fallback: 'region_national' as const } : {}),
    },
  ];
  if (!borrowsAbroad) return home;
  return [
    ...home,
    ...groupsOf(key.country).map(({ code }): PropertyRung => ({ serves: (region) => region === code, fallback: 'region_group' })),
    { serves: (region) => region === 'GLOBAL', fallback: 'region_global' },
    { serves: (region) => isOtherCountry(region, key), fallback: 'region_other_country' },
  ];
}

function orderFor(key: MatchKey): (a: Pinned<FuelProperty>, b: Pinned<FuelProperty>) => number {
  const specific = ({ figure }: Pinned<FuelProperty>) => Object.keys(figure.attributes).length;
  return (a, b) =>
    specific(b) - specific(a) ||
    Number(b.own) - Number(a.own) ||
    distance(key.year, a.figure.year) - distance(key.year, b.figure.year) ||
    figureOrder(a, b);
}

function fallbacksOf(key: MatchKey, rung: PropertyRung, { year }: FuelProperty): FallbackCode[] {
  const fallbacks: FallbackCode[] = rung.fallback ? [rung.fallback] : [];
  if (year < key.year) fallbacks.push('year_earlier');
  if (year > key.year) fallbacks.push('year_later');
  return fallbacks;
}
