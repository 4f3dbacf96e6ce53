import { Client } from 'pg';
import { DataSource, type EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import { postgresOptions } from '#postgres';
import { ENGINE_ROWS } from '../apps/calculation-engine/src/shared/rows';
import { INGESTION_ROWS } from '../apps/ingestion/src/shared/rows';
import { BASE_YEAR_ROWS } from '../apps/reporting/src/shared/base-year-rows';
import { ProjectionRow } from '../apps/reporting/src/shared/projection-row';
import { testDatabase, type ServiceRole, type TestDatabase } from './support/database';

interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The database fills it in when nothing is written. */
  readonly filled: boolean;
}

const COLUMNS = `
select a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
       a.atthasdef or a.attidentity <> '' as filled
from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;
const KEY = `
select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
where i.indrelid = $1::regclass and i.indisprimary order by 1`;

/** TypeORM's short names; Postgres spells these out. */
const SPELLED: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' };

const WORKERS = [
  { service: 'calculation-engine', role: 'scopebook_calculation', rows: ENGINE_ROWS },
  { service: 'ingestion', role: 'scopebook_ingestion', rows: INGESTION_ROWS },
  { service: 'reporting', role: 'scopebook_reporting', rows: [ProjectionRow, ...BASE_YEAR_ROWS] },
] as const satisfies readonly { service: string; role: ServiceRole; rows: readonly (new () => object)[] }[];

function mapped(column: ColumnMetadata): Omit<TableColumn, 'filled'> {
  const type = String(column.type);
  return { name: column.databaseName, type: SPELLED[type] ?? type, nullable: column.isNullable };
}

describe.each(WORKERS)('the rows of $service', ({ service, role, rows }) => {
  let database: TestDatabase;
  let owner: Client;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await testDatabase('drift');
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    dataSource = await new DataSource(postgresOptions(database.urlFor(role), service, [...rows])).initialize();
  });
  afterAll(async () => {
    await Promise.all([dataSource?.destroy(), owner?.end()]);
    await database?.drop();
  });

  const tableOf = ({ schema, tableName }: EntityMetadata): string => `${schema}.${tableName}`;
  const columnsOf = async (metadata: EntityMetadata): Promise<TableColumn[]> =>
    (await owner.query<TableColumn>(COLUMNS, [tableOf(metadata)])).rows;
  /** What `look` finds, by table: so that a difference names its table. */
  const perTable = async <T>(look: (metadata: EntityMetadata) => T | Promise<T>): Promise<Record<string, T>> => {
    const found: Record<string, T> = {};
    for (const metadata of dataSource.entityMetadatas) found[tableOf(metadata)] = await look(metadata);
    return found;
  };

  it('are each a table of their own', () => {
    expect(new Set(dataSource.entityMetadatas.map(tableOf)).size).toBe(rows.length);
  });

  it('map only columns that are there, with their type and whether they may be null', async () => {
    const found = await perTable(async (metadata) => {
      const names = new Set(metadata.columns.map(({ databaseName }) => databaseName));
      const columns = await columnsOf(metadata);
      return columns.filter(({ name }) => names.has(name)).map(({ name, type, nullable }) => ({ name, type, nullable }));
    });
    const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
    const sorted = await perTable((metadata) => metadata.columns.map(mapped).sort(byName));
    for (const columns of Object.values(found)) columns.sort(byName);
    expect(sorted).toEqual(found);
  });

  it('map every column that the database demands and does not fill in', async () => {
    const missing = await perTable(async (metadata) => {
      const names = new Set(metadata.columns.map(({ databaseName }) => databaseName));
      const demanded = (await columnsOf(metadata)).filter(({ nullable, filled }) => !nullable && !filled);
      return demanded.map(({ name }) => name).filter((name) => !names.has(name));
    });
    expect(missing).toEqual(await perTable(() => []));
  });

  it('leave a column out of an insert only where the database fills it in', async () => {
    const unfilled = await perTable(async (metadata) => {
      const filled = new Set((await columnsOf(metadata)).filter((column) => column.filled).map(({ name }) => name));
      return metadata.columns
        .filter((column) => column.default !== undefined && !filled.has(column.databaseName))
        .map((column) => column.databaseName);
    });
    expect(unfilled).toEqual(await perTable(() => []));
  });

  it('have the primary key of their table', async () => {
    const keys = await perTable(async (metadata) =>
      (await owner.query<{ name: string }>(KEY, [tableOf(metadata)])).rows.map(({ name }) => name),
    );
    expect(await perTable((metadata) => metadata.primaryColumns.map(({ databaseName }) => databaseName).sort())).toEqual(keys);
  });

  it('are read by the service’s own role', async () => {
    for (const metadata of dataSource.entityMetadatas)
      expect(await dataSource.getRepository(metadata.target).find({ take: 1 })).toEqual([]);
  });

  it('never change the schema: that belongs to db/', async () => {
    expect(dataSource.options).toMatchObject({ synchronize: false, migrationsRun: false });
    await expect(dataSource.query(`create table ${tableOf(dataSource.entityMetadatas[0]!)}_more (a int)`)).rejects.toThrow(
      'permission denied for schema',
    );
  });
});
