import fc from 'fast-check';
import { Decimal } from '../quantity/decimal';
import { lnVarianceOfGsd } from './lognormal';
import { distance, drawSums, DRAWS, statistics, type DrawnKey } from '../../../../test/support/draw-sums';
import { Spread, type CommonError, type Rows, type Term } from './uncertainty';

const factor = (id: string, gsd: string): CommonError => ({ kind: 'factor', id, lnVariance: lnVarianceOfGsd(gsd) });
const conversion = (id: string, gsd: string): CommonError => ({ kind: 'conversion', id, lnVariance: lnVarianceOfGsd(gsd) });
const gwp = (id: string, gsd: string): CommonError => ({ kind: 'gwp', id, lnVariance: lnVarianceOfGsd(gsd) });
const term = (perUnit: string, ...errors: CommonError[]): Term => ({ perUnit: new Decimal(perUnit), errors });

interface Key extends DrawnKey {
  readonly terms: readonly Term[];
}

function rowsOf({ quantities, gsd, terms }: Key): Rows {
  const sum = (values: readonly Decimal[]) => values.reduce((total, value) => total.add(value), new Decimal(0));
  const decimals = quantities.map((quantity) => new Decimal(quantity));
  return { quantity: sum(decimals), squares: sum(decimals.map((q) => q.pow(2))), lnVariance: lnVarianceOfGsd(gsd), terms };
}

function spreadOf(keys: readonly Key[]): Spread {
  const spread = new Spread();
  for (const key of keys) spread.add(rowsOf(key));
  return spread;
}

const gas = factor('gas', '1.15');
const grid = factor('grid', '1.3');
const density = conversion('density', '1.1');
const methane = gwp('CH4', '1.25');

const CASES: [string, readonly Key[]][] = [
  ['one row, one error', [{ quantities: ['100'], gsd: '1.4', terms: [term('2')] }]],
  ['ten rows of a key, own errors alone', [{ quantities: Array<string>(10).fill('10'), gsd: '1.6', terms: [term('1.5')] }]],
  [
    'two keys with a factor each',
    [
      { quantities: ['100', '50'], gsd: '1.1', terms: [term('1', gas)] },
      { quantities: ['80'], gsd: '1.1', terms: [term('1', grid)] },
    ],
  ],
  [
    'two keys that share a factor',
    [
      { quantities: ['100', '50'], gsd: '1.1', terms: [term('1', grid)] },
      { quantities: ['80'], gsd: '1.2', terms: [term('1', grid)] },
    ],
  ],
  [
    'two legs of the same rows, a gas and a conversion shared across keys, and a credit',
    [
      {
        quantities: ['100', '20', '70'],
        gsd: '1.25',
        terms: [term('2', gas, density), term('0.1', gas, density, methane), term('0.3', grid)],
      },
      { quantities: ['40', '60'], gsd: '1.1', terms: [term('1', grid), term('0.8', grid, methane)] },
      { quantities: ['30'], gsd: '1.5', terms: [term('0.9', density, methane)] },
      { quantities: ['-15'], gsd: '1.2', terms: [term('1', gas, density)] },
    ],
  ],
];

