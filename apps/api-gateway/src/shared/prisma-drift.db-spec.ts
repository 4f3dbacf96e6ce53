import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../../../test/support/database';

const SCALARS: Record<string, string> = { Uuid: 'uuid', Timestamptz: 'timestamp with time zone', Decimal: 'numeric', Date: 'date' };
const PLAIN: Record<string, string> = { String: 'text', Boolean: 'boolean' };

/** The columns of a Prisma schema, as `table.column type null?`. Fields that hold another model are no columns. */
function columnsOf(schema: string): string[] {
  const models = [...schema.matchAll(/^model \w+ \{\n([^}]*)^\}/gm)].map(([, body]) => body ?? '');
  return models.flatMap((body) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    return body.split('\n').flatMap((line) => {
      const [, field, type, optional] = /^\s+(\w+)\s+(String|Boolean|DateTime|Decimal)(\?)?/.exec(line) ?? [];
      if (!field || !type) return [];
      const column = /@map\("(\w+)"\)/.exec(line)?.[1] ?? field;
      const scalar = /@db\.(\w+)/.exec(line)?.[1];
      return `${table}.${column} ${scalar ? SCALARS[scalar] : PLAIN[type]}${optional ? ' null' : ''}`;
    });
  });
}

describe('the Prisma schema', () => {
  let database: TestDatabase;
  let owner: Client;
  beforeAll(async () => {
    database = await testDatabase('prisma_drift');
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await database?.drop();
  });

  it('has the columns of the migrated database, no more and no fewer', async () => {
    const { rows } = await owner.query<{ column: string }>(
      `select c.table_name || '.' || c.column_name || ' ' || c.data_type || case c.is_nullable when 'YES' then ' null' else '' end as column
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'gateway' and t.table_type = 'BASE TABLE'`,
    );
    const schema = readFileSync(path.resolve(__dirname, '../../prisma/schema.prisma'), 'utf8');
    expect(columnsOf(schema).sort()).toEqual(rows.map(({ column }) => column).sort());
  });
});
