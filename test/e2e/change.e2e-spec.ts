import type { BridgeView } from '#contracts';
import { plain } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { sumOf } from '../support/figures';

// A company with a base year and the year after. In the second year it buys another company on 1 July, whose data of both years come in then, and a
// bill of the base year proves wrong. Factors are the company's own: 0.2 kg CO2e per kWh in 2024, 0.19 in 2025. Corporate Standard, chapter 5.

const factor = (year: number, kgco2e: string) => ({
  code: `gas-${year}`,
  activityType: 'fuel.natural-gas',
  leg: 'combustion',
  region: 'GB',
  year,
  attributes: { calorific_basis: 'gross' },
  unit: 'kWh',
  kgco2e,
  source: { table: 'invented', row: String(year) },
});
const FACTORS = {
  publisher: 'Change Ltd',
  edition: 'gas',
  version: '1',
  title: 'Gas of Change Ltd (invented)',
  licence: 'invented',
  attribution: 'Change Ltd',
  gwpSet: 'AR5',
  invented: true,
  factors: [factor(2024, '0.2'), factor(2025, '0.19')],
};
const MAPPING = {
  source: 'meters',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'fuel.natural-gas' },
      operands: { quantity: { value: { column: 'kwh' }, unit: { constant: 'kWh' } } },
      attributes: { calorific_basis: { constant: 'gross' } },
    },
  ],
};
const POWER = { activityType: 'electricity.grid', leg: 'generation', attributes: {} };
const ELECTRICITY = {
  ...FACTORS,
  edition: 'power',
  factors: [2024, 2025].map((year) => ({ ...factor(year, '0.2'), ...POWER, code: `power-${year}` })),
};
const POWER_MAPPING = {
  ...MAPPING,
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kwh' }, unit: { constant: 'kWh' } } },
    },
  ],
};
const CERTIFICATE = {
  kind: 'certificate',
  registryId: 'GO-1',
  energySource: 'renewable',
  technology: 'wind',
  market: 'GB',
  vintageStart: '2025-01-01',
  vintageEnd: '2025-12-31',
  retiredMwh: '600',
  retiredOn: '2026-01-15',
  criteria: [1, 2, 3, 4, 5, 8].map((criterion) => ({ criterion, finding: 'pass', evidence: `registry extract, page ${criterion}` })),
};
const csv = (...lines: string[]): string => ['bill,site,kwh,from,to', ...lines, ''].join('\n');
const POLICY = { baseYear: 2024, gwp: 'AR5', threshold: '0.05' };

interface BaseYear {
  readonly version: number;
  readonly figures: readonly { readonly kind: string; readonly tco2e: string; readonly reason: string }[];
}

