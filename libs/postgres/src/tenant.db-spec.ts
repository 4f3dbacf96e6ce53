import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { postgresOptions } from './data-source';
import { inTenant, type TenantTransaction } from './tenant';

const [ONE, TWO] = ['0198f000-0000-7000-8000-000000000001', '0198f000-0000-7000-8000-000000000002'] as const;

describe('a tenant’s transaction', () => {
  let database: TestDatabase;
  let owner: Client;
  let dataSource: DataSource;

  const books = async ({ client }: TenantTransaction): Promise<string[]> =>
    (await client.query<{ name: string }>('select name from calculation.books order by name')).rows.map(({ name }) => name);
  const write = (tenantId: string, name: string) => (transaction: TenantTransaction) =>
    transaction.client.query("insert into calculation.books (tenant_id, name, method_pack, gwp_set) values ($1, $2, 'm', 'AR5')", [
      tenantId,
      name,
    ]);

  beforeAll(async () => {
    database = await testDatabase('tenant');
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    dataSource = await new DataSource(postgresOptions(database.urlFor('scopebook_calculation'), 'test')).initialize();
  });
  afterAll(async () => {
    await Promise.all([dataSource?.destroy(), owner?.end()]);
    await database?.drop();
  });
  beforeEach(async () => {
    await owner.query('truncate calculation.books cascade');
    await inTenant(dataSource, ONE, write(ONE, 'of-one'));
    await inTenant(dataSource, TWO, write(TWO, 'of-two'));
  });

  it('shows the rows of its tenant alone', async () => {
    expect(await inTenant(dataSource, ONE, books)).toEqual(['of-one']);
    expect(await inTenant(dataSource, TWO, books)).toEqual(['of-two']);
  });

  it('cannot write, nor move, a row to another tenant', async () => {
    await expect(inTenant(dataSource, ONE, write(TWO, 'smuggled'))).rejects.toThrow('row-level security');
    expect(await inTenant(dataSource, TWO, books)).toEqual(['of-two']);
  });

  it('leaves nothing of the tenant on the connection, after success and after failure', async () => {
    const single = await new DataSource({
      ...postgresOptions(database.urlFor('scopebook_calculation'), 'test'),
      poolSize: 1,
    } as ConstructorParameters<typeof DataSource>[0]).initialize();
    const outside = async (): Promise<unknown[]> => [
      await single.query("select nullif(current_setting('app.tenant', true), '') as tenant"),
      await single.query('select * from calculation.books'),
    ];
    try {
      expect(await inTenant(single, ONE, books)).toEqual(['of-one']);
      expect(await outside()).toEqual([[{ tenant: null }], []]);
      await expect(inTenant(single, ONE, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await outside()).toEqual([[{ tenant: null }], []]);
    } finally {
      await single.destroy();
    }
  });

  it('sees nobody’s rows when the tenant is no tenant at all', async () => {
    await expect(inTenant(dataSource, 'not-a-uuid', books)).rejects.toThrow('invalid input syntax for type uuid');
    expect(await inTenant(dataSource, '', books)).toEqual([]);
  });

  it('rolls everything back when the work throws, and hands the error on as it is', async () => {
    const error = new Error('half-way');
    const work = async (transaction: TenantTransaction): Promise<void> => {
      await write(ONE, 'half')(transaction);
      throw error;
    };
    await expect(inTenant(dataSource, ONE, work)).rejects.toBe(error);
    expect(await inTenant(dataSource, ONE, books)).toEqual(['of-one']);
  });

  it('gives its connection back however it ends: more failures than the pool has connections', async () => {
    const failures = Array.from({ length: 25 }, () => inTenant(dataSource, ONE, () => Promise.reject(new Error('no'))));
    expect((await Promise.allSettled(failures)).every(({ status }) => status === 'rejected')).toBe(true);
    expect(await inTenant(dataSource, ONE, books)).toEqual(['of-one']);
  });

  it('gives TypeORM and plain SQL the same transaction', async () => {
    await inTenant(dataSource, ONE, async (transaction) => {
      await write(ONE, 'by-sql')(transaction);
      expect(await transaction.manager.query('select name from calculation.books order by name')).toEqual([
        { name: 'by-sql' },
        { name: 'of-one' },
      ]);
    });
  });

  it('never sees the other tenant, with many of both at once on one pool', async () => {
    const readings = Array.from({ length: 100 }, (_, i) => {
      const [tenant, expected] = i % 2 === 0 ? [ONE, 'of-one'] : [TWO, 'of-two'];
      return inTenant(dataSource, tenant, async (transaction) => {
        const before = await books(transaction);
        await transaction.client.query('select pg_sleep(0.002)');
        return [before, await books(transaction), [expected]];
      });
    });
    for (const [before, after, expected] of await Promise.all(readings)) expect([before, after]).toEqual([expected, expected]);
  });
});
