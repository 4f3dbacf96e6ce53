import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { testParts } from '../../test/support/parts';

interface Started {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly natsToken: string;
  readonly clickhouseUrl: string;
  readonly fileStoreUrl: string;
}
interface Tools {
  Processes: new (dataDir: string) => { start(wish: { name: string }): unknown; stop(): Promise<void> };
  loadSecrets(dataDir: string): object;
  startParts(wish: object): Promise<Started>;
}

describe('parts that the environment names', () => {
  const tools = {
    ...jest.requireActual<Tools>('./processes.mjs'),
    ...jest.requireActual<Tools>('./secrets.mjs'),
    ...jest.requireActual<Tools>('./parts.mjs'),
  };
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-parts-'));
  const processes = new tools.Processes(dataDir);
  const begun: string[] = [];
  const start = processes.start.bind(processes);
  processes.start = (wish) => (begun.push(wish.name), start(wish));
  afterAll(async () => {
    await processes.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const startParts = (environment: Record<string, string>) =>
    tools.startParts({
      dataDir,
      database: 'scopebook_test_parts',
      secrets: tools.loadSecrets(dataDir),
      processes,
      environment,
      say: (line: string) => void said.push(line),
    });
  const said: string[] = [];
  beforeEach(() => void [begun.splice(0), said.splice(0)]);

  const environmentOf = () => {
    const { databaseUrl, natsUrl, natsToken, clickhouseUrl, fileStoreUrl } = testParts();
    return {
      DATABASE_URL: databaseUrl,
      NATS_URL: natsUrl,
      NATS_TOKEN: natsToken,
      CLICKHOUSE_URL: clickhouseUrl,
      FILE_STORE_URL: fileStoreUrl,
    };
  };

  it('are used as they are, and nothing is started in their place', async () => {
    const environment = environmentOf();
    expect(await startParts(environment)).toEqual({
      databaseUrl: environment.DATABASE_URL,
      natsUrl: environment.NATS_URL,
      natsToken: environment.NATS_TOKEN,
      clickhouseUrl: environment.CLICKHOUSE_URL,
      fileStoreUrl: environment.FILE_STORE_URL,
    });
    expect([begun, said]).toEqual([[], []]);
    for (const name of ['postgres', 'nats', 'clickhouse', 'files']) expect(existsSync(path.join(dataDir, name))).toBe(false);
  });

  it('leave the others to be started: one URL replaces one part', async () => {
    const environment = { ...environmentOf(), CLICKHOUSE_URL: '' };
    const parts = await startParts(environment);
    expect(begun).toEqual(['clickhouse']);
    expect(parts.natsUrl).toBe(environment.NATS_URL);
    expect(await await fetch(new URL('/ping', parts.clickhouseUrl.replace(/\/\/[^@]*@/, '//'))).then((answer) => answer.status)).toBe(200);
    expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false);
  });
});