describe('a base year and the year after', () => {
  let services: RunningServices;
  let company: TestTenant;
  const holding = (entity: string, validFrom: string) => ({ entity, holder: 'GROUP', share: '1', operationalControl: true, validFrom });
  const read = async <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
    (await company.get(path).query(query).expect(200)).body as T;
  const evaluation = (structureOn: string) => read<Record<string, unknown>>('/v1/base-years/first/evaluation', { structureOn });

  beforeAll(async () => {
    services = await startServices('change');
    company = await TestTenant.create(services, 'Change Ltd');
    await company
      .put('/v1/entities', [
        { code: 'GROUP', name: 'Change Group', country: 'GB' },
        { code: 'PLANT', name: 'Plant', country: 'GB' },
      ])
      .expect(succeeded);
    await company.put('/v1/holdings', [holding('PLANT', '2015-01-01')]).expect(succeeded);
    await company.post('/v1/factor-sets', FACTORS).expect(succeeded);
    await company.put('/v1/mappings/meters', MAPPING).expect(succeeded);
    const first = csv('P24,PLANT,"1,000,000",2024-01-01,2024-12-31', 'P25,PLANT,"1,100,000",2025-01-01,2025-12-31');
    expect(await company.import('meters', 'first.csv', first)).toMatchObject({ accepted: 2, refused: 0 });
    await company.calculate();
  }, 180_000);
  afterAll(() => services?.stop());

  it('keeps a policy, and a changed one as its next version', async () => {
    await company.get('/v1/base-years/first').expect(404);
    await company.put('/v1/base-years/first', { ...POLICY, threshold: '1.5' }).expect(422);
    const put = async (body: object) => ((await company.put('/v1/base-years/first', body).expect(200)).body as BaseYear).version;
    expect([await put({ ...POLICY, threshold: '0.1' }), await put(POLICY), await put(POLICY)]).toEqual([1, 2, 2]);
    await company.get('/v1/base-years/first/evaluation').expect(404);
  });

  it('states the figure: 1,000,000 kWh × 0.2 kg', async () => {
    const { body } = await company
      .post('/v1/base-years/first/figures', { statedBy: 'Controller', structureOn: '2024-12-31' })
      .expect(201)
      .expect('Location', '/v1/base-years/first/figures/1');
    expect(body).toMatchObject({ ordinal: 1, kind: 'stated', asOfRun: 1, tco2e: '200', inventory: { scope1: '200', year: 2024 } });
    expect(await evaluation('2024-12-31')).toMatchObject({
      outcome: 'below-threshold',
      effects: [],
      statedTco2e: '200',
      currentTco2e: '200',
    });
  });

  it('finds the acquisition and the error, and that they are significant', async () => {
    await company.put('/v1/entities', [{ code: 'BOUGHT', name: 'Bought', country: 'GB' }]).expect(succeeded);
    await company.put('/v1/holdings', [holding('PLANT', '2015-01-01'), holding('BOUGHT', '2025-07-01')]).expect(succeeded);
    // Bought, and nothing of it in the base year yet.
    expect(await evaluation('2025-12-31')).toMatchObject({ effects: [], withoutBaseYearRecords: ['BOUGHT'] });
    const second = csv(
      'B24,BOUGHT,"400,000",2024-01-01,2024-12-31',
      'B25,BOUGHT,"500,000",2025-01-01,2025-12-31',
      'P24,PLANT,"950,000",2024-01-01,2024-12-31',
    );
    expect(await company.import('meters', 'second.csv', second)).toMatchObject({ accepted: 3, corrected: 1 });
    await company.calculate();
    expect(await evaluation('2025-12-31')).toMatchObject({
      outcome: 'recalculate',
      figure: 1,
      statedAsOfRun: 1,
      asOfRun: 2,
      statedTco2e: '200',
      currentTco2e: '270', // 950,000 × 0.2 + 400,000 × 0.2, the whole base year
      effects: [
        { trigger: 'acquisition', tco2e: '80', share: '0.4', entities: [{ entity: 'BOUGHT', tco2e: '80' }] },
        { trigger: 'discovered-error', tco2e: '-10', share: '-0.05', entities: [{ entity: 'PLANT', tco2e: '-10' }] },
      ],
      notCounted: [],
      remainder: '0',
      cumulative: { net: '70', absolute: '90', netShare: '0.35', absoluteShare: '0.45' },
      thresholdTco2e: '10',
    });
    // Before the acquisition there was the error alone, and it is significant by itself.
    expect(await evaluation('2025-06-30')).toMatchObject({ outcome: 'recalculate', currentTco2e: '190', cumulative: { net: '-10' } });
  });

  it('was evaluated by itself when the run was projected', async () => {
    const last = async () => (await read<{ lastEvaluation: { asOfRun: number } | null }>('/v1/base-years/first')).lastEvaluation;
    for (const end = Date.now() + 30_000; (await last())?.asOfRun !== 2 && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 100));
    // The structure of the day of the test: BOUGHT has joined, the bill was wrong.
    expect(await last()).toMatchObject({ outcome: 'recalculate', refusal: null, asOfRun: 2, policyVersion: 2, figure: 1, absolute: '90' });
  });

  it('lays the current year out under the structure of one day', async () => {
    const asked = { year: '2025', structureOn: '2025-12-31' };
    const all = await read<{ scope1: string; structureOn: string; lines: { entries: string }[] }>('/v1/inventories', asked);
    // 1,100,000 × 0.19 and 500,000 × 0.19, the whole year
    expect(all).toMatchObject({ scope1: '304', structureOn: '2025-12-31' });
    expect((await read<{ items: object[] }>(all.lines[0]!.entries)).items).toHaveLength(2);
    expect(await read('/v1/inventories', { year: '2025', structureOn: '2025-06-30' })).toMatchObject({ scope1: '209' });
  });

  it('lays the acquisition over the base year pro rata, where the policy says so', async () => {
    await company.put('/v1/base-years/pro-rata', { ...POLICY, midYear: 'pro-rata' }).expect(200);
    await company.post('/v1/base-years/pro-rata/figures', { statedBy: 'Controller', structureOn: '2025-12-31' }).expect(201);
    // 190 + 80 × 184/366: 1 July to 31 December of the base year, a leap year
    expect((await read<BaseYear>('/v1/base-years/pro-rata')).figures[0]!.tco2e).toMatch(/^230\.21857923497/);
  });

  it('restates with trigger and reason only, and keeps both figures', async () => {
    const restate = (more: object) =>
      company.post('/v1/base-years/first/figures', { statedBy: 'Controller', structureOn: '2025-12-31', ...more });
    const refused = (await restate({}).expect(422)).body as { code: string };
    expect(refused.code).toBe('restatement_without_reason');
    const without = (await restate({ trigger: 'divestment', reason: 'nothing was sold' }).expect(422)).body as { code: string };
    expect(without.code).toBe('trigger_without_effect');
    await restate({ trigger: 'acquisition', reason: 'BOUGHT joined on 1 July 2025' }).expect(201);
    expect(await read('/v1/base-years/first/figures/2')).toMatchObject({
      evaluation: { outcome: 'recalculate', figure: 1, cumulative: { absolute: '90' }, withoutBaseYearRecords: [] },
    });
    expect((await read<BaseYear>('/v1/base-years/first')).figures).toMatchObject([
      { kind: 'stated', tco2e: '200', reason: '' },
      { kind: 'restated', tco2e: '270', reason: 'BOUGHT joined on 1 July 2025' },
    ]);
    expect(await read('/v1/base-years/first/figures/1')).toMatchObject({ inventory: { scope1: '200' } });
    expect(await evaluation('2025-12-31')).toMatchObject({ outcome: 'below-threshold', figure: 2, effects: [] });
    await company.get('/v1/base-years/first/figures/3').expect(404);
  });

  const sum = (causes: BridgeView['causes']) => sumOf(...Object.values(causes));
  const addsUp = ({ from, to, causes }: Pick<BridgeView, 'from' | 'to' | 'causes'>) => expect(plain(sumOf(from).add(sum(causes)))).toBe(to);

  it('bridges the years: causes per line, per source and in total add up exactly', async () => {
    const bridge = await read<BridgeView>('/v1/bridges', { from: '2024', to: '2025', scope3: 'false' });
    const inventory = await company.inventory({ year: 2025 });
    expect(bridge).toMatchObject({ order: '2026-1', from: '190', to: plain(sumOf(inventory.scope1, inventory.scope2Location)) });
    for (const figure of [bridge, ...bridge.lines, ...bridge.sources, ...bridge.steps]) addsUp(figure);
    // PLANT: (1,100,000 − 950,000) × 0.2 and 1,100,000 × −0.01
    expect(bridge.sources.find(({ entity }) => entity === 'PLANT')).toMatchObject({
      from: '190',
      to: '209',
      causes: { activity: '30', factor: '-11' },
    });
    // BOUGHT from 1 July on, 184 days of 366 and of 365: 400,000 × 184/366 × 0.2 comes in, what is more of 500,000 × 184/365 × 0.2, and × −0.01
    const { causes } = bridge.sources.find(({ entity }) => entity === 'BOUGHT')!;
    expect(causes.structure).toMatch(/^40\.2185792349/);
    expect(causes.activity).toMatch(/^10\.1923796691/);
    expect(causes.factor).toMatch(/^-2\.5205479452/);
  });

  it('begins where the first year was stated, if its seal is named', async () => {
    const bridge = await read<BridgeView>('/v1/bridges', { from: '2024', to: '2025', scope3: 'false', fromRun: '1' });
    expect(bridge).toMatchObject({ from: '200', fromRun: 1, asOfRun: 2, causes: { error: '-10' } });
    expect(bridge.steps).toMatchObject([
      { comparison: 'restatement', from: '200', to: '190', causes: { error: '-10' } },
      { comparison: 'years', from: '190' },
    ]);
    for (const figure of [bridge, ...bridge.lines, ...bridge.sources, ...bridge.steps]) addsUp(figure);
    await company.get('/v1/bridges').query({ from: 2024, to: 2025, fromRun: 9 }).expect(404);
  });

  it('bridges scope 3 too, and shows it nowhere to another tenant', async () => {
    const bridge = await read<BridgeView>('/v1/bridges', { from: '2024', to: '2025', reading: 'market', gwp: 'AR6', fromGwp: 'AR5' });
    for (const figure of [bridge, ...bridge.lines, ...bridge.sources]) addsUp(figure);
    const other = await TestTenant.create(services, 'Other Ltd');
    await other.get('/v1/base-years/first').expect(404);
    await other.get('/v1/bridges').query({ from: 2024, to: 2025 }).expect(404);
  });

  it('tells structure from activity, factor and error where a company joins inside the year', async () => {
    const half = await TestTenant.create(services, 'Half Ltd');
    const entities = ['GROUP', 'S'].map((code) => ({ code, name: code, country: 'GB' }));
    await half.put('/v1/entities', entities).expect(succeeded);
    await half.put('/v1/holdings', [holding('S', '2025-07-01')]).expect(succeeded);
    await half.post('/v1/factor-sets', FACTORS).expect(succeeded);
    await half.put('/v1/mappings/meters', MAPPING).expect(succeeded);
    const first = (year: number, kwh: string) => `${year}-1,S,"${kwh}",${year}-01-01,${year}-06-30`;
    const second = (year: number, kwh: string) => `${year}-2,S,"${kwh}",${year}-07-01,${year}-12-31`;
    const rows = csv(first(2024, '1,000,000'), second(2024, '1,500,000'), first(2025, '1,000,000'), second(2025, '2,000,000'));
    expect(await half.import('meters', 'halves.csv', rows)).toMatchObject({ accepted: 4, refused: 0 });
    await half.calculate();
    // Second halves alone: 1,500,000 × 0.2 come in, 500,000 × 0.2 more, 2,000,000 × −0.01
    const bridge = (await half.get('/v1/bridges').query({ from: 2024, to: 2025, scope3: 'false' }).expect(200)).body as BridgeView;
    expect(bridge).toMatchObject({ from: '0', to: '380', causes: { structure: '300', activity: '100', factor: '-20' } });
    expect(Object.keys(bridge.causes)).toHaveLength(3);

    await half.put('/v1/base-years/half', { ...POLICY, baseYear: 2025, midYear: 'pro-rata' }).expect(200);
    await half.post('/v1/base-years/half/figures', { statedBy: 'Controller', structureOn: '2025-12-31' }).expect(201);
    const evaluate = async () => {
      const asked = half.get('/v1/base-years/half/evaluation').query({ structureOn: '2025-12-31' });
      return (await asked.expect(200)).body as { effects: { trigger: string; tco2e: string }[] };
    };
    const effects = async () => (await evaluate()).effects.map(({ trigger, tco2e }) => [trigger, tco2e]);
    expect(await half.import('meters', 'not-ours.csv', csv(first(2025, '1,500,000')))).toMatchObject({ corrected: 1 });
    await half.calculate();
    expect(await effects()).toEqual([]);
    expect(await half.import('meters', 'ours.csv', csv(second(2025, '2,500,000')))).toMatchObject({ corrected: 1 });
    await half.calculate();
    expect(await effects()).toEqual([['discovered-error', '95']]);
    // It proves to have been held all year: 1,000,000 × 0.19 of the first half comes in, 500,000 × 0.19 more of it. The boundary of what was stated
    // changes inside the year, that of what is now does not.
    await half.put('/v1/holdings', [holding('S', '2015-01-01')]).expect(succeeded);
    expect(await effects()).toEqual([
      ['acquisition', '190'],
      ['discovered-error', '190'],
    ]);
  });

  it('tells what certificates did, in the market-based reading', async () => {
    const buyer = await TestTenant.create(services, 'Buyer Ltd');
    await buyer.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(succeeded);
    await buyer.post('/v1/factor-sets', ELECTRICITY).expect(succeeded);
    await buyer.put('/v1/mappings/power', POWER_MAPPING).expect(succeeded);
    const bills = csv('1,HQ,"1,000,000",2024-01-01,2024-12-31', '2,HQ,"1,100,000",2025-01-01,2025-12-31');
    expect(await buyer.import('power', 'bills.csv', bills)).toMatchObject({ accepted: 2, refused: 0 });
    await buyer.put('/v1/instruments/wind', CERTIFICATE).expect(succeeded);
    await buyer.put('/v1/instruments/wind/allocations', [{ entity: 'HQ', year: 2025, mwh: '600' }]).expect(succeeded);
    await buyer.calculate();
    const bridge = async (reading: string) =>
      (await buyer.get('/v1/bridges').query({ from: 2024, to: 2025, scope3: 'false', reading }).expect(200)).body as BridgeView;
    // 100,000 kWh more × 0.2; 600,000 kWh released × 0.2, the certificate itself is zero
    expect(await bridge('location')).toMatchObject({ from: '200', to: '220', causes: { activity: '20' } });
    const market = await bridge('market');
    expect(market).toMatchObject({ from: '200', to: '100', causes: { activity: '20', instruments: '-120' } });
    for (const figure of [market, ...market.lines, ...market.sources]) addsUp(figure);
  });
});
