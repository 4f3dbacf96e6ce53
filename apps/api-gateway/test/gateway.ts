import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Refused, type Request } from '#contracts';
import { Asker } from '#messaging';
import { DirectoryFileStore } from '#platform';
import { AppModule } from '../src/app.module';
import { configureHttp } from '../src/http-server';
import { Database } from '../src/shared/database';
import { GATEWAY_CONFIG, gatewayConfig, type GatewayConfig } from '../src/shared/gateway-config';
import { FILE_STORE } from '../src/shared/uploads';

type Question = Record<string, unknown>;
type Answers = Record<string, (question: Question) => unknown>;

/** The whole HTTP side, real; the workers are the functions given, by subject. Without `databaseUrl` Postgres is fake and knows one key. */
export interface TestGateway {
  readonly app: NestExpressApplication;
  readonly server: Server;
  /** Every question that reached a worker, in order. */
  readonly asked: { subject: string; question: Question }[];
  /** Files in the store, half-written ones included. */
  storedFiles(): string[];
  close(): Promise<void>;
}

export const TENANT = '0198f000-0000-7000-8000-000000000001';
export const API_KEY = `sbk_${'k'.repeat(43)}`;

export async function startTestGateway(
  answers: Answers = {},
  wish: { databaseUrl?: string; config?: Partial<GatewayConfig> } = {},
): Promise<TestGateway> {
  const files = mkdtempSync(path.join(os.tmpdir(), 'scopebook-gateway-test-'));
  const asked: TestGateway['asked'] = [];
  const config = {
    ...gatewayConfig.parse({ DATABASE_URL: wish.databaseUrl ?? 'postgres://nobody@127.0.0.1:1/none', FILE_STORE_URL: 'file:///' }),
    ...wish.config,
  };
  const building = Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(GATEWAY_CONFIG)
    .useValue(config)
    .overrideProvider(FILE_STORE)
    .useValue(new DirectoryFileStore(files))
    .overrideProvider(Asker)
    .useValue(fakeAsker(answers, asked));
  if (wish.databaseUrl === undefined) building.overrideProvider(Database).useValue(fakeDatabase);
  const app = (await building.compile()).createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttp(app, config);
  await app.listen(0, '127.0.0.1');
  return {
    app,
    server: app.getHttpServer() as Server,
    asked,
    storedFiles: () => readdirSync(files, { recursive: true, withFileTypes: true }).flatMap((file) => (file.isFile() ? [file.name] : [])),
    close: async () => {
      await app.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
}

/** Holds questions against the contract, as the real asker's partner does; a subject without a function has no listener. */
function fakeAsker(answers: Answers, asked: TestGateway['asked']) {
  return {
    ask: async (message: Request, question: unknown) => {
      const parsed = message.request.parse(question) as Question;
      asked.push({ subject: message.subject, question: parsed });
      const answer = answers[message.subject];
      if (!answer) throw new Refused('service_unavailable');
      return answer(parsed);
    },
    close: async () => {},
  };
}

/** The SHA-256 of `API_KEY`, computed apart from the product. */
const KEY_HASH = 'e65bf4539836affee471778f41e65647713109196632aaad25c971d1c1a2d5c6';

const fakeDatabase = {
  asBearer: async (_keyHash: string, work: (transaction: unknown) => Promise<unknown>) =>
    work({
      apiKey: {
        findFirst: async ({ where }: { where: { keyHash: string } }) => (where.keyHash === KEY_HASH ? { tenantId: TENANT } : null),
      },
    }),
  isReady: async () => true,
};
