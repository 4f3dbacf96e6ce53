import fc from 'fast-check';
import { cutAtYearEnds, dateOfDay, dayNumber, daysBetween, Decimal, fitsScale, plain, QUANTITY_SCALE } from '#ghg';

const texts = (start: string, end: string, quantity: string) =>
  cutAtYearEnds({ start, end, quantity: new Decimal(quantity) }).map((part) => [part.start, part.end, plain(part.quantity)]);

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

  const first = dayNumber('2015-01-01');
  it('keeps the sum, the days and the scale', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 0, max: 3652 }),
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        (from, length, digits) => {
          const [start, end] = [dateOfDay(first + from), dateOfDay(first + from + length)];
          const quantity = new Decimal(digits.toString()).div('1e12');
          const parts = cutAtYearEnds({ start, end, quantity });
          const sum = parts.reduce((total, part) => total.add(part.quantity), new Decimal(0));
          expect(plain(sum)).toBe(plain(quantity));
          expect(parts.reduce((days, part) => days + daysBetween(part.start, part.end), 0)).toBe(length + 1);
          for (const part of parts) {
            expect(fitsScale(part.quantity, QUANTITY_SCALE)).toBe(true);
            expect([part.start, part.end].map((day) => Number(day.slice(0, 4)))).toEqual([part.year, part.year]);
          }
        },
      ),
    ));
});
