import fc from 'fast-check';
import { Client, Pool, type PoolClient } from 'pg';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { copyIn, copyLine, copyOut } from './copy';

const NASTY = [
  '',
  ' ',
  '\\N',
  '\\\\N',
  '\\.',
  '\\',
  'a\tb',
  'a\nb',
  'a\r\nb',
  '\b\f\v',
  '\\t',
  '\\x41',
  '\\101',
  '"quoted", with comma',
  "it's",
  'NULL',
  'ü€😀',
  '\u2028\u0085\u00a0',
  '$$; drop table rows; --',
];

describe('COPY text', () => {
  let database: TestDatabase;
  let pool: Pool;
  let client: PoolClient;

  beforeAll(async () => {
    database = await testDatabase('copy');
    pool = new Pool({ connectionString: database.urlFor('scopebook_ingestion') });
    client = await pool.connect();
    await client.query('create temporary table rows (n integer, a text, b text)');
  });
  afterAll(async () => {
    client?.release();
    await pool?.end();
    await database?.drop();
  });
  beforeEach(() => client.query('truncate rows'));

  const roundTrip = async (values: readonly (string | null)[]): Promise<(string | null)[]> => {
    await client.query('truncate rows');
    await copyIn(
      client,
      'copy rows (n, a, b) from stdin',
      values.map((value, n) => copyLine([n, value, value])),
    );
    const { rows } = await client.query<{ a: string | null; b: string | null }>('select a, b from rows order by n');
    expect(rows.map(({ b }) => b)).toEqual(rows.map(({ a }) => a));
    return rows.map(({ a }) => a);
  };

  it('brings nasty values back as they were, and null apart from the empty text', async () => {
    expect(await roundTrip([...NASTY, null])).toEqual([...NASTY, null]);
  });

  it('brings any text back as it was', async () => {
    // Postgres stores no NUL; a lone surrogate is no text in UTF-8.
    const text = fc.string({ unit: 'binary' }).filter((value) => !/\0|\p{Surrogate}/u.test(value));
    const property = fc.asyncProperty(fc.array(fc.option(text), { minLength: 1, maxLength: 50 }), async (values) => {
      expect(await roundTrip(values)).toEqual(values);
    });
    await fc.assert(property, { numRuns: 50, seed: 20_26 });
  });

  it('leaves as bytes what it came in as', async () => {
    await roundTrip(NASTY);
    const parts: Buffer[] = [];
    for await (const part of copyOut(client, 'copy (select n, a, b from rows order by n) to stdout')) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString()).toBe(NASTY.map((value, n) => copyLine([n, value, value])).join(''));
  });

  it('takes nothing of a source that breaks off, and leaves the connection usable', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield copyLine([1, 'a', 'b']);
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('the source broke off');
    }
    await expect(copyIn(client, 'copy rows (n, a, b) from stdin', broken())).rejects.toThrow('the source broke off');
    expect((await client.query('select * from rows')).rows).toEqual([]);
  });

  it('refuses a line of the wrong width, and leaves the connection usable', async () => {
    await expect(copyIn(client, 'copy rows (n, a, b) from stdin', [copyLine([1, 'a'])])).rejects.toThrow('missing data');
    expect((await client.query('select * from rows')).rows).toEqual([]);
  });

  it('is refused by Postgres into a table with row policies, so rows go through a staging table', async () => {
    const line = copyLine(['0198f000-0000-7000-8000-000000000001', 'name', 'text']);
    await expect(copyIn(client, 'copy ingestion.tags (tenant_id, name, type) from stdin', [line])).rejects.toThrow('row-level security');
  });

  it('is read by a second session only when it is committed', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await owner.query('create table public.copied (a text)');
      await owner.query('grant all on public.copied to scopebook_ingestion');
      await client.query('begin');
      await copyIn(client, 'copy public.copied from stdin', [copyLine(['x'])]);
      expect((await owner.query('select * from public.copied')).rows).toEqual([]);
      await client.query('commit');
      expect((await owner.query('select * from public.copied')).rows).toEqual([{ a: 'x' }]);
    } finally {
      await owner.end();
    }
  });
});
