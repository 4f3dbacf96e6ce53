import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../test/support/database';
import { testParts } from '../../test/support/parts';
import { bootstrap } from './bootstrap.mjs';

/** Answers `GET /v1/tenant` as the gateway does: it sees one row of api_keys, that of the key it was shown. */
async function standInForGateway(url: string): Promise<{ apiUrl: string; close: () => void }> {
  const server = http.createServer(async (request, response) => {
    const hash = createHash('sha256')
      .update((request.headers.authorization ?? '').replace('Bearer ', ''))
      .digest('hex');
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query("select set_config('app.key_hash', $1, false)", [hash]);
    const { rowCount } = await client.query('select from gateway.api_keys where revoked_at is null');
    await client.end();
    response.writeHead(rowCount === 1 ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe('the first tenant and its key', () => {
  let database: TestDatabase;
  let gateway: Awaited<ReturnType<typeof standInForGateway>>;
  let dataDir: string;
  beforeAll(async () => {
    database = await testDatabase('bootstrap');
    gateway = await standInForGateway(database.urlFor('scopebook_gateway'));
    dataDir = mkdtempSync(path.join(tmpdir(), 'scopebook-bootstrap-'));
  });
  afterAll(async () => {
    gateway.close();
    await database.drop();
    rmSync(dataDir, { recursive: true });
  });

  const begin = () => {
    const { apiUrl } = gateway;
    const secrets = { roles: testParts().rolePasswords };
    return bootstrap({ apiUrl, ownerUrl: database.ownerUrl, secrets, dataDir, demo: false, say: () => undefined });
  };
  const asOwner = async (sql: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };

  it('are made once, and the key is kept where only its owner can read it', async () => {
    const { apiKey = '' } = await begin();
    expect(apiKey).toMatch(/^sbk_[A-Za-z0-9_-]{43}$/);
    const file = path.join(dataDir, 'api-key');
    expect(readFileSync(file, 'utf8').trim()).toBe(apiKey);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await begin()).apiKey).toBe(apiKey);
    expect(await asOwner('select key_hash from gateway.api_keys')).toEqual([
      { key_hash: createHash('sha256').update(apiKey).digest('hex') },
    ]);
    expect(await asOwner('select count(*)::int as tenants from gateway.tenants')).toEqual([{ tenants: 1 }]);
  });

  it('are not made anew for a key that was revoked', async () => {
    await asOwner('update gateway.api_keys set revoked_at = now()');
    await expect(begin()).rejects.toThrow(/was revoked/);
  });
});
