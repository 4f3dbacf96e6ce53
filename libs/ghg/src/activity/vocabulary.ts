import type { Dimension } from '../quantity/units';

/** An id of the controlled vocabulary in `activity-types.ts`, for example `fuel.natural-gas`. */
export type ActivityTypeId = string;

/**
 * One consequence of an activity. `combustion`, `biogenic` (CO2 outside the scopes), `upstream` (well-to-tank), `generation` (grid electricity and
 * heat, on a location or a market basis), `losses` (transmission and distribution), `losses-upstream`, `leak` (refrigerants), `operation`
 * (tank-to-wheel of transport and travel by others), `service` (hotel, waste, water), `supply` (cradle-to-gate of purchased goods).
 */
export type LegId =
  'combustion' | 'biogenic' | 'upstream' | 'generation' | 'losses' | 'losses-upstream' | 'leak' | 'operation' | 'service' | 'supply';

/** `location` and `market` are the two readings of scope 2; `all` belongs to both. */
export type Basis = 'all' | 'location' | 'market';

/** What kind of source a leg is. The boundary turns it into the reported line; no entry stores a scope. */
export type SourceClass =
  | 'stationary-combustion'
  | 'mobile-combustion'
  | 'process'
  | 'fugitive'
  | 'purchased-electricity'
  | 'purchased-heat'
  | 'purchased-goods'
  | 'capital-goods'
  | 'upstream-of-energy'
  | 'transmission-losses'
  | 'upstream-transport'
  | 'waste'
  | 'business-travel'
  | 'commuting'
  | 'leased-assets-upstream'
  | 'downstream-transport'
  | 'processing-of-products'
  | 'use-of-products'
  | 'end-of-life'
  | 'leased-assets-downstream'
  | 'franchises'
  | 'investments'
  | 'biogenic';

/** An attribute that decides the factor. A closed list of `values` or free text; a `default` that was used is a named fallback. */
export interface AttributeSpec {
  readonly name: string;
  readonly required: boolean;
  readonly values?: readonly string[];
  readonly default?: string;
  /** Decisive: a factor that leaves it open never counts as general. Without it such a factor serves, and `attribute_general` says so. */
  readonly strict?: boolean;
  /** How free text must be written; `year`: four digits, 1990 to 2100. */
  readonly format?: 'year';
  /** Asked for only when the quantity is of this dimension (a calorific basis is a matter of energy units alone). */
  readonly onlyFor?: Dimension;
}

export interface LegSpec {
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
  /** `required`: without a factor the leg is refused and the activity at best partly calculated. `if-published`: silence is not a gap. */
  readonly requirement: 'required' | 'if-published';
  /** May a factor of another country stand in, as a named fallback? Never for a grid. */
  readonly borrowsAbroad: boolean;
}

/** An operand of the quantity formula: the quantity is the product of all operands. */
export interface OperandSpec {
  readonly name: string;
  readonly dimension: Dimension | readonly Dimension[];
}

export interface ActivityType {
  readonly id: ActivityTypeId;
  readonly title: string;
  /** One operand `quantity`, or several that are multiplied (mass × distance, passengers × distance, rooms × nights). */
  readonly operands: readonly OperandSpec[];
  readonly attributes: readonly AttributeSpec[];
  readonly legs: readonly LegSpec[];
}

/** The distinct tuple that decides the rates. Everything that could decide is in it, present or not, so that rows never need re-keying. */
export interface MatchKey {
  readonly activityType: ActivityTypeId;
  /** Unit of the quantity, possibly a product such as `t.km`. */
  readonly unit: string;
  readonly year: number;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}
