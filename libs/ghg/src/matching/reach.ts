import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import type { FallbackCode, RateInput } from '../calculation/rate';
import type { FuelProperty, Pinned, PropertyKind } from '../factor/factor';
import { parseQuotient } from '../quantity/units';
import { isRefusal } from '../refusals';
import type { FactorIndex } from './factor-index';
import { matchProperty } from './match-property';
import { placeOf, type Place, type Walk } from './walk';

/** One property, or the net and the gross calorific value of one fuel together, that lead from one figure to another. */
export interface PropertyLink {
  readonly kind: PropertyKind;
  /** One property; of a ratio that is not printed, the net and the gross value that make it. */
  readonly by: readonly Pinned<FuelProperty>[];
  readonly fallbacks: readonly FallbackCode[];
}

/** Factors of another family of units that a key can reach, and how; `property` null: by an exchange rate. */
export interface ReachedPlace extends Place {
  readonly property: PropertyLink | null;
}

export type CalorificBasis = 'gross' | 'net';
const CALORIFIC_BASIS = 'calorific_basis';
export const ENERGY_FAMILY = 'MJ';
const BASIS_OF: Readonly<Partial<Record<PropertyKind, CalorificBasis>>> = { 'gross-cv': 'gross', 'net-cv': 'net' };

/**
 * Where else factors for a key may stand: one property away (litres to kilowatt-hours by a calorific value, cubic metres to kilograms by a density,
 * gross to net by their ratio), never two. A calorific value leads to and from factors of its own basis alone.
 */
export function placesByProperty(walk: Walk, index: FactorIndex): ReachedPlace[] {
  if (!index.properties.has(walk.type.id)) return [];
  return [...placesByQuotient(walk, index), ...placesByCalorificBasis(walk, index)];
}

function placesByQuotient(walk: Walk, index: FactorIndex): ReachedPlace[] {
  const { key, type, leg, unit } = walk;
  const places = new Map<string, ReachedPlace>();
  for (const { figure } of index.properties.get(type.id) ?? []) {
    const families = familiesOf(figure);
    if (!families) continue;
    const basis = BASIS_OF[figure.kind];
    const family = families.above === unit.family ? families.below : families.below === unit.family ? families.above : null;
    if (family === null || (unit.family === ENERGY_FAMILY && basis !== key.attributes[CALORIFIC_BASIS])) continue;
    const name = `${figure.kind} ${families.above} ${families.below}`;
    if (places.has(name)) continue;
    const match = matchProperty(key, type, leg, figure.kind, index, (other) => sameFamilies(familiesOf(other.figure), families));
    if (!match) continue;
    const link = { kind: figure.kind, by: [match.pinned], fallbacks: ['fuel_property_used', ...match.fallbacks] as const };
    places.set(name, { ...placeOnBasis(walk, family, family === ENERGY_FAMILY ? basis : undefined), property: link });
  }
  return [...places.keys()].sort().map((name) => places.get(name) as ReachedPlace);
}

function placesByCalorificBasis(walk: Walk, index: FactorIndex): ReachedPlace[] {
  const { key, type, leg } = walk;
  const place = otherBasisPlace(walk);
  const link = place && netOfGross(key, type, leg, index);
  return link ? [{ ...place, property: { ...link, fallbacks: ['calorific_basis_converted', ...link.fallbacks] } }] : [];
}

/** The place that an amount of energy would have on the other calorific basis; null where it has no basis. */
export function otherBasisPlace(walk: Walk): Place | null {
  const basis = walk.key.attributes[CALORIFIC_BASIS];
  if (walk.unit.family !== ENERGY_FAMILY || (basis !== 'gross' && basis !== 'net')) return null;
  return placeOnBasis(walk, walk.unit.family, basis === 'gross' ? 'net' : 'gross');
}

/** The ratio of net to gross calorific value: as printed, else as both values of one set, region and year in one unit. */
export function netOfGross(
  key: MatchKey,
  type: ActivityType,
  leg: Pick<LegSpec, 'borrowsAbroad'>,
  index: FactorIndex,
): PropertyLink | null {
  const printed = matchProperty(key, type, leg, 'net-of-gross', index);
  if (printed) return { kind: 'net-of-gross', by: [printed.pinned], fallbacks: printed.fallbacks };
  const netFor = (gross: Pinned<FuelProperty>) =>
    matchProperty(
      key,
      type,
      leg,
      'net-cv',
      index,
      (net) => net.setId === gross.setId && (['region', 'year', 'unit'] as const).every((name) => net.figure[name] === gross.figure[name]),
    );
  const gross = matchProperty(key, type, leg, 'gross-cv', index, (pinned) => netFor(pinned) !== null);
  const net = gross && netFor(gross.pinned);
  return net && { kind: 'net-of-gross', by: [net.pinned, gross.pinned], fallbacks: gross.fallbacks };
}

/** A property as what a rate rests on. */
export function inputOf({ figure, setId, withheld }: Pinned<FuelProperty>): RateInput {
  const { kind, code, value, unit, source } = figure;
  const input = { kind: kind.startsWith('loss-') ? ('loss-rate' as const) : ('fuel-property' as const), code, setId, value, unit, source };
  return withheld === undefined ? input : { ...input, withheld };
}

/** The place of a key in the currency of other factors; the rate itself is looked up for the factor that is taken. */
export function placeByExchange(walk: Walk, family: string): ReachedPlace {
  return { ...placeOf(family, walk.unit.dimension, walk.attributes, walk.key, walk.type), property: null };
}

function placeOnBasis(walk: Walk, family: string, basis: CalorificBasis | undefined): Place {
  const attributes = Object.fromEntries(Object.entries(walk.attributes).filter(([name]) => name !== CALORIFIC_BASIS));
  const hasBasis = basis !== undefined && walk.type.attributes.some(({ name }) => name === CALORIFIC_BASIS);
  const reached = hasBasis ? { ...attributes, [CALORIFIC_BASIS]: basis } : attributes;
  return placeOf(family, dimensionOf(family), reached, walk.key, walk.type);
}

export interface Families {
  readonly above: string;
  readonly below: string;
}

/** `kWh/L` leads between the families of energy and volume; a ratio leads nowhere. */
export function familiesOf({ unit }: FuelProperty): Families | null {
  const parsed = parseQuotient(unit);
  if (isRefusal(parsed)) return null;
  const [above, below] = parsed.family.split('/');
  return above === undefined || below === undefined ? null : { above, below };
}

export function sameFamilies(a: Families | null, b: Families): boolean {
  return a !== null && a.above === b.above && a.below === b.below;
}

function dimensionOf(family: string): string {
  const parsed = parseQuotient(family);
  return isRefusal(parsed) ? '' : parsed.dimension;
}
