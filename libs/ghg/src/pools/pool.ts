import type { ReportingCalendar } from '../activity/reporting-calendar';
import type { EnergySource } from '../activity/vocabulary';
import type { Rate } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import type { Refusal, RefusalCode } from '../refusals';

/**
 * A set of activities that must be calculated together. What the rows say one by one is posted already; a pool posts the difference.
 *
 * `instruments`: contractual instruments take the place of the residual mix or grid average (Scope 2 Guidance, chapters 6 and 7).
 * `allocation`: the sources of a shared total (a delivery round, a hub) are shared out by weight, for example driven tonne-kilometres.
 * `mass-balance`: opening stock + purchases − disposals − closing stock of a substance has leaked (IPCC 2006, volume 3, chapter 7).
 * `survey`: what respondents stated is extrapolated to all heads (Scope 3 Technical Guidance, category 7).
 */
export type PoolKind = 'instruments' | 'allocation' | 'mass-balance' | 'survey';

/** Net quantity of one key at one entity in one reporting year: what a pool sees of its rows. */
export interface PoolMember {
  readonly matchKeyId: string;
  readonly entityCode: string;
  /** The reporting year, by its name. */
  readonly year: number;
  /** The calendar year of the key, where it is another. */
  readonly calendarYear?: number;
  readonly activityType: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly country: string;
  readonly region: string | null;
  /** As on the match key: the canonical order of members rests on what a key says, never on a generated id. */
  readonly supplier: string | null;
  /** Net of corrections, in `unit`. */
  readonly quantity: string;
  readonly activities: number;
  /** The rates that the rows were posted with. */
  readonly rates: readonly { readonly rateId: string; readonly rate: Rate }[];
}

/**
 * One line that a pool adds to the ledger: a signed quantity under a rate that exists already (`rateId`; a negative quantity releases what the
 * rows posted), or under a rate that the pool itself makes (`rate`).
 */
export interface PoolPosting {
  readonly entityCode: string;
  readonly year: number;
  readonly quantity: string;
  readonly of: { readonly rateId: string } | { readonly rate: Rate };
  /** The key whose rows it adjusts or shares out; null: of the pool as a whole. */
  readonly matchKeyId: string | null;
  /** Which rule made it, one sentence with its numbers. */
  readonly because: string;
}

/** A member as a result cites it. `refusal`: why the pool counts nothing for it, and nothing of it either. */
export interface CitedMember extends Omit<PoolMember, 'rates'> {
  readonly refusal?: RefusalCode;
}

/** What a pool came to. The order of its members changes nothing. */
export interface PoolResult {
  readonly kind: PoolKind;
  readonly code: string;
  readonly members: readonly CitedMember[];
  readonly postings: readonly PoolPosting[];
  /** Named figures for people, exact: `consumed_kwh`, `covered_kwh`, `surplus_kwh`, `share:<receiver>` ... */
  readonly figures: Readonly<Record<string, string>>;
  /** Why parts or all of the pool came to nothing; a refused instrument, a balance that does not close. */
  readonly refusals: readonly Refusal[];
}

/** The quality criteria of the Scope 2 Guidance, table 7.1, by number; each passed, failed or not applicable, with its evidence. */
export interface CriterionFinding {
  readonly criterion: number;
  readonly finding: 'pass' | 'fail' | 'not-applicable';
  readonly evidence: string;
}

/** A contractual instrument: certificate, contract (PPA), or a supplier's own rate; in that order it takes precedence. */
export interface Instrument {
  readonly code: string;
  readonly kind: 'certificate' | 'contract' | 'supplier-rate';
  /** Serial number or contract number in its registry: unique within a tenant. */
  readonly registryId: string;
  /** What it may cover; electricity unless said otherwise. */
  readonly covers?: 'purchased-electricity' | 'purchased-heat';
  readonly energySource: EnergySource;
  readonly technology: string;
  /** Country or grid region within which it may be claimed. */
  readonly market: string;
  /** Further countries or grid regions of a joint market: a certificate of one country that is honoured in its neighbour too. */
  readonly markets?: readonly string[];
  readonly vintageStart: string;
  readonly vintageEnd: string;
  /** Retired, cancelled or redeemed on behalf of the tenant. */
  readonly retiredMwh: string;
  readonly retiredOn: string;
  /** kg of gases per kWh; none: zero. */
  readonly gases: readonly { readonly gas: string; readonly kg: string }[];
  readonly criteria: readonly CriterionFinding[];
}

