import { dayNumber } from '../activity/dates';
import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import { Decimal, QUANTITY_SCALE } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type { HourlyProfile } from './pool';

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

/**
 * Kilowatt-hours × 10^12 as a whole number. Hours come by the million, and whole numbers of this size add and compare exactly and many times
 * faster than decimals; nothing is rounded on the way in or out.
 */
export type ScaledKwh = bigint;

/** The hours of a year: when the first begins (milliseconds since 1970, UTC), and how many there are until the next year begins. */
export interface HoursOfYear {
  readonly startMs: number;
  readonly hours: number;
}

const years = new Map<string, HoursOfYear | Refusal>();

/**
 * The hours of a reporting year in a time zone, counted in UTC from its local start: 8,760, with a leap day 8,784. A day of 23 or 25 hours, or one
 * with a clock change of half an hour, takes away or adds no bucket in a calendar year, since the clock is back by its end; a reporting year that
 * begins in one of the weeks in which clocks change may have an hour more or less. The table of time zones is that of the runtime.
 * Refusal: `time_zone_unknown`.
 */
export function hoursOfYear(year: number, timeZone: string, calendar: ReportingCalendar = CALENDAR_YEARS): HoursOfYear | Refusal {
  const name = `${calendar.startOf(year)} ${timeZone}`;
  const known = years.get(name);
  if (known) return known;
  const clock = clockOf(timeZone);
  const found = isRefusal(clock)
    ? clock
    : between(localStart(calendar.startOf(year), clock), localStart(calendar.startOf(year + 1), clock));
  years.set(name, found);
  return found;
}

/** Where a country moved its standard time within the year by part of an hour, the last bucket is shorter. */
function between(startMs: number, endMs: number): HoursOfYear {
  const partHour = (endMs - startMs) % MS_PER_HOUR;
  const hours = (endMs - startMs - partHour) / MS_PER_HOUR;
  return { startMs, hours: partHour === 0 ? hours : hours + 1 };
}

function clockOf(timeZone: string): Intl.DateTimeFormat | Refusal {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return refuse('time_zone_unknown', `"${timeZone}" is no time zone of the IANA database`, timeZone);
  }
}

/** The instant at which clocks there show 00:00 of a day. Two steps suffice: the offset changes at most once between guess and answer. */
function localStart(day: string, clock: Intl.DateTimeFormat): number {
  const shown = dayNumber(day) * MS_PER_DAY;
  const guess = shown - offsetMs(shown, clock);
  return shown - offsetMs(guess, clock);
}

/** How far clocks there are ahead of UTC at an instant. */
function offsetMs(instant: number, clock: Intl.DateTimeFormat): number {
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year as number, (part.month as number) - 1, part.day, part.hour, part.minute, part.second) - instant;
}

/** A plain decimal of at least zero as a scaled whole number. Refusals: `number_malformed`, `number_too_precise`. */
export function scaledKwh(text: string): ScaledKwh | Refusal {
  const match = /^(\d{1,20})(?:\.(\d+))?$/.exec(text);
  if (!match) return refuse('number_malformed', `"${text}" is no plain decimal of kWh`);
  const [, whole, decimals = ''] = match;
  if (decimals.length > QUANTITY_SCALE) return refuse('number_too_precise', `"${text}" has more than ${QUANTITY_SCALE} decimals`);
  return BigInt(whole + decimals.padEnd(QUANTITY_SCALE, '0'));
}

/** The same as a decimal of kilowatt-hours. */
export function kwhOf(scaled: ScaledKwh): Decimal {
  return new Decimal(scaled.toString()).mul(new Decimal(10).pow(-QUANTITY_SCALE));
}

/** A series over the hours of one year. */
export interface HourlySeries {
  readonly startMs: number;
  readonly kwh: readonly ScaledKwh[];
}

/**
 * Profiles of one year as one series: the sum hour by hour. A company's thousand meters go through here one after the other, so that only one
 * profile and the sum are ever held.
 * Refusals: `time_zone_unknown`, `profile_hours_wrong` (not as many values as the year has hours), `profile_time_zones_differ` (their years do not
 * begin in the same hour: no value is moved to another hour), `number_malformed`, `number_too_precise`.
 */
export function sumProfiles(profiles: Iterable<HourlyProfile>, calendar?: ReportingCalendar): HourlySeries | null | Refusal {
  let startMs: number | null = null;
  const sum: ScaledKwh[] = [];
  for (const { year, timeZone, kwh } of profiles) {
    const hours = hoursOfYear(year, timeZone, calendar);
    if (isRefusal(hours)) return hours;
    if (kwh.length !== hours.hours)
      return refuse('profile_hours_wrong', `${kwh.length} values; ${year} has ${hours.hours} hours in ${timeZone}`, timeZone);
    if (startMs !== null && startMs !== hours.startMs)
      return refuse('profile_time_zones_differ', `${year} does not begin in the same hour in ${timeZone} as in another profile`, timeZone);
    startMs = hours.startMs;
    for (let hour = 0; hour < kwh.length; hour++) {
      const value = scaledKwh(kwh[hour] as string);
      if (typeof value !== 'bigint') return value;
      sum[hour] = (sum[hour] ?? 0n) + value;
    }
  }
  return startMs === null ? null : { startMs, kwh: sum };
}

/** Σ over the hours. */
export function sumOfHours(kwh: readonly ScaledKwh[]): ScaledKwh {
  let total = 0n;
  for (const value of kwh) total += value;
  return total;
}

/**
 * A total spread over the hours by a shape: hour = total × shape ÷ Σ shape, rounded half-even at 12 decimals; what the hours before it left is
 * spread over the shape that is left, so that the hours sum to the total exactly and none supplies more than its shape where the total is not larger
 * than the shape's sum. The twin of `shareOut` in whole numbers. The shape must not be zero throughout.
 */
export function spreadOver(shape: readonly ScaledKwh[], total: ScaledKwh): readonly ScaledKwh[] {
  let left = total;
  let shapeLeft = sumOfHours(shape);
  if (shapeLeft === 0n) throw new RangeError('spreadOver: the shape is zero throughout');
  return shape.map((value) => {
    if (value === 0n) return 0n;
    const part = halfEven(left * value, shapeLeft);
    left -= part;
    shapeLeft -= value;
    return part;
  });
}

function halfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = (dividend - quotient * divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/**
 * What supplies cover hour by hour: Σ min(consumption left in the hour, supply in the hour), supplies in order of precedence. An hour's surplus
 * covers no other hour. With one bucket it is the annual rule.
 */
export function coveredByHour(
  consumption: readonly ScaledKwh[],
  supplies: readonly (readonly ScaledKwh[])[],
): { readonly covered: readonly ScaledKwh[]; readonly uncovered: readonly ScaledKwh[] } {
  const left = [...consumption];
  const covered = supplies.map((supply) => {
    let sum = 0n;
    for (let hour = 0; hour < left.length; hour++) {
      const needed = left[hour] as ScaledKwh;
      const supplied = supply[hour] ?? 0n;
      const taken = supplied < needed ? supplied : needed;
      sum += taken;
      left[hour] = needed - taken;
    }
    return sum;
  });
  return { covered, uncovered: left };
}
