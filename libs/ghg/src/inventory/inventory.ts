import type { Basis, LegId, SourceClass } from '../activity/vocabulary';
import type { Approach, ReportedLine } from '../boundary/boundary';
import type { GwpSetId } from '../factor/gas';
import type { FallbackCode, Rate } from '../calculation/rate';

/**
 * A sum of ledger entries that one rate and one entity share; what the columnar store hands to a reading. `periodStart`/`periodEnd` are set
 * where the entity's shares change inside the year, so that the change can be apportioned by days.
 */
export interface Cell {
  readonly entityCode: string;
  readonly rateId: string;
  readonly year: number;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  /** Net quantity in the rate's unit. */
  readonly quantity: string;
  /** Net kgCO2e under the book's GWP set: quantity × rate, as the ledger has it. */
  readonly kgco2e: string;
  /** An extra dimension that the reading is broken down by (a tag, an activity type); null if none was asked for. */
  readonly group: string | null;
}

export interface RatedLeg {
  readonly rateId: string;
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
  readonly rate: Rate;
}

/** Tonnes as exact decimal strings; nothing is rounded in here. */
export interface InventoryLine {
  readonly line: ReportedLine;
  readonly basis: Basis;
  readonly tco2e: string;
}

/**
 * Tonnes of scopes 1, 2 and 3 that rest on something, read twice: with the location-based scope 2, and with the market-based one. What is not
 * purchased energy is in both, so the two are never added.
 */
export interface Reliance {
  readonly tco2e: string;
  readonly marketTco2e: string;
}

export interface Inventory {
  readonly year: number;
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  readonly unit: 'tCO2e';
  readonly scope1: string;
  readonly scope2Location: string;
  readonly scope2Market: string;
  readonly scope3: string;
  /** Scope 3 by category number, `1` to `15`; only categories with entries. */
  readonly scope3ByCategory: Readonly<Record<string, string>>;
  /** Tonnes of CO2 of biogenic origin, outside the scopes. */
  readonly biogenic: string;
  /** Tonnes CO2e of gases under the Montreal Protocol, outside the scopes. */
  readonly montreal: string;
  readonly lines: readonly InventoryLine[];
  /** Tonnes (absolute, all reported lines) per kind of fallback. */
  readonly fallbacks: readonly ({ readonly fallback: FallbackCode } & Reliance)[];
  /** Tonnes (absolute, all reported lines) resting on each factor set. */
  readonly factorSets: readonly ({ readonly setId: string; readonly title: string; readonly invented: boolean } & Reliance)[];
  /** Tonnes of the location-based reading that could not be re-based to `gwp` and stand on another GWP set. */
  readonly notConvertible: string;
  /** The same of the market-based reading. */
  readonly marketNotConvertible: string;
  /** Gross = reported + others' share + excluded, in tonnes of the location-based reading; a difference is an alarm. */
  readonly reconciliation: { readonly gross: string; readonly reported: string; readonly othersShare: string; readonly excluded: string };
  readonly groups?: readonly {
    readonly group: string;
    readonly scope1: string;
    readonly scope2Location: string;
    readonly scope2Market: string;
    readonly scope3: string;
    readonly biogenic: string;
  }[];
}
