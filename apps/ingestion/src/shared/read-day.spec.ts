import { TypedCell } from './cells';
import { DayReader, type DayLocale } from './read-day';

type Row = [what: string, locale: DayLocale, cell: string | TypedCell, start: string, end?: string];
const date = (text: string): TypedCell => new TypedCell('date', text);
const time = (text: string): TypedCell => new TypedCell('time', text);
const moments = (zone?: string): DayLocale => ({ date: 'YYYY-MM-DDTHH:mm', zone });

describe('a date of a file', () => {
  it.each<Row>([
    ['a day', { date: 'DD-MM-YYYY' }, '28-02-2025', '2025-02-28'],
    ['a day without signs', { date: 'YYYYMMDD' }, '20250228', '2025-02-28'],
    ['a day, year first', { date: 'YYYY/MM/DD' }, '2025/2/28', '2025-02-28'],
    ['a month', { date: 'MM.YYYY' }, '2.2025', '2025-02-01', '2025-02-28'],
    ['a month without signs', { date: 'YYYYMM' }, '202502', '2025-02-01', '2025-02-28'],
    ['a moment', moments(), '2025-01-01T00:30', '2025-01-01'],
    ['a moment with a space', moments(), '2025-01-01 23:59:59.999999', '2025-01-01'],
    ['the end of a day', moments(), '2025-01-01T24:00', '2025-01-02'],
    ['a moment of the day that it names itself', moments(), '2025-01-01T00:30:00+01:00', '2025-01-01'],
    ['a moment in UTC, in Berlin', moments('Europe/Berlin'), '2024-12-31T23:30:00Z', '2025-01-01'],
    ['a moment in summer, in Berlin', moments('Europe/Berlin'), '2025-06-30T22:00Z', '2025-07-01'],
    ['a moment of another offset, in New York', moments('America/New_York'), '2025-01-01T05:59:59+01:00', '2024-12-31'],
    ['wall-clock time, wherever', moments('Europe/Berlin'), '2025-01-01T00:30', '2025-01-01'],
    ['a German moment', { date: 'DD.MM.YYYY HH:mm' }, '1.2.2025 0:15', '2025-02-01'],
    ['a British moment', { date: 'DD/MM/YYYY HH:mm' }, '01/02/2025 00:15', '2025-02-01'],
    ['an American moment', { date: 'MM/DD/YYYY HH:mm' }, '02/01/2025 12:15 AM', '2025-02-01'],
    ['a typed day, whatever the format', { date: 'DD.MM.YYYY' }, date('2025-02-28'), '2025-02-28'],
    ['a typed moment, whatever the format', { date: 'DD.MM.YYYY' }, time('2025-02-28T23:00:00'), '2025-02-28'],
    ['a typed moment in UTC, in Berlin', { date: 'DD.MM.YYYY', zone: 'Europe/Berlin' }, time('2025-02-28T23:00:00Z'), '2025-03-01'],
    ['a month kept as its first day', { date: 'YYYY-MM' }, date('2025-02-01'), '2025-02-01', '2025-02-28'],
    ['a year kept as its first day', { date: 'YYYY' }, date('2025-01-01'), '2025-01-01', '2025-12-31'],
    ['a year as a number', { date: 'YYYY' }, new TypedCell('number', '2025'), '2025-01-01', '2025-12-31'],
  ])('%s', (_, locale, cell, start, end = start) => {
    const days = new DayReader(locale);
    expect(days.read(cell)).toEqual({ start, end });
    // and again, from memory
    expect(days.read(cell)).toEqual({ start, end });
  });

  it.each<[what: string, locale: DayLocale, cell: string | TypedCell, last: string]>([
    ['a day', { date: 'YYYY-MM-DD' }, '2025-02-01', '2025-01-31'],
    ['a month', { date: 'YYYY-MM' }, '2025-02', '2025-01-31'],
    ['the first moment of a day', moments(), '2025-02-01T00:00', '2025-01-31'],
    ['another moment', moments(), '2025-02-01T00:00:00.000001', '2025-02-01'],
    ['the end of a day', moments(), '2025-01-31T24:00', '2025-01-31'],
    ['midnight in Berlin', moments('Europe/Berlin'), '2025-01-31T23:00Z', '2025-01-31'],
    ['a typed day', { date: 'DD.MM.YYYY' }, date('2025-01-01'), '2024-12-31'],
  ])('as an end that is no longer part of it: %s', (_, locale, cell, last) => {
    expect(new DayReader(locale).read(cell, true)).toMatchObject({ end: last });
  });

  it.each<[what: string, locale: DayLocale, cell: string | TypedCell]>([
    ['day and month in the other order', { date: 'MM/DD/YYYY' }, '31/01/2025'],
    ['a day that no calendar has', { date: 'YYYYMMDD' }, '20250229'],
    ['a moment where days are stated', { date: 'YYYY-MM-DD' }, '2025-01-01T00:00'],
    ['a day where moments are stated', moments(), '2025-01-01'],
    ['an hour that no day has', moments(), '2025-01-01T25:00'],
    ['a minute after the end of the day', moments(), '2025-01-01T24:01'],
    ['half a day of thirteen hours', { date: 'MM/DD/YYYY HH:mm' }, '02/01/2025 13:00 PM'],
    ['a day in the middle of what are months', { date: 'YYYY-MM' }, date('2025-02-15')],
    ['a number that nobody said is a date', { date: 'DD.MM.YYYY' }, new TypedCell('number', '45689')],
    ['a truth value', { date: 'YYYY' }, new TypedCell('boolean', 'true')],
  ])('that is none is refused: %s', (_, locale, cell) => {
    expect(new DayReader(locale).read(cell)).toMatchObject({ refusal: 'date_malformed' });
  });
});
