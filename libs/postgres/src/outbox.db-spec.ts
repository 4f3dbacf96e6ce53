import { Client, type PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { TryLater } from '#messaging';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { postgresOptions } from './data-source';
import { enqueue, PostgresOutbox } from './outbox';
import { inTenant } from './tenant';

const TENANT = '0198f000-0000-7000-8000-00000000000a';
const task = { subject: 'test.task', payload: z.object({ n: z.number().int() }) };

/** A promise and what settles it: lets a test hold work open. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

describe('the outbox', () => {
  let database: TestDatabase;
  let owner: Client;
  let dataSource: DataSource;
  let elsewhere: DataSource;
  let outbox: PostgresOutbox;
  let second: PostgresOutbox;

  const connect = (): Promise<DataSource> => new DataSource(postgresOptions(database.urlFor('scopebook_calculation'), 'test')).initialize();
  const rows = async (): Promise<Record<string, unknown>[]> =>
    (await owner.query<Record<string, unknown>>('select * from messaging.outbox order by id')).rows;
  const written = async (n = 1): Promise<string> => {
    await inTenant(dataSource, TENANT, ({ client }) => enqueue(client, task, TENANT, [{ n }]));
    return String((await rows()).at(-1)?.['id']);
  };
  const fails = (text: string) => () => Promise.reject(new Error(text));
  const works = () => Promise.resolve();

  beforeAll(async () => {
    database = await testDatabase('outbox');
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    [dataSource, elsewhere] = await Promise.all([connect(), connect()]);
    outbox = new PostgresOutbox(dataSource);
    second = new PostgresOutbox(elsewhere);
  });
  afterAll(async () => {
    await Promise.all([dataSource?.destroy(), elsewhere?.destroy(), owner?.end()]);
    await database?.drop();
  });
  beforeEach(() => owner.query('truncate messaging.outbox restart identity'));

  describe('writing', () => {
    it('commits with its cause', async () => {
      await inTenant(dataSource, TENANT, ({ client }) => enqueue(client, task, TENANT, [{ n: 1 }, { n: 2 }]));
      expect((await rows()).map(({ subject, tenant_id, payload, attempts }) => ({ subject, tenant_id, payload, attempts }))).toEqual([
        { subject: 'test.task', tenant_id: TENANT, payload: { n: 1 }, attempts: 0 },
        { subject: 'test.task', tenant_id: TENANT, payload: { n: 2 }, attempts: 0 },
      ]);
    });

    it('rolls back with its cause', async () => {
      const cause = inTenant(dataSource, TENANT, async ({ client }) => {
        await enqueue(client, task, TENANT, [{ n: 1 }]);
        throw new Error('the cause failed');
      });
      await expect(cause).rejects.toThrow('the cause failed');
      expect(await rows()).toEqual([]);
    });

    it('refuses a payload that does not fit, and writes none of its neighbours', async () => {
      const wrong = (client: PoolClient) => enqueue(client, task, TENANT, [{ n: 1 }, { n: 1.5 }]);
      await expect(inTenant(dataSource, TENANT, ({ client }) => wrong(client))).rejects.toThrow(z.ZodError);
      expect(await rows()).toEqual([]);
    });

    it('holds no payload that could be more than ids', async () => {
      const wide = { subject: 'test.wide', payload: z.object({ text: z.string() }) };
      // Random text: a repeated letter would be compressed below the limit.
      const text = Array.from({ length: 400 }, (_, i) => `${Math.sin(i)}`).join('');
      await expect(inTenant(dataSource, TENANT, ({ client }) => enqueue(client, wide, TENANT, [{ text }]))).rejects.toThrow(/check/);
    });
  });

  describe('relaying', () => {
    it('offers open deliveries of the asked subjects, oldest first, until they are marked', async () => {
      const [first, next] = [await written(1), await written(2)];
      expect(await outbox.unpublished(['test.other'], 10)).toEqual([]);
      expect(await outbox.unpublished(['test.task'], 1)).toEqual([
        { id: first, subject: 'test.task', tenantId: TENANT, payload: { n: 1 } },
      ]);
      await outbox.markPublished([first]);
      expect((await outbox.unpublished(['test.task'], 10)).map(({ id }) => id)).toEqual([next]);
    });

    it('reopens what was published long enough ago, of this subject, and is still open', async () => {
      const [lost, done, dead, fresh] = [await written(), await written(), await written(), await written()];
      await outbox.markPublished([lost, done, dead, fresh]);
      await outbox.claim(done, 3, works);
      await outbox.claim(dead, 1, fails('no'));
      await owner.query("update messaging.outbox set published_at = now() - interval '1 minute' where id <> $1", [fresh]);
      expect(await outbox.reopen('test.other', 5_000, null)).toBe(0);
      expect(await outbox.reopen('test.task', 5_000, null)).toBe(1);
      expect((await outbox.unpublished(['test.task'], 10)).map(({ id }) => id)).toEqual([lost]);
    });
  });

  describe('reopening a part', () => {
    const publishedLongAgo = async (count: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let i = 0; i < count; i += 1) ids.push(await written());
      await outbox.markPublished(ids);
      // The highest id was published first.
      await owner.query("update messaging.outbox set published_at = now() - interval '2 minutes' - id * interval '1 second'");
      return ids;
    };

    it('takes the longest published, no more than it may', async () => {
      const [first, second, third] = await publishedLongAgo(3);
      expect(await outbox.openPublished('test.task')).toBe(3);
      expect(await outbox.reopen('test.task', 60_000, 2)).toBe(2);
      expect((await outbox.unpublished(['test.task'], 10)).map(({ id }) => id)).toEqual([second, third]);
      expect(await outbox.openPublished('test.task')).toBe(1);
      expect(first).toBeDefined();
    });

    it('leaves alone what somebody is at', async () => {
      const ids = await publishedLongAgo(5);
      const { passed, open } = gate();
      const started = gate();
      const claimed = second.claim(ids[2]!, 3, () => (started.open(), passed));
      await started.passed;
      expect(await outbox.reopen('test.task', 60_000, null)).toBe(4);
      expect((await outbox.unpublished(['test.task'], 10)).map(({ id }) => id)).not.toContain(ids[2]);
      open();
      expect(await claimed).toEqual({ outcome: 'done' });
    });
  });

  describe('claiming', () => {
    it('does the work, with its payload, and never again', async () => {
      const id = await written(7);
      const seen: unknown[] = [];
      const work = (delivery: unknown): Promise<void> => Promise.resolve(void seen.push(delivery));
      expect(await outbox.claim(id, 3, work)).toEqual({ outcome: 'done' });
      expect(await second.claim(id, 3, work)).toEqual({ outcome: 'done-before' });
      expect(seen).toEqual([{ id, subject: 'test.task', tenantId: TENANT, payload: { n: 7 } }]);
    });

    it('answers `done-before` for an id that no row has', async () => {
      expect(await outbox.claim('999999', 3, works)).toEqual({ outcome: 'done-before' });
    });

    it('lets one worker in while the other is told that it is held', async () => {
      const id = await written();
      const { passed, open } = gate();
      const started = gate();
      const first = outbox.claim(id, 3, () => (started.open(), passed));
      await started.passed;
      expect(await second.claim(id, 3, works)).toEqual({ outcome: 'held-elsewhere' });
      open();
      expect(await first).toEqual({ outcome: 'done' });
      expect(await rows()).toMatchObject([{ attempts: 1 }]);
    });

    it('holds the lock and no snapshot, so vacuum goes on beside long work', async () => {
      const id = await written();
      let held: unknown;
      await outbox.claim(id, 3, async () => {
        const { rows: claims } = await owner.query(
          `select a.state, a.backend_xid, a.backend_xmin from pg_stat_activity a join pg_locks l using (pid)
           where l.locktype = 'advisory' and a.datname = current_database()`,
        );
        held = claims;
      });
      expect(held).toEqual([{ state: 'idle in transaction', backend_xid: null, backend_xmin: null }]);
    });

    it('keeps its hold on a server that ends idle transactions', async () => {
      await owner.query(`alter role scopebook_calculation in database ${database.name} set idle_in_transaction_session_timeout = '400ms'`);
      const strict = await connect();
      try {
        const id = await written();
        const { passed, open } = gate();
        const first = new PostgresOutbox(strict).claim(id, 3, () => passed);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        expect(await second.claim(id, 3, works)).toEqual({ outcome: 'held-elsewhere' });
        open();
        expect(await first).toEqual({ outcome: 'done' });
      } finally {
        await strict.destroy();
        await owner.query(`alter role scopebook_calculation in database ${database.name} reset all`);
      }
    });
  });

  describe('a worker whose connection is cut', () => {
    const cut = (): Promise<unknown> =>
      owner.query(
        `select pg_terminate_backend(pid) from pg_locks
         where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
      );

    it('holds nothing: another one does the work, and the first one’s late failure does not undo that', async () => {
      const id = await written();
      const started = gate();
      const { passed, open } = gate();
      const first = outbox.claim(id, 1, async () => {
        started.open();
        await passed;
        throw new Error('noticed too late');
      });
      await started.passed;
      await cut();
      let result = await second.claim(id, 3, works);
      while (result.outcome === 'held-elsewhere') result = await second.claim(id, 3, works);
      expect(result).toEqual({ outcome: 'done' });
      open();
      expect(await first).toEqual({ outcome: 'done-before' });
      expect(await rows()).toMatchObject([{ attempts: 2, failed_at: null, failure: null, done_at: expect.any(Date) }]);
    });

    it('leaves a pool that goes on working', async () => {
      const id = await written();
      await outbox.claim(id, 3, async () => void (await cut()));
      expect(await outbox.claim(await written(), 3, works)).toEqual({ outcome: 'done' });
    });
  });

  describe('giving back', () => {
    it.each([
      ['what cannot be tried now', () => Promise.reject(new TryLater('the store is away'))],
      ['what lost its connection to Postgres', () => Promise.reject(new Error('Connection terminated unexpectedly'))],
      ['what Postgres refused as it stopped', () => Promise.reject(Object.assign(new Error('shutting down'), { code: '57P01' }))],
    ])('counts no attempt: %s', async (_what, work) => {
      const id = await written();
      for (let i = 0; i < 5; i += 1) expect(await outbox.claim(id, 1, work)).toMatchObject({ outcome: 'later' });
      expect(await rows()).toMatchObject([{ attempts: 0, failed_at: null, failure: expect.stringMatching(/away|terminated|shutting/) }]);
      expect(await outbox.claim(id, 1, works)).toEqual({ outcome: 'done' });
    });

    it('counts an attempt that failed by an error of the statement', async () => {
      const id = await written();
      const work = () => inTenant(dataSource, TENANT, async ({ client }) => void (await client.query('select 1 / 0')));
      expect(await outbox.claim(id, 1, work)).toMatchObject({ outcome: 'failed', final: true });
    });
  });

  describe('failing', () => {
    it('counts attempts and ends as a dead letter with the last reason', async () => {
      const id = await written();
      expect(await outbox.claim(id, 2, fails('first'))).toMatchObject({ outcome: 'failed', attempts: 1, final: false });
      expect(await rows()).toMatchObject([{ attempts: 1, failure: 'first', failed_at: null, done_at: null }]);
      expect(await outbox.claim(id, 2, fails('second'))).toMatchObject({ outcome: 'failed', attempts: 2, final: true });
      expect(await rows()).toMatchObject([{ attempts: 2, failure: 'second', failed_at: expect.any(Date), done_at: null }]);
      expect(await outbox.claim(id, 2, works)).toEqual({ outcome: 'done-before' });
    });

    it('cuts a long reason and takes a thrown value that is no Error', async () => {
      const id = await written();
      await outbox.claim(id, 1, () => Promise.reject('x'.repeat(5_000)));
      expect((await rows())[0]?.['failure']).toBe('x'.repeat(1_000));
    });

    it('tells `exhausted` once, at the last attempt, before the delivery is a dead letter', async () => {
      const id = await written(3);
      const told: unknown[] = [];
      const exhausted = async (delivery: unknown, reason: string): Promise<void> =>
        void told.push([delivery, reason, (await rows())[0]?.['failed_at']]);
      await outbox.claim(id, 2, fails('first'), exhausted);
      expect(told).toEqual([]);
      await outbox.claim(id, 2, fails('second'), exhausted);
      expect(told).toEqual([[expect.objectContaining({ id, payload: { n: 3 } }), 'second', null]]);
    });

    it('stays open while `exhausted` cannot be told, and tells again without doing the work again', async () => {
      const id = await written();
      await expect(outbox.claim(id, 1, fails('the reason'), fails('the state is away'))).rejects.toThrow('the state is away');
      expect(await rows()).toMatchObject([{ failure: 'the reason', failed_at: null }]);
      const [work, exhausted] = [jest.fn(works), jest.fn(works)];
      expect(await outbox.claim(id, 1, work, exhausted)).toMatchObject({ outcome: 'failed', final: true });
      expect(work).not.toHaveBeenCalled();
      expect(exhausted).toHaveBeenCalledWith(expect.objectContaining({ id }), 'the reason');
      expect(await rows()).toMatchObject([{ failure: 'the reason', failed_at: expect.any(Date) }]);
    });

    it('does not hand work that kills its workers to one more of them', async () => {
      const id = await written();
      // What a killed worker leaves: its attempt is counted, nothing else is written.
      await owner.query('update messaging.outbox set attempts = 2 where id = $1', [id]);
      const work = jest.fn(works);
      expect(await outbox.claim(id, 2, work)).toMatchObject({ outcome: 'failed', final: true });
      expect(work).not.toHaveBeenCalled();
      expect(await rows()).toMatchObject([{ failure: expect.stringContaining('died'), failed_at: expect.any(Date) }]);
    });
  });
});
