import { dateOfDay, dayNumber, parseDate } from '../activity/dates';
import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import { Decimal, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { amountOf, byText, groupsBy } from './members';
import type { Instrument, InstrumentAllocation, InstrumentRule } from './pool';
import { criteriaFailure, criteriaFailures } from './quality-criteria';

/**
 * The Scope 2 Guidance (2015) as it is in force: matched over the year, with a vintage that has at least a day in the year ("as close as possible to
 * the period of consumption", table 7.1, criterion 4, names no number of days; a tolerance is the company's to declare).
 */
export const INSTRUMENT_RULE_2015: InstrumentRule = { matching: 'annual', vintage: 'overlaps', toleranceDays: 0 };

/** The order in which instruments take precedence (Scope 2 Guidance, chapter 6, table 6.3): certificates, contracts, supplier rates. */
const PRECEDENCE: readonly Instrument['kind'][] = ['certificate', 'contract', 'supplier-rate'];

/**
 * Instruments in order of precedence; within a kind the narrower market first (a grid region before a country, a country before a joint market), so
 * that what can serve little does not find it taken; then the vintage that ends first, then the registry id. A code is a name, and decides nothing.
 */
export function inPrecedence(instruments: readonly Instrument[]): readonly Instrument[] {
  return [...instruments].sort(
    (a, b) =>
      PRECEDENCE.indexOf(a.kind) - PRECEDENCE.indexOf(b.kind) ||
      widthOf(a) - widthOf(b) ||
      byText(a.vintageEnd, b.vintageEnd) ||
      byText(a.registryId, b.registryId) ||
      byText(a.code, b.code),
  );
}

/** The countries and grid regions within which an instrument may be claimed. */
export function marketsOf({ market, markets = [] }: Pick<Instrument, 'market' | 'markets'>): readonly string[] {
  return [...new Set([market, ...markets])].sort(byText);
}

const WIDTH_OF_COUNTRY = 1_000;

/** Regions count one each, countries a thousand: any country is wider than the regions of a market. */
function widthOf(instrument: Instrument): number {
  return marketsOf(instrument).reduce((width, place) => width + (place.includes('-') ? 1 : WIDTH_OF_COUNTRY), 0);
}

/**
 * What is wrong with a tenant's instruments and allocations, before any consumption is looked at; at most one refusal per instrument, by code. Who
 * is refused covers nothing anywhere, so that no order of allocations decides.
 * Refusals: `instrument_unknown` (allocated, but not there), `instrument_used_twice` (its code, or its registry id, is on another instrument too),
 * `number_malformed`, `number_too_large`, `number_too_precise`, `instrument_over_allocated` (Σ allocated > retired, over all entities and years),
 * `date_malformed`, `period_reversed`, `instrument_retired_before_vintage`, `instrument_criteria_failed`.
 */
export function instrumentRefusals(
  instruments: readonly Instrument[],
  allocations: readonly InstrumentAllocation[],
): ReadonlyMap<string, Refusal> {
  const refusals = new Map<string, Refusal>();
  const allocationsOf = new Map(groupsBy(allocations, ({ instrument }) => instrument));
  const codes = new Map(groupsBy(instruments, ({ code }) => code));
  const registryIds = new Map(groupsBy(instruments, ({ registryId }) => registryId));
  for (const code of allocationsOf.keys())
    if (!codes.has(code))
      refusals.set(code, refuse('instrument_unknown', `MWh of ${code} are allocated, but there is no such instrument`, code));
  for (const [code, same] of codes) {
    const instrument = same[0] as Instrument;
    const problem =
      usedTwice(same, registryIds.get(instrument.registryId) ?? []) ??
      overAllocated(instrument, allocationsOf.get(code) ?? []) ??
      vintageMalformed(instrument) ??
      retiredBefore(instrument) ??
      criteriaFailure(instrument);
    if (problem) refusals.set(code, problem);
  }
  return refusals;
}

function usedTwice(sameCode: readonly Instrument[], sameRegistryId: readonly Instrument[]): Refusal | null {
  const [{ code, registryId }] = sameCode as [Instrument];
  if (sameCode.length > 1) return refuse('instrument_used_twice', `${sameCode.length} instruments have the code ${code}`, code);
  if (sameRegistryId.length === 1) return null;
  const codes = sameRegistryId.map((instrument) => instrument.code).sort(byText);
  return refuse('instrument_used_twice', `${registryId} is the registry id of ${codes.join(' and ')}`, code);
}

/** Σ allocated ≤ retired, in MWh (Scope 2 Guidance, table 7.1, criteria 2 and 3: one claim for each unit retired). */
function overAllocated(instrument: Instrument, allocations: readonly InstrumentAllocation[]): Refusal | null {
  const { code, retiredMwh } = instrument;
  const retired = amountOf(retiredMwh, code);
  if (isRefusal(retired)) return retired;
  let allocated = new Decimal(0);
  for (const { mwh } of allocations) {
    const amount = amountOf(mwh, code);
    if (isRefusal(amount)) return amount;
    allocated = allocated.add(amount);
  }
  if (allocated.lte(retired)) return null;
  return refuse('instrument_over_allocated', `${plain(allocated)} MWh of ${code} are allocated, ${retiredMwh} MWh are retired`, code);
}

function vintageMalformed({ code, vintageStart, vintageEnd }: Instrument): Refusal | null {
  const start = parseDate(vintageStart, 'YYYY-MM-DD');
  if (isRefusal(start)) return { ...start, at: code };
  const end = parseDate(vintageEnd, 'YYYY-MM-DD');
  if (isRefusal(end)) return { ...end, at: code };
  return vintageEnd < vintageStart ? refuse('period_reversed', `the vintage ends ${vintageEnd}, before ${vintageStart}`, code) : null;
}

/** What was not generated yet cannot be retired. Dates of one form, so that their text is their order. */
function retiredBefore({ code, retiredOn, vintageStart }: Instrument): Refusal | null {
  const on = parseDate(retiredOn, 'YYYY-MM-DD');
  if (isRefusal(on)) return { ...on, at: code };
  if (retiredOn >= vintageStart) return null;
  return refuse('instrument_retired_before_vintage', `${code} was retired on ${retiredOn}; its vintage begins ${vintageStart}`, code);
}

/**
 * Everything that is known to hinder an instrument before any consumption is looked at: its vintage, its criteria, its market among the places where
 * the tenant's entities are, and its vintage against the years that it is allocated to.
 */
export function instrumentWarnings(
  instrument: Instrument,
  {
    places,
    years,
    rule,
    calendar,
  }: {
    readonly places: ReadonlySet<string>;
    readonly years: readonly number[];
    readonly rule: InstrumentRule;
    readonly calendar?: ReportingCalendar;
  },
): readonly Refusal[] {
  const malformed = vintageMalformed(instrument);
  const early = malformed ?? retiredBefore(instrument);
  const outside = malformed ? [] : years.map((year) => vintageOutside(instrument, year, rule, calendar));
  const { code } = instrument;
  const elsewhere = marketsOf(instrument).some((place) => places.has(place))
    ? null
    : refuse('instrument_market_differs', `${marketsOf(instrument).join(', ')} is neither a country nor a grid region of any entity`, code);
  return [early, ...criteriaFailures(instrument), elsewhere, ...outside].filter((refusal) => refusal !== null);
}

/** Whether the vintage is near enough to the reporting year of the consumption, by the rule. Refusal: `instrument_vintage_outside`. */
export function vintageOutside(
  { code, vintageStart, vintageEnd }: Instrument,
  year: number,
  rule: InstrumentRule,
  calendar: ReportingCalendar = CALENDAR_YEARS,
): Refusal | null {
  const from = dayNumber(calendar.startOf(year)) - rule.toleranceDays;
  const to = dayNumber(calendar.endOf(year)) + rule.toleranceDays;
  const [start, end] = [dayNumber(vintageStart), dayNumber(vintageEnd)];
  const fits = rule.vintage === 'within' ? start >= from && end <= to : end >= from && start <= to;
  if (fits) return null;
  const asked = `${rule.vintage === 'within' ? 'within' : 'a day within'} ${dateOfDay(from)} to ${dateOfDay(to)}`;
  return refuse('instrument_vintage_outside', `the vintage of ${code} is ${vintageStart} to ${vintageEnd}; asked for: ${asked}`, code);
}
