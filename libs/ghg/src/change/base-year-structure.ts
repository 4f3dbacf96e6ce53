import { dateOfDay, dayNumber } from '../activity/dates';
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
export function organisationForBaseYear(organisation: Organisation, policy: BaseYearPolicy, asOf: string): Organisation {
  if (policy.midYear === 'all-year') return structureOf(organisation, asOf);
  return movedToYear(organisation, Number(asOf.slice(0, 4)), policy.baseYear);
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

function movedToYear(organisation: Organisation, from: number, to: number): Organisation {
  const moved = movedInto(organisation.holdings, from, to);
  return { ...organisation, holdings: [...moved, ...left(organisation, moved)], ...movedLeases(organisation.leases, from, to) };
}

/** A lease of the current year takes the place of the asset's earlier ones, as under the rule for the whole year. */
function movedLeases(all: readonly Lease[] | undefined, from: number, to: number): { leases?: readonly Lease[] } {
  if (!all) return {};
  const moved = movedInto(all, from, to);
  const leased = new Set(moved.map(({ entity }) => entity));
  return { leases: [...moved, ...all.filter(({ entity }) => !leased.has(entity))] };
}

/** What holds on some day of the year, on the same days of the other. */
function movedInto<T extends Dated>(all: readonly T[], from: number, to: number): T[] {
  return all
    .filter(({ validFrom, validTo }) => validFrom <= `${from}-12-31` && (validTo ?? '9999') >= `${from}-01-01`)
    .map((one) => ({ ...one, ...movedDays(one, from, to) }));
}

/**
 * A day of the current year becomes the same day of the base year; what lies outside the year lies outside any. An end is the day before the next
 * beginning, so that what followed without a gap or an overlap still does, whichever of the two is a leap year.
 */
function movedDays({ validFrom, validTo }: Dated, from: number, to: number): { validFrom: string; validTo: string | null } {
  return {
    validFrom: validFrom > `${from}-01-01` ? sameDay(validFrom, to) : ALWAYS.validFrom,
    validTo: validTo !== null && validTo < `${from}-12-31` ? dayBefore(sameDay(dateOfDay(dayNumber(validTo) + 1), to)) : null,
  };
}

function dayBefore(date: string): string {
  return dateOfDay(dayNumber(date) - 1);
}

/** The 29th of February of a leap year is the 28th of another. */
function sameDay(date: string, year: number): string {
  const monthDay = date.slice(4);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}${monthDay === '-02-29' && !isLeap ? '-02-28' : monthDay}`;
}

function isValidOn({ validFrom, validTo }: Dated, day: string): boolean {
  return validFrom <= day && (validTo === null || day <= validTo);
}

function byStart(a: Holding, b: Holding): number {
  return a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0;
}
