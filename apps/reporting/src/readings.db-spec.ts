import { Logger } from '@nestjs/common';
import { Clickhouse } from '#clickhouse';
import { inventoryView, entryView, conservationView, Refused, type InventoryView, listEntries as listEntriesMessage } from '#contracts';
import { openWorld, type World } from '../../../test/support/reporting-world';
import { FACTOR_SET, SmallLedger } from '../../../test/support/small-ledger';
import { ReadBridgeService } from './bridge/read-bridge.service';
import { ListEntriesService } from './list-entries/list-entries.service';
import { ProjectRunService } from './project-entries/project-run.service';
import { ReadConservationService } from './read-conservation/read-conservation.service';
import { ReadInventoryService } from './read-inventory/read-inventory.service';
import { ReadQualityService } from './read-quality/read-quality.service';

/** Enough of the GWP tables for methane-free rates. */
const GASES = {
  gases: [{ id: 'CO2', name: 'Carbon dioxide', kind: 'kyoto' as const }],
  blends: [],
  sets: (['AR4', 'AR5', 'AR6'] as const).map((id) => ({ id, source: 'by definition', gwp100: { CO2: '1' } })),
};

/**
 * HQ, wholly owned PLANT, and JV: held at 40 % and run by others until 30 June 2025, at 50 % and run by HQ from 1 July.
 *
 * | activity    | entity | kWh  | kgCO2e                               |
 * | gas         | PLANT  | 1000 | 180 scope 1, 30 of 3.3               |
 * | gas         | JV     | 3650 | 657 scope 1, 109.5 of 3.3, all year  |
 * | electricity | HQ     | 2000 | 400 location, 500 market, 20 of 3.3  |
 */
