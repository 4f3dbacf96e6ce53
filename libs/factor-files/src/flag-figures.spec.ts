import type { Factor, FactorSet } from '#ghg';
import { factorOf, gases, pinned } from '../../../test/golden/fixtures';
import { flagFigures } from './flag-figures';

const setOf = (...factors: readonly Factor[]): FactorSet => ({ ...pinned(factorOf('x')).set, factors });
const figure = (kgco2e: string, changes: Partial<Factor> = {}): Factor => factorOf('rail', { kgco2e, ...changes });
const flags = (before: Factor, after: Factor) => flagFigures(setOf(before), setOf(after), gases);

describe('a figure stands out', () => {
  it.each<[string, string, string, string | undefined, string | null | undefined]>([
    ['not, where it is what it was', '2', '2', undefined, undefined],
    ['not below ten times', '2', '19.999', undefined, undefined],
    ['from ten times on', '2', '20', 'ten_times', '10'],
    ['not above a tenth', '2', '0.2001', undefined, undefined],
    ['from a tenth on', '2', '0.2', 'a_tenth', '0.1'],
    ['where it became zero', '2', '0', 'became_zero', '0'],
    ['not, where it was zero', '0', '2', undefined, undefined],
  ])('%s: %s → %s', (_, before, after, flag, ratio) => {
    const [found] = flags(figure(before), figure(after));
    expect([found?.flag, found?.ratio]).toEqual([flag, ratio]);
  });

  it('where its sign changed', () => {
    const of = (rate: string): FactorSet => ({
      ...setOf(),
      exchangeRates: [{ from: 'GBP', to: 'EUR', year: 2024, rate, source: { table: 't', row: 'r' } }],
    });
    expect(flagFigures(of('1.2'), of('-1.2'), gases)).toMatchObject([{ flag: 'sign_changed', code: 'GBP EUR 2024', ratio: '-1' }]);
  });

  it('where the same code has another unit, whatever the figure', () => {
    expect(flags(figure('2'), figure('2', { unit: 't.mi' }))).toMatchObject([
      { flag: 'unit_changed', unitBefore: 'kg CO2e/t.km', unitAfter: 'kg CO2e/t.mi', ratio: null },
    ]);
  });

  it('not against what the code meant before, if that was something else', () => {
    expect(flags(figure('2', { activityType: 'freight.road' }), figure('200'))).toEqual([]);
  });

  it('also where its code changed and its meaning did not', () => {
    const after = factorOf('rail-new', { kgco2e: '30', year: 2025 });
    expect(flags(figure('2'), after)).toMatchObject([{ flag: 'ten_times', code: 'rail-new', codeBefore: 'rail', ratio: '15' }]);
  });

  it('with the row of its file, as far as that is known', () => {
    const places = new Map([['rail', { sheet: 'Freighting goods', row: 12 }]]);
    expect(flagFigures(setOf(figure('2')), setOf(figure('40')), gases, places)).toMatchObject([
      { sheet: 'Freighting goods', row: 12, source: { table: 'test', row: 'rail' } },
    ]);
  });
});
