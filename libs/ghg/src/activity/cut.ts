import { Decimal, divide, QUANTITY_SCALE } from '../quantity/decimal';
import { dateOfDay, dayNumber, daysBetween, yearOf } from './dates';
import { CALENDAR_YEARS, type ReportingCalendar } from './reporting-calendar';

/** A quantity that was counted over a period, days inclusive. */
export interface PeriodQuantity {
  readonly start: string;
  readonly end: string;
  readonly quantity: Decimal;
}

/** The part of it that falls into one calendar year and one reporting year. Segments count from 1. */
export interface Segment extends PeriodQuantity {
  readonly segment: number;
  readonly segments: number;
  /** The calendar year. */
  readonly year: number;
  /** The name of the reporting year. */
  readonly reportingYear: number;
}

/**
 * Cuts a quantity at the ends of calendar years and of reporting years: each part = quantity × days of the part ÷ days of the whole, rounded half-even
 * at 12 decimals; the last part takes the remainder, so that the parts sum to the whole exactly. The period must not be reversed.
 */
export function cutAtYearEnds({ start, end, quantity }: PeriodQuantity, calendar: ReportingCalendar = CALENDAR_YEARS): Segment[] {
  const starts = [start, ...yearStartsWithin(start, end, calendar)];
  const segments = starts.length;
  const days = new Decimal(daysBetween(start, end));
  let rest = quantity;
  return starts.map((from, i) => {
    const next = starts[i + 1];
    const to = next === undefined ? end : dateOfDay(dayNumber(next) - 1);
    const part = next === undefined ? rest : divide(quantity.mul(daysBetween(from, to)), days, QUANTITY_SCALE).value;
    rest = rest.sub(part);
    return { segment: i + 1, segments, year: yearOf(from), reportingYear: calendar.yearOf(from), start: from, end: to, quantity: part };
  });
}

/** First days of calendar years and of reporting years after the first day of a period, in order. */
function yearStartsWithin(start: string, end: string, calendar: ReportingCalendar): string[] {
  const years = Array.from({ length: yearOf(end) - yearOf(start) + 1 }, (_, i) => yearOf(start) + i);
  const starts = years.flatMap((year) => [`${year}-01-01`, `${year}-${calendar.startsOn}`]);
  return [...new Set(starts)].filter((day) => day > start && day <= end).sort();
}