describe('the uncertainty of a sum', () => {
  it.each(CASES)('is what 100,000 drawn inventories show, and so is its interval: %s', (_name, keys) => {
    const sums = drawSums(keys, 20_260_101);
    const { mean, meanError, variance, varianceError } = statistics(sums);
    const spread = spreadOf(keys);
    const uncertainty = spread.uncertainty();
    // Four standard errors of the sample: one figure in 16,000 would fail by chance, and the seed is fixed.
    expect(distance(mean, spread.mean().toNumber())).toBeLessThan(4 * meanError);
    expect(distance(variance, uncertainty.variance.toNumber())).toBeLessThan(4 * varianceError);
    expect(varianceError / variance).toBeLessThan(0.05);
    // The fitted lognormal is an approximation of a sum of lognormals; with these spreads it is good to half a per cent.
    const inside = sums.filter((sum) => Number(uncertainty.interval?.low) <= sum && sum <= Number(uncertainty.interval?.high)).length;
    expect(distance(inside / DRAWS, 0.95)).toBeLessThan(0.005);
  });

  it('is as large as drawn without the correlation only where nothing is shared', () => {
    const [, apart] = CASES[2] as [string, readonly Key[]];
    const [, shared] = CASES[3] as [string, readonly Key[]];
    const alone = (keys: readonly Key[]) => keys.reduce((sum, key) => sum.add(spreadOf([key]).uncertainty().variance), new Decimal(0));
    const together = (keys: readonly Key[]) => spreadOf(keys).uncertainty().variance;
    expect(together(apart).toFixed(25)).toBe(alone(apart).toFixed(25));
    expect(together(shared).gt(alone(shared).mul('1.3'))).toBe(true);
  });

  it('gives a single lognormal figure its own geometric standard deviation back', () => {
    const { interval, explained } = spreadOf([{ quantities: ['100'], gsd: '1', terms: [term('2', factor('f', '1.3'))] }]).uncertainty();
    // median 200 × e^(−(ln 1.3)²/2) = 193.234..., ends × and ÷ 1.3^1.959964
    expect(interval).toEqual({ low: '115.546767', high: '323.152508', gsd: '1.300000' });
    expect(explained).toEqual({ activity: '0.000000', factor: '1.000000', conversion: '0.000000', gwp: '0.000000' });
  });

  it('has the analysis of variance by hand: u of rows, of the factor, and of both together', () => {
    // q = 3 and 4, rate 2: M² = 196, Σq² × 4 = 100; u(A) = e^((ln 1.5)²) − 1 = 0.178687998, u(F) = e^((ln 1.2)²) − 1 = 0.033799810
    const { variance, explained } = spreadOf([
      { quantities: ['3', '4'], gsd: '1.5', terms: [term('2', factor('f', '1.2'))] },
    ]).uncertainty();
    // 0.178687998 × 100 = 17.868800, 0.033799810 × 196 = 6.624763, both × 100 = 0.603962, half of which goes to either kind
    expect(variance.toFixed(6)).toBe('25.097525');
    expect(explained).toEqual({ activity: '0.724007', factor: '0.275993', conversion: '0.000000', gwp: '0.000000' });
  });

  it('does not change when a key is cut in two with the same factor', () => {
    const whole = spreadOf([{ quantities: ['60', '40'], gsd: '1.2', terms: [term('2', grid)] }]).uncertainty();
    const halves = spreadOf([
      { quantities: ['60'], gsd: '1.2', terms: [term('2', grid)] },
      { quantities: ['40'], gsd: '1.2', terms: [term('2', grid)] },
    ]).uncertainty();
    expect(halves).toEqual(whole);
    const otherRows = spreadOf([
      { quantities: ['30', '30'], gsd: '1', terms: [term('2', grid)] },
      { quantities: ['40'], gsd: '1', terms: [term('2', grid)] },
    ]).uncertainty();
    expect(otherRows).toEqual(spreadOf([{ quantities: ['60', '40'], gsd: '1', terms: [term('2', grid)] }]).uncertainty());
  });

  it('is moved by no reversal: a row that nets to zero brings nothing', () => {
    const row: Key = { quantities: ['60', '40'], gsd: '1.3', terms: [term('2', grid)] };
    expect(spreadOf([{ ...row, quantities: ['60', '40', '0'] }]).uncertainty()).toEqual(spreadOf([row]).uncertainty());
    // Summed over ledger lines, the reversed row would have added 25² twice.
    expect(rowsOf({ ...row, quantities: ['60', '40', '25', '-25'] }).squares.eq(rowsOf(row).squares)).toBe(false);
  });

  it.each([
    ['nothing', [], { interval: { low: '0.000000', high: '0.000000', gsd: '1.000000' }, explained: null }],
    ['a sum of zero that is uncertain', [{ quantities: ['5', '-5'], gsd: '1.2', terms: [term('1')] }], { interval: null }],
  ] as [string, Key[], object][])('of %s', (_name, keys, expected) => expect(spreadOf(keys).uncertainty()).toMatchObject(expected));

  it('mirrors the interval of a credit', () => {
    const key = (quantity: string): Key => ({ quantities: [quantity], gsd: '1.2', terms: [term('1')] });
    const debit = spreadOf([key('10')]).uncertainty().interval;
    expect(spreadOf([key('-10')]).uncertainty().interval).toEqual({ low: `-${debit?.high}`, high: `-${debit?.low}`, gsd: debit?.gsd });
  });

  it('does not depend on the order of rows, terms and errors', () => {
    const amount = fc.integer({ min: -10_000, max: 10_000 }).map((n) => String(n / 100));
    const error = fc.constantFrom(gas, grid, density, methane);
    const aTerm = fc.tuple(amount, fc.array(error, { maxLength: 3 })).map(([rate, errors]) => term(rate, ...errors));
    const key = fc.record({
      quantities: fc.array(amount, { maxLength: 4 }),
      gsd: fc.constantFrom('1', '1.2', '2'),
      terms: fc.array(aTerm, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 5 }), (keys) => {
        const turned = keys
          .map(({ quantities, terms, gsd }) => ({
            gsd,
            quantities: [...quantities].reverse(),
            terms: [...terms].reverse().map(({ perUnit, errors }) => ({ perUnit, errors: [...errors].reverse() })),
          }))
          .reverse();
        expect(spreadOf(turned).uncertainty()).toEqual(spreadOf(keys).uncertainty());
      }),
      { numRuns: 100 },
    );
  });
});
