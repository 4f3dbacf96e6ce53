import { createClient } from '@clickhouse/client';
import { figureDigest, figuresKey } from '#factor-files';
import type { FactorSet } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// A set whose licence forbids to show its values, through the whole stack and over every route that reads: no answer, and no view of the columnar store,
// holds a figure of the set or an amount that one row, one key or one figure alone makes. All services real; figures and publishers are invented.

const source = (row: string, printed?: string) => ({ table: 'Table 3', row, ...(printed === undefined ? {} : { printed }) });
const factor = (
  code: string,
  activityType: string,
  leg: string,
  unit: string,
  kgco2e: string,
  attributes: Record<string, string> = {},
) => ({
  code,
  activityType,
  leg,
  region: 'GB',
  year: 2024,
  attributes,
  unit,
  gases: [],
  kgco2e,
  source: source(code, `${kgco2e} kg CO2e per ${unit}`),
});
const head = {
  edition: '2024',
  version: '1',
  title: 'Figures',
  licence: 'internal use only',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
};

const WITHHELD = {
  ...head,
  publisher: 'Closed Press (invented)',
  values: 'withheld',
  salt: 'told to subscribers alone',
  factors: [
    factor('steel', 'goods.material', 'supply', 'kg', '7.3519', { material: 'steel' }),
    factor('cork', 'goods.material', 'supply', 'kg', '4.8271', { material: 'cork' }),
    factor('landfill', 'waste.disposal', 'service', 't', '913.57', { material: 'mixed', treatment: 'landfill' }),
    factor('recycling', 'waste.disposal', 'service', 't', '21.4639', { material: 'mixed', treatment: 'recycling' }),
    factor('grid', 'electricity.grid', 'generation', 'kWh', '0.62483'),
  ],
  properties: [
    {
      code: 'cv',
      kind: 'net-cv',
      activityType: 'fuel.diesel',
      attributes: {},
      region: 'GB',
      year: 2024,
      value: '10.39471',
      unit: 'kWh/L',
      source: source('cv', '10.39471 kWh/L'),
    },
  ],
  exchangeRates: [{ from: 'USD', to: 'GBP', year: 2024, rate: '0.81937', source: source('usd') }],
  priceIndices: [{ series: 'CPI', currency: 'GBP', year: 2024, index: '117.6413', source: source('cpi') }],
};
const OPEN = {
  ...head,
  publisher: 'Open Press (invented)',
  licence: 'open',
  factors: [
    factor('diesel', 'fuel.diesel', 'combustion', 'kWh', '0.25', { calorific_basis: 'net' }),
    factor('goods', 'spend.goods', 'supply', 'GBP', '2', { sector: '1', price_year: '2024' }),
    factor('felt', 'goods.material', 'supply', 'kg', '3', { material: 'felt' }),
  ],
};
/** Digits, since quantities are powers of ten and tonnes are kilograms with another point: figures, and what open ones become by them. */
const FORBIDDEN = ['73519', '48271', '91357', '214639', '62483', '1039471', '81937', '1176413', '25986775', '163874'];

