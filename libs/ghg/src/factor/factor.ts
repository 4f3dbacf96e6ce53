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
}

export interface FactorSet extends FactorSetHead {
  readonly factors: readonly Factor[];
}

/** A factor as the matching sees it: with the set it belongs to, and whether the tenant itself supplied that set. */
export interface PinnedFactor {
  readonly factor: Factor;
  readonly setId: string;
  readonly set: FactorSetHead;
  /** A set that the tenant uploaded goes before the starter catalogue at the same rung. */
  readonly own: boolean;
}
