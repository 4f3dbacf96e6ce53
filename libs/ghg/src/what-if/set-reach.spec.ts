import fc from 'fast-check';
import {
  canonicalJson,
  decideRates,
  effectOf,
  factorIndex,
  mayDecide,
  setReach,
  type ExchangeRate,
  type Factor,
  type FactorSetHead,
  type FuelProperty,
  type MatchKey,
  type Pinned,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

interface Figures {
  readonly factors: readonly Factor[];
  readonly properties: readonly FuelProperty[];
  readonly exchangeRates: readonly ExchangeRate[];
}
const source = { table: 'test', row: '1' };
const head: FactorSetHead = pinned(factorOf('x')).set;

const density = (region: string, value: string): FuelProperty => ({
  code: `density ${region} ${value}`,
  kind: 'density',
  activityType: 'fuel.diesel',
  attributes: {},
  region,
  year: 2024,
  value,
  unit: 'kg/L',
  source,
});
const euros = (rate: string): ExchangeRate => ({ from: 'GBP', to: 'EUR', year: 2024, rate, source });
const reachOf = ({ exchangeRates, ...rest }: Figures) => setReach([{ ...rest, money: exchangeRates.length > 0 }]);
const none: Figures = { factors: [], properties: [], exchangeRates: [] };

const rail = keyOf();
const ferry = keyOf({ activityType: 'freight.road', country: 'FR', supplier: 'Weaver' });
const power = keyOf({ activityType: 'electricity.grid', unit: 'kWh', country: 'US', region: 'US-CAMX' });
const sold = keyOf({ activityType: 'use.electricity', unit: 'kWh', country: 'GB' });
const diesel = keyOf({ activityType: 'fuel.diesel', unit: 'L' });
const spend = keyOf({ activityType: 'spend.goods', unit: 'GBP', attributes: { price_year: '2024' } });
const gridFactor = (region: string, kgco2e = '1') =>
  factorOf(`grid ${region}`, { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', region, kgco2e });

describe('what sets can be about', () => {
  it.each<[string, MatchKey, Partial<Figures>, boolean]>([
    ['nothing', rail, {}, false],
    ['a factor of another type', rail, { factors: [gridFactor('GB')] }, false],
    ['one of its type', rail, { factors: [factorOf('a')] }, true],
    ['one of its type abroad, which the leg may borrow', ferry, { factors: [factorOf('a', { activityType: 'freight.road' })] }, true],
    ['one of another supplier', rail, { factors: [factorOf('a', { supplier: 'Miller' })] }, false],
    ['one of its supplier', ferry, { factors: [factorOf('a', { activityType: 'freight.road', supplier: 'Weaver' })] }, true],
    ['one of its subregion', power, { factors: [gridFactor('US-CAMX')] }, true],
    ['one of its country', power, { factors: [gridFactor('US')] }, true],
    ['one of another subregion', power, { factors: [gridFactor('US-ERCT')] }, false],
    ['the grid of another country, which nobody borrows', power, { factors: [gridFactor('GB')] }, false],
    ['the grid on which a sold product runs', sold, { factors: [gridFactor('GB')] }, true],
    ['a property of its type', diesel, { properties: [density('GB', '0.8')] }, true],
    ['a property of another type', rail, { properties: [density('GB', '0.8')] }, false],
    ['an exchange rate, for money', spend, { exchangeRates: [euros('1.2')] }, true],
    ['an exchange rate, for tonne-kilometres', rail, { exchangeRates: [euros('1.2')] }, false],
    ['nothing, for a type that is in no vocabulary', keyOf({ activityType: 'unheard-of' }), {}, true],
  ])('%s', (_, key, figures, expected) => expect(mayDecide(reachOf({ ...none, ...figures }), key, PACK)).toBe(expected));

  it('never leaves out a key whose rates change', () => {
    const regions = ['GB', 'FR', 'US', 'US-CAMX', 'EU', 'EEA', 'GLOBAL'];
    const types: readonly [string, Partial<Factor>][] = [
      ['freight.rail', {}],
      ['freight.road', {}],
      ['electricity.grid', { leg: 'generation', unit: 'kWh' }],
      ['fuel.diesel', { leg: 'combustion', unit: 't' }],
      ['use.electricity', { leg: 'use', unit: 'kWh' }],
      ['spend.goods', { leg: 'supply', unit: 'EUR', attributes: { price_year: '2024' } }],
    ];
    const factor = fc
      .record({
        type: fc.constantFrom(...types),
        region: fc.constantFrom(...regions),
        supplier: fc.constantFrom(undefined, 'Weaver', 'Miller'),
        year: fc.integer({ min: 2022, max: 2026 }),
        kgco2e: fc.constantFrom('1', '2', '3'),
      })
      .map(({ type: [activityType, wish], region, supplier, year, kgco2e }) =>
        factorOf(`${activityType} ${region} ${supplier ?? ''} ${year} ${kgco2e}`, {
          activityType,
          region,
          year,
          kgco2e,
          ...wish,
          ...(supplier === undefined ? {} : { supplier }),
        }),
      );
    const figures = fc.record({
      factors: fc.array(factor, { maxLength: 6 }),
      properties: fc.array(
        fc
          .tuple(fc.constantFrom('GB', 'FR', 'EU', 'GLOBAL'), fc.constantFrom('0.8', '0.9'))
          .map(([region, value]) => density(region, value)),
        { maxLength: 1 },
      ),
      exchangeRates: fc.array(fc.constantFrom('1.1', '1.2').map(euros), { maxLength: 1 }),
    });
    const keys = [
      rail,
      ferry,
      power,
      sold,
      diesel,
      spend,
      keyOf({ activityType: 'freight.road', supplier: 'Miller', country: 'US' }),
      keyOf({ activityType: 'freight.rail', country: 'DE' }),
    ];
    const own = <Figure>(figure: Figure): Pinned<Figure> => ({ figure, setId: 's', set: head, own: false });
    const effectsUnder = (key: MatchKey, ...sets: readonly Figures[]): string => {
      const index = factorIndex(
        sets.flatMap(({ factors }) => factors.map((each) => pinned(each))),
        {
          properties: sets.flatMap(({ properties }) => properties.map(own)),
          exchangeRates: sets.flatMap(({ exchangeRates }) => exchangeRates.map(own)),
          priceIndices: [],
        },
      );
      return canonicalJson(decideRates(key, { pack: PACK, index, gases, gwpSet: 'AR5' }).rates.map(effectOf));
    };
    fc.assert(
      fc.property(figures, figures, (standing, coming) => {
        const reach = reachOf(coming);
        for (const key of keys)
          if (!mayDecide(reach, key, PACK)) expect(effectsUnder(key, standing, coming)).toBe(effectsUnder(key, standing));
      }),
      { numRuns: 200 },
    );
  });
});
