import type { Dimension } from '../quantity/units';
import type { RefusalCode } from '../refusals';

/** An id of the controlled vocabulary in `activity-types.ts`, for example `fuel.natural-gas`. */
export type ActivityTypeId = string;

/**
 * One consequence of an activity. `combustion`, `biogenic` (CO2 outside the scopes), `upstream` (well-to-tank), `generation` (grid electricity and
 * heat, on a location or a market basis), `losses` (transmission and distribution), `losses-upstream`, `leak` (refrigerants), `operation`
 * (tank-to-wheel of transport and travel by others), `radiative-forcing` (what a flight does beside its gases, apart from them), `service` (hotel, waste, water), `supply` (cradle-to-gate of purchased goods), `process`
 * (a chemical or physical process), `use` (of sold products), `stated` (a figure that comes as CO2e: an investee's, a franchisee's, a carrier's),
 * `energy` (kilowatt-hours by source, no emission; ESRS E1-5, SECR), `pooled` (decided for a set of rows, see `pools/`).
 */
export type LegId =
  | 'combustion'
  | 'biogenic'
  | 'upstream'
  | 'generation'
  | 'losses'
  | 'losses-upstream'
  | 'leak'
  | 'operation'
  | 'radiative-forcing'
  | 'service'
  | 'supply'
  | 'process'
  | 'use'
  | 'stated'
  | 'energy'
  | 'pooled';

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
  | 'investee-scope-3'
  | 'projected-investments'
  | 'energy-use'
  | 'biogenic';

/**
 * Whether a leg is inside the minimum boundary of its category or optional (Scope 3 Standard, table 5.4). Scopes 1 and 2 are minimum throughout.
 */
export type Requirement = 'minimum' | 'optional';

/** Where the energy of a leg comes from (ESRS E1-5, paragraphs 37 to 38). */
export type EnergySource = 'fossil' | 'nuclear' | 'renewable' | 'unknown';

/** An attribute that decides the factor. A closed list of `values` or free text; a `default` that was used is a named fallback. */
export interface AttributeSpec {
  readonly name: string;
  readonly required: boolean;
  readonly values?: readonly string[];
  readonly default?: string;
  /** Decisive: a factor that leaves it open never counts as general. Without it such a factor serves, and `attribute_general` says so. */
  readonly strict?: boolean;
  /**
   * How free text must be written; `year`: four digits, 1990 to 2100; `pedigree`: five digits from 1 to 5, `1-2-1-1-3`; `text`: anyhow, and the key keeps
   * it as `normaliseText` writes it.
   */
  readonly format?: 'year' | 'pedigree' | 'text';
  /** Asked for only when the quantity is of this dimension (a calorific basis is a matter of energy units alone). */
  readonly onlyFor?: Dimension;
  /** Kept with the figure as a statement about it; takes no part in matching a factor. */
  readonly recorded?: boolean;
}

/** The attribute has one of these values, stated or by default. */
export interface AttributeCondition {
  readonly attribute: string;
  readonly in: readonly string[];
  /** Holds as well where this other condition does. */
  readonly or?: AttributeCondition;
}

export interface LegSpec {
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
  /** `required`: without a factor the leg is refused and the activity at best partly calculated. `if-published`: silence is not a gap. */
  readonly requirement: 'required' | 'if-published';
  /** May a factor of another country stand in, as a named fallback? Never for a grid. */
  readonly borrowsAbroad: boolean;
  /** `minimum` unless said otherwise. */
  readonly boundary?: Requirement;
  /** Source of the energy that an `energy` leg counts; only there. */
  readonly energySource?: EnergySource;
  /** The leg exists only where this holds; see `legsOf`. */
  readonly when?: AttributeCondition;
  /** The leg falls away where this holds. */
  readonly unless?: AttributeCondition;
}

/**
 * What an operand does in its formula: quantity = (Σ addends − Σ subtrahends) × Π factors ÷ Π divisors ÷ Π (1 + gross-ups). A formula has either
 * addends or at least one factor that carries the unit.
 */
export type OperandRole = 'factor' | 'divisor' | 'addend' | 'subtrahend' | 'gross-up';

/** What an operand measures: one dimension, or a product in canonical order (`mass·distance`: tonne-kilometres stated as such). */
export type Measure = Dimension | `${Dimension}·${Dimension}`;

/**
 * An operand of a quantity formula. What stands below a line (a divisor, the lower part of `kWh/use`) takes away what stands above it and has the
 * same dimension; a ratio has no unit.
 */
export interface OperandSpec {
  readonly name: string;
  readonly dimension: Measure | readonly Measure[];
  /** The operand is a quotient: `dimension: 'money', per: ['volume', 'energy']` is a price such as `GBP/L`, `energy` per `time` a power (`kW`). */
  readonly per?: Measure | readonly Measure[];
  /** `factor` unless said otherwise. */
  readonly role?: OperandRole;
  /** Left out it changes nothing: a factor or divisor of 1, an addend or gross-up of 0. */
  readonly optional?: boolean;
  /** Counted, not measured (pieces sold, uses): the unit is checked, the number enters in the base unit, and the product has no trace of it. */
  readonly bare?: boolean;
  /** Not less than this, in the base unit. Refusal: `ratio_out_of_range`. */
  readonly min?: string;
  /** Not more than this, in the base unit. Refusal: `share_above_one` for a share, whose `max` is `1`; else `ratio_out_of_range`. */
  readonly max?: string;
  /** The divisor is the whole of which this operand is a part (own ÷ total floor area): a part above it is `share_above_one`. */
  readonly wholeOf?: string;
  /** Refused where the attribute has this value, stated or by default: an adjustment of planned distances has no place beside an actual one. */
  readonly notWith?: { readonly attribute: string; readonly value: string; readonly refusal: RefusalCode };
}

/** A named way to come to the quantity; the names of the stated operands choose it. */
export interface QuantityFormula {
  readonly method: string;
  readonly operands: readonly OperandSpec[];
  /** The operands in `GREAT_CIRCLE_OPERANDS` (`formulas.ts`) are replaced by one factor: the kilometres that they describe. */
  readonly computes?: 'great-circle';
  /**
   * The sum cannot be below zero, whatever is taken off it: refused with this. Stated by every formula with a subtrahend; without one a sum below
   * zero is a credit and flagged.
   */
  readonly belowZero?: RefusalCode;
}

export interface ActivityType {
  readonly id: ActivityTypeId;
  readonly title: string;
  /** The usual formula first; all of them end in the same dimension. */
  readonly formulas: readonly QuantityFormula[];
  readonly attributes: readonly AttributeSpec[];
  readonly legs: readonly LegSpec[];
}

/** The distinct tuple that decides the rates. Everything that could decide is in it, present or not, so that rows never need re-keying. */
export interface MatchKey {
  readonly activityType: ActivityTypeId;
  /** Unit of the quantity, possibly a product such as `t.km`. */
  readonly unit: string;
  /** The calendar year. */
  readonly year: number;
  /** The name of the reporting year; left out where it is the calendar year. */
  readonly reportingYear?: number;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}
