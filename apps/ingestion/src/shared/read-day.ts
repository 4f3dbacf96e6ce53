import type { MappingDateFormat } from '#contracts';
import { dateOfDay, dayNumber, isRefusal, parseDate, refuse, type DateSpan, type Refusal } from '#ghg';
import type { TypedCell } from './cells';

/** How the dates of a file are written, and in which zone its moments become days. */
export interface DayLocale {
  readonly date: MappingDateFormat;
  readonly zone?: string | undefined;
}

type DayFormat = Parameters<typeof parseDate>[1];

/** Formats with a time of day, by the format of their date. */
const WITH_TIME: Readonly<Partial<Record<MappingDateFormat, DayFormat>>> = {
  'YYYY-MM-DDTHH:mm': 'YYYY-MM-DD',
  'DD.MM.YYYY HH:mm': 'DD.MM.YYYY',
  'DD/MM/YYYY HH:mm': 'DD/MM/YYYY',
  'MM/DD/YYYY HH:mm': 'MM/DD/YYYY',
};
const MOMENT =
  /^(?<date>\d[\d./-]*\d)[T ]+(?<h>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2})(?:[.,](?<f>\d{1,9}))?)?(?: ?(?<half>[AaPp])[Mm])?(?: ?(?<zone>Z|[+-]\d{2}(?::?\d{2})?))?$/;
const DAY_MS = 86_400_000;
/** Hours of a leap year and more; the texts of one file repeat. */
const KNOWN_MAX = 20_000;

/** A moment of a day, as its text names it. */
interface Moment {
  readonly date: string;
  /** Milliseconds since the day began; 24:00 is the end of it. */
  readonly ms: number;
  /** Whether anything is left of the millisecond. */
  readonly beyond: boolean;
  /** Minutes ahead of UTC; null: the text does not say. */
  readonly offset: number | null;
}

/**
 * Reads dates and moments in the declared format and no other. A moment becomes the day of the declared zone; without one the day that it names
 * itself. A text without an offset is wall-clock time where it was written. Refusal: `date_malformed`.
 */
export class DayReader {
  private readonly dayFormat: DayFormat;
  private readonly hasTime: boolean;
  private readonly clock: Intl.DateTimeFormat | undefined;
  private readonly known = new Map<string, DateSpan | Refusal>();

  constructor({ date, zone }: DayLocale) {
    const dayFormat = WITH_TIME[date];
    this.hasTime = dayFormat !== undefined;
    this.dayFormat = dayFormat ?? (date as DayFormat);
    this.clock = zone === undefined ? undefined : clockOf(zone);
  }

  /** What a date covers; `endExclusive`: the days up to, and without, its first moment. */
  read(cell: string | TypedCell, endExclusive = false): DateSpan | Refusal {
    const name = typeof cell === 'string' ? `${endExclusive ? '<' : '='}${cell}` : `${endExclusive ? '<' : '='}${cell.kind}${cell.text}`;
    const known = this.known.get(name);
    if (known) return known;
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    const span = this.readAnew(cell, endExclusive);
    this.known.set(name, span);
    return span;
  }

  private readAnew(cell: string | TypedCell, endExclusive: boolean): DateSpan | Refusal {
    const isTyped = typeof cell !== 'string';
    const text = isTyped ? cell.text : cell;
    if (isTyped ? cell.kind === 'time' : this.hasTime) return this.ofMoment(text, isTyped ? 'YYYY-MM-DD' : this.dayFormat, endExclusive);
    const span = isTyped && cell.kind === 'date' ? this.ofTypedDate(text) : parseDate(text, this.dayFormat);
    return isRefusal(span) || !endExclusive ? span : dayBefore(span.start);
  }

  /** Workbooks keep a month as its first day: that is the month where the mapping's dates are months. */
  private ofTypedDate(text: string): DateSpan | Refusal {
    const day = parseDate(text, 'YYYY-MM-DD');
    if (isRefusal(day) || this.dayFormat.includes('D')) return day;
    const isMonth = this.dayFormat.includes('M');
    if (!text.endsWith(isMonth ? '-01' : '-01-01'))
      return refuse('date_malformed', `${text} is a day, and the mapping's dates are ${isMonth ? 'months' : 'years'}`);
    return isMonth ? parseDate(text.slice(0, 7), 'YYYY-MM') : parseDate(text.slice(0, 4), 'YYYY');
  }

  private ofMoment(text: string, dayFormat: DayFormat, endExclusive: boolean): DateSpan | Refusal {
    const moment = momentOf(text, dayFormat);
    if (isRefusal(moment)) return moment;
    const local = this.inZone(moment);
    const day = dayNumber(local.date) + Math.floor(local.ms / DAY_MS);
    const isFirstMoment = local.ms % DAY_MS === 0 && !local.beyond;
    const date = dateOfDay(endExclusive && isFirstMoment ? day - 1 : day);
    return { start: date, end: date };
  }

  private inZone(moment: Moment): Moment {
    if (!this.clock || moment.offset === null) return moment;
    const instant = dayNumber(moment.date) * DAY_MS + moment.ms - moment.offset * 60_000;
    const parts = Object.fromEntries(this.clock.formatToParts(instant).map(({ type, value }) => [type, value]));
    const ms = ((Number(parts.hour) * 60 + Number(parts.minute)) * 60 + Number(parts.second)) * 1000 + (((instant % 1000) + 1000) % 1000);
    return { ...moment, date: `${parts.year}-${parts.month}-${parts.day}`, ms };
  }
}

function dayBefore(date: string): DateSpan {
  const before = dateOfDay(dayNumber(date) - 1);
  return { start: before, end: before };
}

function momentOf(text: string, dayFormat: DayFormat): Moment | Refusal {
  const groups = MOMENT.exec(text.trim())?.groups;
  if (!groups) return refuse('date_malformed', `"${text}" is not a date with a time of day`);
  const day = parseDate(groups.date ?? '', dayFormat);
  if (isRefusal(day)) return day;
  const ms = msOfDay(groups);
  if (ms === null) return refuse('date_malformed', `"${text}" has no such time of day`);
  const fraction = (groups.f ?? '').padEnd(9, '0');
  return { date: day.start, ms: ms + Number(fraction.slice(0, 3)), beyond: Number(fraction.slice(3)) > 0, offset: offsetOf(groups.zone) };
}

function msOfDay({ h, m, s, half }: Record<string, string | undefined>): number | null {
  const [hours, minutes, seconds] = [Number(h), Number(m), Number(s ?? '0')];
  // A leap second is the last one of its minute: no zone is that exact.
  if (minutes > 59 || seconds > 60) return null;
  if (half !== undefined && (hours < 1 || hours > 12)) return null;
  const ofDay = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (ofDay > 24 || (ofDay === 24 && minutes + seconds > 0)) return null;
  return ((ofDay * 60 + minutes) * 60 + Math.min(seconds, 59)) * 1000;
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || '0');
  return zone.startsWith('-') ? -minutes : minutes;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}
