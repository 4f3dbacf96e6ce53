import { Client } from 'pg';
import { dropTestDatabase, testDatabase, truncateTables, type TestDatabase } from './database';

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase('support');
  });
  afterAll(() => database.drop());

  const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('is migrated', async () => {
    const rows = await ask(database.ownerUrl, 'SELECT count(*)::int AS n FROM public.schema_migrations');
    expect(rows[0]?.['n']).toBeGreaterThan(0);
  });

  it.each(['scopebook_gateway', 'scopebook_ingestion', 'scopebook_calculation', 'scopebook_reporting'] as const)(
    'lets %s in, neither as superuser nor past row policies',
    async (role) => {
      const rows = await ask(
        database.urlFor(role),
        'SELECT current_user::text AS me, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user',
      );
      expect(rows).toEqual([{ me: role, rolsuper: false, rolbypassrls: false }]);
    },
  );

  it('is never confused with one that holds real books', async () => {
    await expect(dropTestDatabase('scopebook')).rejects.toThrow('neither emptied nor dropped');
    await expect(truncateTables({ ...database, name: 'scopebook' }, ['gateway.tenants'])).rejects.toThrow('neither emptied nor dropped');
  });
});
