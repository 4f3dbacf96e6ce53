import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { Clickhouse, sumBook } from '#clickhouse';
import { projectRun, work } from '#contracts';
import { connectNats, WorkRunner } from '#messaging';
import { enqueue, inTenant, PostgresOutbox } from '#postgres';
import { testParts } from '../../../../test/support/parts';
import { openWorld, type World } from '../../../../test/support/reporting-world';
import { SmallLedger } from '../../../../test/support/small-ledger';
import { ProjectRunService } from './project-run.service';

interface Processes {
  stopOne(name: string, signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}
interface Tools {
  Processes: new (dataDir: string) => Processes;
  choosePort(wish: { name: string }): Promise<number>;
  startClickhouse(wish: object): Promise<{ url: string }>;
  migrateClickhouse(wish: { url: string; database: string }): Promise<string[]>;
}

/** One attempt more than none: if the store's absence cost an attempt, the first would be the last. */
const ATTEMPTS_MAX = 1;

describe('a projection while the columnar store is away', () => {
  const tools = {
    ...jest.requireActual<Tools>('../../../../tools/lib/processes.mjs'),
    ...jest.requireActual<Tools>('../../../../tools/lib/ports.mjs'),
    ...jest.requireActual<Tools>('../../../../tools/lib/migrate.mjs'),
    ...jest.requireActual<Tools>('../../../../tools/lib/embedded/clickhouse.mjs'),
  };
  const environment = { ...process.env };
  const dir = mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-store-'));
  const processes = new tools.Processes(dir);
  let world: World;
  let ledger: SmallLedger;
  let nats: NatsConnection;
  let runner: WorkRunner;
  let clickhouse: Clickhouse;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    process.env['NATS_PREFIX'] = `test_store_${process.pid}_${Date.now()}`;
    world = await openWorld();
    ledger = await SmallLedger.open(world.database.ownerUrl);
    const { natsUrl, natsToken } = testParts();
    nats = await connectNats({ NATS_URL: natsUrl, NATS_TOKEN: natsToken }, 'test');
  });
  afterAll(async () => {
    await runner?.close();
    await nats?.close();
    await clickhouse?.close();
    await ledger?.close();
    await world?.close();
    await processes.stop();
    rmSync(dir, { recursive: true, force: true });
    process.env = environment;
  });

  it('waits without using up its attempts, and is done when the store is back', async () => {
    const port = await tools.choosePort({ name: 'clickhouse' });
    const start = () => tools.startClickhouse({ dir: path.join(dir, 'clickhouse'), port, password: 'test', processes });
    const { url } = await start();
    await tools.migrateClickhouse({ url, database: 'scopebook_test' });
    await processes.stopOne('clickhouse');

    clickhouse = new Clickhouse({ CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: 'scopebook_test' }, 'test');
    const service = new ProjectRunService(world.dataSource, clickhouse);
    const once = work(projectRun.subject, projectRun.payload, ATTEMPTS_MAX);
    runner = new WorkRunner(nats, new PostgresOutbox(world.dataSource), [
      {
        work: once,
        concurrency: 1,
        handle: (payload: { tenantId: string; runId: string }) => service.handle(payload),
        exhausted: (payload: { tenantId: string; runId: string }) => service.exhausted(payload),
      },
    ]);
    await runner.start();

    await ledger.entity('HQ');
    const importId = await ledger.import(1);
    const key = await ledger.key('fuel.natural-gas', 'kWh', [{ kgco2e: '2' }]);
    await ledger.activity({ importId, key, entity: 'HQ', quantity: '21' });
    const runId = await ledger.seal(1);
    const { tenantId, bookId } = ledger;
    await inTenant(world.dataSource, tenantId, ({ client }) => enqueue(client, once, tenantId, [{ tenantId, runId }]));

    const row = async () => {
      const [found] = await ledger.sql<{ attempts: number; failure: string | null; failed_at: Date | null; done_at: Date | null }>(
        'select attempts, failure, failed_at, done_at from messaging.outbox where tenant_id = $1',
        [tenantId],
      );
      return found!;
    };
    while ((await row()).failure === null) await pause(50);
    // Long enough for a second try, and a third.
    await pause(4_000);
    expect(await row()).toMatchObject({ failed_at: null, done_at: null, failure: expect.stringContaining('does not answer') });
    await start();
    while ((await row()).done_at === null) await pause(50);
    expect(await row()).toMatchObject({ attempts: 1, failed_at: null });
    expect(await sumBook(clickhouse, { tenantId, bookId, runOrdinal: 99 })).toEqual([{ entries: '1', kgco2e: '42' }]);
  }, 60_000);
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
