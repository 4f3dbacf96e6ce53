import type { ActivityTypeId, LegId } from '../activity/vocabulary';
import type { UnitId } from '../quantity/units';
import type { GasId, GwpSetId } from './gas';

/**
 * What one unit of an activity releases of one gas. Publishers print either a mass or a CO2e figure that is already multiplied ("kg CO2e of
 * CH4"): exactly one of the two is given, as printed, so that nothing is ever multiplied twice.
 */
export type GasAmount = { readonly gas: GasId; readonly kg: string } | { readonly gas: GasId; readonly kgco2e: string };

/** Where a figure can be looked up. */
export interface FactorSource {
  /** Sheet or table of the publication. */
  readonly table: string;
  /** The publisher's own row id, or a description that finds the row. */
  readonly row: string;
  /** The figure as printed, with its unit, before any change of ours. */
  readonly printed?: string;
}

/** The legs that publishers print factors for: what a set may state, whatever form it comes in. */
export const PUBLISHED_LEGS = [
  'combustion',
  'biogenic',
  'upstream',
  'generation',
  'losses',
  'losses-upstream',
  'operation',
  'service',
  'supply',
  'process',
  'use',
] as const satisfies readonly LegId[];

/**
 * An emission factor: kilograms of gases per one `unit` of an activity type, for one leg. All amounts are decimal strings.
 *
 * If `kgco2e` (the publisher's total) is given it wins over the split: what the split does not explain is kept as a residual on the
 * publisher's own GWP set. A factor known only as CO2e has no `gases` and is not convertible to another GWP set.
 */
export interface Factor {
  readonly code: string;
  readonly activityType: ActivityTypeId;
  readonly leg: LegId;
  /** ISO 3166-1 alpha-2 ("GB"), a subregion ("US-CAMX"), or "GLOBAL". */
  readonly region: string;
  /** Only for this supplier; absent: for any. */
  readonly supplier?: string;
  /** The activity year that the publisher means it for. */
  readonly year: number;
  /** Every attribute named here must have this value on the key. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: UnitId;
  readonly gases: readonly GasAmount[];
  readonly kgco2e?: string;
  /** Geometric standard deviation of the figure (lognormal), at least 1; absent: not stated. */
  readonly gsd?: string;
  /** The figure leaves out gases that the activity has (CO2 alone where CH4 and N2O arise too): never silent. */
  readonly partial?: boolean;
  readonly source: FactorSource;
}

/**
 * A property of a fuel or a grid, the only way between dimensions: `gross-cv`, `net-cv` (energy per mass or volume; of a vehicle per distance:
 * UK DESNZ prints kWh per km for SECR), `density` (mass per volume), `net-of-gross` (net ÷ gross calorific value), `loss-of-consumption` and `loss-of-generation` (lost ÷ consumed, lost ÷ generated).
 */
export type PropertyKind = 'gross-cv' | 'net-cv' | 'density' | 'net-of-gross' | 'loss-of-consumption' | 'loss-of-generation';

export interface FuelProperty {
  readonly code: string;
  readonly kind: PropertyKind;
  readonly activityType: ActivityTypeId;
  readonly attributes: Readonly<Record<string, string>>;
  readonly region: string;
  readonly year: number;
  readonly value: string;
  /** `kWh/L`, `kg/L`; `1` for a ratio. */
  readonly unit: string;
  readonly source: FactorSource;
}

/** `1 from = rate to`, the mean of a year. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  readonly year: number;
  readonly rate: string;
  readonly source: FactorSource;
}

/** Price level of a currency in a year, in general or of one sector; only ratios of one series mean something. */
export interface PriceIndex {
  readonly series: string;
  readonly currency: string;
  readonly sector?: string;
  readonly year: number;
  readonly index: string;
  readonly source: FactorSource;
}

/** One published edition of factors: immutable, versioned, pinned by a run. */
export interface FactorSetHead {
  readonly publisher: string;
  readonly edition: string;
  readonly version: string;
  readonly title: string;
  readonly licence: string;
  readonly attribution: string;
  /** The GWP set behind every CO2e figure in the set. */
  readonly gwpSet: GwpSetId;
  /** Openly invented figures: every inventory says how many tonnes rest on them. */
  readonly invented: boolean;
  /** The licence forbids to show the figures; absent: they may be shown. */
  readonly values?: 'withheld';
}

export interface FactorSet extends FactorSetHead {
  /** Of a withheld set: text that its holders alone know, so that the digests of a small set cannot be guessed. */
  readonly salt?: string;
  readonly factors: readonly Factor[];
  readonly properties?: readonly FuelProperty[];
  readonly exchangeRates?: readonly ExchangeRate[];
  readonly priceIndices?: readonly PriceIndex[];
}

/** A factor as the matching sees it: with the set it belongs to, and whether the tenant itself supplied that set. */
export interface PinnedFactor {
  readonly factor: Factor;
  readonly setId: string;
  readonly set: FactorSetHead;
  /** A set that the tenant uploaded goes before the starter catalogue at the same rung. */
  readonly own: boolean;
  /** Of a withheld set: the digest of the factor's figures. */
  readonly withheld?: string;
}

/** A figure beside the factors, with the set that it is of. */
export interface Pinned<Figure> {
  readonly figure: Figure;
  readonly setId: string;
  readonly set: FactorSetHead;
  readonly own: boolean;
  /** Of a withheld set: the digest of the figure. */
  readonly withheld?: string;
}

/** What the pinned sets know beside factors. */
export interface PinnedTables {
  readonly properties: readonly Pinned<FuelProperty>[];
  readonly exchangeRates: readonly Pinned<ExchangeRate>[];
  readonly priceIndices: readonly Pinned<PriceIndex>[];
}
