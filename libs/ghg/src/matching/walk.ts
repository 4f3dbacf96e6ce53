import { appliesTo } from '../activity/record';
import type { ActivityType, AttributeSpec, LegSpec, MatchKey } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import type { FallbackCode } from '../calculation/rate';
import type { PinnedFactor } from '../factor/factor';
import { parseUnit, type ParsedUnit } from '../quantity/units';
import { isRefusal, type Refusal } from '../refusals';
import {
  suppliersOf,
  type AttributeNode,
  type AttributeNodes,
  type FactorIndex,
  type FamilyNodes,
  type Side,
  type SupplierNodes,
} from './factor-index';
import { preferenceFor, type Preference } from './preference';

/** One rung of suppliers: the supplier's own factors, a residual mix, the factors for any supplier. */
export interface Tier {
  readonly side: Side;
  readonly supplier: string;
  readonly suppliers: SupplierNodes | undefined;
  readonly families: FamilyNodes | undefined;
  readonly fallbacks: readonly FallbackCode[];
}

/** One rung of regions. */
export interface Rung {
  readonly regions: (node: AttributeNode) => readonly string[];
  readonly fallback?: FallbackCode;
}

/** Everything about the key that the walk needs, worked out once. */
export interface Walk {
  readonly key: MatchKey;
  readonly unit: ParsedUnit;
  /** Attributes of the key with the type's defaults filled in. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes that the activity states and a factor in this unit can depend on. */
  readonly stated: readonly string[];
  readonly tiers: readonly Tier[];
  readonly rungs: readonly Rung[];
  /** Canonical texts of the attribute sets that would serve the key, the most specific first; sets of one size stand together. */
  readonly attributeSets: readonly (readonly string[])[];
  readonly preference: Preference;
}

/** The chosen factor, and the tier and rung on which it stood. */
export interface Winner {
  readonly pinned: PinnedFactor;
  readonly tier: Tier;
  readonly rung: Rung;
}

/** Lays out the way of one key. Refusal: `unit_unknown`. */
export function walkOf(key: MatchKey, type: ActivityType, leg: LegSpec, index: FactorIndex): Walk | Refusal {
  const unit = parseUnit(key.unit);
  if (isRefusal(unit)) return unit;
  const attributes = withDefaults(key, type, unit);
  const attributeSets = subsetsOf(attributes, strictNames(type, unit));
  return {
    key,
    unit,
    attributes,
    stated: type.attributes.filter((spec) => spec.name in key.attributes && appliesTo(spec, unit.dimension)).map((spec) => spec.name),
    attributeSets,
    preference: preferenceFor(key),
    tiers: tiersOf(key, leg, index),
    rungs: rungsOf(key, leg),
  };
}

/** The nodes whose attributes the key has, the most specific level first. */
export function servingNodes(walk: Walk, nodes: AttributeNodes): AttributeNode[][] {
  return walk.attributeSets
    .map((names) => names.map((name) => nodes.get(name)).filter((node) => node !== undefined))
    .filter((level) => level.length > 0);
}

/** Where a supplier is named and its factors are asked for, anyone else's are second best. A location-based leg asks for no supplier's. */
function tiersOf(key: MatchKey, leg: LegSpec, index: FactorIndex): Tier[] {
  const tier = (side: Side, supplier: string, ...fallbacks: FallbackCode[]): Tier => {
    const suppliers = suppliersOf(index, key.activityType, leg, side);
    const families = suppliers?.get(supplier);
    const general = key.supplier && supplier === '' && leg.basis !== 'location';
    return { side, supplier, suppliers, families, fallbacks: general ? ['supplier_general', ...fallbacks] : fallbacks };
  };
  const own = (side: Side) => (key.supplier ? [tier(side, key.supplier)] : []);
  if (leg.basis === 'location') return [tier('general', '')];
  if (leg.basis === 'market') return [...own('market'), tier('market', ''), tier('general', '', 'grid_average_for_residual_mix')];
  return [...own('general'), tier('general', '')];
}

/** A national figure is second best for a grid with subregions; a fuel or a journey has no grid, so national is its natural place. */
function rungsOf(key: MatchKey, leg: LegSpec): Rung[] {
  const region: Rung[] = key.region ? [{ regions: () => [key.region as string] }] : [];
  if (!leg.borrowsAbroad)
    return [...region, { regions: () => [key.country], ...(key.region ? { fallback: 'region_national' as const } : {}) }];
  const home: Rung[] = [...region, { regions: () => [key.country] }];
  return [
    ...home,
    { regions: () => ['GLOBAL'], fallback: 'region_global' },
    { regions: (node) => [...node.regions.keys()].filter((region) => isOtherCountry(region, key)), fallback: 'region_other_country' },
  ];
}

/** A subregion serves itself alone: what is measured for one grid area or state says nothing about a country. */
function isOtherCountry(region: string, key: MatchKey): boolean {
  return region !== 'GLOBAL' && region !== key.country && !region.includes('-');
}

function withDefaults(key: MatchKey, type: ActivityType, unit: ParsedUnit): Readonly<Record<string, string>> {
  const hasDefault = (spec: AttributeSpec) => spec.default !== undefined && appliesTo(spec, unit.dimension);
  const defaults = Object.fromEntries(type.attributes.filter(hasDefault).map((spec) => [spec.name, spec.default as string]));
  return { ...defaults, ...key.attributes };
}

/** What is decisive never crosses (gross and net, landfill and recycling): a factor that leaves it open does not count as general. */
function strictNames(type: ActivityType, unit: ParsedUnit): readonly string[] {
  return type.attributes.filter((spec) => spec.strict && appliesTo(spec, unit.dimension)).map((spec) => spec.name);
}

/** Canonical texts of all attribute sets that would serve the key, the most specific first: all its attributes, all but one, ... */
function subsetsOf(attributes: Readonly<Record<string, string>>, strict: readonly string[]): readonly (readonly string[])[] {
  const levels: string[][] = [];
  const walkDown = (rest: readonly [string, string][], chosen: readonly [string, string][]): void => {
    const [head, ...tail] = rest;
    if (!head) {
      (levels[chosen.length] ??= []).push(canonicalJson(Object.fromEntries(chosen)));
      return;
    }
    walkDown(tail, [...chosen, head]);
    if (!strict.includes(head[0])) walkDown(tail, chosen);
  };
  const missing = strict.some((name) => attributes[name] === undefined);
  if (!missing) walkDown(Object.entries(attributes), []);
  return levels.filter((level) => level !== undefined).reverse();
}
