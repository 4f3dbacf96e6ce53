import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Controller, Logger, Module, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { z } from 'zod';
import { Refused, request } from '#contracts';
import { serviceConfig, type ServiceConfig } from '#platform';
import { testParts } from '../../../test/support/parts';
import { Answers } from './answers';
import { Asker } from './asker';
import { natsOptions } from './nats-connection';

const double = request('test.double', z.object({ text: z.string().max(100) }), z.object({ text: z.string() }));
const refuse = request('test.refuse', z.object({}), z.object({}));
const blunder = request('test.blunder', z.object({}), z.object({}));
const misfit = request('test.misfit', z.object({}), z.object({ count: z.number() }));
const flood = request('test.flood', z.object({}), z.object({ text: z.string() }));
const pause = request('test.pause', z.object({ ms: z.number() }), z.object({}));
const deserted = request('test.deserted', z.object({}), z.object({}));

type Nothing = Record<string, never>;

const PLACES = [{ at: 'slots[0].unit', code: 'unit_unknown', detail: 'No unit is called kilowatt.' }];

/** Made when the prefix is set: a decorator reads it at once. */
function answering(): Type {
  @Controller()
  class TestController {
    @Answers(double)
    double({ text }: z.infer<typeof double.request>): Promise<z.infer<typeof double.reply>> {
      return Promise.resolve({ text: text + text, secret: 'not in the contract' } as { text: string });
    }

    @Answers(refuse)
    refuse(_question: Nothing): Promise<Nothing> {
      throw new Refused('mapping_invalid', 'The mapping names a unit that does not exist.', PLACES);
    }

    @Answers(blunder)
    blunder(_question: Nothing): Promise<Nothing> {
      throw new Error('password=hunter2');
    }

    @Answers(misfit)
    misfit(_question: Nothing): Promise<{ count: number }> {
      return Promise.resolve({ count: 'many' } as unknown as { count: number });
    }

    @Answers(flood)
    flood(_question: Nothing): Promise<{ text: string }> {
      return Promise.resolve({ text: 'x'.repeat(2 ** 21) });
    }

    @Answers(pause)
    async pause({ ms }: { ms: number }): Promise<Nothing> {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return {};
    }
  }
  @Module({ controllers: [TestController] })
  class TestModule {}
  return TestModule;
}

async function listen(config: ServiceConfig): Promise<INestMicroservice> {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(answering(), {
    transport: Transport.NATS,
    options: { ...natsOptions(config, 'test-service'), queue: 'test' },
    logger: false,
  });
  await app.listen();
  return app;
}

