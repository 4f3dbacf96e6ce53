import { Logger } from '@nestjs/common';
import { baseYearPolicy, baseYearView, entryBoundaryView, inventoryView, Refused } from '#contracts';
import { openWorld, type World } from '../../../../test/support/reporting-world';
import { SmallLedger } from '../../../../test/support/small-ledger';
import { ExplainBoundaryService } from '../explain-boundary/explain-boundary.service';
import { ListEntriesService } from '../list-entries/list-entries.service';
import { ProjectRunService } from '../project-entries/project-run.service';
import { ReadInventoryService } from '../read-inventory/read-inventory.service';
import { EvaluateBaseYearService } from './evaluate-base-year.service';
import { EvaluateBaseYearsService } from './evaluate-base-years.service';
import { KeepBaseYearService } from './keep-base-year.service';
import { StateBaseYearService } from './state-base-year.service';

const GASES = {
  gases: [{ id: 'CO2', name: 'Carbon dioxide', kind: 'kyoto' as const }],
  blends: [],
  sets: (['AR4', 'AR5', 'AR6'] as const).map((id) => ({ id, source: 'by definition', gwp100: { CO2: '1' } })),
};

/**
 * HQ holds S, and sells it on 30 June 2025. S burns gas of 100 t in each year, and buys 100 MWh before the sale and 900 MWh behind it, all of them
 * certified: what a pool posts of that stands in the columnar store alone.
 */
