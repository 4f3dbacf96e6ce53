import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  activityType,
  applyRate,
  Decimal,
  decideRates,
  factorIndex,
  isRefusal,
  kgCo2e,
  plain,
  recordOf,
  validateFactorSet,
  type Decision,
  type FactorSet,
  type Rate,
  type RecordQuantity,
} from '#ghg';
import { gases } from './fixtures';
import { readGolden, type GoldenActivity, type GoldenCase, type GoldenExpectation } from './read-golden';

// Real: the kernel, the GWP tables of the catalogue. Nothing is fake; the factors stand in the golden files.

interface Calculated {
  readonly counted: RecordQuantity;
  readonly decision: Decision;
}

function factorSetOf(golden: GoldenCase): FactorSet {
  return {
    publisher: 'golden',
    edition: golden.id,
    version: '1',
    title: golden.source,
    licence: 'facts',
    attribution: golden.source,
    gwpSet: golden.printed,
    invented: false,
    factors: golden.factors,
  };
}

function calculate(golden: GoldenCase, activity: GoldenActivity): Calculated {
  const { factors, ...set } = factorSetOf(golden);
  const index = factorIndex(factors.map((factor) => ({ factor, setId: golden.id, set, own: false })));
  const names = activityType(activity.type)?.operands.map((operand) => operand.name) ?? [];
  const counted = recordOf({
    activityType: activity.type,
    operands: activity.operands.map((operand, i) => ({ ...operand, name: names[i] ?? `operand ${i + 1}` })),
    attributes: activity.attributes,
    periodStart: `${activity.year}-01-01`,
    periodEnd: `${activity.year}-12-31`,
    rounding: 'refuse',
  });
  if (isRefusal(counted)) throw new Error(`${golden.id}, ${activity.name}: ${counted.refusal}: ${counted.detail}`);
  const { type: activityTypeId, year, country, region, supplier } = activity;
  const key = { activityType: activityTypeId, unit: counted.unit, year, country, region, supplier, attributes: counted.attributes };
  return { counted, decision: decideRates(key, { index, gases, gwpSet: golden.book }) };
}

function ratesOf({ decision }: Calculated, { legs, bases }: GoldenExpectation): Rate[] {
  return decision.rates.filter(
    (rate) => (legs.length === 0 || legs.includes(rate.leg)) && (bases.length === 0 || bases.includes(rate.basis)),
  );
}

function expectFigure(actual: Decimal, expected: string): void {
  const [, about, figure = ''] = /^(≈\s*)?(.+)$/.exec(expected) ?? [];
  const decimals = figure.split('.')[1]?.length ?? 0;
  const compared = about ? actual.toDecimalPlaces(decimals, Decimal.ROUND_HALF_EVEN) : actual;
  expect(plain(compared)).toBe(plain(new Decimal(figure)));
}

function check(golden: GoldenCase, expectation: GoldenExpectation): void {
  if (expectation.of === 'masses') {
    const sum = kgCo2e(gases, expectation.gwp ?? golden.book, golden.masses);
    if (isRefusal(sum)) throw new Error(sum.detail);
    return expectFigure(sum, expectation.kgco2e ?? '');
  }
  const activities = golden.activities.filter((activity) => expectation.of === 'sum' || activity.name === expectation.of);
  expect(activities).not.toHaveLength(0);
  const calculated = activities.map((activity) => calculate(golden, activity));
  const rated = calculated.flatMap((one) =>
    ratesOf(one, expectation).map((rate) => ({ rate, amounts: applyRate(one.counted.quantity, rate) })),
  );
  const total = (of: (one: (typeof rated)[number]) => Decimal) => rated.reduce((sum, one) => sum.add(of(one)), new Decimal(0));
  const { kgco2e, biogenic, quantity, fallbacks, refusal } = expectation;
  if (refusal) expect(calculated.flatMap((one) => legRefusals(one, expectation))).toEqual([refusal]);
  if (kgco2e || biogenic) expect(rated).not.toHaveLength(0);
  if (kgco2e)
    expectFigure(
      total((one) => one.amounts.kgco2e),
      kgco2e,
    );
  if (biogenic)
    expectFigure(
      total((one) => one.amounts.biogenicKgco2),
      biogenic,
    );
  for (const { gas, kg } of expectation.gases)
    expectFigure(
      total((one) => one.amounts.gases.find((amount) => amount.gas === gas)?.kg ?? new Decimal(NaN)),
      kg,
    );
  if (quantity) expect(calculated.map((one) => `${plain(one.counted.quantity)} ${one.counted.unit}`)).toEqual([quantity]);
  if (fallbacks) expect(rated.flatMap((one) => one.rate.fallbacks)).toEqual(fallbacks);
}

function legRefusals({ decision }: Calculated, { legs, bases }: GoldenExpectation): string[] {
  return decision.legs
    .filter((leg) => (legs.length === 0 || legs.includes(leg.leg)) && (bases.length === 0 || bases.includes(leg.basis)))
    .flatMap((leg) => (leg.outcome === 'refused' && leg.refusal ? [leg.refusal.code] : []));
}

const files = readdirSync(__dirname).filter((name) => name.endsWith('.golden.txt'));

describe.each(files)('%s', (file) => {
  const cases = readGolden(readFileSync(path.join(__dirname, file), 'utf8'));

  it.each(cases.map((golden) => [golden.id, golden] as const))('%s', (_id, golden) => {
    expect(golden.source).not.toBe('');
    expect(golden.expect).not.toHaveLength(0);
    if (golden.factors.length > 0) expect(validateFactorSet(factorSetOf(golden), gases)).toEqual([]);
    for (const expectation of golden.expect) check(golden, expectation);
  });
});
