import type { Basis, EnergySource, LegId, MatchKey, SourceClass } from '../activity/vocabulary';
import type { Approach, Lease, ReportedLine } from '../boundary/boundary';
import type { ReasonCode } from '../boundary/reasons';
import type { GwpSetId } from '../factor/gas';
import type { MethodPackHead } from '../methods/pack';
import type { FallbackCode, Rate } from '../calculation/rate';
import type { GasFamily } from './gas-families';

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
  /** What was done, also of what a pool makes of it: an exclusion of one activity type reaches both. */
  readonly activityType: string;
  /** Code of the pool that posted it, the empty text of rows; told apart where `periodStart` is set. */
  readonly pool: string;
  /** The key that it rests on, where `periodStart` is set; null: of no single one, or not told apart. */
  readonly matchKeyId: string | null;
}

export interface RatedLeg {
  readonly rateId: string;
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
  readonly rate: Rate;
  /** The key that the rate was decided for; a pool's own rate has none. */
  readonly key: MatchKey | null;
}

/** Tonnes as exact decimal strings; nothing is rounded in here. */
export interface InventoryLine {
  readonly line: ReportedLine;
  readonly basis: Basis;
  readonly tco2e: string;
  /** Tonnes of CO2 of biogenic origin beside it, outside the scopes (Corporate Standard, chapter 9: separately from the scopes). */
  readonly biogenic: string;
}

/** Tonnes in the two readings of the whole, which are never added: `tco2e` with what is location-based, `marketTco2e` with what is market-based. */
export interface Reliance {
  readonly tco2e: string;
  readonly marketTco2e: string;
}

/** One category of scope 3 in both readings; each total is minimum + optional (Scope 3 Standard, table 5.4). */
export interface CategoryFigures extends Reliance {
  readonly category: string;
  readonly minimum: string;
  readonly optional: string;
  readonly marketMinimum: string;
  readonly marketOptional: string;
}

/** A figure that holds gases: scope 2 and scope 3 in each reading. */
export type GasScope = 'scope1' | 'scope2Location' | 'scope2Market' | 'scope3' | 'scope3Market';

/** One gas of one scope, in tonnes of the gas and in CO2e; the rows of a scope add up to its figure. */
export interface GasFigure {
  readonly scope: GasScope;
  /** Null: CO2e that no gas explains (a factor known only as CO2e, a publisher's rounding). */
  readonly gas: string | null;
  readonly family: GasFamily;
  readonly tonnes: string | null;
  readonly tco2e: string;
}

/** Energy used in own operations, net calorific (ESRS E1-5; SECR): fuel burned, energy bought, or made on site without fuel. */
export interface EnergyFigure {
  readonly source: EnergySource;
  readonly origin: 'fuel' | 'purchased' | 'self-generated';
  /** With the sources of the grid's mix. */
  readonly mwh: string;
  /** With the sources that contractual instruments vouch for. */
  readonly marketMwh: string;
}

/** Days of the year in which one share and one lease held, where an entity changed inside the year: how its figures were apportioned. */
export interface Apportioned {
  readonly entity: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly consolidated: string;
  readonly invested: string;
  readonly franchised: string;
  /** Whether the accounting group consolidates it wholly. */
  readonly inAccountingGroup: boolean;
  readonly lease: Pick<Lease, 'side' | 'leaseClass' | 'lesseeControls'> | null;
}

/** What was left out, and why; `code` and `detail` are those of the organisation's own exclusion, if that is the reason. */
export interface LeftOut extends Reliance {
  readonly reason: ReasonCode;
  readonly code: string | null;
  readonly detail: string;
}

/** Tonnes of purchased energy and of scope 3 that one member of the organisation bought from another: reported, and flagged, since the other reports them too. */
export interface IntraGroup extends Reliance {
  readonly entity: string;
  readonly supplier: string;
  readonly line: ReportedLine;
}

/** Scopes 1 and 2 of a part of the organisation. */
export interface DirectFigures {
  readonly scope1: string;
  readonly scope2Location: string;
  readonly scope2Market: string;
}

export interface GroupFigures extends DirectFigures {
  readonly group: string;
  readonly scope3: string;
  readonly scope3Market: string;
  readonly biogenic: string;
  readonly marketBiogenic: string;
}

/** Gross = reported in scopes 1 to 3 + apart + others' share + excluded, in tonnes of one reading; a difference is an alarm. */
export interface Reconciliation {
  readonly gross: string;
  readonly reported: string;
  readonly apart: string;
  readonly othersShare: string;
  readonly excluded: string;
}

export interface Inventory extends DirectFigures {
  readonly methodPack: MethodPackHead;
  /** By its name; `period` has its days. */
  readonly year: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  readonly unit: 'tCO2e';
  /** Of the location-based reading: 3.3, and an investee's purchased energy in 3.15, by location. */
  readonly scope3: string;
  /** Of the market-based reading. */
  readonly scope3Market: string;
  /** Scope 3 of the location-based reading by category number, `1` to `15`; only categories with entries. */
  readonly scope3ByCategory: Readonly<Record<string, string>>;
  readonly categories: readonly CategoryFigures[];
  /** Tonnes of CO2 of biogenic origin, outside the scopes, of the location-based reading. */
  readonly biogenic: string;
  /** The same of the market-based reading. */
  readonly marketBiogenic: string;
  /** Tonnes CO2e of gases under the Montreal Protocol, outside the scopes. */
  readonly montreal: string;
  /** Shown, and in no total: lifetime emissions of projects financed in the year; scope 3 of investees. */
  readonly projected: string;
  readonly investeeScope3: string;
  /** What flights do beside their gases, where it is counted: inside the totals of scope 3, and in no gas. */
  readonly radiativeForcing: string;
  readonly lines: readonly InventoryLine[];
  readonly gases: readonly GasFigure[];
  readonly energy: readonly EnergyFigure[];
  /** Scopes 1 and 2 of what the accounting group consolidates wholly, and of all other consolidated investees (IFRS S2, paragraph 29; ESRS E1, paragraph 50). */
  readonly accountingGroup: DirectFigures;
  readonly otherInvestees: DirectFigures;
  /** Tonnes (by size, net per rate and entity, all reported lines) per kind of fallback. */
  readonly fallbacks: readonly ({ readonly fallback: FallbackCode } & Reliance)[];
  /** Tonnes (by size, net per rate and entity, all reported lines) resting on each factor set. */
  readonly factorSets: readonly ({ readonly setId: string; readonly title: string; readonly invented: boolean } & Reliance)[];
  /** Tonnes of the location-based reading that could not be re-based to `gwp` and stand on another GWP set. */
  readonly notConvertible: string;
  /** The same of the market-based reading. */
  readonly marketNotConvertible: string;
  /** Entities with figures in the year that no holding has ever named as held, and that are counted whole for it: the reporting company itself. */
  readonly heldByNobody: readonly string[];
  readonly apportioned: readonly Apportioned[];
  readonly leftOut: readonly LeftOut[];
  readonly intraGroup: readonly IntraGroup[];
  /** Of the location-based reading. */
  readonly reconciliation: Reconciliation;
  readonly marketReconciliation: Reconciliation;
  /** The same per kind of source. */
  readonly reconciliations: readonly {
    readonly sourceClass: SourceClass;
    readonly location: Reconciliation;
    readonly market: Reconciliation;
  }[];
  readonly groups?: readonly GroupFigures[];
}
