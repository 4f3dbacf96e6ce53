import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@clickhouse/client';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../test/support/database';
import { testParts } from '../../test/support/parts';

interface Migrate {
  migratePostgres(wish: { url: string; database: string; rolePasswords: Record<string, string>; directory: string }): Promise<string[]>;
  migrateClickhouse(wish: { url: string; database: string; directory: string }): Promise<string[]>;
}
const { migratePostgres, migrateClickhouse } = jest.requireActual<Migrate>('./migrate.mjs');

describe('migrations', () => {
  let directory: string;
  let database: TestDatabase;
  const step = (name: string, sql: string): void => writeFileSync(path.join(directory, `${name}.sql`), sql);
  const postgres = (name = database.name): Promise<string[]> =>
    migratePostgres({ url: database.ownerUrl, database: name, rolePasswords: {}, directory });
  const tables = async (): Promise<string[]> => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name LIKE 'step%' ORDER BY 1",
    );
    await client.end();
    return rows.map((row) => row.name);
  };

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'migrations-'));
    database = await testDatabase('migrate');
  });
  afterEach(async () => {
    rmSync(directory, { recursive: true, force: true });
    await database.drop();
  });

  it('are applied in order, each once', async () => {
    step('902_second', 'CREATE TABLE step_two (one int REFERENCES step_one);');
    step('901_first', 'CREATE TABLE step_one (one int PRIMARY KEY);');
    expect(await postgres()).toEqual(['901_first', '902_second']);
    expect(await postgres()).toEqual([]);
    step('903_third', 'CREATE TABLE step_three ();');
    expect(await postgres()).toEqual(['903_third']);
    expect(await tables()).toEqual(['step_one', 'step_three', 'step_two']);
  });

  it('are applied once by two runners at a time', async () => {
    step('901_first', 'CREATE TABLE step_one (); SELECT pg_sleep(0.2);');
    expect((await Promise.all([postgres(), postgres()])).flat()).toEqual(['901_first']);
  });

  it('leave nothing of a step that fails, keep those before it, and name file and line', async () => {
    step('901_first', 'CREATE TABLE step_one ();');
    step('902_second', 'CREATE TABLE step_two ();\n\nCREATE TABLE step_two_b (x nonsense);');
    await expect(postgres()).rejects.toThrow(/902_second\.sql:3: type "nonsense" does not exist/);
    expect(await tables()).toEqual(['step_one']);
  });

  it('refuse a step that was edited after it had been applied', async () => {
    step('901_first', 'CREATE TABLE step_one ();');
    await postgres();
    step('901_first', 'CREATE TABLE step_one (x int);');
    await expect(postgres()).rejects.toThrow('was edited after it had been applied');
  });

  it('refuse a database that was not named', async () => {
    step('901_first', 'CREATE TABLE step_one ();');
    await expect(postgres('scopebook')).rejects.toThrow('nothing was migrated');
    expect(await tables()).toEqual([]);
  });

  it('bring ClickHouse up as well: several statements a file, the database by placeholder', async () => {
    const name = `scopebook_test_migrate_${randomBytes(4).toString('hex')}`;
    const url = testParts().clickhouseUrl;
    step(
      '001_first',
      "CREATE TABLE IF NOT EXISTS {database}.a (x String DEFAULT ';'\n) ENGINE = Memory; -- one\n\n-- two\nCREATE VIEW {database}.b AS SELECT x FROM {database}.a;\n",
    );
    expect(await migrateClickhouse({ url, database: name, directory })).toEqual(['001_first']);
    expect(await migrateClickhouse({ url, database: name, directory })).toEqual([]);
    const client = createClient({ url });
    const result = await client.query({ query: `SHOW TABLES FROM ${name}`, format: 'JSONEachRow' });
    expect(await result.json()).toEqual(['a', 'b', 'schema_migrations'].map((table) => ({ name: table })));
    await client.command({ query: `DROP DATABASE ${name}` });
    await client.close();
  });
});
