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
  /** The days of the year that this part of the source lies in. */
  readonly span: Span;
}

/** Days of a reporting year, without the year: from a `MM-DD` on and before another, or to the end of the year. */
export interface Span {
  readonly from: string;
  readonly before: string | null;
}

/** What says when the boundary changes for a source. */
export type BoundedSource = Pick<SourceIdentity, 'entity' | 'sourceClass' | 'activityType'>;

/** A reported line, or none: what is the company's and stands on no line (excluded, or the scope 3 of an investee). */
export type Place = ReportedLine | 'left-out';

/** Share of a source at each place; what is not there is the others'. */
export type Weights = ReadonlyMap<Place, Decimal>;

/**
 * One source in one state, taken apart: kilograms on a reported line = quantity × price ratio × intensity × weight + remainder. A source is broken
 * where its weights change inside the year, so that they come from the boundary alone and the remainder is rounding. What instruments and mass
 * balances post is lumped: the quantity 1 and the kilograms as intensity, since what they release and what they post need not be of one unit.
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
  /** The weights that a source would have here in its span, whether or not there is any of it; an unknown entity has none. */
  weightsOf(identity: SourceIdentity): Weights;
  /** `MM-DD` of the days inside the year from which on a source's weights are others, in order. */
  changesOf(source: BoundedSource): readonly string[];
  /** The same inventory, its sources broken on the days of the other's changes too, so that both have the same parts. */
  brokenAs(other: Pick<InventoryState, 'changesOf'>): InventoryState;
  /** Codes of the organisation's own exclusions that reach a source on some day of its span, in their order. */
  exclusionsOf(identity: SourceIdentity): readonly string[];
}
