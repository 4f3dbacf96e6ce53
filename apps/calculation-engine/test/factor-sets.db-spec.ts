import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { factorSetBody } from '#contracts';
import { canonicalJson, decideRates, factorIndex, type FactorSet, type Pinned, type Rate } from '#ghg';
import { inTenant, postgresOptions } from '#postgres';
import { gases, keyOf } from '../../../test/golden/fixtures';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { readPinnedFactors } from '../src/shared/pinned-factors';
import { storeFactorSet, type StoredFactorSet } from '../src/factor-sets/store-factor-set';
import { ENGINE_ROWS, type RunPins } from '../src/shared/rows';
import { PACK } from '../../../test/support/default-pack';

// Real: Postgres with the migrations and the engine's own role, the kernel. Nothing is fake; the figures are invented.
const source = { table: 'invented', row: '1' };
const set: FactorSet = {
  publisher: 'Test Press (invented)',
  edition: '2024',
  version: '1',
  title: 'Test figures',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [
    {
      code: 'diesel',
      activityType: 'fuel.diesel',
      leg: 'combustion',
      region: 'GB',
      year: 2024,
      attributes: { calorific_basis: 'net' },
      unit: 'kWh',
      gases: [],
      kgco2e: '0.25',
      gsd: '1.05',
      partial: true,
      source,
    },
    {
      code: 'goods',
      activityType: 'spend.goods',
      leg: 'supply',
      region: 'GB',
      year: 2024,
      attributes: { sector: '1', price_year: '2022' },
      unit: 'USD',
      gases: [],
      kgco2e: '1',
      source,
    },
  ],
  properties: [
    {
      code: 'net',
      kind: 'net-cv',
      activityType: 'fuel.diesel',
      attributes: {},
      region: 'GB',
      year: 2024,
      value: '10',
      unit: 'kWh/L',
      source,
    },
  ],
  exchangeRates: [{ from: 'USD', to: 'EUR', year: 2024, rate: '0.8', source }],
  priceIndices: [
    { series: 'CPI', currency: 'USD', year: 2022, index: '120', source },
    { series: 'CPI', currency: 'USD', year: 2024, index: '125', source },
  ],
};
const pins = (...rows: readonly { tenantId: string; id: string; digest: string }[]): RunPins =>
  ({ factorSets: rows }) as unknown as RunPins;

describe('a stored factor set', () => {
  const tenantId = randomUUID();
  let database: TestDatabase;
  let dataSource: DataSource;
  const store = (changes: Partial<FactorSet> = {}): Promise<StoredFactorSet> =>
    inTenant(dataSource, tenantId, (transaction) => storeFactorSet(transaction, { ...set, ...changes }));

  beforeAll(async () => {
    database = await testDatabase('factor_sets');
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('insert into gateway.tenants (id, name) values ($1, $2)', [tenantId, 'Test']);
    await owner.end();
    dataSource = await new DataSource(postgresOptions(database.urlFor('scopebook_calculation'), 'test', ENGINE_ROWS)).initialize();
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('has the form that an upload is asked for', () => expect(factorSetBody.parse(JSON.parse(JSON.stringify(set)))).toEqual(set));

  it('comes back with its properties, rates and indices, and decides as it did in memory', async () => {
    const { row } = await store();
    const index = await inTenant(dataSource, tenantId, (transaction) => readPinnedFactors(transaction, pins(row)));
    const { factors, properties = [], exchangeRates = [], priceIndices = [], ...head } = set;
    const own = <Figure>(figure: Figure): Pinned<Figure> => ({ figure, setId: row.id, set: head, own: true });
    const inMemory = factorIndex(
      factors.map((factor) => ({ factor, setId: row.id, set: head, own: true })),
      { properties: properties.map(own), exchangeRates: exchangeRates.map(own), priceIndices: priceIndices.map(own) },
    );
    const keys = [
      keyOf({ activityType: 'fuel.diesel', unit: 'L' }),
      keyOf({ activityType: 'spend.goods', unit: 'EUR', attributes: { sector: '1', price_year: '2024' } }),
    ];
    const decided = keys.map((key) => decideRates(key, { pack: PACK, index, gases, gwpSet: 'AR5' }));
    expect(decided.map((decision) => decision.rates.map(({ leg, kgco2e }: Rate) => [leg, kgco2e]))).toEqual([
      [
        ['combustion', '2.5'],
        ['energy', '0'],
      ],
      [['supply', '1.2']],
    ]);
    expect(decided.map((decision) => canonicalJson(decision))).toEqual(
      keys.map((key) => canonicalJson(decideRates(key, { pack: PACK, index: inMemory, gases, gwpSet: 'AR5' }))),
    );
  });

  it('is the same set again, and another where one exchange rate differs', async () => {
    expect((await store()).repeated).toBe(true);
    await expect(store({ exchangeRates: [{ from: 'USD', to: 'EUR', year: 2024, rate: '0.9', source }] })).rejects.toMatchObject({
      code: 'factor_set_exists',
    });
  });

  it('may hold no factor at all', async () => {
    const { row } = await store({ edition: 'rates alone', factors: [] });
    const index = await inTenant(dataSource, tenantId, (transaction) => readPinnedFactors(transaction, pins(row)));
    expect([index.size, index.exchangeRates.length, index.priceIndices.length]).toEqual([0, 1, 2]);
  });
});
