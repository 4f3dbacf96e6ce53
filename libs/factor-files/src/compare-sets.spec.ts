import type { ExchangeRate, Factor, FactorSet, FuelProperty } from '#ghg';
import { factorOf, gases, pinned } from '../../../test/golden/fixtures';
import { compareSets } from './compare-sets';

const setOf = (factors: Factor[], more: Partial<FactorSet> = {}): FactorSet => ({ ...pinned(factorOf('x')).set, factors, ...more });
const compare = (before: FactorSet, after: FactorSet) => compareSets(before, after, gases);
const source = { table: 't', row: 'r' };
const kwh = (code: string, kgco2e: string, more: Partial<Factor> = {}): Factor =>
  factorOf(code, {
    activityType: 'electricity.grid',
    leg: 'generation',
    unit: 'kWh',
    region: 'GB',
    year: 2024,
    attributes: {},
    gases: [],
    kgco2e,
    ...more,
  });

describe('two editions', () => {
  it('are the same if they say the same', () =>
    expect(compare(setOf([kwh('a', '0.2')]), setOf([kwh('a', '0.20', { year: 2025 })]))).toMatchObject({
      same: 1,
      changed: [],
      added: [],
      gone: [],
    }));

  it('are told apart by meaning, the largest change first', () => {
    const before = setOf([
      kwh('a', '0.2'),
      kwh('b', '1', { region: 'FR' }),
      kwh('c', '1', { region: 'DE' }),
      kwh('gone', '1', { region: 'ES' }),
    ]);
    const after = setOf([
      kwh('a', '0.177'),
      kwh('b2', '11', { region: 'FR' }),
      kwh('c', '1', { region: 'DE' }),
      kwh('new', '1', { region: 'PT' }),
    ]);
    expect(compare(before, after)).toMatchObject({
      same: 1,
      changed: [
        { code: 'b2', codeBefore: 'b', before: '1', after: '11', percent: '1000', jump: true },
        { code: 'a', before: '0.2', after: '0.177', percent: '-11.5', jump: false, unit: 'kg CO2e/kWh' },
      ],
      added: [{ code: 'new', figure: '1' }],
      gone: [{ code: 'gone' }],
    });
  });

  it.each([
    ['more than ten times as much', '1', '10.1', true],
    ['ten times as much', '1', '10', false],
    ['less than a tenth', '1', '0.09', true],
    ['from nothing', '0', '1', true],
    ['to nothing', '1', '0', true],
  ])('%s: a jump', (_what, before, after, jump) =>
    expect(compare(setOf([kwh('a', before)]), setOf([kwh('a', after)])).changed).toMatchObject([{ jump }]),
  );

  it('name a code that means something else now', () =>
    expect(compare(setOf([kwh('a', '1')]), setOf([kwh('a', '1', { region: 'FR' })]))).toMatchObject({ codesReused: ['a'], changed: [] }));

  it('with several years of one meaning compare year with year', () => {
    const before = setOf([kwh('a-1', '1', { year: 2021 }), kwh('a-2', '2', { year: 2022 })]);
    const after = setOf([kwh('a-2', '2', { year: 2022 }), kwh('a-3', '3', { year: 2023 })]);
    expect(compare(before, after)).toMatchObject({ same: 1, added: [{ code: 'a-3' }], gone: [{ code: 'a-1' }] });
  });

  it('see a split that changed under the same total', () => {
    const split = (kg: string) => kwh('a', '1', { gases: [{ gas: 'CO2', kg }] });
    expect(compare(setOf([split('0.9')]), setOf([split('0.8')])).changed).toMatchObject([{ percent: '0', jump: false }]);
  });

  it('weigh masses of gases with the GWP set of each', () => {
    const methane = setOf([kwh('a', '1', { kgco2e: undefined as never, gases: [{ gas: 'CH4', kg: '1' }] })], { gwpSet: 'AR4' });
    const { factors } = methane;
    const stripped = factors.map(({ kgco2e: _total, ...factor }) => factor);
    const result = compare({ ...methane, factors: stripped }, { ...methane, factors: stripped, gwpSet: 'AR5' });
    expect(result).toMatchObject({ gwpSet: { before: 'AR4', after: 'AR5' }, changed: [{ before: '25', after: '28', percent: '12' }] });
  });

  it('compare properties, rates and indices too', () => {
    const property: FuelProperty = {
      code: 'p',
      kind: 'density',
      activityType: 'fuel.diesel',
      attributes: {},
      region: 'GB',
      year: 2024,
      value: '0.8',
      unit: 'kg/L',
      source,
    };
    const rate: ExchangeRate = { from: 'USD', to: 'EUR', year: 2024, rate: '0.92', source };
    const before = setOf([], {
      properties: [property],
      exchangeRates: [rate],
      priceIndices: [{ series: 's', currency: 'USD', year: 2024, index: '1', source }],
    });
    const after = { ...before, properties: [{ ...property, value: '0.9' }], exchangeRates: [{ ...rate, rate: '0.93' }] };
    expect(compare(before, after).changed.map(({ code, percent }) => [code, percent])).toEqual([
      ['p', '12.5'],
      ['USD EUR 2024', '1.09'],
    ]);
  });
});
