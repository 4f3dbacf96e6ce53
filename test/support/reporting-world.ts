import { randomBytes } from 'node:crypto';
import { createClient } from '@clickhouse/client';
import { DataSource } from 'typeorm';
import { Clickhouse, type ClickhouseConfig } from '#clickhouse';
import { postgresOptions } from '#postgres';
import { BASE_YEAR_ROWS } from '../../apps/reporting/src/shared/base-year-rows';
import { ProjectionRow } from '../../apps/reporting/src/shared/projection-row';
import { testDatabase, type TestDatabase } from './database';
import { testParts } from './parts';

interface Migrate {
  migrateClickhouse(wish: { url: string; database: string }): Promise<string[]>;
}

/** Reporting's two stores, real ones, for one test file. */
export interface World {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly clickhouse: Clickhouse;
  readonly config: ClickhouseConfig;
  /** Rows of a statement sent past the lib, for looking behind the view. */
  inspect<T>(sql: string): Promise<T[]>;
  command(sql: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Migrated databases of the test's own, reached as the service reaches them: in Postgres by the role that the row policies bind. */
export async function openWorld(): Promise<World> {
  const { clickhouseUrl } = testParts();
  const database = await testDatabase('reporting');
  const name = `scopebook_test_reporting_${randomBytes(4).toString('hex')}`;
  await jest.requireActual<Migrate>('../../tools/lib/migrate.mjs').migrateClickhouse({ url: clickhouseUrl, database: name });
  const config = { CLICKHOUSE_URL: clickhouseUrl, CLICKHOUSE_DATABASE: name };
  const clickhouse = new Clickhouse(config, 'test');
  const plain = createClient({ url: clickhouseUrl, database: name, clickhouse_settings: { output_format_json_quote_decimals: 1 } });
  const dataSource = await new DataSource(
    postgresOptions(database.urlFor('scopebook_reporting'), 'test', [ProjectionRow, ...BASE_YEAR_ROWS]),
  ).initialize();
  return {
    database,
    dataSource,
    clickhouse,
    config,
    inspect: async <T>(sql: string) => (await plain.query({ query: sql, format: 'JSONEachRow' })).json<T>(),
    command: (sql) => plain.command({ query: sql }),
    close: async () => {
      await dataSource.destroy();
      await clickhouse.close();
      await plain.command({ query: `drop database ${name}` });
      await plain.close();
      await database.drop();
    },
  };
}
