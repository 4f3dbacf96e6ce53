import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { work } from '#contracts';
import { enqueue, inTenant, PostgresOutbox, postgresOptions } from '#postgres';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { testParts } from '../../../test/support/parts';
import { connectNats, workSubject } from './nats-connection';
import { TryLater } from './outbox-port';
import { WorkRunner, type WorkHandler } from './work-runner';

const TENANT = '0198f000-0000-7000-8000-00000000000a';
const payload = z.object({ n: z.number().int() });
type Handler = WorkHandler<typeof payload>;
interface Row {
  readonly id: string;
  readonly attempts: number;
  readonly failure: string | null;
  readonly published_at: Date | null;
  readonly done_at: Date | null;
  readonly failed_at: Date | null;
}

/** Real Postgres and real NATS, a stream of this file's own; the handlers alone are made up. */
describe('the work runner', () => {
  const environment = { ...process.env };
  const prefix = `test_work_${randomBytes(4).toString('hex')}`;
  const stream = `${prefix}_work`;
  let database: TestDatabase;
  let owner: Client;
  let dataSource: DataSource;
  let nats: NatsConnection;
  let runners: WorkRunner[] = [];
  let subjects = 0;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    process.env['NATS_PREFIX'] = prefix;
    database = await testDatabase('work_runner');
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    dataSource = await new DataSource(postgresOptions(database.urlFor('scopebook_calculation'), 'test')).initialize();
    const { natsUrl, natsToken } = testParts();
    nats = await connectNats({ NATS_URL: natsUrl, NATS_TOKEN: natsToken }, 'test');
  });
  afterEach(async () => {
    await Promise.all(runners.map((runner) => runner.close()));
    runners = [];
  });
  afterAll(async () => {
    if (nats) await (await jetstreamManager(nats)).streams.delete(stream).catch(() => undefined);
    await Promise.all([dataSource?.destroy(), owner?.end(), nats?.close()]);
    await database?.drop();
    process.env = environment;
  });

  /** Work of a kind that no other test has, so that tests never see each other's. */
  const handler = (wish: Partial<Handler> & { attemptsMax?: number } = {}) => {
    const handled: number[] = [];
    const own: Handler & { handled: number[] } = {
      work: work(`test.task-${(subjects += 1)}`, payload, wish.attemptsMax),
      concurrency: 2,
      handle: ({ n }) => Promise.resolve(void handled.push(n)),
      ...wish,
      handled,
    };
    return own;
  };
  const run = async (...handlers: Handler[]): Promise<WorkRunner> => {
    const runner = new WorkRunner(nats, new PostgresOutbox(dataSource), handlers);
    runners.push(runner);
    await runner.start();
    return runner;
  };
  const write = ({ work: kind }: Handler, ...numbers: number[]): Promise<void> =>
    inTenant(dataSource, TENANT, ({ client }) =>
      enqueue(
        client,
        kind,
        TENANT,
        numbers.map((n) => ({ n })),
      ),
    );
  const rows = async ({ work: { subject } }: Handler): Promise<Row[]> =>
    (await owner.query<Row>('select * from messaging.outbox where subject = $1 order by id', [subject])).rows;
  const settled = async (of: Handler): Promise<Row[]> => {
    for (;;) {
      const all = await rows(of);
      if (all.length > 0 && all.every(({ done_at, failed_at }) => done_at ?? failed_at)) return all;
      await pause(25);
    }
  };
  const inBroker = async ({ work: { subject } }: Handler): Promise<number> => {
    const info = await (await jetstreamManager(nats)).streams.info(stream, { subjects_filter: workSubject(subject) });
    return Object.values(info.state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  };
  const emptied = async (of: Handler): Promise<void> => {
    while ((await inBroker(of)) > 0) await pause(25);
  };
  const publish = (of: Handler, message: unknown) =>
    jetstream(nats).publish(workSubject(of.work.subject), typeof message === 'string' ? message : JSON.stringify(message));

  it('does once what was written once, and leaves nothing in the broker', async () => {
    const task = handler();
    await run(task);
    await write(task, 1, 2, 3);
    expect(await settled(task)).toMatchObject([{ attempts: 1 }, { attempts: 1 }, { attempts: 1 }]);
    expect(task.handled.sort()).toEqual([1, 2, 3]);
    await emptied(task);
  });

  it('does what was written before it started', async () => {
    const task = handler();
    await write(task, 1);
    await run(task);
    await settled(task);
    expect(task.handled).toEqual([1]);
  });

  it('shares the work with another replica: each delivery is done by one of them', async () => {
    const task = handler();
    await run(task);
    await run(task);
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await write(task, ...numbers);
    await settled(task);
    await emptied(task);
    expect(task.handled.sort((a, b) => a - b)).toEqual(numbers);
  });

  it('has no more in hand than its concurrency', async () => {
    let [now, most] = [0, 0];
    const task = handler({
      handle: async () => {
        most = Math.max(most, (now += 1));
        await pause(20);
        now -= 1;
      },
    });
    await run(task);
    await write(task, ...Array.from({ length: 12 }, (_, n) => n));
    await settled(task);
    expect(most).toBe(2);
  });

  it('is not moved by duplicates that the broker delivers', async () => {
    const task = handler();
    await run(task);
    await write(task, 1);
    const [row] = await settled(task);
    for (let i = 0; i < 5; i += 1) await publish(task, { id: row?.id });
    await emptied(task);
    expect(task.handled).toEqual([1]);
    expect(await rows(task)).toMatchObject([{ attempts: 1, done_at: row?.done_at }]);
    // Duplicates that arrive together hold each other off for a while.
  }, 30_000);

  it('brings back what the broker lost with its stream', async () => {
    const task = handler();
    await write(task, 1, 2);
    // Published, says the outbox, and the broker has nothing: what a stream deleted, or a broker restored without its disk, leaves.
    await run(handler());
    await (await jetstreamManager(nats)).streams.delete(stream);
    await owner.query("update messaging.outbox set published_at = now() - interval '1 minute' where subject = $1", [task.work.subject]);
    await run(task);
    await settled(task);
    expect(task.handled.sort()).toEqual([1, 2]);
  }, 20_000);

  it('brings back what the broker lost while it still holds others of the subject', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const handled: number[] = [];
    const task = handler({ handle: async ({ n }) => (n === 1 ? await held : undefined, void handled.push(n)) });
    await run(task);
    await write(task, 1);
    while ((await rows(task))[0]?.attempts !== 1) await pause(25);
    // The second one is published, says the outbox, and the broker has never seen it.
    await owner.query(
      "insert into messaging.outbox (subject, tenant_id, payload, published_at) values ($1, $2, '{\"n\": 2}', now() - interval '2 minutes')",
      [task.work.subject, TENANT],
    );
    await owner.query("update messaging.outbox set published_at = now() - interval '3 minutes' where subject = $1 and attempts = 1", [
      task.work.subject,
    ]);
    while (handled.length === 0) await pause(25);
    expect(handled).toEqual([2]);
    expect((await rows(task))[0]).toMatchObject({ attempts: 1, published_at: expect.any(Date) });
    release();
    await settled(task);
    expect(handled).toEqual([2, 1]);
  }, 20_000);

  it('does not use up the attempts of work that cannot be tried, and does it once it can', async () => {
    const at: number[] = [];
    const exhausted = jest.fn(() => Promise.resolve());
    const task = handler({
      attemptsMax: 1,
      handle: () => (at.push(Date.now()) < 4 ? Promise.reject(new TryLater('the store is away')) : Promise.resolve()),
      exhausted,
    });
    await run(task);
    await write(task, 1);
    while (at.length < 2) await pause(25);
    expect(await rows(task)).toMatchObject([{ failure: 'the store is away', failed_at: null, done_at: null }]);
    expect(await settled(task)).toMatchObject([{ attempts: 1, failed_at: null, done_at: expect.any(Date) }]);
    expect(exhausted).not.toHaveBeenCalled();
    const [first, second, third, fourth] = at as [number, number, number, number];
    // 500 ms × 2^deliveries, as after a failure.
    expect([second - first > 900, third - second > 1_900, fourth - third > 3_900]).toEqual([true, true, true]);
    await emptied(task);
  }, 20_000);

  it('goes on with the same consumers after the stream was deleted under them', async () => {
    const task = handler();
    await run(task);
    await write(task, 1);
    await settled(task);
    await (await jetstreamManager(nats)).streams.delete(stream);
    await write(task, 2);
    await settled(task);
    expect(task.handled).toEqual([1, 2]);
  }, 30_000);

  it('tries failing work again, with a pause that grows, and then sets it aside and says so', async () => {
    const at: number[] = [];
    const told = jest.fn(() => Promise.resolve());
    const task = handler({
      attemptsMax: 3,
      handle: () => {
        at.push(Date.now());
        return Promise.reject(new Error(`attempt ${at.length} failed`));
      },
      exhausted: told,
    });
    await run(task);
    await write(task, 7);
    expect(await settled(task)).toMatchObject([{ attempts: 3, failure: 'attempt 3 failed', done_at: null }]);
    const [first, second, third] = at as [number, number, number];
    // 500 ms × 2^attempts; timers and brokers may be late, never early by much.
    expect(second - first).toBeGreaterThan(900);
    expect(third - second).toBeGreaterThan(1_900);
    expect(told.mock.calls).toEqual([[{ n: 7 }, 'attempt 3 failed']]);
    await emptied(task);
  }, 20_000);

  it('does work that fails at first and passes later', async () => {
    let attempts = 0;
    const task = handler({ handle: () => ((attempts += 1) === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve()) });
    await run(task);
    await write(task, 1);
    expect(await settled(task)).toMatchObject([{ attempts: 2, failed_at: null, done_at: expect.any(Date) }]);
  });

  it('keeps telling `exhausted` until the state could take it, without doing the work again', async () => {
    const handle = jest.fn(() => Promise.reject(new Error('broken')));
    const exhausted = jest.fn(() => Promise.resolve());
    exhausted.mockRejectedValueOnce(new Error('the state is away'));
    const task = handler({ attemptsMax: 1, handle, exhausted });
    await run(task);
    await write(task, 1);
    expect(await settled(task)).toMatchObject([{ failure: 'broken' }]);
    expect(exhausted).toHaveBeenCalledTimes(2);
    expect(handle).toHaveBeenCalledTimes(1);
  }, 15_000);

  it('sets aside a payload that does not fit, and does what stands behind it', async () => {
    const exhausted = jest.fn(() => Promise.resolve());
    const task = handler({ attemptsMax: 1, concurrency: 1, exhausted });
    await owner.query('insert into messaging.outbox (subject, tenant_id, payload) values ($1, $2, \'{"n": "poison"}\')', [
      task.work.subject,
      TENANT,
    ]);
    await write(task, 1);
    await run(task);
    const [poison, good] = await settled(task);
    expect(poison).toMatchObject({ done_at: null, failure: expect.stringContaining('expected number') });
    expect(good).toMatchObject({ done_at: expect.any(Date) });
    expect(exhausted).not.toHaveBeenCalled();
    await emptied(task);
  });

  it.each([
    ['no JSON', 'no JSON'],
    ['JSON null', 'null'],
    ['no id', {}],
    ['an id that is no id', { id: 'x' }],
    ['an unknown id', { id: '999999999' }],
  ])('throws away a message with %s, and goes on', async (_name, message) => {
    const task = handler({ concurrency: 1 });
    await run(task);
    await publish(task, message);
    await write(task, 1);
    await settled(task);
    await emptied(task);
    expect(task.handled).toEqual([1]);
  });

  describe('closing', () => {
    it('waits for the work in hand and takes no more; the rest is done by the next runner', async () => {
      let begun = (): void => undefined;
      const started = new Promise<void>((resolve) => (begun = resolve));
      const finished: number[] = [];
      const task = handler({
        concurrency: 1,
        handle: async ({ n }) => {
          begun();
          await pause(200);
          finished.push(n);
        },
      });
      const runner = await run(task);
      await write(task, 1, 2, 3);
      await started;
      await runner.close();
      const inHand = finished.length;
      expect(inHand).toBeGreaterThan(0);
      await pause(400);
      expect(finished).toHaveLength(inHand);
      await run(task);
      await settled(task);
      expect(finished.sort()).toEqual([1, 2, 3]);
    }, 60_000);

    it('ends a runner that has only just been started', async () => {
      await (await run(handler())).close();
    });
  });
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
