import { refuse, type Refusal } from '../refusals';

/** How a mapping says its dates are written. */
export type DateFormat =
  | 'YYYY-MM-DD'
  | 'DD.MM.YYYY'
  | 'DD/MM/YYYY'
  | 'DD-MM-YYYY'
  | 'MM/DD/YYYY'
  | 'YYYY/MM/DD'
  | 'YYYYMMDD'
  | 'YYYY-MM'
  | 'YYYYMM'
  | 'MM.YYYY'
  | 'MM/YYYY'
  | 'YYYY';

/** What a date text covers, days inclusive as `YYYY-MM-DD`: one day, a whole month or a whole year. */
export interface DateSpan {
  readonly start: string;
  readonly end: string;
}

const MS_PER_DAY = 86_400_000;
const YEAR_MIN = 1900;
const YEAR_MAX = 2199;

const PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
  'DD.MM.YYYY': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  'DD/MM/YYYY': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  'DD-MM-YYYY': /^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})$/,
  'MM/DD/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
  'YYYY/MM/DD': /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})$/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  'YYYY-MM': /^(?<y>\d{4})-(?<m>\d{2})$/,
  YYYYMM: /^(?<y>\d{4})(?<m>\d{2})$/,
  'MM.YYYY': /^(?<m>\d{1,2})\.(?<y>\d{4})$/,
  'MM/YYYY': /^(?<m>\d{1,2})\/(?<y>\d{4})$/,
  YYYY: /^(?<y>\d{4})$/,
};

/** Reads a date in the declared format and no other. Refusal: `date_malformed`, also for a day that no calendar has. */
export function parseDate(text: string, format: DateFormat): DateSpan | Refusal {
  const groups = PATTERNS[format].exec(text.trim())?.groups;
  if (!groups) return refuse('date_malformed', `"${text}" is not written as ${format}`);
  const year = Number(groups.y);
  if (year < YEAR_MIN || year > YEAR_MAX)
    return refuse('date_malformed', `the year ${groups.y} is not between ${YEAR_MIN} and ${YEAR_MAX}`);
  if (groups.m === undefined) return { start: `${year}-01-01`, end: `${year}-12-31` };
  const month = Number(groups.m);
  if (month < 1 || month > 12) return refuse('date_malformed', `"${text}" has no such month`);
  const last = daysInMonth(year, month);
  if (groups.d === undefined) return { start: isoDate(year, month, 1), end: isoDate(year, month, last) };
  const day = Number(groups.d);
  if (day < 1 || day > last) return refuse('date_malformed', `"${text}" has no such day`);
  return { start: isoDate(year, month, day), end: isoDate(year, month, day) };
}

/** Days since 1970-01-01 of a `YYYY-MM-DD`: whole days, so that no time zone can shift a period. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
}

/** The `YYYY-MM-DD` of a day number. */
export function dateOfDay(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days of a period, both ends counted. */
export function daysBetween(start: string, end: string): number {
  return dayNumber(end) - dayNumber(start) + 1;
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isoDate(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
