import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Decimal, plain } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { expectFigure } from './expect-figure';
import { readGolden, type GoldenCase } from './read-golden';

// The golden cases that ask for a share of a total, a weighted score or a significant change, through the resources of the API that answer such
// questions: a declared pool, the quality of a year, the evaluation of a base year. Nothing is faked.

const cases = readdirSync(__dirname)
  .filter((name) => name.endsWith('.golden.txt'))
  .flatMap((file) => readGolden(readFileSync(path.join(__dirname, file), 'utf8')));
const named = (asks: (golden: GoldenCase) => boolean) => cases.filter(asks).map((golden) => [golden.id, golden] as const);

const MAPPING = {
  source: 'golden',
  locale: { decimal: '.', group: '', date: 'YYYY' },
  identity: ['row'],
  entity: { column: 'entity' },
  period: { start: { column: 'year' } },
};
const operand = (value: string, unit: string) => ({ value: { column: value }, unit: { constant: unit } });
const STATED = {
  ...MAPPING,
  slots: [{ slot: 1, activityType: { column: 'type' }, operands: { emissions: operand('emissions', 'kgCO2e') } }],
};
const LOANS = {
  ...MAPPING,
  slots: [
    {
      slot: 1,
      activityType: { constant: 'investment.business-loan' },
      operands: {
        emissions: operand('emissions', 'tCO2e'),
        outstanding: operand('outstanding', 'USD'),
        company_value: operand('value', 'USD'),
      },
      attributes: { pcaf_score: { column: 'score' } },
    },
  ],
};
const csv = (...lines: (readonly string[])[]): string => lines.map((cells) => cells.join(',')).join('\n');

let services: RunningServices;
beforeAll(async () => {
  services = await startServices('questions');
}, 180_000);
afterAll(() => services?.stop());

async function companyOf(golden: GoldenCase, entities: readonly string[], mapping: object): Promise<TestTenant> {
  const company = await TestTenant.create(services, golden.id);
  await company
    .put(
      '/v1/entities',
      entities.map((code) => ({ code, name: code, country: 'GB' })),
    )
    .expect(succeeded);
  await company.put('/v1/mappings/golden', mapping).expect(succeeded);
  return company;
}

/** A round of another's, of which every receiver takes its part: the total stands at one entity, a pool shares it out. */
describe('shares of a total, by a pool', () => {
  it.each(named(({ shares }) => shares.length > 0))('%s', async (_id, golden) => {
    const receivers = golden.shares.map(({ receiver, weight }, i) => ({
      name: receiver,
      entityCode: `R${i + 1}`,
      weight: plain(weight),
      unit: 't.km',
    }));
    const company = await companyOf(golden, ['ROUND', ...receivers.map(({ entityCode }) => entityCode)], STATED);
    const type = 'stated.upstream-transport';
    const sources = { activityTypes: [type] };
    await company.put('/v1/pools/round', { kind: 'allocation', sources, basis: 'direct-tonne-kilometres', receivers }).expect(succeeded);
    await company.import(
      'golden',
      'round.csv',
      csv(['row', 'type', 'entity', 'year', 'emissions'], ['1', type, 'ROUND', '2023', plain(golden.shared)]),
    );
    await company.calculate();
    const posted = await company.all<{ entity: string; kgco2e: string }>('/v1/entries', { book: 'main', pool: 'round' });
    const [result] = await company.all<{ figures: Record<string, string> }>('/v1/pools/round/results', { book: 'main' });
    const kilograms = (entity: string) =>
      posted.filter((entry) => entry.entity === entity).reduce((sum, { kgco2e }) => sum.add(kgco2e), new Decimal(0));
    expect(plain(kilograms('ROUND'))).toBe(plain(golden.shared.neg()));
    for (const { of, kgco2e, share } of golden.expect) {
      const receiver = receivers.find(({ name }) => name === of);
      if (receiver && kgco2e) expectFigure(kilograms(receiver.entityCode), kgco2e);
      if (receiver && share) expectFigure(new Decimal(result?.figures[`share:${of}`] ?? NaN), share);
    }
    const whole = receivers.reduce((sum, { entityCode }) => sum.add(kilograms(entityCode)), new Decimal(0));
    expect(plain(whole)).toBe(plain(golden.shared));
  });
});

describe('weighted data quality scores, by the quality of a year', () => {
  it.each(named(({ scores }) => scores.length > 0))('%s', async (_id, golden) => {
    const company = await companyOf(golden, ['BANK'], LOANS);
    const lines = golden.scores.map(({ weight, score }, i) => [String(i + 1), 'BANK', '2022', '1', plain(weight), '1000000', plain(score)]);
    await company.import('golden', 'loans.csv', csv(['row', 'entity', 'year', 'emissions', 'outstanding', 'value', 'score'], ...lines));
    await company.calculate();
    const { body } = await company.get('/v1/quality').query({ year: 2022 }).expect(succeeded);
    const [pcaf] = (body as { pcaf: { currency: string; score: string }[] }).pcaf;
    // The answer is rounded for people, at six decimals.
    const expected = new Decimal(golden.expect[0]?.score?.replace('≈', '').trim() ?? NaN).toDecimalPlaces(6);
    expect(pcaf).toMatchObject({ currency: 'USD', score: plain(expected) });
  });
});

describe('significant changes, by the evaluation of a base year', () => {
  it.each(named(({ baseYear }) => baseYear.length > 0))('%s', async (_id, golden) => {
    const [{ stated, now, threshold }] = golden.baseYear as [GoldenCase['baseYear'][number]];
    const company = await companyOf(golden, ['GROUP', 'KEPT', 'SOLD'], STATED);
    const holding = (entity: string, validTo: string | null) => ({
      entity,
      holder: 'GROUP',
      share: '1',
      operationalControl: true,
      validFrom: '2000-01-01',
      validTo,
    });
    await company.put('/v1/holdings', [holding('KEPT', null), holding('SOLD', null)]).expect(succeeded);
    const tonnes = (value: Decimal) => plain(value.mul(1_000));
    const type = 'stated.stationary-combustion';
    const lines = [
      ['1', type, 'KEPT', '2014', tonnes(now)],
      ['2', type, 'SOLD', '2014', tonnes(stated.sub(now))],
    ];
    await company.import('golden', 'base-year.csv', csv(['row', 'type', 'entity', 'year', 'emissions'], ...lines));
    await company.calculate();
    await company.put('/v1/base-years/first', { baseYear: 2014, gwp: 'AR5', threshold }).expect(succeeded);
    await company.post('/v1/base-years/first/figures', { statedBy: 'Controller', structureOn: '2014-12-31' }).expect(succeeded);
    await company.put('/v1/holdings', [holding('KEPT', null), holding('SOLD', '2015-12-31')]).expect(succeeded);
    const { body } = await company.get('/v1/base-years/first/evaluation').query({ structureOn: '2016-01-01' }).expect(succeeded);
    const evaluation = body as { outcome: string; statedTco2e: string; currentTco2e: string; cumulative: { absoluteShare: string } };
    expect([evaluation.statedTco2e, evaluation.currentTco2e]).toEqual([plain(stated), plain(now)]);
    const [expected] = golden.expect;
    expectFigure(new Decimal(evaluation.cumulative.absoluteShare).mul(100), expected?.share ?? '');
    expect(evaluation.outcome).toBe(expected?.score === '1' ? 'recalculate' : 'below-threshold');
  });
});
