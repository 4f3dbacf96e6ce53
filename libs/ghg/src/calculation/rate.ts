import type { Basis, EnergySource, LegId, SourceClass } from '../activity/vocabulary';
import type { AppliedClassification } from '../classification/classification';
import type { FactorSource } from '../factor/factor';
import type { FuelOrigin, GasId, GwpSetId } from '../factor/gas';
import type { ChoiceMade } from '../matching/choices';
import type { EditionsTaken } from '../matching/editions';
import type { RefusalCode } from '../refusals';

/** A rung of the cascade that was not the best one: never silent, counted in tonnes by every inventory. The closed list. */
export const FALLBACKS = {
  year_earlier: 'The factor is of an earlier year than the activity.',
  year_later: 'The factor is of a later year than the activity.',
  region_national: 'The factor is of the national grid where the entity has a grid subregion.',
  region_group: 'The factor is of a group of countries that the country belongs to.',
  region_other_country: 'The factor is of another country.',
  region_global: 'The factor is global.',
  grid_average_for_residual_mix: 'No residual mix is published for this grid; the location-based factor stands in the market-based total.',
  supplier_general: 'The activity names a supplier of whom no factor is known; a factor for any supplier was used.',
  attribute_general: 'The factor is general where the activity states an attribute that no factor has.',
  attribute_default: 'An attribute was not given; the default of the activity type was used.',
  price_year_not_adjusted: 'The amount is of another price year than the factor and was not adjusted for inflation.',
  price_year_adjusted: 'The amount is of another price year than the factor and was adjusted by a price index.',
  price_index_general: 'The price index is of prices in general, where the activity is of one sector.',
  currency_converted: 'The amount is in another currency than the factor and was converted at the mean rate of its price year.',
  fuel_property_used: 'The factor is per another dimension than the activity; a property of the fuel led from one to the other.',
  calorific_basis_converted: 'The factor is on the other calorific basis; the ratio of net to gross calorific value led there.',
  factor_partial: 'The factor leaves out gases that the activity has.',
  location_based_for_market: 'No market-based figure is known for this leg; the location-based one stands in the market-based total.',
  grid_factor_for_use: 'No factor of the use of sold products is known; the location-based factor of the grid stands in.',
  radiative_forcing_not_apart:
    'No pair of factors with and without radiative forcing is published; the one with it stands whole on the journey.',
  chosen_by_person: 'A person chose the factor although the cascade would not have let it serve.',
  gwp_set_assumed: 'The stated CO2e does not say its GWP set; that of the book was taken for it.',
} as const;
export type FallbackCode = keyof typeof FALLBACKS;

/**
 * Kilograms of one gas per unit of the key, at most 18 decimals. `stated` keeps a publisher's CO2e figure exact under its own GWP set; `origin`, of
 * a burnt fuel's methane alone, decides its GWP (see `methaneOf`).
 */
export interface GasRate {
  readonly gas: GasId;
  readonly kg: string;
  readonly origin?: FuelOrigin;
  readonly stated?: { readonly kgco2e: string; readonly gwpSet: GwpSetId };
}

/** A figure's way from the printed unit to the key's unit: `1 from = numerator/denominator to`. */
export interface ConversionStep {
  readonly from: string;
  readonly to: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly source: string;
}

export interface FactorCitation {
  readonly setId: string;
  readonly publisher: string;
  readonly edition: string;
  readonly version: string;
  readonly licence: string;
  readonly invented: boolean;
  readonly code: string;
  readonly region: string;
  readonly year: number;
  readonly unit: string;
  readonly source: FactorSource;
  /** Only of a set whose values may not be shown: the digest of the factor's figures. */
  readonly withheld?: string;
}

/** A figure beside the factor that a rate rests on. */
export interface RateInput {
  readonly kind: 'fuel-property' | 'loss-rate' | 'exchange-rate' | 'price-index' | 'rate' | 'instrument';
  /** Its own name within the set that it is of. */
  readonly code: string;
  readonly setId: string | null;
  readonly value: string;
  readonly unit: string;
  readonly source: FactorSource;
  /** Only of a set whose values may not be shown: the digest of the figure. */
  readonly withheld?: string;
}

/** One leg's kilograms per unit of the key, with its whole lineage. `kgco2e × quantity` is the entry, exactly. */
export interface Rate {
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
  readonly unit: string;
  /** Under `gwpSet`, per unit of the key, at most 18 decimals; Kyoto gases only. */
  readonly kgco2e: string;
  /** CO2 of biogenic origin, per unit of the key, outside the scopes. */
  readonly biogenicKgco2: string;
  readonly gwpSet: GwpSetId;
  readonly gases: readonly GasRate[];
  /** CO2e that no gas explains (a residual, or a CO2e-only factor): fixed to the publisher's GWP set. */
  readonly notConvertible: { readonly kgco2e: string; readonly gwpSet: GwpSetId } | null;
  /** Null where the GWP table itself is the factor (a refrigerant leak). */
  readonly factor: FactorCitation | null;
  readonly method: string;
  readonly conversion: readonly ConversionStep[];
  readonly fallbacks: readonly FallbackCode[];
  /** What else made the figure: fuel properties, loss rates, exchange rates, price indices, an instrument; in the order of their use. */
  readonly inputs?: readonly RateInput[];
  /** Kilowatt-hours (net calorific) per unit of the key, of an `energy` leg; no emission. */
  readonly energy?: { readonly kwh: string; readonly source: EnergySource };
  /** Only where the leg is outside the minimum boundary of its category. */
  readonly boundary?: 'optional';
  /** Geometric standard deviation of the factor, where its publisher or its owner states one. */
  readonly gsd?: string;
  /** The decision of a person that turned the choice of the factor; absent: the cascade alone. */
  readonly choice?: ChoiceMade;
  /** Only of a key of free text: what it was classified as, and by whom. */
  readonly classification?: AppliedClassification;
  /** Only of a reporting year that is no calendar year: the year whose factors went first, and by which rule. */
  readonly editions?: EditionsTaken;
  /** A division or product was rounded (half-even, 18 decimals) to become this rate. */
  readonly rounded: boolean;
  /** The equation with its numbers, for people. */
  readonly formula: string;
}

/** A factor that was looked at and not taken. */
export interface LostCandidate {
  readonly setId: string;
  readonly code: string;
  readonly reason: string;
  /** The decision that refuses it, where one does. */
  readonly choice?: ChoiceMade;
}

export interface LegDecision {
  readonly leg: LegId;
  readonly basis: Basis;
  readonly required: boolean;
  /** `refused` only where the leg is required; an absent `if-published` leg is `not-published`; what a pool decides has no rate of its own. */
  readonly outcome: 'rated' | 'refused' | 'not-published' | 'pooled';
  readonly refusal?: { readonly code: RefusalCode; readonly detail: string };
  /** The nearest losers, best first, at most twenty. */
  readonly lost: readonly LostCandidate[];
}

/** What the kernel decided for one key. */
export interface Decision {
  readonly outcome: 'calculated' | 'partly' | 'refused' | 'excluded';
  readonly rates: readonly Rate[];
  readonly legs: readonly LegDecision[];
  /** Why the key as a whole was refused, before any leg was looked at. */
  readonly refusal?: { readonly code: RefusalCode; readonly detail: string };
  /** Only of a key of free text: what it was classified as, also where nothing of it could be rated. */
  readonly classification?: AppliedClassification;
}
