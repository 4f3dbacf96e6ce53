import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import request from 'supertest';
import type { ImportView, InventoryView, RunView } from '#contracts';
import type { RunningServices } from './services';

const PATIENCE_MS = 120_000;

/** A tenant of a running installation, speaking the public API with a key of its own. */
export class TestTenant {
  private constructor(
    readonly tenantId: string,
    readonly apiKey: string,
    private readonly apiUrl: string,
  ) {}

  /** Makes the tenant as an operator does: by its row and the hash of its key. */
  static async create(services: RunningServices, name: string): Promise<TestTenant> {
    const tenantId = randomUUID();
    const apiKey = `sbk_${randomBytes(32).toString('base64url')}`;
    const owner = new Client({ connectionString: services.database.ownerUrl });
    await owner.connect();
    try {
      await owner.query('insert into gateway.tenants (id, name) values ($1, $2)', [tenantId, name]);
      await owner.query('insert into gateway.api_keys (tenant_id, name, key_hash) values ($1, $2, $3)', [
        tenantId,
        'test',
        createHash('sha256').update(apiKey).digest('hex'),
      ]);
    } finally {
      await owner.end();
    }
    return new TestTenant(tenantId, apiKey, services.apiUrl);
  }

  get(path: string): request.Test {
    return request(this.apiUrl).get(path).set('Authorization', `Bearer ${this.apiKey}`);
  }
  delete(path: string): request.Test {
    return request(this.apiUrl).delete(path).set('Authorization', `Bearer ${this.apiKey}`);
  }

  put(path: string, body: object): request.Test {
    return request(this.apiUrl).put(path).set('Authorization', `Bearer ${this.apiKey}`).send(body);
  }
  post(path: string, body: object = {}): request.Test {
    return request(this.apiUrl).post(path).set('Authorization', `Bearer ${this.apiKey}`).send(body);
  }
  upload(mapping: string, fileName: string, content: string | Buffer, more: { again?: boolean } = {}): request.Test {
    return request(this.apiUrl)
      .post('/v1/imports')
      .query({ mapping, fileName, ...more })
      .set('Authorization', `Bearer ${this.apiKey}`)
      .set('Content-Type', 'text/csv')
      .send(content);
  }

  /** Uploads a file and waits until it is finished, refused or failed. */
  async import(mapping: string, fileName: string, content: string | Buffer, more: { again?: boolean } = {}): Promise<ImportView> {
    const { body } = await this.upload(mapping, fileName, content, more).expect((response) => {
      if (![200, 202].includes(response.status)) throw new Error(`${response.status} ${response.text}`);
    });
    return this.until<ImportView>(
      `/v1/imports/${(body as { import: ImportView }).import.id}`,
      ({ status }) => status !== 'received' && status !== 'staging',
    );
  }

  /** Runs a book and waits for the seal and the projection. */
  async calculate(book = 'main'): Promise<RunView> {
    const { body } = await this.post('/v1/runs', { book }).expect(202);
    const run = await this.until<RunView>(`/v1/runs/${(body as RunView).id}`, ({ status }) => status === 'sealed' || status === 'failed');
    if (run.status === 'failed') throw new Error(`the run failed: ${run.failure}`);
    await this.until<{ run: number }>(`/v1/books/${book}/conservation`, (conservation) => conservation.run === run.ordinal);
    return run;
  }

  async inventory(query: Record<string, string | number>): Promise<InventoryView> {
    return (await this.get('/v1/inventories').query(query).expect(200)).body as InventoryView;
  }

  /** All items of a paged list. */
  async all<T>(path: string, query: Record<string, string | number> = {}): Promise<T[]> {
    const items: T[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const { body } = await this.get(path)
        .query({ limit: 1_000, ...query, ...(after === undefined ? {} : { after }) })
        .expect(200);
      const page = body as { items: T[]; next: string | null };
      items.push(...page.items);
      after = page.next;
    }
    return items;
  }

  private async until<T>(path: string, reached: (value: T) => boolean): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      const response = await this.get(path);
      if (response.status === 200 && reached(response.body as T)) return response.body as T;
      await pause(100);
    }
    throw new Error(`${path} did not get there in ${PATIENCE_MS / 1_000} s`);
  }
}

/** For `.expect(succeeded)`: a refusal shows its own words in the failed test. */
export function succeeded(response: request.Response): void {
  if (response.status >= 400) throw new Error(`${response.status} ${response.text}`);
}
