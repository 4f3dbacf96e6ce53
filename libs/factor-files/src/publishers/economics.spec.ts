import { openedFile, type TestCell } from '../../../../test/support/factor-files';
import { gases } from '../../../../test/golden/fixtures';
import { isFileRefusal, type FactorFileReading, type Layout } from '../factor-file';
import { accountOf } from '../read-factor-file';
import { validateFactorSet } from '#ghg';
import { consumerPrices, exchangeRates, industryPrices } from './economics';

function readingOf(layout: Layout, rows: readonly (readonly TestCell[])[]): FactorFileReading {
  const file = openedFile({ table: rows }, { kind: 'csv' });
  const recognised = layout.recognise(file);
  if (!recognised) throw new Error('not recognised');
  const reading = layout.read(file, recognised, {});
  if (isFileRefusal(reading)) throw new Error(reading.detail);
  expect(accountOf(reading)).toBeNull();
  expect(validateFactorSet(reading.set, gases)).toEqual([]);
  return reading;
}

const reasons = ({ omissions }: FactorFileReading) => omissions.map(({ row, reason }) => [row, reason]);

describe('yearly exchange rates', () => {
  const reading = readingOf(exchangeRates, [
    ['Date', 'Country', 'Exchange rate'],
    ['1989-01-01', 'Australia', '1.26'],
    ['2024-01-01', 'Euro', '0.9242'],
    ['2024-01-01', 'Venezuela', '38.3314'],
    ['2024-01-01', 'Japan', ''],
    ['2024-06-01', 'Euro', '0.93'],
  ]);

  it('are units of local currency per US dollar, the euro included', () =>
    expect(reading.set.exchangeRates).toMatchObject([{ from: 'USD', to: 'EUR', year: 2024, rate: '0.9242' }]));
  it('are left out by name where no activity or no currency fits', () =>
    expect(reasons(reading)).toEqual([
      [1, 'note'],
      [2, 'year_out_of_reach'],
      [4, 'unit_unknown'],
      [5, 'value_blank'],
      [6, 'duplicate_id'],
    ]));
});

describe('the consumer price index', () => {
  const months = (year: number, count: number): string[][] =>
    Array.from({ length: count }, (_, i) => [`${year}-${String(i + 1).padStart(2, '0')}-01`, String(100 + i), '0']);
  const reading = readingOf(consumerPrices, [
    ['Date', 'Index', 'Inflation'],
    ...months(1989, 12),
    ...months(2024, 12),
    ...months(2025, 11),
  ]);

  it('has a year as the mean of its twelve months, three decimals', () =>
    expect(reading.set.priceIndices).toMatchObject([{ year: 2024, index: '105.5', currency: 'USD' }]));
  it('has no mean of eleven months', () => {
    expect(reading.rowsUsed).toBe(12);
    expect(reading.omissions.filter(({ reason }) => reason === 'year_incomplete')).toHaveLength(11);
    expect(reading.omissions.filter(({ reason }) => reason === 'year_out_of_reach')).toHaveLength(12);
  });
});

describe('price indices of industries', () => {
  const reading = readingOf(industryPrices, [
    ['bea_detail_code', '2017', '2018'],
    ['1111A0', '100', '98.283'],
    ['111200', '100', ''],
    ['1111A0', '100', '1'],
  ]);

  it('have one figure per industry and year', () =>
    expect(reading.set.priceIndices?.map(({ sector, year, index }) => [sector, year, index])).toEqual([
      ['1111A0', 2017, '100'],
      ['1111A0', 2018, '98.283'],
    ]));
  it('name the column of a gap', () =>
    expect(reading.omissions).toMatchObject([
      { reason: 'note' },
      { row: 3, column: 'C', reason: 'value_blank' },
      { row: 4, reason: 'duplicate_id' },
    ]));
});
