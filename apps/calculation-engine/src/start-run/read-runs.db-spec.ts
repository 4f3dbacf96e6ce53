import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { postgresOptions } from '#postgres';
import { testDatabase, type TestDatabase } from '../../../../test/support/database';
import { ENGINE_ROWS } from '../shared/rows';
import { ReadRunsService } from './read-runs.service';

describe('the list of runs', () => {
  const tenantId = randomUUID();
  const runIds: string[] = [];
  let database: TestDatabase;
  let dataSource: DataSource;
  let runs: ReadRunsService;

  beforeAll(async () => {
    database = await testDatabase('read_runs');
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('insert into gateway.tenants (id, name) values ($1, $2)', [tenantId, 'Test']);
    // Seven books with a run each, all begun within one millisecond; the last two at the very same moment.
    for (const [i, microseconds] of [1, 2, 3, 4, 5, 6, 6].entries()) {
      const [bookId, runId] = [randomUUID(), randomUUID()];
      runIds.push(runId);
      await owner.query('insert into calculation.books values ($1, $2, $3, $4, $5)', [tenantId, bookId, `b${i}`, 'test', 'AR5']);
      await owner.query(
        `insert into calculation.runs (tenant_id, id, book_id, status, engine_version, pins, started_at)
         values ($1, $2, $3, 'posting', 'test', '{}', timestamptz '2026-01-01 00:00:00.123' + $4 * interval '1 microsecond')`,
        [tenantId, runId, bookId, microseconds],
      );
    }
    await owner.end();
    const options = postgresOptions(database.urlFor('scopebook_calculation'), 'test', ENGINE_ROWS);
    dataSource = await new DataSource(options).initialize();
    runs = new ReadRunsService(dataSource);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('shows every run once, newest first, however closely they began', async () => {
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await runs.list(tenantId, after, 2);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    const [last, sixth, ...others] = [...runIds].reverse();
    expect(seen).toEqual([...[last!, sixth!].sort().reverse(), ...others]);
  });

  it.each(['1', '2026-01-01T00:00:00.123Z', randomUUID(), '-'.repeat(36)])('refuses %s, which no page gave', async (after) => {
    await expect(runs.list(tenantId, after, 2)).rejects.toMatchObject({ code: 'request_invalid' });
  });
});