/** So many MWh of an instrument claimed for an entity's consumption of a reporting year. */
export interface InstrumentAllocation {
  readonly instrument: string;
  readonly entityCode: string;
  readonly year: number;
  readonly mwh: string;
}

/** Shape over the hours of a reporting year, in kWh per hour from the year's first hour in `timeZone`; 8,760 or 8,784 values as a rule. */
export interface HourlyProfile {
  readonly of: { readonly entity: string } | { readonly instrument: string };
  readonly year: number;
  /** IANA name; the hours are counted in UTC from the local start of the year, so that a clock change neither adds nor loses one. */
  readonly timeZone: string;
  readonly kwh: readonly string[];
}

/** Which members a pool takes; an absent filter means all. */
export interface MemberSelector {
  readonly activityTypes: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly entities?: readonly string[];
  readonly years?: readonly number[];
}

/** How instruments are matched with consumption; versioned data, pinned by the book's method pack. */
export interface InstrumentRule {
  readonly matching: 'annual' | 'hourly';
  /** `overlaps`: a day of the vintage lies in the year, widened by the tolerance on both sides; `within`: all its days do. */
  readonly vintage: 'overlaps' | 'within';
  readonly toleranceDays: number;
}

/** One entity's consumption of one year, against the instruments, allocations and profiles of the context. */
export interface InstrumentsSpec {
  readonly kind: 'instruments';
  readonly code: string;
  readonly entityCode: string;
  readonly year: number;
  readonly rule: InstrumentRule;
}

/** What a shared total is shared out by. */
export type WeightBasis =
  | 'driven-tonne-kilometres'
  | 'direct-tonne-kilometres'
  | 'passenger-equivalent-kilometres'
  | 'teu'
  | 'teu-kilometres'
  | 'mass'
  | 'throughput'
  | 'area'
  | 'volume'
  | 'items';

/**
 * Who takes a part of a shared total: an own entity, or somebody else (`entityCode` null), whose part leaves the book and stands in the figures.
 * One `weight` holds for every year; `years` states a weight per year, and in a year that is not among them the receiver takes nothing.
 */
export interface AllocationReceiver {
  readonly name: string;
  readonly entityCode: string | null;
  readonly weight?: string | undefined;
  readonly years?: readonly { readonly year: number; readonly weight: string }[] | undefined;
  readonly unit: string;
}

export interface AllocationSpec {
  readonly kind: 'allocation';
  readonly code: string;
  /** The members whose quantities are shared out. */
  readonly sources: MemberSelector;
  readonly basis: WeightBasis;
  /** Receivers with stated weights. */
  readonly receivers: readonly AllocationReceiver[];
  /** Members that receive too, each weighing its own quantity. */
  readonly receivingMembers?: MemberSelector;
}

/** Members state movements of a substance: attributes `gas` and `movement` (opening, purchase, disposal, closing, capacity). */
export interface MassBalanceSpec {
  readonly kind: 'mass-balance';
  readonly code: string;
  readonly select: MemberSelector;
}

export interface SurveyPopulation {
  readonly entityCode: string;
  readonly year: number;
  readonly heads: string;
  readonly respondents: string;
}

export interface SurveySpec {
  readonly kind: 'survey';
  readonly code: string;
  readonly select: MemberSelector;
  readonly populations: readonly SurveyPopulation[];
}

export type PoolSpec = InstrumentsSpec | AllocationSpec | MassBalanceSpec | SurveySpec;

/** What a calculation needs besides spec and members: the book's gases and GWP set, and of the tenant all instruments, allocations and profiles. */
export interface PoolContext {
  readonly gases: GasRegister;
  readonly gwpSet: GwpSetId;
  readonly instruments: readonly Instrument[];
  /** All of them, of every entity and year: an instrument is over-allocated in total. */
  readonly allocations: readonly InstrumentAllocation[];
  readonly profiles: readonly HourlyProfile[];
  /** The reporting years that the rows were cut by; calendar years unless given. */
  readonly calendar?: ReportingCalendar;
}