const slot = (number: number, what: string, activityType: string, attributes: Record<string, string> = {}) => ({
  slot: number,
  when: { column: 'what', in: [what] },
  activityType: { constant: activityType },
  operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
  attributes: Object.fromEntries(Object.entries(attributes).map(([name, constant]) => [name, { constant }])),
});
const MAPPING = {
  source: 'bills',
  locale: { decimal: '.', group: '', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  tags: [{ column: 'what', tag: 'what', type: 'text' }],
  slots: [
    slot(1, 'steel', 'goods.material', { material: 'steel' }),
    slot(2, 'cork', 'goods.material', { material: 'cork' }),
    slot(3, 'felt', 'goods.material', { material: 'felt' }),
    slot(4, 'landfill', 'waste.disposal', { material: 'mixed', treatment: 'landfill' }),
    slot(5, 'recycling', 'waste.disposal', { material: 'mixed', treatment: 'recycling' }),
    slot(6, 'power', 'electricity.grid'),
    slot(7, 'diesel', 'fuel.diesel'),
    slot(8, 'spend', 'spend.goods', { sector: '1', price_year: '2024' }),
  ],
};
const year = (of: number, first: number, times: string): string[] =>
  ['steel,1000,kg', 'cork,100,kg', 'felt,10,kg', 'landfill,10,t', 'recycling,1,t', 'power,10000,kWh', 'diesel,100,L', 'spend,1000,USD'].map(
    (line, i) => {
      const [what, amount, unit] = line.split(',');
      return `${first + i},HQ,${what},${amount}${times},${unit},${of}-01-01,${of}-12-31`;
    },
  );
const BILLS = ['no,site,what,amount,unit,from,to', ...year(2023, 1, ''), ...year(2024, 20, '0'), ''].join('\n');

const CERTIFICATE = {
  kind: 'certificate',
  registryId: 'GO-1',
  energySource: 'renewable',
  technology: 'wind',
  market: 'GB',
  vintageStart: '2024-01-01',
  vintageEnd: '2024-12-31',
  retiredMwh: '10',
  retiredOn: '2025-01-15',
  criteria: [1, 2, 3, 4, 5, 8].map((criterion) => ({ criterion, finding: 'pass', evidence: 'registry extract' })),
};
const POLICY = { baseYear: 2023, gwp: 'AR5', threshold: '0.05', scope3: true };

interface Inventory {
  readonly scope1: string | null;
  readonly scope2Location: string | null;
  readonly scope3: string | null;
  readonly scope3ByCategory: Record<string, string | null>;
  readonly groups?: readonly Record<string, string | null>[];
}

describe('withheld values', () => {
  let services: RunningServices;
  let company: TestTenant;
  const ids: Record<string, string> = {};
  const read = async <T = Record<string, unknown>>(path: string, query: Record<string, string> = {}): Promise<T> =>
    (await company.get(path).query(query).expect(succeeded)).body as T;
  const holding = (text: string): string[] => {
    const digits = text.replace(/(\d)\.(?=\d)/g, '$1');
    // A digest is made of digits too, and of letters between them.
    const plain = digits.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}/g, '');
    return FORBIDDEN.filter((figure) => plain.includes(figure));
  };
  const sql = async (query: string): Promise<Record<string, unknown>[]> => {
    const client = createClient({ url: services.clickhouseUrl, database: services.clickhouseDatabase });
    try {
      return await (await client.query({ query, format: 'JSONEachRow' })).json();
    } finally {
      await client.close();
    }
  };

  beforeAll(async () => {
    services = await startServices('withheld');
    company = await TestTenant.create(services, 'Withheld Ltd (invented)');
    await company.put('/v1/books/main', { gwpSet: 'AR5', catalogue: false }).expect(succeeded);
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(succeeded);
    await company.post('/v1/factor-sets', OPEN).expect(succeeded);
    const { body } = await company.post('/v1/factor-sets', WITHHELD).expect(succeeded);
    ids['set'] = (body as { factorSet: { id: string } }).factorSet.id;
    await company.put('/v1/mappings/bills', MAPPING).expect(succeeded);
    const { id, ...imported } = await company.import('bills', 'bills.csv', BILLS);
    expect(imported).toMatchObject({ status: 'finished', accepted: 16, refused: 0 });
    ids['import'] = id;
    await company.put('/v1/instruments/WIND', CERTIFICATE).expect(succeeded);
    await company.put('/v1/instruments/WIND/allocations', [{ entity: 'HQ', year: 2024, mwh: '10' }]).expect(succeeded);
    ids['run'] = (await company.calculate()).id;
    await company.put('/v1/base-years/first', POLICY).expect(succeeded);
    await company.post('/v1/base-years/first/figures', { statedBy: 'Ann (invented)', structureOn: '2023-12-31' }).expect(succeeded);
    const later = { ...WITHHELD, edition: '2025', factors: WITHHELD.factors.map((each) => ({ ...each, year: 2025 })) };
    const second = await company
      .post('/v1/factor-sets', { ...later, exchangeRates: [], properties: [], priceIndices: [] })
      .expect(succeeded);
    ids['later'] = (second.body as { factorSet: { id: string } }).factorSet.id;
  }, 180_000);
  afterAll(() => services?.stop());

  it('are calculated with exactly, and conserved', async () => {
    expect(await read('/v1/books/main/conservation')).toMatchObject({
      holds: true,
      ledgerKgco2e: null,
      projectionKgco2e: null,
    });
    const inventory = await read<Inventory>('/v1/inventories', { year: '2023' });
    // 1,000 × 7.3519 + 100 × 4.8271 + 10 × 3 + 1,000 × 0.81937 × 2, and 10 × 913.57 + 1 × 21.4639
    expect(inventory.scope3ByCategory).toEqual({ '1': '9.50335', '5': '9.1571639' });
    expect(inventory.scope3).toBe('18.6605139');
  });

  it('are not shown where one of them alone makes a figure of the inventory', async () => {
    expect(await read<Inventory>('/v1/inventories', { year: '2023' })).toMatchObject({ scope1: null, scope2Location: null });
    const { groups = [] } = await read<Inventory>('/v1/inventories', { year: '2023', by: 'tag:what' });
    expect(groups.map(({ group, scope3 }) => [group, scope3])).toEqual(
      expect.arrayContaining([
        ['felt', '0.03'],
        ['steel', null],
        ['landfill', null],
      ]),
    );
  });

  /** Where every route that reads is asked; a new route is a new line here. */
  const asked = (): Record<string, (string | [string, Record<string, string>])[]> => ({
    '/v1/activities': ['/v1/activities'],
    '/v1/activities/{id}': [`/v1/activities/${ids['activity']}`],
    '/v1/activity-types': ['/v1/activity-types'],
    '/v1/base-years/{name}': ['/v1/base-years/first'],
    '/v1/base-years/{name}/evaluation': [['/v1/base-years/first/evaluation', { structureOn: '2024-12-31' }]],
    '/v1/base-years/{name}/figures/{ordinal}': ['/v1/base-years/first/figures/1'],
    '/v1/books': ['/v1/books'],
    '/v1/books/{book}/adoptions': ['/v1/books/main/adoptions'],
    '/v1/books/{book}/conservation': ['/v1/books/main/conservation'],
    '/v1/books/{book}/factor-sets': ['/v1/books/main/factor-sets'],
    '/v1/books/{book}/open-keys': ['/v1/books/main/open-keys'],
    '/v1/books/{book}/unclassified': ['/v1/books/main/unclassified'],
    '/v1/books/{book}/years': ['/v1/books/main/years'],
    '/v1/boundary-reasons': ['/v1/boundary-reasons'],
    '/v1/bridges': [
      ['/v1/bridges', { from: '2023', to: '2024' }],
      ['/v1/bridges', { from: '2023', to: '2024', scope3: 'false' }],
      ['/v1/bridges', { from: '2023', to: '2024', reading: 'market', gwp: 'AR6' }],
    ],
    '/v1/classifications': ['/v1/classifications'],
    '/v1/entities': ['/v1/entities'],
    '/v1/entities/{code}': ['/v1/entities/HQ'],
    '/v1/entries': ['/v1/entries', ['/v1/entries', { gwp: 'AR6' }]],
    '/v1/entries/{id}/explanation': (ids['entries'] ?? '')
      .split(' ')
      .flatMap((id) => [
        `/v1/entries/${id}/explanation`,
        [`/v1/entries/${id}/explanation`, { gwp: 'AR6' }] as [string, Record<string, string>],
      ]),
    '/v1/exclusions': ['/v1/exclusions'],
    '/v1/factor-choices': ['/v1/factor-choices'],
    '/v1/factor-sets': ['/v1/factor-sets'],
    '/v1/factor-sets/{id}': [`/v1/factor-sets/${ids['set']}`],
    '/v1/factor-sets/{id}/comparison': [[`/v1/factor-sets/${ids['later']}/comparison`, { book: 'main' }]],
    '/v1/factor-sets/{id}/exchange-rates': [`/v1/factor-sets/${ids['set']}/exchange-rates`],
    '/v1/factor-sets/{id}/flags': [`/v1/factor-sets/${ids['later']}/flags`],
    '/v1/factor-sets/{id}/omissions': [`/v1/factor-sets/${ids['set']}/omissions`],
    '/v1/factor-sets/{id}/price-indices': [`/v1/factor-sets/${ids['set']}/price-indices`],
    '/v1/factor-sets/{id}/properties': [`/v1/factor-sets/${ids['set']}/properties`],
    '/v1/factors': ['/v1/factors', ['/v1/factors', { q: 'steel' }]],
    '/v1/holdings': ['/v1/holdings'],
    '/v1/imports': ['/v1/imports'],
    '/v1/imports/{id}': [`/v1/imports/${ids['import']}`],
    '/v1/imports/{id}/duplicates': [`/v1/imports/${ids['import']}/duplicates`],
    '/v1/imports/{id}/refusals': [`/v1/imports/${ids['import']}/refusals`],
    '/v1/imports/{id}/refusals/summary': [`/v1/imports/${ids['import']}/refusals/summary`],
    '/v1/imports/{id}/refusals.csv': [`/v1/imports/${ids['import']}/refusals.csv`],
    '/v1/instruments': ['/v1/instruments'],
    '/v1/instruments/{code}': ['/v1/instruments/WIND'],
    '/v1/inventories': [
      ...['operational-control', 'equity-share'].map(
        (approach) => ['/v1/inventories', { year: '2023', approach }] as [string, Record<string, string>],
      ),
      ...['entity', 'country', 'activity-type', 'leg', 'tag:what'].map(
        (by) => ['/v1/inventories', { year: '2024', by }] as [string, Record<string, string>],
      ),
      ['/v1/inventories', { year: '2024', gwp: 'AR6' }],
    ],
    '/v1/leases': ['/v1/leases'],
    '/v1/mappings': ['/v1/mappings'],
    '/v1/mappings/{name}': ['/v1/mappings/bills'],
    '/v1/method-packs': ['/v1/method-packs'],
    '/v1/pools': ['/v1/pools'],
    '/v1/pools/{code}': ['/v1/pools/instruments'],
    '/v1/pools/{code}/results': ['/v1/pools/instruments/results'],
    '/v1/profiles/{of}/{code}/{year}': ['/v1/profiles/entity/HQ/2024'],
    '/v1/quality': [
      ['/v1/quality', { year: '2023' }],
      ['/v1/quality', { year: '2024', gwp: 'AR6' }],
    ],
    '/v1/refusals': ['/v1/refusals'],
    '/v1/reporting-year': ['/v1/reporting-year'],
    '/v1/runs': ['/v1/runs'],
    '/v1/runs/{id}': [`/v1/runs/${ids['run']}`],
    '/v1/suggestion-policy': ['/v1/suggestion-policy'],
    '/v1/tenant': ['/v1/tenant'],
    '/v1/units': ['/v1/units'],
  });

  it('stand in no answer of any route', async () => {
    const { items } = await read<{ items: { id: string; activityId: string | null }[] }>('/v1/entries');
    ids['entries'] = items.map(({ id }) => id).join(' ');
    ids['activity'] = items[0]?.activityId ?? '';
    const { paths } = await read<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
    const routes = Object.keys(paths).filter((path) => path.startsWith('/v1/') && 'get' in paths[path]!);
    expect(routes.filter((path) => !(path in asked()))).toEqual([]);
    const found: string[] = [];
    const answered = new Set<number>();
    for (const questions of Object.values(asked()))
      for (const question of questions) {
        const [path, query] = typeof question === 'string' ? [question, {}] : question;
        const response = await company.get(path).query(query);
        answered.add(response.status);
        found.push(...holding(response.text).map((figure) => `${path} ${JSON.stringify(query)} holds ${figure}`));
      }
    expect(found).toEqual([]);
    // 404: nothing was declared there.
    expect([...answered].sort()).toEqual([200, 404]);
  });

  it('stand in no answer to a question of what would be', async () => {
    const { text } = await company.post('/v1/books/main/what-if', { drop: [ids['set']] }).expect(succeeded);
    expect(holding(text)).toEqual([]);
    expect(JSON.parse(text)).toMatchObject({ total: { location: { before: null, after: null, difference: null } } });
  });

  it('are explained by everything but their figures', async () => {
    const { items } = await read<{ items: { id: string; activityType: string; leg: string; withheld: boolean; kgco2e: string | null }[] }>(
      '/v1/entries',
      { year: '2023', activityType: 'goods.material' },
    );
    expect(items.map(({ withheld, kgco2e }) => [withheld, kgco2e]).sort()).toEqual([
      [false, '30'],
      [true, null],
      [true, null],
    ]);
    const [entry] = items.filter(({ withheld }) => withheld);
    expect(await read(`/v1/entries/${entry!.id}/explanation`)).toMatchObject({
      withheld: true,
      amount: null,
      entry: { kgco2e: null, quantity: '1000' },
      rate: {
        kgco2e: null,
        factor: { code: 'steel', source: { table: 'Table 3', row: 'steel' }, withheld: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
    });
  });

  it('can be verified by whoever holds the set', async () => {
    const { items } = await read<{ items: { code: string; figuresDigest: string; withheld: boolean; unit: string; kgco2e: null }[] }>(
      '/v1/factors',
      {
        setId: ids['set'] ?? '',
      },
    );
    const set = WITHHELD as unknown as FactorSet;
    const key = figuresKey(set);
    expect(items.map(({ code, figuresDigest }) => [code, figuresDigest])).toEqual(
      set.factors.map((each) => [each.code, figureDigest(key, each)]),
    );
    expect(items.every(({ withheld, kgco2e }) => withheld && kgco2e === null)).toBe(true);
    const tables = await Promise.all(
      ['properties', 'exchange-rates', 'price-indices'].map((table) =>
        read<{ items: { figuresDigest: string }[] }>(`/v1/factor-sets/${ids['set']}/${table}`),
      ),
    );
    expect(tables.map((page) => page.items.map(({ figuresDigest }) => figuresDigest))).toEqual(
      [set.properties!, set.exchangeRates!, set.priceIndices!].map((figures) => figures.map((figure) => figureDigest(key, figure))),
    );
  });

  it('stand in no view that data teams query; what two of them make is summed exactly', async () => {
    for (const view of ['entries_unconsolidated', 'sums_unconsolidated'])
      expect([view, holding(JSON.stringify(await sql(`select * from ${view}`)))]).toEqual([view, []]);
    const of = `where year = 2023 and source_class in ('category-1', 'category-5', 'purchased-goods', 'waste') group by source_class order by source_class`;
    const rows = await sql(
      `select source_class, toString(sum(kgco2e)) as kg, countIf(kgco2e is null) as hidden from sums_unconsolidated ${of}`,
    );
    const exact = await sql(`select source_class, toString(sum(kgco2e)) as kg, 0 as hidden from ledger_committed ${of}`);
    expect(rows.map((row) => JSON.stringify(row))).toEqual(exact.map((row) => JSON.stringify(row)));
  });
});
