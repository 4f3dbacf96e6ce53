import { dateOfDay, dayNumber } from '../activity/dates';
import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import type { Holding, Lease, Organisation } from '../boundary/boundary';
import type { BaseYearPolicy } from './base-year';

type Dated = Pick<Holding, 'validFrom' | 'validTo'>;

const ALWAYS = { validFrom: '1900-01-01', validTo: null };

/**
 * The organisation under which the base year is read after structural changes, as they stand on `asOf`, a day of the current year (Corporate
 * Standard, chapter 5, timing of recalculations; appendix E, all-year and pro rata). What was divested leaves; what was acquired comes in with the
 * activities that it had in the base year, and where it had none nothing is added.
 *
 * `all-year`: the holdings and leases of that day, for ever. `pro-rata`: the current year's holdings and leases with their days moved into the base
 * year, so that a change in the middle of this year counts for the corresponding part of the base year. The leases of an asset that has none now and
 * exclusions keep their own days: they say whose the asset was then. Without a change since the base year both give its own structure.
 */
export function organisationForBaseYear(
  organisation: Organisation,
  policy: BaseYearPolicy,
  asOf: string,
  calendar: ReportingCalendar = CALENDAR_YEARS,
): Organisation {
  if (policy.midYear === 'all-year') return structureOf(organisation, asOf);
  return movedToYear(organisation, { calendar, from: calendar.yearOf(asOf), to: policy.baseYear });
}

/** The organisation under which the current year is compared with the base year: all-year the same structure for the whole of it, else as dated. */
export function organisationForCurrentYear(
  organisation: Organisation,
  policy: Pick<BaseYearPolicy, 'midYear'>,
  asOf: string,
): Organisation {
  return policy.midYear === 'all-year' ? structureOf(organisation, asOf) : organisation;
}

function structureOf(organisation: Organisation, day: string): Organisation {
  const standing = organisation.holdings.filter((holding) => isValidOn(holding, day)).map((holding) => ({ ...holding, ...ALWAYS }));
  return { ...organisation, holdings: [...standing, ...left(organisation, standing)], ...leases(organisation.leases, day) };
}

/** An entity without a holder would be the reporting company itself: what was held once and is no more stays, with nothing of it held. */
function left({ holdings }: Organisation, standing: readonly Holding[]): Holding[] {
  const held = new Set(standing.map(({ entity }) => entity));
  const last = new Map<string, Holding>();
  for (const holding of [...holdings].sort(byStart)) if (!held.has(holding.entity)) last.set(holding.entity, holding);
  return [...last.values()].map((holding) => ({ ...holding, share: '0', operationalControl: false, financialControl: false, ...ALWAYS }));
}

/** A lease of that day takes the place of the asset's earlier ones; an asset without one keeps those it had. */
function leases(all: readonly Lease[] | undefined, day: string): { leases?: readonly Lease[] } {
  if (!all) return {};
  const standing = all.filter((lease) => isValidOn(lease, day));
  const leased = new Set(standing.map(({ entity }) => entity));
  return { leases: [...standing.map((lease) => ({ ...lease, ...ALWAYS })), ...all.filter(({ entity }) => !leased.has(entity))] };
}

/** From one reporting year into another. */
interface Move {
  readonly calendar: ReportingCalendar;
  readonly from: number;
  readonly to: number;
}

function movedToYear(organisation: Organisation, move: Move): Organisation {
  const moved = movedInto(organisation.holdings, move);
  return { ...organisation, holdings: [...moved, ...left(organisation, moved)], ...movedLeases(organisation.leases, move) };
}

/** A lease of the current year takes the place of the asset's earlier ones, as under the rule for the whole year. */
function movedLeases(all: readonly Lease[] | undefined, move: Move): { leases?: readonly Lease[] } {
  if (!all) return {};
  const moved = movedInto(all, move);
  const leased = new Set(moved.map(({ entity }) => entity));
  return { leases: [...moved, ...all.filter(({ entity }) => !leased.has(entity))] };
}

/** What holds on some day of the year, on the same days of the other. */
function movedInto<T extends Dated>(all: readonly T[], move: Move): T[] {
  const { calendar, from } = move;
  return all
    .filter(({ validFrom, validTo }) => validFrom <= calendar.endOf(from) && (validTo ?? '9999') >= calendar.startOf(from))
    .map((one) => ({ ...one, ...movedDays(one, move) }));
}

/**
 * A day of the current year becomes the same day of the base year; what lies outside the year lies outside any. An end is the day before the next
 * beginning, so that what followed without a gap or an overlap still does, whichever of the two is a leap year.
 */
function movedDays({ validFrom, validTo }: Dated, { calendar, from, to }: Move): { validFrom: string; validTo: string | null } {
  // Of a year without a 29th of February its 28th.
  const lacksLeapDay = !calendar.dayIn(to, '02-29').endsWith('-02-29');
  const sameDay = (date: string): string => calendar.dayIn(to, lacksLeapDay && date.endsWith('-02-29') ? '02-28' : date.slice(5));
  return {
    validFrom: validFrom > calendar.startOf(from) ? sameDay(validFrom) : ALWAYS.validFrom,
    validTo: validTo !== null && validTo < calendar.endOf(from) ? dayBefore(sameDay(dateOfDay(dayNumber(validTo) + 1))) : null,
  };
}

function dayBefore(date: string): string {
  return dateOfDay(dayNumber(date) - 1);
}

function isValidOn({ validFrom, validTo }: Dated, day: string): boolean {
  return validFrom <= day && (validTo === null || day <= validTo);
}

function byStart(a: Holding, b: Holding): number {
  return a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0;
}
