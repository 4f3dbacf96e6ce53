import fc from 'fast-check';
import { CALENDAR_YEARS, dateOfDay, dayNumber, isRefusal, reportingCalendar, type ReportingCalendar } from '#ghg';

function calendarOf(startsOn: string): ReportingCalendar {
  const calendar = reportingCalendar(startsOn);
  if (isRefusal(calendar)) throw new Error(calendar.detail);
  return calendar;
}

/** Every day that every year has. */
const DAYS = Array.from({ length: 365 }, (_, i) => dateOfDay(dayNumber('2001-01-01') + i).slice(5));
const YEARS = [1999, 2000, 2001, 2023, 2024, 2025, 2100];

describe('a reporting calendar', () => {
  it.each(['', '4-1', '04/01', '02-29', '02-30', '13-01', '00-01', '2024-04-01', '04-31'])('does not begin on "%s"', (startsOn) => {
    const refused = reportingCalendar(startsOn);
    expect(isRefusal(refused) && refused.refusal).toBe('date_malformed');
  });

  it.each([
    // startsOn, a day, the name of its year, first and last day
    ['01-01', '2024-02-29', 2024, '2024-01-01', '2024-12-31'],
    ['04-01', '2024-04-01', 2024, '2024-04-01', '2025-03-31'],
    ['04-01', '2025-03-31', 2024, '2024-04-01', '2025-03-31'],
    ['04-01', '2025-04-01', 2025, '2025-04-01', '2026-03-31'],
    ['10-01', '2024-10-01', 2025, '2024-10-01', '2025-09-30'],
    ['10-01', '2025-09-30', 2025, '2024-10-01', '2025-09-30'],
    ['06-30', '2025-06-29', 2024, '2024-06-30', '2025-06-29'],
    // Six months in either year: the later, whose factors are the newest.
    ['07-01', '2025-06-30', 2025, '2024-07-01', '2025-06-30'],
    ['07-02', '2024-07-01', 2024, '2023-07-02', '2024-07-01'],
    ['07-03', '2024-07-02', 2024, '2023-07-03', '2024-07-02'],
    ['03-01', '2024-02-29', 2023, '2023-03-01', '2024-02-29'],
    ['12-31', '2024-12-31', 2025, '2024-12-31', '2025-12-30'],
  ])('that begins on %s has %s in %i: %s to %s', (startsOn, day, year, from, to) => {
    const calendar = calendarOf(startsOn);
    expect([calendar.yearOf(day), calendar.startOf(year), calendar.endOf(year)]).toEqual([year, from, to]);
  });

  it('names each year by the calendar year in which most of its months fall, of two halves by the later', () => {
    for (const startsOn of DAYS)
      for (const year of YEARS) {
        const calendar = calendarOf(startsOn);
        const [first, last] = [calendar.startOf(year), calendar.endOf(year)].map((date) => Number(date.slice(0, 4)));
        const [month, day] = startsOn.split('-').map(Number) as [number, number];
        // Whole months after the one that it begins in, and of that one what is left.
        const monthsInFirst = 12 - month + (day === 1 ? 1 : 0.5);
        expect([startsOn, year]).toEqual([startsOn, monthsInFirst > 6 ? first : last]);
      }
  });

  it('leaves no day out and has none twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DAYS), fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2100-12-31') }), (startsOn, day) => {
        const calendar = calendarOf(startsOn);
        const date = dateOfDay(day);
        const year = calendar.yearOf(date);
        expect(calendar.startOf(year) <= date && date <= calendar.endOf(year)).toBe(true);
        expect(dayNumber(calendar.endOf(year)) + 1).toBe(dayNumber(calendar.startOf(year + 1)));
        // The day itself among the days of its year, and they rank as they follow one another.
        expect(calendar.dayIn(year, date.slice(5))).toBe(date);
        expect(calendar.rankOf(calendar.startsOn) <= calendar.rankOf(date.slice(5))).toBe(true);
      }),
    );
  });

  it('that begins on 1 January is that of the calendar years', () => {
    expect(reportingCalendar('01-01')).toBe(CALENDAR_YEARS);
  });

  it('has the 1st of March where a year has no 29th of February', () => {
    expect([2023, 2024].map((year) => calendarOf('04-01').dayIn(year, '02-29'))).toEqual(['2024-02-29', '2025-03-01']);
  });
});
