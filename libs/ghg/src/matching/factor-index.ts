import type { LegId, LegSpec } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import type { Factor, PinnedFactor } from '../factor/factor';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';
import { standingOrder } from './preference';

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
}

/** An attribute that is compared like a year: the nearest one serves, with a named fallback. */
export const NEAR_ATTRIBUTES: readonly string[] = ['price_year'];
/** Marks a residual mix; it says on which side a factor stands and is no attribute of the activity. */
const BASIS_ATTRIBUTE = 'basis';

/** Builds the index once per pinned list of factors. A factor with an unknown unit is refused at upload and left out here. */
export function factorIndex(factors: readonly PinnedFactor[]): FactorIndex {
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
  return { size: factors.length, legs };
}

/** All factors of a type, leg and side, by supplier; undefined if there is none. */
export function suppliersOf(index: FactorIndex, activityType: string, leg: LegSpec, side: Side): SupplierNodes | undefined {
  return index.legs.get(legName(activityType, leg.leg, side));
}

function legName(activityType: string, leg: LegId, side: Side): string {
  return `${activityType} ${leg} ${side}`;
}

function sideOf(factor: Factor): Side {
  const marketOnly = factor.supplier !== undefined || factor.attributes[BASIS_ATTRIBUTE] === 'market';
  return factor.leg === 'generation' && marketOnly ? 'market' : 'general';
}

function decisiveAttributes(factor: Factor): Record<string, string> {
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
