import type { Basis, LegId, SourceClass } from '../activity/vocabulary';
import type { ReportedLine } from '../boundary/boundary';
import type { GwpSetId } from '../factor/gas';
import type { PoolKind } from '../pools/pool';
import type { Decimal } from '../quantity/decimal';

/** What is compared between two states: everything that says which source it is, nothing that says how or when it was counted. */
export interface SourceIdentity {
  readonly entity: string;
  readonly activityType: string;
  /** Without those that say how good a figure is or in whose prices it stands. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
  /** Code of the pool that posted it; the empty text: the rows themselves. */
  readonly pool: string;
  readonly poolKind: PoolKind | null;
}

/** A reported line, or none: what is the company's and stands on no line (excluded, or the scope 3 of an investee). */
export type Place = ReportedLine | 'left-out';

/** Share of a source at each place; what is not there is the others'. */
export type Weights = ReadonlyMap<Place, Decimal>;

/**
 * One source in one state, taken apart: kilograms on a reported line = quantity × price ratio × intensity × weight + remainder. Weights of several rates
 * or periods are their mean over the kilograms, so that the remainder is rounding alone. What instruments and mass balances post is lumped: the quantity
 * 1 and the kilograms as intensity, since what they release and what they post need not be of one unit.
 */
export interface SourceState {
  readonly identity: SourceIdentity;
  readonly quantity: Decimal;
  readonly lumped: boolean;
  /** Some of the quantity is estimated or extrapolated. */
  readonly estimated: boolean;
  /** Money of the factor per money of the activity; 1 where no price or exchange rate is behind the rate. */
  readonly priceRatio: Decimal;
  readonly method: string;
  /** Latest year that a factor behind it is of; null without a factor. */
  readonly factorYear: number | null;
  /** kgCO2e per unit after the price ratio, under every GWP set that is compared. */
  readonly intensity: ReadonlyMap<GwpSetId, Decimal>;
  readonly weights: Weights;
  /** Kilograms as the inventory has them, under the state's own GWP set. */
  readonly kgco2e: Weights;
}

/** An inventory of one year as a bridge sees it. */
export interface InventoryState {
  readonly year: number;
  readonly gwp: GwpSetId;
  readonly sources: ReadonlyMap<string, SourceState>;
  /** The weights that a source would have here, whether or not there is any of it; an unknown entity has none. */
  weightsOf(identity: SourceIdentity): Weights;
  /** Codes of the organisation's own exclusions that reach a source on some day of the year, in their order. */
  exclusionsOf(identity: SourceIdentity): readonly string[];
}
