import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';

/** What tools/bench.mjs started and handed over. */
export interface World {
  readonly apiUrl: string;
  readonly ownerUrl: string;
  readonly clickhouseUrl: string;
  readonly clickhouseDatabase: string;
  /** Holds launcher.json, with the process ids of the four services. */
  readonly servicesDir: string;
}

export function worldOfEnvironment(): World {
  const read = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: this program is run by tools/bench.mjs`);
    return value;
  };
  return {
    apiUrl: read('BENCH_API_URL'),
    ownerUrl: read('BENCH_OWNER_URL'),
    clickhouseUrl: read('BENCH_CLICKHOUSE_URL'),
    clickhouseDatabase: read('BENCH_CLICKHOUSE_DATABASE'),
    servicesDir: read('BENCH_SERVICES_DIR'),
  };
}

/** A tenant that speaks the public API. */
export class Company {
  private constructor(
    readonly tenantId: string,
    private readonly key: string,
    private readonly apiUrl: string,
  ) {}

  static async create({ apiUrl }: World, owner: Client): Promise<Company> {
    const tenantId = randomUUID();
    const key = `sbk_${randomBytes(32).toString('base64url')}`;
    await owner.query("insert into gateway.tenants (id, name) values ($1, 'bench')", [tenantId]);
    await owner.query("insert into gateway.api_keys (tenant_id, name, key_hash) values ($1, 'bench', $2)", [
      tenantId,
      createHash('sha256').update(key).digest('hex'),
    ]);
    return new Company(tenantId, key, apiUrl);
  }

  async call<T>(method: string, target: string, body?: object): Promise<T> {
    const response = await fetch(`${this.apiUrl}${target}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** Streams a file from disk; answers once it is accepted. */
  async upload(mapping: string, file: string): Promise<string> {
    const response = await fetch(`${this.apiUrl}/v1/imports?mapping=${mapping}&fileName=${path.basename(file)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'text/csv' },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    const text = await response.text();
    if (!response.ok) throw new Error(`upload: ${response.status} ${text}`);
    return (JSON.parse(text) as { import: { id: string } }).import.id;
  }

  /** Asks until the answer is as wished; a failure of what is waited for ends the wait. */
  async until<T extends { readonly status: string }>(target: string, wished: string): Promise<T> {
    for (;;) {
      const answer = await this.call<T>('GET', target);
      if (answer.status === wished) return answer;
      if (['failed', 'refused'].includes(answer.status)) throw new Error(`${target}: ${JSON.stringify(answer)}`);
      await pause(100);
    }
  }
}

/** The most memory that each service has ever held, in MB; from the kernel's own account (Linux). */
export function peakMemory({ servicesDir }: World): Record<string, number> {
  const { children } = JSON.parse(readFileSync(path.join(servicesDir, 'launcher.json'), 'utf8')) as {
    children: { name: string; pid: number }[];
  };
  const peak = (pid: number): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return Object.fromEntries(children.map(({ name, pid }) => [name.replace('service-', ''), Math.round(peak(pid) / 1024)]));
}