describe('base years, and a company that changes inside the year', () => {
  let world: World;
  let ledger: SmallLedger;
  let keep: KeepBaseYearService;
  let figures: StateBaseYearService;
  let evaluations: EvaluateBaseYearService;
  let inventories: ReadInventoryService;
  let gas: string;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    world = await openWorld();
    const stores = [world.dataSource, world.clickhouse, GASES] as const;
    keep = new KeepBaseYearService(world.dataSource);
    figures = new StateBaseYearService(...stores);
    evaluations = new EvaluateBaseYearService(...stores);
    inventories = new ReadInventoryService(...stores);
    ledger = await SmallLedger.open(world.database.ownerUrl);
    for (const code of ['HQ', 'S']) await ledger.entity(code);
    await ledger.holding('S', 'HQ', '1', true, '2020-01-01', '2025-06-30');
    await project(await firstRun());
  });
  afterAll(async () => {
    await ledger.close();
    await world.close();
  });

  async function firstRun(): Promise<string> {
    const importId = await ledger.import(4);
    gas = await ledger.key('fuel.natural-gas', 'kWh', [{ kgco2e: '0.2' }], { year: 2024 });
    const power = await ledger.key('electricity.grid', 'kWh', [
      { leg: 'generation', basis: 'location', sourceClass: 'purchased-electricity', kgco2e: '0.2', biogenicKgco2: '0.02' },
      { leg: 'generation', basis: 'market', sourceClass: 'purchased-electricity', kgco2e: '0.45', biogenicKgco2: '0.01' },
    ]);
    await ledger.activity({ importId, key: gas, entity: 'S', quantity: '500000', period: ['2024-01-01', '2024-12-31'] });
    await ledger.activity({ importId, key: power, entity: 'S', quantity: '100000', period: ['2025-01-01', '2025-06-30'] });
    await ledger.activity({ importId, key: power, entity: 'S', quantity: '900000', period: ['2025-07-01', '2025-12-31'] });
    return ledger.seal(3);
  }
  const project = (runId: string) => new ProjectRunService(world.dataSource, world.clickhouse).handle({ tenantId: ledger.tenantId, runId });
  const read = async (more: Partial<Parameters<ReadInventoryService['read']>[0]> = {}) => {
    const question = { tenantId: ledger.tenantId, book: 'main', year: 2025, approach: 'operational-control', gwp: 'AR5', ...more } as const;
    return inventoryView.parse(await inventories.read(question));
  };
  const refusal = (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'answered',
      (error: unknown) => (error instanceof Refused ? error.code : String(error)),
    );
  const policy = (baseYear: number) => baseYearPolicy.parse({ baseYear, gwp: 'AR5', threshold: '0.05', reading: 'market' });
  const evaluate = (structureOn: string) => evaluations.evaluate({ tenantId: ledger.tenantId, name: 'first', structureOn });
  const get = async () => baseYearView.parse(await keep.get(ledger.tenantId, 'first'));
  const state = (structureOn: string, more: object = {}) =>
    figures.state({ tenantId: ledger.tenantId, name: 'first', structureOn, statedBy: 'Controller', reason: '', ...more });

  it('reads the rows of the days that are its own', async () => {
    expect(await read()).toMatchObject({
      scope2Location: '20',
      scope2Market: '45',
      biogenic: '2',
      marketBiogenic: '1',
      lines: [
        { line: 'scope2', basis: 'location', biogenic: '2' },
        { line: 'scope2', basis: 'market', biogenic: '1' },
      ],
      marketReconciliation: { gross: '450', reported: '45', othersShare: '405' },
      reconciliations: [{ sourceClass: 'purchased-electricity', market: { gross: '450' } }],
    });
  });

  it('lays the structure of one day over the whole year, and the way down follows', async () => {
    const inventory = await read({ structureOn: '2025-06-30' });
    expect(inventory).toMatchObject({ structureOn: '2025-06-30', scope2Location: '200', scope2Market: '450', apportioned: [] });
    expect(inventory.lines[0]?.entries).toContain('structureOn=2025-06-30');
    expect(await read({ structureOn: '2025-07-01' })).toMatchObject({ scope2Location: '0' });
    const entries = new ListEntriesService(world.dataSource, world.clickhouse, GASES);
    const asked = {
      tenantId: ledger.tenantId,
      book: 'main',
      limit: 10,
      approach: 'operational-control',
      line: 'scope2',
      year: 2025,
    } as const;
    expect((await entries.list({ ...asked, structureOn: '2025-06-30' })).items).toHaveLength(4);
    expect((await entries.list({ ...asked, structureOn: '2025-07-01' })).items).toHaveLength(0);
  });

  it('says of one entry what the boundary makes of it', async () => {
    const explain = new ExplainBoundaryService(world.dataSource, world.clickhouse, GASES);
    const { tenantId } = ledger;
    const entries = new ListEntriesService(world.dataSource, world.clickhouse, GASES);
    const asked = { tenantId, book: 'main', limit: 10, approach: 'operational-control', basis: 'market' } as const;
    const [own, sold] = (await entries.list(asked)).items;
    const of = async (entryId: string) =>
      entryBoundaryView.parse(await explain.read({ tenantId, book: 'main', entryId, approach: 'operational-control', gwp: 'AR6' }));
    expect(await of(own!.id)).toMatchObject({
      approach: 'operational-control',
      gwp: 'AR6',
      kgco2e: '45000',
      reasons: { consolidated: expect.any(String) as string },
      treatments: [{ from: '2025-01-01', to: '2025-06-30', days: 181, portions: [{ line: 'scope2', share: '1', reason: 'consolidated' }] }],
    });
    expect((await of(sold!.id)).treatments).toMatchObject([{ days: 184, portions: [], othersShare: '1' }]);
    const unknown = { tenantId, book: 'main', entryId: '999999', approach: 'equity-share' } as const;
    expect(await refusal(explain.read(unknown))).toBe('entry_unknown');
  });

  it('knows nothing of a year that was not stated, also after the base year in the policy has changed', async () => {
    await keep.put(ledger.tenantId, 'first', policy(2024));
    expect(await refusal(evaluate('2025-01-01'))).toBe('base_year_not_stated');
    expect(await state('2025-01-01')).toMatchObject({ ordinal: 1, tco2e: '100' });
    expect(await evaluate('2025-01-01')).toMatchObject({ year: 2024, figure: 1, outcome: 'below-threshold' });
    await keep.put(ledger.tenantId, 'first', policy(2025));
    expect(await refusal(evaluate('2025-01-01'))).toBe('base_year_not_stated');
    await state('2025-01-01', { trigger: 'better-data', reason: 'The base year is 2025 now.' });
    expect(await evaluate('2025-01-01')).toMatchObject({ year: 2025, figure: 2 });
    await keep.put(ledger.tenantId, 'first', policy(2024));
    expect(await evaluate('2025-01-01')).toMatchObject({ year: 2024, figure: 1 });
  });

  it('states nothing of a year without any entry', async () => {
    const empty = { tenantId: ledger.tenantId, name: 'empty' };
    await keep.put(empty.tenantId, empty.name, policy(2019));
    const stated = figures.state({ ...empty, structureOn: '2025-01-01', statedBy: 'Controller', reason: '' });
    expect(await refusal(stated)).toBe('year_without_entries');
  });

  it('gives what a changed policy does to no trigger, and restates only for what has an effect', async () => {
    const own = { tenantId: ledger.tenantId, name: 'changed' };
    const stateOwn = (more: object = {}) =>
      figures.state({ ...own, structureOn: '2025-06-30', statedBy: 'Controller', reason: '', ...more });
    const evaluateOwn = (structureOn: string) => evaluations.evaluate({ ...own, structureOn });
    await keep.put(own.tenantId, own.name, policy(2025));
    expect(await stateOwn()).toMatchObject({ ordinal: 1, tco2e: '450', evaluation: null });
    expect(await evaluateOwn('2025-06-30')).toMatchObject({ policyChanged: null, effects: [] });
    await keep.put(own.tenantId, own.name, { ...policy(2025), reading: 'location' });
    // 1,000 MWh: 450 t by market, 200 t by location
    expect(await evaluateOwn('2025-06-30')).toMatchObject({
      outcome: 'below-threshold',
      statedTco2e: '450',
      currentTco2e: '200',
      effects: [],
      policyChanged: { from: 1, to: 2, changed: ['reading'], tco2e: '-250', inEffects: [] },
    });
    // Sold besides: the divestment is of the total as it was stated, and the policy has nothing left to change.
    expect(await evaluateOwn('2025-07-01')).toMatchObject({
      outcome: 'recalculate',
      currentTco2e: '0',
      effects: [{ trigger: 'divestment', tco2e: '-450', exclusions: [] }],
      policyChanged: { tco2e: '0' },
    });
    const reason = 'as the policy says now';
    expect(await refusal(stateOwn({ trigger: 'divestment', reason }))).toBe('trigger_without_effect');
    expect(await stateOwn({ trigger: 'policy-changed', reason })).toMatchObject({
      ordinal: 2,
      tco2e: '200',
      trigger: 'policy-changed',
      evaluation: { figure: 1, policyChanged: { from: 1, to: 2, tco2e: '-250' } },
    });
    expect(await figures.get(own.tenantId, own.name, 2)).toMatchObject({ evaluation: { figure: 1, currentTco2e: '200' } });
    expect(await refusal(stateOwn({ trigger: 'policy-changed', reason }))).toBe('trigger_without_effect');
    expect(await stateOwn({ structureOn: '2025-07-01', trigger: 'divestment', reason: 'S was sold' })).toMatchObject({ tco2e: '0' });
  });

  it('names the exclusion that an effect is of', async () => {
    const own = { tenantId: ledger.tenantId, name: 'excluding' };
    await keep.put(own.tenantId, own.name, policy(2024));
    await figures.state({ ...own, structureOn: '2025-01-01', statedBy: 'Controller', reason: '' });
    await ledger.sql(
      `insert into gateway.exclusions (tenant_id, code, source_class, reason, valid_from)
       values ($1, 'E7', 'stationary-combustion', 'small', '2020-01-01')`,
      [own.tenantId],
    );
    const { effects } = await evaluations.evaluate({ ...own, structureOn: '2025-01-01' });
    expect(effects).toMatchObject([{ tco2e: '-100', exclusions: ['E7'], because: expect.stringContaining('E7') as string }]);
    await ledger.sql('delete from gateway.exclusions where tenant_id = $1', [own.tenantId]);
  });

  it('is evaluated after every projected run, and keeps what came of it', async () => {
    expect((await get()).lastEvaluation).toBeNull();
    const importId = await ledger.import(1);
    await ledger.activity({ importId, key: gas, entity: 'S', quantity: '100000', period: ['2024-01-01', '2024-12-31'] });
    await project(await ledger.seal(4));
    const waiting = () =>
      ledger.sql<{ payload: { tenantId: string; runId: string } }>(
        "select payload from messaging.outbox where subject like '%reporting.evaluate-base-years' order by id",
      );
    const [work] = await waiting();
    const handler = new EvaluateBaseYearsService(world.dataSource, evaluations);
    for (let time = 0; time < 2; time += 1) await handler.handle(work!.payload);
    // S has left since: today's structure takes its 100 t out of the base year.
    expect((await get()).lastEvaluation).toMatchObject({ outcome: 'recalculate', refusal: null, asOfRun: 2, figure: 1, absolute: '100' });
    expect(await ledger.sql("select from reporting.base_year_evaluations where name = 'first'")).toHaveLength(1);
  });

  it('keeps why a base year could not be evaluated', async () => {
    await keep.put(ledger.tenantId, 'first', policy(2023));
    const importId = await ledger.import(1);
    await ledger.activity({ importId, key: gas, entity: 'HQ', quantity: '1', period: ['2024-01-01', '2024-12-31'] });
    const runId = await ledger.seal(5);
    await project(runId);
    await new EvaluateBaseYearsService(world.dataSource, evaluations).handle({ tenantId: ledger.tenantId, runId });
    const refused = { outcome: 'refused', refusal: 'base_year_not_stated', asOfRun: 3, policyVersion: 4, figure: null, absolute: null };
    expect((await get()).lastEvaluation).toMatchObject(refused);
  });

  it('lets what a pool posts go with the rows of its key: all covered, nothing left', async () => {
    expect((await read()).scope2Market).toBe('45');
    await world.command(`insert into ledger_entries
      select * replace (entry_id + 100000 as entry_id, toInt64(0) as activity_id, toInt16(0) as segment, 'instruments-s-2025' as pool,
        toDate32('2025-01-01') as period_start, toDate32('2025-12-31') as period_end,
        toDecimal256('-1000000', 12) as quantity, toDecimal256('-450000', 30) as kgco2e)
      from (select * from ledger_entries where basis = 'market' and period_end = '2025-06-30')`);
    expect(await read()).toMatchObject({ scope2Location: '20', scope2Market: '0', marketReconciliation: { gross: '0', othersShare: '0' } });
    expect((await read({ by: 'entity' })).groups).toMatchObject([{ group: 'S', scope2Market: '0' }]);
    expect(await read({ structureOn: '2025-06-30' })).toMatchObject({ scope2Location: '200', scope2Market: '0' });
  });
});
