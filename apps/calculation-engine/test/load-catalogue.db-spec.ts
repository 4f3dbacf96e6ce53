import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FactorSet } from '#ghg';
import { CATALOGUE_TENANT, inTenant, postgresOptions } from '#postgres';
import { factorOf, gases } from '../../../test/golden/fixtures';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { LoadCatalogueService } from '../src/factor-sets/load-catalogue.service';
import type { EngineConfig } from '../src/shared/config';
import { ENGINE_ROWS, FactorSetRow } from '../src/shared/rows';

// Real: Postgres with the migrations and the engine's own role, and in one test the catalogue that ships. The set of the others is invented.
const SHIPPED = path.resolve(__dirname, '../../../catalogue');
const set: FactorSet = {
  publisher: 'Test Press (invented)',
  edition: '2024',
  version: '1',
  title: 'Test figures',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [factorOf('rail')],
};

describe('the catalogue at start', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let folder: string;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await testDatabase('load_catalogue');
    dataSource = await new DataSource(postgresOptions(database.urlFor('scopebook_calculation'), 'test', ENGINE_ROWS)).initialize();
    folder = mkdtempSync(path.join(tmpdir(), 'scopebook-catalogue-'));
    mkdirSync(path.join(folder, 'factor-sets'));
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
    if (folder) rmSync(folder, { recursive: true });
  });

  const keep = (text: string): void => writeFileSync(path.join(folder, 'factor-sets/test.json'), text);
  const start = (register = gases, digest = 'gases', directory = folder): Promise<void> =>
    new LoadCatalogueService(dataSource, { CATALOGUE_DIR: directory } as EngineConfig, { register, digest }).onApplicationBootstrap();
  const stored = (): Promise<FactorSetRow[]> =>
    inTenant(dataSource, CATALOGUE_TENANT, ({ manager }) => manager.findBy(FactorSetRow, { publisher: set.publisher }));
  /** With these no set is good: whatever is read is refused. */
  const NO_GASES = { ...gases, sets: [] };

  it('is stored by the first start, and known to the second by its bytes without being read', async () => {
    keep(JSON.stringify(set));
    await start();
    expect(await stored()).toMatchObject([{ tenantId: CATALOGUE_TENANT, factors: 1, current: true }]);
    await start(NO_GASES);
    expect(await stored()).toHaveLength(1);
  });

  it('is read again where its bytes or the gases are others, and is the same set where it says the same', async () => {
    await expect(start(NO_GASES, 'other gases')).rejects.toThrow('catalogue/factor-sets/test.json: ');
    keep(JSON.stringify(set, null, 2));
    await expect(start(NO_GASES)).rejects.toThrow('gwp_set_unknown');
    await start();
    expect(await stored()).toHaveLength(1);
  });

  it('never takes other figures under the same publisher, edition and version', async () => {
    keep(JSON.stringify({ ...set, factors: [factorOf('rail', { kgco2e: '2' })] }));
    await expect(start()).rejects.toMatchObject({ code: 'factor_set_exists' });
  });

  it('that ships is stored in seconds, and known in a moment', async () => {
    const seconds = async (): Promise<number> => {
      const before = performance.now();
      await start(gases, 'gases', SHIPPED);
      return (performance.now() - before) / 1_000;
    };
    const first = await seconds();
    const second = await seconds();
    process.stdout.write(`catalogue: stored in ${first.toFixed(1)} s, known in ${second.toFixed(2)} s\n`);
    expect(first).toBeLessThan(60);
    expect(second).toBeLessThan(first / 3);
  });
});
