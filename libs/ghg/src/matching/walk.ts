import { appliesTo, UNIVERSAL_ATTRIBUTES } from '../activity/record';
import { groupsOf, regionGroup } from '../activity/regions';
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

/** Where factors of one family of units stand for a key: what they may say of its attributes there. */
export interface Place {
  readonly family: string;
  /** Attributes that the activity states and a factor in this family can depend on. */
  readonly stated: readonly string[];
  /** Canonical texts of the attribute sets that would serve the key, the most specific first; sets of one size stand together. */
  readonly attributeSets: readonly (readonly string[])[];
}

/** What the walks of all legs of a key share. */
interface Standing extends Place {
  readonly key: MatchKey;
  readonly type: ActivityType;
  readonly unit: ParsedUnit;
  /** Attributes of the key that can decide a factor, with the type's defaults filled in. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly preference: Preference;
}

/** Everything about the key that the walk needs, worked out once. */
export interface Walk extends Standing {
  readonly leg: LegSpec;
  readonly tiers: readonly Tier[];
  readonly rungs: readonly Rung[];
  /** Candidates that may be taken; absent: all. */
  readonly admits?: (pinned: PinnedFactor) => boolean;
}

/** The chosen factor, and the tier and rung on which it stood. */
export interface Winner {
  readonly pinned: PinnedFactor;
  readonly tier: Tier;
  readonly rung: Rung;
}

/** Lays out the way of one key. Refusal: `unit_unknown`. */
export function walkOf(key: MatchKey, type: ActivityType, leg: LegSpec, index: FactorIndex): Walk | Refusal {
  const standing = standingOf(key, type);
  return isRefusal(standing) ? standing : { ...standing, leg, tiers: tiersOf(key, leg, index), rungs: rungsOf(key, leg) };
}

/** The last key, since its legs are decided one after the other: the same objects, so the same answer. */
let last: { readonly key: MatchKey; readonly type: ActivityType; readonly standing: Standing | Refusal } | null = null;

function standingOf(key: MatchKey, type: ActivityType): Standing | Refusal {
  if (last?.key === key && last.type === type) return last.standing;
  const unit = parseUnit(key.unit);
  const standing = isRefusal(unit) ? unit : standingIn(unit, key, type);
  last = { key, type, standing };
  return standing;
}

function standingIn(unit: ParsedUnit, key: MatchKey, type: ActivityType): Standing {
  const attributes = withDefaults(key, type, unit);
  return { ...placeOf(unit.family, unit.dimension, attributes, key, type), key, type, unit, attributes, preference: preferenceFor(key) };
}

/** The place of a key among factors of a family, with the attributes that it has there. */
export function placeOf(
  family: string,
  dimension: string,
  attributes: Readonly<Record<string, string>>,
  key: MatchKey,
  type: ActivityType,
): Place {
  // What a factor leaves open of a decisive attribute with a default is that default: it serves such a key, and no other.
  const open = (spec: AttributeSpec) => spec.strict && spec.default !== undefined && attributes[spec.name] === spec.default;
  const applicable = type.attributes.filter((spec) => !spec.recorded && appliesTo(spec, dimension) && !open(spec));
  const strict = applicable.filter((spec) => spec.strict).map((spec) => spec.name);
  const stated = applicable.filter((spec) => spec.name in key.attributes && spec.name in attributes).map((spec) => spec.name);
  return { family, stated, attributeSets: subsetsOf(attributes, strict) };
}

/** The nodes whose attributes the key has, the most specific level first. */
export function servingNodes(place: Place, nodes: AttributeNodes): AttributeNode[][] {
  return place.attributeSets
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
  if (leg.basis === 'market' && leg.leg === 'generation')
    return [...own('market'), tier('market', ''), tier('general', '', 'grid_average_for_residual_mix')];
  if (leg.basis === 'market') return [...own('general'), tier('general', '', 'location_based_for_market')];
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
    ...groupsOf(key.country).map(({ code }): Rung => ({ regions: () => [code], fallback: 'region_group' })),
    { regions: () => ['GLOBAL'], fallback: 'region_global' },
    { regions: (node) => [...node.regions.keys()].filter((region) => isOtherCountry(region, key)), fallback: 'region_other_country' },
  ];
}

/**
 * A subregion serves itself alone: what is measured for one grid area or state says nothing about a country. A group of countries serves its members
 * alone, on a rung of its own.
 */
export function isOtherCountry(region: string, key: MatchKey): boolean {
  return region !== 'GLOBAL' && region !== key.country && !region.includes('-') && !regionGroup(region);
}

/** How the figure of an activity was come by is kept with the key; it decides no factor. */
const UNIVERSAL: readonly string[] = UNIVERSAL_ATTRIBUTES.map(({ name }) => name);

function withDefaults(key: MatchKey, type: ActivityType, unit: ParsedUnit): Readonly<Record<string, string>> {
  const hasDefault = (spec: AttributeSpec) => spec.default !== undefined && !spec.recorded && appliesTo(spec, unit.dimension);
  const defaults = Object.fromEntries(type.attributes.filter(hasDefault).map((spec) => [spec.name, spec.default as string]));
  const decides = (name: string) => !UNIVERSAL.includes(name) && !type.attributes.some((spec) => spec.name === name && spec.recorded);
  return { ...defaults, ...Object.fromEntries(Object.entries(key.attributes).filter(([name]) => decides(name))) };
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