describe('what reporting reads', () => {
  let world: World;
  let ledger: SmallLedger;
  let inventories: ReadInventoryService;
  let entries: ListEntriesService;
  let conservation: ReadConservationService;
  let firstRun: string;
  let corrected: string;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    world = await openWorld();
    inventories = new ReadInventoryService(world.dataSource, world.clickhouse, GASES);
    entries = new ListEntriesService(world.dataSource, world.clickhouse, GASES);
    conservation = new ReadConservationService(world.dataSource, world.clickhouse);
    ledger = await SmallLedger.open(world.database.ownerUrl);
    for (const code of ['HQ', 'PLANT', 'JV']) await ledger.entity(code);
    await ledger.holding('PLANT', 'HQ', '1', true, '2020-01-01');
    await ledger.holding('JV', 'HQ', '0.4', false, '2020-01-01', '2025-06-30');
    await ledger.holding('JV', 'HQ', '0.5', true, '2025-07-01');
    await ledger.tag('project', 'text');
    firstRun = await firstYear();
  });
  afterAll(async () => {
    await ledger.close();
    await world.close();
  });

  async function firstYear(): Promise<string> {
    const importId = await ledger.import(3, 2, 1);
    const gas = await ledger.key('fuel.natural-gas', 'kWh', [
      { kgco2e: '0.18', biogenicKgco2: '0.001' },
      { leg: 'upstream', sourceClass: 'upstream-of-energy', kgco2e: '0.03', fallbacks: ['year_earlier'] },
    ]);
    const electricity = await ledger.key('electricity.grid', 'kWh', [
      { leg: 'generation', basis: 'location', sourceClass: 'purchased-electricity', kgco2e: '0.2' },
      {
        leg: 'generation',
        basis: 'market',
        sourceClass: 'purchased-electricity',
        kgco2e: '0.25',
        fallbacks: ['grid_average_for_residual_mix'],
      },
      { leg: 'upstream', sourceClass: 'upstream-of-energy', kgco2e: '0.01' },
    ]);
    await ledger.activity({ importId, key: gas, entity: 'PLANT', quantity: '1000', tags: { project: 'p,1' } });
    corrected = await ledger.activity({ importId, key: gas, entity: 'JV', quantity: '3650' });
    await ledger.activity({ importId, key: electricity, entity: 'HQ', quantity: '2000', tags: { project: 'p2' } });
    return ledger.seal(3);
  }

  const project = (runId: string) => new ProjectRunService(world.dataSource, world.clickhouse).handle({ tenantId: ledger.tenantId, runId });
  const read = async (more: Partial<Parameters<ReadInventoryService['read']>[0]> = {}): Promise<InventoryView> =>
    inventoryView.parse(
      await inventories.read({ tenantId: ledger.tenantId, book: 'main', year: 2025, approach: 'operational-control', gwp: 'AR5', ...more }),
    );
  const list = async (more: Partial<Parameters<ListEntriesService['list']>[0]> = {}) => {
    const page = await entries.list({ tenantId: ledger.tenantId, book: 'main', limit: 100, approach: 'operational-control', ...more });
    return { ...page, items: page.items.map((item) => entryView.parse(item)) };
  };
  const refusal = (reading: Promise<unknown>): Promise<string> =>
    reading.then(
      () => 'answered',
      (error: unknown) => (error instanceof Refused ? error.code : String(error)),
    );

  it('refuses by name before anything is projected', async () => {
    const { tenantId } = ledger;
    expect(await refusal(read())).toBe('nothing_calculated');
    expect(await refusal(list())).toBe('nothing_calculated');
    expect(await refusal(conservation.read(tenantId, 'main'))).toBe('nothing_calculated');
    expect(await refusal(inventories.years(tenantId, 'main'))).toBe('nothing_calculated');
    expect(await refusal(read({ book: 'other' }))).toBe('book_unknown');
    await project(firstRun);
    expect(await refusal(read({ tenantId: '00000000-0000-4000-8000-000000000009' }))).toBe('book_unknown');
  });

  it('reads the year under operational control, the change of control apportioned by days', async () => {
    const inventory = await read();
    // JV: 181 of 365 days not controlled: 657 × 181/365 × 40 % into 3.15; 184 days controlled: 657 × 184/365 in scope 1, 109.5 × 184/365 in 3.3.
    expect(inventory).toMatchObject({
      book: 'main',
      asOfRun: 1,
      year: 2025,
      scope1: '0.5112', // 180 + 331.2
      scope2Location: '0.4',
      scope2Market: '0.5',
      scope3ByCategory: { '3': '0.1052', '15': '0.13032' }, // 30 + 55.2 + 20; 325.8 × 0.4
      scope3: '0.23552',
    });
    expect(inventory.lines.map(({ line, basis, entries: path }) => [line, basis, path])).toContainEqual([
      'scope2',
      'market',
      '/v1/entries?book=main&year=2025&approach=operational-control&line=scope2&basis=market',
    ]);
    expect(inventory.fallbacks.map(({ fallback }) => fallback)).toEqual(['grid_average_for_residual_mix', 'year_earlier']);
    expect(inventory.factorSets).toMatchObject([{ setId: FACTOR_SET, invented: true }]);
  });

  it('reads the year by equity share', async () => {
    // 657 × (181 × 0.4 + 184 × 0.5) / 365 = 295.92; 109.5 likewise 49.32
    expect(await read({ approach: 'equity-share' })).toMatchObject({
      scope1: '0.47592',
      scope3ByCategory: { '3': '0.09932' },
      scope2Location: '0.4',
    });
  });

  it('breaks a reading down, and the parts add up', async () => {
    const groupsBy = async (by: 'entity' | 'country' | 'activity-type' | 'leg' | 'tag:project') =>
      ((await read({ by })).groups ?? []).map(({ group, scope1, scope2Market }) => [group, scope1, scope2Market]);
    expect(await groupsBy('entity')).toEqual([
      ['HQ', '0', '0.5'],
      ['JV', '0.3312', '0'],
      ['PLANT', '0.18', '0'],
    ]);
    expect(await groupsBy('country')).toEqual([['GB', '0.5112', '0.5']]);
    expect(await groupsBy('activity-type')).toEqual([
      ['electricity.grid', '0', '0.5'],
      ['fuel.natural-gas', '0.5112', '0'],
    ]);
    expect(await groupsBy('leg')).toEqual([
      ['combustion', '0.5112', '0'],
      ['generation', '0', '0.5'],
      ['upstream', '0', '0'],
    ]);
    expect(await groupsBy('tag:project')).toEqual([
      ['', '0.3312', '0'],
      ['p,1', '0.18', '0'],
      ['p2', '0', '0.5'],
    ]);
  });

  it('reads under another GWP set, and the way down follows', async () => {
    const inventory = await read({ gwp: 'AR6' });
    expect(inventory).toMatchObject({ gwp: 'AR6', scope1: '0.5112' });
    for (const { entries: path } of inventory.lines) expect(path).toContain('&gwp=AR6');
    expect(inventory.biogenicEntries).toContain('&gwp=AR6');
    expect((await list({ entity: 'PLANT', gwp: 'AR6' })).items.map(({ kgco2e, underGwp }) => [kgco2e, underGwp])).toEqual([
      ['180', { gwp: 'AR6', kgco2e: '180' }],
      ['30', { gwp: 'AR6', kgco2e: '30' }],
    ]);
    expect((await list({ entity: 'PLANT' })).items.map(({ underGwp }) => underGwp)).toEqual([null, null]);
  });

  it('shows each entry under another GWP set from its rate: a set of twice the warming shows twice the kilograms', async () => {
    const [AR4, AR5, AR6] = GASES.sets as [(typeof GASES.sets)[0], (typeof GASES.sets)[0], (typeof GASES.sets)[0]];
    const doubled = { ...GASES, sets: [AR4, AR5, { ...AR6, gwp100: { CO2: '2' } }] };
    const service = new ListEntriesService(world.dataSource, world.clickhouse, doubled);
    const asked = { tenantId: ledger.tenantId, book: 'main', limit: 100, approach: 'operational-control', entity: 'PLANT' } as const;
    const { items } = await service.list({ ...asked, gwp: 'AR6' });
    expect(items.map(({ kgco2e, underGwp }) => [kgco2e, underGwp?.kgco2e])).toEqual([
      ['180', '360'],
      ['30', '60'],
    ]);
  });

  it('says how complete it is, and who is counted whole because nobody holds them', async () => {
    const completeness = { activities: 3, calculated: 3, partly: 0, refused: 0, excluded: 0, poolRefusals: 0 };
    expect(await read()).toMatchObject({
      completeness: { ...completeness, openKeys: '/v1/books/main/open-keys' },
      heldByNobody: ['HQ'],
    });
    await ledger.sql('update calculation.runs set pool_refusals = 2 where tenant_id = $1 and id = $2', [ledger.tenantId, firstRun]);
    expect((await read()).completeness.poolRefusals).toBe(2);
  });

  it('has no figure of a year without any entry, not even zero', async () => {
    expect(await refusal(read({ year: 2019 }))).toBe('year_without_entries');
    const quality = new ReadQualityService(world.dataSource, world.clickhouse, GASES);
    const reading = { tenantId: ledger.tenantId, book: 'main', approach: 'operational-control', gwp: 'AR5' } as const;
    expect(await refusal(quality.read({ ...reading, year: 2019, gwpErrors: 'published' }))).toBe('year_without_entries');
    const bridges = new ReadBridgeService(world.dataSource, world.clickhouse, GASES);
    const bridge = {
      tenantId: ledger.tenantId,
      book: 'main',
      approach: 'operational-control',
      reading: 'location',
      scope3: false,
    } as const;
    expect(await refusal(bridges.read({ ...bridge, from: 2019, to: 2025 }))).toBe('year_without_entries');
    expect(await refusal(bridges.read({ ...bridge, from: 2025, to: 2019 }))).toBe('year_without_entries');
    expect(await refusal(bridges.read({ ...bridge, from: 2025, to: 2025 }))).toBe('answered');
  });

  it('pages through the entries by their ids', async () => {
    const all = (await list()).items.map(({ id }) => id);
    expect(all).toHaveLength(7);
    const pages: string[][] = [];
    for (let after: string | undefined, more = true; more;) {
      const { items, next } = await list({ limit: 3, ...(after === undefined ? {} : { after }) });
      pages.push(items.map(({ id }) => id));
      after = next ?? undefined;
      more = next !== null;
    }
    expect(pages).toEqual([all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
    expect(await refusal(list({ after: "1' or 1" }))).toBe('request_invalid');
  });

  it('finds entries by every filter', async () => {
    const found = async (filter: Parameters<typeof list>[0]) =>
      (await list(filter)).items.map(({ entity, leg, basis }) => `${entity} ${leg} ${basis}`);
    expect(await found({ line: 'scope1' })).toEqual(['PLANT combustion all', 'JV combustion all']);
    expect(await found({ line: 'scope2', basis: 'market' })).toEqual(['HQ generation market']);
    expect(await found({ line: 'scope3.3', entity: 'HQ' })).toEqual(['HQ upstream all']);
    expect(await found({ line: 'scope3.3', sourceClass: 'waste' })).toEqual([]);
    expect(await found({ sourceClass: 'purchased-electricity', leg: 'generation', year: 2025 })).toHaveLength(2);
    expect(await found({ activityType: 'electricity.grid' })).toHaveLength(3);
    expect(await found({ tag: { name: 'project', value: 'p,1' } })).toEqual(['PLANT combustion all', 'PLANT upstream all']);
    expect(await found({ tag: { name: 'project', value: '' } })).toEqual([]);
    expect(await found({ year: 2024 })).toEqual([]);
    expect(await found({ entity: "x' or ''='" })).toEqual([]);
  });

  it('says of each entry what the boundary makes of it, by days', async () => {
    const boundaryOf = async (entity: string, approach: 'operational-control' | 'equity-share') =>
      (await list({ entity, leg: 'combustion', approach })).items[0]!.boundary;
    expect(await boundaryOf('JV', 'operational-control')).toEqual([
      {
        from: '2025-01-01',
        to: '2025-06-30',
        days: 181,
        portions: [{ line: 'scope3.15', share: '0.4', reason: 'investee', exclusion: null }],
        othersShare: '0.6',
        energyShare: null,
      },
      {
        from: '2025-07-01',
        to: '2025-12-31',
        days: 184,
        portions: [{ line: 'scope1', share: '1', reason: 'consolidated', exclusion: null }],
        othersShare: '0',
        energyShare: null,
      },
    ]);
    expect((await boundaryOf('JV', 'equity-share')).map(({ days, portions }) => [days, portions[0]!.share])).toEqual([
      [181, '0.4'],
      [184, '0.5'],
    ]);
    expect(await boundaryOf('PLANT', 'operational-control')).toHaveLength(1);
    expect((await read()).apportioned.map(({ entity, days }) => [entity, days])).toEqual([
      ['JV', 181],
      ['JV', 184],
    ]);
  });

  it('reads leases and exclusions of the day, and says what is left out', async () => {
    const { tenantId } = ledger;
    const lease = `insert into gateway.leases (tenant_id, entity_id, side, lease_class, lessee_controls, reason, valid_from)
      select $1, id, 'lessee', 'operating', true, '', '2020-01-01' from gateway.entities where tenant_id = $1 and code = 'PLANT'`;
    const exclusion = `insert into gateway.exclusions (tenant_id, code, source_class, reason, valid_from)
      values ($1, 'E1', 'purchased-electricity', 'below the threshold', '2025-01-01')`;
    await ledger.sql(lease, [tenantId]);
    await ledger.sql(exclusion, [tenantId]);
    expect(await read({ approach: 'financial-control' })).toMatchObject({ scope3ByCategory: { '8': '0.18' }, scope2Location: '0' });
    expect(await read()).toMatchObject({
      scope1: '0.5112',
      scope2Location: '0',
      leftOut: [
        { reason: 'excluded_by_decision', code: 'E1', detail: 'below the threshold', tco2e: '0.4', marketTco2e: '0.5' },
        { reason: 'investee_scope_3', code: null, tco2e: '0.02172' }, // 109.5 × 181/365 × 40 %
      ],
    });
    await ledger.sql(lease.replace("'2020-01-01'", "'2021-01-01'"), [tenantId]);
    expect(await refusal(read())).toBe('lease_conflict');
    await ledger.sql('delete from gateway.leases where tenant_id = $1', [tenantId]);
    await ledger.sql('delete from gateway.exclusions where tenant_id = $1', [tenantId]);
  });

  it('finds by the path of each line the entries that make it', async () => {
    for (const { entries: path } of [...(await read()).lines, ...(await read({ approach: 'equity-share' })).lines]) {
      const query = new URLSearchParams(path.split('?')[1]);
      const asked = listEntriesMessage.request.parse({ tenantId: ledger.tenantId, limit: 100, ...Object.fromEntries(query), year: 2025 });
      expect((await entries.list(asked)).items.length).toBeGreaterThan(0);
    }
  });

  it('finds what stands behind the figures outside the scopes', async () => {
    const inventory = await read();
    expect([inventory.biogenicEntries, inventory.montrealEntries]).toEqual(
      ['biogenic', 'montreal'].map((figure) => `/v1/entries?book=main&year=2025&approach=operational-control&outside=${figure}`),
    );
    // 1000 × 0.001 of PLANT, wholly reported; 3650 × 0.001 of JV, half the year at 40 % and half controlled
    expect((await list({ outside: 'biogenic' })).items.map(({ entity, biogenicKgco2 }) => [entity, biogenicKgco2])).toEqual([
      ['PLANT', '1'],
      ['JV', '3.65'],
    ]);
    expect((await list({ outside: 'biogenic', year: 2019, approach: 'equity-share' })).items).toEqual([]);
    expect((await list({ outside: 'montreal' })).items).toEqual([]);
  });

  it('says what rests on a fallback in each reading of scope 2, and accounts for the location-based one', async () => {
    const inventory = await read();
    expect(inventory.fallbacks).toEqual([
      { fallback: 'grid_average_for_residual_mix', tco2e: '0', marketTco2e: '0.5' },
      { fallback: 'year_earlier', tco2e: '0.0852', marketTco2e: '0.0852' },
    ]);
    // 180 + 30 + 657 + 109.5 + 400 + 20: nothing of the 500 that the market-based leg counts
    expect(inventory.reconciliation.gross).toBe('1.3965');
  });

  it('accounts for everything', async () => {
    const view = conservationView.parse(await conservation.read(ledger.tenantId, 'main'));
    expect(view).toMatchObject({
      imports: { imports: 1, records: 6, accepted: 3, refused: 2, duplicate: 1 },
      activities: 3,
      calculated: 3,
      ledgerEntries: 7,
      projectionEntries: 7,
      ledgerKgco2e: '1896.5',
      projectionKgco2e: '1896.5',
      holds: true,
    });
  });

  it('reads as of the last projected run, and a reversal nets to nothing', async () => {
    const importId = await ledger.import(1);
    const key = await ledger.key('fuel.natural-gas', 'kWh', [{ kgco2e: '0.18' }], { year: 2026 });
    await ledger.reverse(corrected);
    await ledger.activity({ importId, key, entity: 'PLANT', quantity: '10', period: ['2026-01-01', '2026-01-31'] });
    const second = await ledger.seal(3);
    expect(await conservation.read(ledger.tenantId, 'main')).toMatchObject({ run: 1, ledgerEntries: 7, holds: true });
    expect(await inventories.years(ledger.tenantId, 'main')).toEqual({ years: [2025] });
    await project(second);
    expect(await read()).toMatchObject({ asOfRun: 2, scope1: '0.18', scope3ByCategory: { '3': '0.05' } });
    expect(await inventories.years(ledger.tenantId, 'main')).toEqual({ years: [2025, 2026] });
    expect(await conservation.read(ledger.tenantId, 'main')).toMatchObject({
      run: 2,
      ledgerEntries: 10,
      projectionEntries: 10,
      holds: true,
    });
    const reversed = (await list({ entity: 'JV' })).items;
    expect(reversed.map(({ kgco2e }) => kgco2e)).toEqual(['657', '109.5', '-657', '-109.5']);
    expect(reversed.slice(2).map(({ reverses }) => reverses)).toEqual(reversed.slice(0, 2).map(({ id }) => id));
  });

  it('sees a row that is missing in the columnar store', async () => {
    await world.command(`alter table ledger_entries delete where entity_code = 'HQ' and basis = 'market' settings mutations_sync = 2`);
    expect(await conservation.read(ledger.tenantId, 'main')).toMatchObject({ projectionEntries: 9, ledgerEntries: 10, holds: false });
  });

  it('says that the columnar store is away', async () => {
    const away = new Clickhouse({ ...world.config, CLICKHOUSE_URL: 'http://127.0.0.1:1' }, 'test');
    const reading = new ReadConservationService(world.dataSource, away).read(ledger.tenantId, 'main');
    expect(await refusal(reading)).toBe('service_unavailable');
    await away.close();
  });
});
