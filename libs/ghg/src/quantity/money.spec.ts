import fc from 'fast-check';
import { deflator, exchanged, isRefusal, plain, type ExchangeRate, type PriceIndex, type Ratio, type Refusal } from '#ghg';

const rate = (from: string, to: string, figure: string, year = 2024): ExchangeRate => ({
  from,
  to,
  year,
  rate: figure,
  source: { table: 'rates', row: `${from} ${to}` },
});
const index = (series: string, year: number, figure: string, sector?: string): PriceIndex => ({
  series,
  currency: 'USD',
  year,
  index: figure,
  source: { table: series, row: String(year) },
  ...(sector === undefined ? {} : { sector }),
});
const text = (found: Ratio | Refusal): string =>
  isRefusal(found) ? found.refusal : `${plain(found.numerator)}/${plain(found.denominator)}`;

const RATES = [
  rate('USD', 'EUR', '0.8'),
  rate('USD', 'SEK', '10'),
  rate('USD', 'GBP', '0.5', 2023),
  rate('GBP', 'SEK', '13'),
  rate('NOK', 'USD', '0.1'),
];

describe('exchanged', () => {
  it.each([
    ['the same currency', 'GBP', 'GBP', '1/1', 0],
    ['as published', 'USD', 'EUR', '0.8/1', 1],
    ['by the published inverse', 'EUR', 'USD', '1.25/1', 1],
    ['through one common currency', 'EUR', 'SEK', '12.5/1', 2],
    ['as published twice', 'NOK', 'EUR', '0.08/1', 2],
  ])('%s', (_, from, to, expected, steps) => {
    const found = exchanged(from, to, 2024, RATES);
    expect(text(found)).toBe(expected);
    expect(found).toMatchObject({ rates: { length: steps }, steps: { length: steps } });
  });

  it('says where the rate stands', () =>
    expect(exchanged('EUR', 'USD', 2024, RATES)).toMatchObject({
      steps: [{ from: 'EUR', to: 'USD', source: 'mean of 2024: 1 USD = 0.8 EUR (rates, USD EUR)' }],
    }));

  it.each([
    ['of another year', 'USD', 'GBP', 2024],
    ['of a currency that nobody quotes', 'USD', 'CHF', 2024],
    ['through two currencies', 'GBP', 'NOK', 2024],
    ['that is zero', 'USD', 'JPY', 2024],
  ])('refuses a rate %s', (_, from, to, year) =>
    expect(exchanged(from, to, year, [...RATES.filter((known) => known.from !== 'GBP'), rate('USD', 'JPY', '0')])).toMatchObject({
      refusal: 'currency_without_rate',
    }),
  );

  it('does not depend on the order in which rates are pinned', () =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          [...RATES, rate('EUR', 'SEK', '11'), rate('SEK', 'EUR', '0.09'), rate('CHF', 'EUR', '1'), rate('CHF', 'SEK', '12')],
          { minLength: 9 },
        ),
        (rates) => {
          expect(text(exchanged('EUR', 'SEK', 2024, rates))).toBe('11/1');
          expect(text(exchanged('NOK', 'SEK', 2024, rates))).toBe('1/1');
        },
      ),
    ));
});

describe('deflator', () => {
  // US BLS CPI-U, mean of the year: 292.655 (2022), 313.689 (2024).
  const indices = [
    index('CPI-U', 2022, '292.655'),
    index('CPI-U', 2024, '313.689'),
    index('BEA', 2022, '120', '44RT'),
    index('BEA', 2024, '126', '44RT'),
    index('BEA', 2024, '999', '11'),
  ];
  it.each<[string, number, number, string | null, string, boolean | undefined]>([
    ['a year and itself', 2024, 2024, null, '1/1', false],
    ['prices in general', 2024, 2022, null, '292655/313689', false],
    ['prices of the sector first', 2024, 2022, '44RT', '20/21', true],
    ['prices in general where the sector lacks a year', 2022, 2024, '11', '313689/292655', false],
    ['a year without a figure', 2021, 2024, null, 'price_year_without_index', undefined],
  ])('%s', (_, from, to, sector, expected, isOfSector) => {
    const found = deflator(from, to, 'USD', sector, indices);
    expect(text(found)).toBe(expected);
    expect(isRefusal(found) ? undefined : found.isOfSector).toBe(isOfSector);
    expect(text(deflator(from, to, 'USD', sector, [...indices].reverse()))).toBe(expected);
  });
  it('refuses prices of another currency, and two figures of two series', () => {
    expect(deflator(2022, 2024, 'EUR', null, indices)).toMatchObject({ refusal: 'price_year_without_index' });
    expect(deflator(2022, 2024, 'USD', null, [index('a', 2022, '1'), index('b', 2024, '2')])).toMatchObject({
      refusal: 'price_year_without_index',
    });
  });
  it('names the figures', () =>
    expect(deflator(2024, 2022, 'USD', null, indices)).toMatchObject({
      indices: [{ year: 2024 }, { year: 2022 }],
      steps: [{ source: 'CPI-U: 292.655 ÷ 313.689' }],
    }));
});
