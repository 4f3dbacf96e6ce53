import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Logger, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { pingWorker, projectRun, readConservation, readInventory, Refused } from '#contracts';
import { Asker, natsOptions } from '#messaging';
import { enqueue, inTenant } from '#postgres';
import { readConfig } from '#platform';
import { testParts } from '../../../test/support/parts';
import { openWorld, type World } from '../../../test/support/reporting-world';
import { SmallLedger } from '../../../test/support/small-ledger';
import { reportingConfig } from './shared/config';

/** The service as `main.ts` starts it, on real NATS, Postgres and ClickHouse, with the starter catalogue's GWP tables. */
describe('the reporting service', () => {
  const environment = { ...process.env };
  let world: World;
  let ledger: SmallLedger;
  let app: INestMicroservice;
  let asker: Asker;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    world = await openWorld();
    ledger = await SmallLedger.open(world.database.ownerUrl);
    const { natsUrl, natsToken, fileStoreUrl } = testParts();
    Object.assign(process.env, world.config, {
      DATABASE_URL: world.database.urlFor('scopebook_reporting'),
      NATS_URL: natsUrl,
      NATS_TOKEN: natsToken,
      NATS_PREFIX: `test_reporting_${randomBytes(4).toString('hex')}`,
      FILE_STORE_URL: fileStoreUrl,
      CATALOGUE_DIR: path.resolve('catalogue'),
    });
    const config = readConfig(reportingConfig);
    // Subjects are read when the controller's class is made: after the prefix is set.
    const { ReportingModule } = jest.requireActual<{ ReportingModule: Type }>('./reporting.module');
    app = await NestFactory.createMicroservice<MicroserviceOptions>(ReportingModule, {
      transport: Transport.NATS,
      options: { ...natsOptions(config, 'reporting'), queue: 'reporting' },
      logger: false,
    });
    await app.listen();
    asker = new Asker(config, 'test');
  });
  afterAll(async () => {
    await asker.close();
    await app.close();
    await ledger.close();
    await world.close();
    process.env = environment;
  });

  it('says that it is ready, and which of its parts are', async () => {
    expect(await asker.ask(pingWorker.reporting, {})).toMatchObject({ ready: true, parts: { postgres: true, clickhouse: true } });
  });

  it('projects a run that stands in the outbox, and answers from it', async () => {
    await ledger.entity('HQ');
    const importId = await ledger.import(1);
    const key = await ledger.key('fuel.natural-gas', 'kWh', [{ kgco2e: '0.18' }]);
    await ledger.activity({ importId, key, entity: 'HQ', quantity: '1000.000000000001' });
    const runId = await ledger.seal(1);
    const { tenantId } = ledger;
    const question = { tenantId, book: 'main' };
    await expect(asker.ask(readConservation, question)).rejects.toMatchObject(new Refused('nothing_calculated'));
    await inTenant(world.dataSource, tenantId, ({ client }) => enqueue(client, projectRun, tenantId, [{ tenantId, runId }]));
    const projected = async (): Promise<boolean> =>
      (await ledger.sql<{ status: string }>('select status from reporting.projections where run_id = $1', [runId]))[0]?.status ===
      'projected';
    for (const end = Date.now() + 20_000; !(await projected()) && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await asker.ask(readConservation, question)).toMatchObject({ ledgerKgco2e: '180.00000000000018', holds: true });
    const reading = { ...question, year: 2025, approach: 'operational-control' as const, gwp: 'AR6' as const };
    expect(await asker.ask(readInventory, reading)).toMatchObject({ scope1: '0.18000000000000018', asOfRun: 1 });
    const done = await ledger.sql('select from messaging.outbox where done_at is not null');
    expect(done).toHaveLength(1);
  });
});