const configOf = (NATS_URL: string, NATS_TOKEN: string): ServiceConfig =>
  serviceConfig.parse({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', FILE_STORE_URL: 'file:///', NATS_URL, NATS_TOKEN });

const environment = { ...process.env };
beforeAll(() => {
  Logger.overrideLogger(false);
  process.env['NATS_PREFIX'] = `test_answers_${randomBytes(4).toString('hex')}`;
});
afterAll(() => {
  process.env = environment;
});

describe('questions and answers over NATS', () => {
  let app: INestMicroservice;
  let asker: Asker;
  beforeAll(async () => {
    const { natsUrl, natsToken } = testParts();
    const config = configOf(natsUrl, natsToken);
    app = await listen(config);
    asker = new Asker(config, 'test-asker');
  });
  afterAll(async () => {
    await asker?.close();
    await app?.close();
  });

  it('brings the answer, and nothing that the contract does not name', async () => {
    expect(await asker.ask(double, { text: 'ü\t€' })).toEqual({ text: 'ü\t€ü\t€' });
  });

  it('keeps answers apart when many questions are on their way', async () => {
    const texts = Array.from({ length: 200 }, (_, i) => `${i}.`);
    expect(await Promise.all(texts.map((text) => asker.ask(double, { text })))).toEqual(texts.map((text) => ({ text: text + text })));
  });

  it('brings a refusal under its name, with its detail and its places', async () => {
    const refused = await asker.ask(refuse, {}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({
      code: 'mapping_invalid',
      detail: 'The mapping names a unit that does not exist.',
      places: PLACES,
      status: 422,
    });
  });

  it('refuses a question that does not fit, and says where', async () => {
    await expect(asker.ask(double, { text: 'x'.repeat(101) })).rejects.toMatchObject({
      code: 'request_invalid',
      detail: expect.stringContaining('text:'),
    });
  });

  it('says `unexpected` of any other error, and nothing of its text', async () => {
    const refused = await asker.ask(blunder, {}).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'unexpected' });
    expect(JSON.stringify(refused) + String(refused)).not.toContain('hunter2');
  });

  it('says `unexpected` of an answer that does not fit its contract', async () => {
    await expect(asker.ask(misfit, {})).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('says `unexpected` of an answer larger than a message may be, at once', async () => {
    await expect(asker.ask(flood, {}, 3_000)).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('says `body_too_large` of a question larger than a message may be, and asks on', async () => {
    await expect(asker.ask(double, { text: 'x'.repeat(2 ** 21) }, 3_000)).rejects.toMatchObject({ code: 'body_too_large' });
    expect(await asker.ask(double, { text: 'a' })).toEqual({ text: 'aa' });
  });

  it('says `service_unavailable` at once when nobody answers', async () => {
    const asked = Date.now();
    await expect(asker.ask(deserted, {})).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(Date.now() - asked).toBeLessThan(2_000);
  });

  it('says `service_unavailable` when patience ends, and does not mistake the late answer for another', async () => {
    await expect(asker.ask(pause, { ms: 300 }, 50)).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await asker.ask(double, { text: 'a' })).toEqual({ text: 'aa' });
  });
});

interface Processes {
  stopOne(name: string, signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}
interface Tools {
  Processes: new (dataDir: string) => Processes;
  choosePort(wish: { name: string }): Promise<number>;
  DEFAULT_DATA_DIR: string;
  startNats(wish: object): Promise<{ url: string }>;
}

describe('a broker that goes down and comes back', () => {
  const tools = {
    ...jest.requireActual<Tools>('../../../tools/lib/processes.mjs'),
    ...jest.requireActual<Tools>('../../../tools/lib/ports.mjs'),
    ...jest.requireActual<Tools>('../../../tools/lib/root.mjs'),
    ...jest.requireActual<Tools>('../../../tools/lib/embedded/nats.mjs'),
  };
  const dir = mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-broker-'));
  const processes = new tools.Processes(dir);
  const cacheDir = path.join(tools.DEFAULT_DATA_DIR, 'nats-bin');
  const start = (port: number) => tools.startNats({ dir, port, token: 'test', cacheDir, say: () => undefined, processes });
  const opened: { close(): Promise<unknown> }[] = [];
  afterAll(async () => {
    for (const { close } of opened) await close();
    await processes.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Asks until somebody answers; nothing but `service_unavailable` may come before. */
  const answered = async (asker: Asker): Promise<unknown> => {
    for (const end = Date.now() + 15_000; ;) {
      try {
        return await asker.ask(double, { text: 'c' }, 1_000);
      } catch (error) {
        if (Date.now() > end || !(error instanceof Refused) || error.code !== 'service_unavailable') throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  it('is `service_unavailable` while it is not there, and is found by itself', async () => {
    const port = await tools.choosePort({ name: 'nats' });
    const config = configOf(`nats://127.0.0.1:${port}`, 'test');
    const asker = new Asker(config, 'test-asker');
    await expect(asker.ask(double, { text: 'a' }, 300)).rejects.toMatchObject({ code: 'service_unavailable' });
    await start(port);
    const app = await listen(config);
    opened.push({ close: () => asker.close() }, { close: () => app.close() });
    expect(await answered(asker)).toEqual({ text: 'cc' });

    await processes.stopOne('nats', 'SIGKILL');
    for (let i = 0; i < 3; i += 1) {
      await expect(asker.ask(double, { text: 'b' }, 1_000)).rejects.toMatchObject({ code: 'service_unavailable' });
    }
    await start(port);
    expect(await answered(asker)).toEqual({ text: 'cc' });
  }, 60_000);
});
