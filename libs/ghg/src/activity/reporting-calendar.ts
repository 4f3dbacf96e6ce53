import { isRefusal, refuse, type Refusal } from '../refusals';
import { dateOfDay, dayNumber, parseDate, yearOf } from './dates';

const MONTH_DAY = /^\d{2}-\d{2}$/;
const NEW_YEAR = '01-01';
/** Whoever begins on 1 July has six months in either calendar year, and is told to take the newer factors; whoever begins later has most of the later. */
const FIRST_NAMED_BY_ITS_END = '07-01';

/**
 * The reporting years of a company: each begins on the same day of the year and ends on the day before the next begins. A reporting year is named by
 * the calendar year in which most of its months fall, of two halves by the later: 1 April 2024 to 31 March 2025 is 2024, 1 October 2024 to
 * 30 September 2025 is 2025. So the name is the calendar year whose edition of factors the UK Government's guidance has for the whole of it.
 */
export class ReportingCalendar {
  private readonly endsInItsName: boolean;

  /** `MM-DD`, a day that every year has. */
  constructor(readonly startsOn: string) {
    this.endsInItsName = startsOn >= FIRST_NAMED_BY_ITS_END;
  }

  /** The name of the reporting year that a day lies in. */
  yearOf(date: string): number {
    const began = date.slice(5) >= this.startsOn ? yearOf(date) : yearOf(date) - 1;
    return this.endsInItsName ? began + 1 : began;
  }

  /** Its first day. */
  startOf(year: number): string {
    return this.dayIn(year, this.startsOn);
  }

  /** Its last day. */
  endOf(year: number): string {
    return dateOfDay(dayNumber(this.startOf(year + 1)) - 1);
  }

  /** The day of a reporting year that bears a `MM-DD`; where the year has no 29th of February, the 1st of March. */
  dayIn(year: number, monthDay: string): string {
    const began = this.endsInItsName ? year - 1 : year;
    const calendarYear = monthDay >= this.startsOn ? began : began + 1;
    return monthDay === '02-29' ? dateOfDay(dayNumber(`${calendarYear}-02-28`) + 1) : `${calendarYear}-${monthDay}`;
  }

  /** A `MM-DD` as a text that sorts as its days follow one another within a reporting year. */
  rankOf(monthDay: string): string {
    return `${monthDay >= this.startsOn ? 0 : 1} ${monthDay}`;
  }
}

/** Reporting years that are the calendar years. */
export const CALENDAR_YEARS = new ReportingCalendar(NEW_YEAR);

/**
 * The calendar of reporting years that begin on a `MM-DD`.
 * Refusal: `date_malformed` (no day of every year: the 29th of February is none).
 */
export function reportingCalendar(startsOn: string): ReportingCalendar | Refusal {
  // 2001 is no leap year: a day that it has, every year has.
  if (!MONTH_DAY.test(startsOn) || isRefusal(parseDate(`2001-${startsOn}`, 'YYYY-MM-DD')))
    return refuse('date_malformed', `"${startsOn}" is no day that every year has, written as MM-DD`);
  return startsOn === NEW_YEAR ? CALENDAR_YEARS : new ReportingCalendar(startsOn);
}
