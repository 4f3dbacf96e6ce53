import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isRefusal, validateFactorSet } from '#ghg';
import { gases } from './fixtures';
import { expectFigure } from './expect-figure';
import { factorSetOf, figuresOf, type Calculated } from './golden-figures';
import { readGolden, type GoldenCase, type GoldenExpectation } from './read-golden';

// Real: the kernel, the GWP tables of the catalogue. Nothing is fake; the factors stand in the golden files.

function check(golden: GoldenCase, expectation: GoldenExpectation): void {
  const figures = figuresOf(golden, expectation);
  const { kgco2e, biogenic, energy, share, score, quantity, fallbacks, flags, refusal } = expectation;
  const asked = [kgco2e, biogenic, energy, share, score, quantity, fallbacks, flags, refusal].some((cell) => cell !== null);
  expect(asked || expectation.gases.length > 0).toBe(true);
  if (refusal) expect(figures.calculated.flatMap((one) => refusalsOf(one, expectation))).toEqual([refusal]);
  else expect(figures.calculated.flatMap(({ counted }) => (isRefusal(counted) ? [counted] : []))).toEqual([]);
  if (figures.calculated.length > 0 && (kgco2e || biogenic || energy)) expect(figures.rates).not.toHaveLength(0);
  if (kgco2e) expectFigure(figures.kgco2e, kgco2e);
  if (biogenic) expectFigure(figures.biogenic, biogenic);
  if (energy) expectFigure(figures.energy, energy);
  if (share) expectFigure(figures.share, share);
  if (score) expectFigure(figures.score, score);
  for (const { gas, kg } of expectation.gases) {
    expect(figures.rates.flatMap((rate) => rate.gases.map((amount) => amount.gas))).toContain(gas);
    expectFigure(figures.gasKg(gas), kg);
  }
  if (quantity) {
    const [figure = '', unit = ''] = quantity.split(' ');
    expect(figures.quantity?.unit).toBe(unit);
    expectFigure(figures.quantity?.value ?? null, figure);
  }
  if (fallbacks) expect(figures.rates.flatMap((rate) => rate.fallbacks)).toEqual(fallbacks);
  if (flags) expect(figures.calculated.flatMap(({ counted }) => (isRefusal(counted) ? [] : counted.flags))).toEqual(flags);
}

function refusalsOf({ counted, decision }: Calculated, { legs, bases }: GoldenExpectation): string[] {
  if (isRefusal(counted)) return [counted.refusal];
  return (decision?.legs ?? [])
    .filter((leg) => (legs.length === 0 || legs.includes(leg.leg)) && (bases.length === 0 || bases.includes(leg.basis)))
    .flatMap((leg) => (leg.outcome === 'refused' && leg.refusal ? [leg.refusal.code] : []));
}

const files = readdirSync(__dirname).filter((name) => name.endsWith('.golden.txt'));

describe.each(files)('%s', (file) => {
  const cases = readGolden(readFileSync(path.join(__dirname, file), 'utf8'));

  it.each(cases.map((golden) => [golden.id, golden] as const))('%s', (_id, golden) => {
    expect(golden.source).not.toBe('');
    expect(golden.expect).not.toHaveLength(0);
    const set = factorSetOf(golden);
    if (set.factors.length + (set.properties?.length ?? 0) > 0) expect(validateFactorSet(set, gases)).toEqual([]);
    for (const { of } of golden.expect)
      expect([
        'sum',
        'masses',
        'shares',
        'scores',
        'base year',
        ...golden.activities.map(({ name }) => name),
        ...golden.shares.map(({ receiver }) => receiver),
      ]).toContain(of);
    for (const expectation of golden.expect) check(golden, expectation);
  });
});
