import type { LegId, LegSpec } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import type { ExchangeRate, Factor, FuelProperty, Pinned, PinnedFactor, PinnedTables, PriceIndex } from '../factor/factor';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';
import { figureOrder, standingOrder } from './preference';

/** `market`: residual mixes and suppliers' own rates of a generation leg; `general`: everything else. */
export type Side = 'general' | 'market';

/** Factors that agree in everything but region, year, unit spelling and set. */
export interface AttributeNode {
  /** Attributes that the key must have, without the ones that are only near or far (`NEAR_ATTRIBUTES`). */
  readonly attributes: Readonly<Record<string, string>>;
  readonly regions: Map<string, PinnedFactor[]>;
}
export type AttributeNodes = Map<string, AttributeNode>;
/** By family of units: what converts into each other stands together. */
export type FamilyNodes = Map<string, AttributeNodes>;
/** By supplier; '' holds the factors for any supplier. */
export type SupplierNodes = Map<string, FamilyNodes>;

/**
 * All pinned factors, laid out in the order in which the match filters: type and leg, supplier, unit, attributes, region. A key walks down by
 * look-ups; where the walk ends names the refusal. Nothing in it depends on the order in which the factors came.
 */
export interface FactorIndex {
  readonly size: number;
  readonly legs: ReadonlyMap<string, SupplierNodes>;
  /** Fuel and grid properties by activity type. */
  readonly properties: ReadonlyMap<string, readonly Pinned<FuelProperty>[]>;
  /** One rate per pair of currencies and year, one index per series, currency, sector and year: the best placed of all pinned sets. */
  readonly exchangeRates: readonly Pinned<ExchangeRate>[];
  readonly priceIndices: readonly Pinned<PriceIndex>[];
}

const NO_TABLES: PinnedTables = { properties: [], exchangeRates: [], priceIndices: [] };

/** An attribute that is compared like a year: the nearest one serves, with a named fallback. */
export const NEAR_ATTRIBUTES: readonly string[] = ['price_year'];
/** Marks a residual mix; it says on which side a factor stands and is no attribute of the activity. */
const BASIS_ATTRIBUTE = 'basis';

/** Builds the index once per pinned list of factors and tables. A factor with an unknown unit is refused at upload and left out here. */
export function factorIndex(factors: readonly PinnedFactor[], tables: PinnedTables = NO_TABLES): FactorIndex {
  const legs = new Map<string, SupplierNodes>();
  for (const pinned of [...factors].sort(standingOrder)) {
    const { factor } = pinned;
    const unit = parseUnit(factor.unit);
    if (isRefusal(unit)) continue;
    const suppliers = child(legs, legName(factor.activityType, factor.leg, sideOf(factor)), () => new Map() as SupplierNodes);
    const families = child(suppliers, factor.supplier ?? '', () => new Map() as FamilyNodes);
    const nodes = child(families, unit.family, () => new Map() as AttributeNodes);
    const attributes = decisiveAttributes(factor);
    const node = child(nodes, canonicalJson(attributes), () => ({ attributes, regions: new Map() }));
    child(node.regions, factor.region, () => []).push(pinned);
  }
  return {
    size: factors.length,
    legs,
    properties: byType(tables.properties),
    exchangeRates: bestPlaced(tables.exchangeRates, ({ from, to, year }) => `${from} ${to} ${year}`),
    priceIndices: bestPlaced(tables.priceIndices, ({ series, currency, sector, year }) =>
      canonicalJson([series, currency, sector ?? null, year]),
    ),
  };
}

function byType(properties: readonly Pinned<FuelProperty>[]): Map<string, Pinned<FuelProperty>[]> {
  const types = new Map<string, Pinned<FuelProperty>[]>();
  for (const pinned of [...properties].sort(figureOrder)) child(types, pinned.figure.activityType, () => []).push(pinned);
  return types;
}

/** What two sets state both is taken from the tenant's own set, then in the standing order. */
function bestPlaced<Figure>(figures: readonly Pinned<Figure>[], name: (figure: Figure) => string): Pinned<Figure>[] {
  const best = new Map<string, Pinned<Figure>>();
  for (const pinned of [...figures].sort(figureOrder)) if (!best.has(name(pinned.figure))) best.set(name(pinned.figure), pinned);
  return [...best.values()];
}

/** All factors of a type, leg and side, by supplier; undefined if there is none. */
export function suppliersOf(index: FactorIndex, activityType: string, leg: LegSpec, side: Side): SupplierNodes | undefined {
  return index.legs.get(legName(activityType, leg.leg, side));
}

function legName(activityType: string, leg: LegId, side: Side): string {
  return `${activityType} ${leg} ${side}`;
}

/** On which side of a leg a factor stands. */
export function sideOf(factor: Pick<Factor, 'leg' | 'supplier' | 'attributes'>): Side {
  const marketOnly = factor.supplier !== undefined || factor.attributes[BASIS_ATTRIBUTE] === 'market';
  return factor.leg === 'generation' && marketOnly ? 'market' : 'general';
}

/** What of a factor's attributes a key must have. */
export function decisiveAttributes(factor: Factor): Record<string, string> {
  const decides = ([name]: [string, string]) =>
    !NEAR_ATTRIBUTES.includes(name) && !(factor.leg === 'generation' && name === BASIS_ATTRIBUTE);
  return Object.fromEntries(Object.entries(factor.attributes).filter(decides));
}

function child<V>(parent: Map<string, V>, name: string, create: () => V): V {
  let found = parent.get(name);
  if (found === undefined) {
    found = create();
    parent.set(name, found);
  }
  return found;
}
