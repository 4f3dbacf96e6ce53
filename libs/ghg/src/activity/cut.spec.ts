import fc from 'fast-check';
import {
  cutAtYearEnds,
  dateOfDay,
  dayNumber,
  daysBetween,
  Decimal,
  fitsScale,
  plain,
  QUANTITY_SCALE,
  reportingCalendar,
  type ReportingCalendar,
} from '#ghg';

const texts = (start: string, end: string, quantity: string) =>
  cutAtYearEnds({ start, end, quantity: new Decimal(quantity) }).map((part) => [part.start, part.end, plain(part.quantity)]);
/** Days of the part, calendar year, reporting year, quantity. */
const years = (startsOn: string, start: string, end: string, quantity: string) =>
  cutAtYearEnds({ start, end, quantity: new Decimal(quantity) }, reportingCalendar(startsOn) as ReportingCalendar).map((part) => [
    `${part.start}/${part.end}`,
    part.year,
    part.reportingYear,
    plain(part.quantity),
  ]);

describe('cutAtYearEnds', () => {
  it('leaves a period inside one year whole', () =>
    expect(texts('2024-01-01', '2024-12-31', '100')).toEqual([['2024-01-01', '2024-12-31', '100']]));

  it('cuts by days: 31 of 62 days each', () =>
    expect(texts('2024-12-01', '2025-01-31', '10')).toEqual([
      ['2024-12-01', '2024-12-31', '5'],
      ['2025-01-01', '2025-01-31', '5'],
    ]));

  it('gives the last part the remainder', () =>
    expect(texts('2023-12-31', '2025-01-01', '1')).toEqual([
      ['2023-12-31', '2023-12-31', '0.002717391304'],
      ['2024-01-01', '2024-12-31', '0.994565217391'],
      ['2025-01-01', '2025-01-01', '0.002717391305'],
    ]));

  it.each<[string, string, string, string, string, [string, number, number, string][]]>([
    // 17 + 90 + 45 of 152 days
    [
      'a bill over two ends of years',
      '04-01',
      '2024-12-15',
      '2025-05-15',
      '152',
      [
        ['2024-12-15/2024-12-31', 2024, 2024, '17'],
        ['2025-01-01/2025-03-31', 2025, 2024, '90'],
        ['2025-04-01/2025-05-15', 2025, 2025, '45'],
      ],
    ],
    [
      'a reporting year as a whole',
      '04-01',
      '2024-04-01',
      '2025-03-31',
      '365',
      [
        ['2024-04-01/2024-12-31', 2024, 2024, '275'],
        ['2025-01-01/2025-03-31', 2025, 2024, '90'],
      ],
    ],
    [
      'a calendar year of a company that begins in October',
      '10-01',
      '2024-01-01',
      '2024-12-31',
      '1',
      [
        ['2024-01-01/2024-09-30', 2024, 2024, '0.748633879781'],
        ['2024-10-01/2024-12-31', 2024, 2025, '0.251366120219'],
      ],
    ],
    ['nothing that touches no end', '04-01', '2025-01-01', '2025-03-31', '7', [['2025-01-01/2025-03-31', 2025, 2024, '7']]],
    ['one day', '04-01', '2025-04-01', '2025-04-01', '-3', [['2025-04-01/2025-04-01', 2025, 2025, '-3']]],
  ])('cuts %s', (_, startsOn, start, end, quantity, expected) => {
    expect(years(startsOn, start, end, quantity)).toEqual(expected);
  });

  const first = dayNumber('2015-01-01');
  it('keeps the sum, the days and the scale', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 0, max: 3652 }),
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        fc.constantFrom('01-01', '04-01', '07-02', '10-15', '12-31', '03-01'),
        (from, length, digits, startsOn) => {
          const calendar = reportingCalendar(startsOn) as ReportingCalendar;
          const [start, end] = [dateOfDay(first + from), dateOfDay(first + from + length)];
          const quantity = new Decimal(digits.toString()).div('1e12');
          const parts = cutAtYearEnds({ start, end, quantity }, calendar);
          const sum = parts.reduce((total, part) => total.add(part.quantity), new Decimal(0));
          expect(plain(sum)).toBe(plain(quantity));
          expect(parts.reduce((days, part) => days + daysBetween(part.start, part.end), 0)).toBe(length + 1);
          for (const part of parts) {
            expect(fitsScale(part.quantity, QUANTITY_SCALE)).toBe(true);
            expect([part.start, part.end].map((day) => Number(day.slice(0, 4)))).toEqual([part.year, part.year]);
            expect([part.start, part.end].map((day) => calendar.yearOf(day))).toEqual([part.reportingYear, part.reportingYear]);
          }
        },
      ),
    ));
});
