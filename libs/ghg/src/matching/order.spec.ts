import fc from 'fast-check';
import {
  canonicalJson,
  decideRates,
  factorIndex,
  type ExchangeRate,
  type FuelProperty,
  type MatchKey,
  type Pinned,
  type PinnedFactor,
  type PinnedTables,
  type PriceIndex,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const source = { table: 'test', row: 'test' };
const figure = fc.integer({ min: 1, max: 4 }).map((n) => `0.${n}`);
const region = fc.constantFrom('GB', 'FR', 'EU', 'EEA', 'GLOBAL');
const year = fc.constantFrom(2022, 2023, 2024, 2025);

/** A figure of one of three sets: two editions of the catalogue, and the tenant's own. */
const placed = <Figure>(of: fc.Arbitrary<Figure>): fc.Arbitrary<Pinned<Figure>> =>
  fc.tuple(of, fc.constantFrom('1', '2', 'own')).map(([one, version]) => {
    const { setId, set, own } = pinned(factorOf('x'), { setId: version, version, own: version === 'own' });
    return { figure: one, setId, set, own };
  });

const property = placed(
  fc
    .tuple(
      fc.constantFrom<[FuelProperty['kind'], string]>(
        ['net-cv', 'kWh/L'],
        ['gross-cv', 'kWh/L'],
        ['net-cv', 'GJ/t'],
        ['density', 'kg/L'],
        ['net-of-gross', '1'],
      ),
      figure,
      region,
      year,
      fc.constantFrom('a', 'b'),
    )
    .map(([[kind, unit], value, at, of, code]): FuelProperty => ({
      code,
      kind,
      unit,
      value,
      region: at,
      year: of,
      activityType: 'fuel.diesel',
      attributes: {},
      source,
    })),
);
const exchangeRate = placed(
  fc
    .tuple(fc.constantFrom('USD', 'EUR'), fc.constantFrom('CHF', 'GBP'), year, figure)
    .map(([from, to, of, rate]): ExchangeRate => ({ from, to, year: of, rate, source })),
);
const priceIndex = placed(
  fc
    .tuple(fc.constantFrom('A', 'B'), fc.constantFrom('USD', 'EUR'), fc.constantFrom(undefined, '1'), year, figure)
    .map(([series, currency, sector, of, index]): PriceIndex => ({
      series,
      currency,
      ...(sector === undefined ? {} : { sector }),
      year: of,
      index,
      source,
    })),
);
const fuelFactor = fc
  .tuple(fc.constantFrom('L', 'kg', 'kWh gross', 'MJ net'), region, year, figure, fc.constantFrom('a', 'b'), fc.boolean())
  .map(([per, at, of, kgco2e, code, own]): PinnedFactor => {
    const [unit = '', basis] = per.split(' ');
    const attributes: Record<string, string> = basis === undefined ? {} : { calorific_basis: basis };
    return pinned(factorOf(code, { activityType: 'fuel.diesel', leg: 'combustion', unit, attributes, region: at, year: of, kgco2e }), {
      own,
      setId: own ? 'own' : '1',
    });
  });
const spendFactor = fc
  .tuple(fc.constantFrom('USD', 'EUR', 'CHF'), fc.constantFrom('2022', '2023'), region, figure, fc.constantFrom('a', 'b'))
  .map(([unit, price_year, at, kgco2e, code]): PinnedFactor =>
    pinned(
      factorOf(code, { activityType: 'spend.goods', leg: 'supply', unit, attributes: { sector: '1', price_year }, region: at, kgco2e }),
    ),
  );
const key = fc.constantFrom<MatchKey>(
  keyOf({ activityType: 'fuel.diesel', unit: 'L' }),
  keyOf({ activityType: 'fuel.diesel', unit: 'kg' }),
  keyOf({ activityType: 'fuel.diesel', unit: 'kWh', attributes: { calorific_basis: 'net' } }),
  keyOf({ activityType: 'fuel.diesel', unit: 'MJ', attributes: { calorific_basis: 'gross' } }),
  keyOf({ activityType: 'spend.goods', unit: 'GBP', attributes: { sector: '1', price_year: '2024' } }),
  keyOf({ activityType: 'spend.goods', unit: 'USD', attributes: { sector: '1', price_year: '2024' } }),
);

/** A list and the same list in another order. */
const twice = <Item>(item: fc.Arbitrary<Item>, max: number): fc.Arbitrary<[Item[], Item[]]> =>
  fc
    .array(item, { maxLength: max })
    .chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length })));

describe('a decision', () => {
  it('is the same whatever order factors, properties, rates and indices come in, and the same again', () =>
    fc.assert(
      fc.property(
        key,
        twice(fc.oneof(fuelFactor, spendFactor), 12),
        twice(property, 8),
        twice(exchangeRate, 8),
        twice(priceIndex, 8),
        (wanted, factors, properties, exchangeRates, priceIndices) => {
          const indexOf = (i: 0 | 1) => {
            const tables: PinnedTables = { properties: properties[i], exchangeRates: exchangeRates[i], priceIndices: priceIndices[i] };
            return factorIndex(factors[i], tables);
          };
          const decide = (index: ReturnType<typeof indexOf>) =>
            canonicalJson(decideRates(wanted, { pack: PACK, index, gases, gwpSet: 'AR6' }));
          const [here, there] = [indexOf(0), indexOf(1)];
          expect(decide(there)).toBe(decide(here));
          expect(decide(here)).toBe(decide(here));
        },
      ),
      { numRuns: 400 },
    ));
});
