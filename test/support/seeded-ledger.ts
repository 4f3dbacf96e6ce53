import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { FactorSet, GasRegister } from '#ghg';
import type { WorkRunner } from '#messaging';
import { inTenant, postgresOptions } from '#postgres';
import { testDatabase, type TestDatabase } from './database';
import { CalculatePoolsService } from '../../apps/calculation-engine/src/calculate-pools/calculate-pools.service';
import { DecideRunService } from '../../apps/calculation-engine/src/decide-rates/decide-run.service';
import { storeFactorSet } from '../../apps/calculation-engine/src/factor-sets/store-factor-set';
import { PostChunkService } from '../../apps/calculation-engine/src/post-entries/post-chunk.service';
import { SealRunService } from '../../apps/calculation-engine/src/seal-run/seal-run.service';
import type { EngineConfig } from '../../apps/calculation-engine/src/shared/config';
import { ENGINE_ROWS } from '../../apps/calculation-engine/src/shared/rows';
import { Suggestions } from '../../apps/calculation-engine/src/shared/suggestions';
import { StartRunService } from '../../apps/calculation-engine/src/start-run/start-run.service';

/** Three gases are enough here; the real tables stand in catalogue/gwp. */
const GASES: GasRegister = {
  gases: [
    { id: 'CO2', name: 'Carbon dioxide', kind: 'kyoto' },
    { id: 'CH4', name: 'Methane', kind: 'kyoto' },
    { id: 'CO2_biogenic', name: 'Carbon dioxide of biogenic origin', kind: 'biogenic' },
  ],
  blends: [],
  sets: [{ id: 'AR5', source: 'IPCC AR5 WG1, table 8.A.1', gwp100: { CO2: '1', CH4: '28', CO2_biogenic: '1' } }],
};

/** A record to be put into the ledger's input. `of` names an earlier record whose later version this is. */
export interface SeedRecord {
  readonly name: string;
  readonly activityType: string;
  readonly unit: string;
  readonly quantity: string;
  readonly attributes?: Record<string, string>;
  readonly of?: string;
  /** Head office unless said otherwise. */
  readonly entity?: string;
}

/**
 * A tenant with one entity whose imports are written straight into the tables that ingestion owns: what is tested here is the engine, against
 * real Postgres. The broker is left out: the test itself takes the outbox row by row, so that it can stop, repeat and reorder the work.
 */
export class SeededLedger {
  readonly tenantId = randomUUID();
  readonly gases = { register: GASES, digest: 'seed' };
  /** Knows nothing unless a test says what: the real one is tried in libs/suggest. */
  suggestions = new Suggestions(() => ({ name: 'nothing', suggest: (lines) => Promise.resolve(lines.map(() => [])) }));
  private readonly entityIds = new Map<string, string>();
  private readonly activityIds = new Map<string, { id: string; version: number; origin: string | null }>();
  private nextOrdinal = 1;

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    private readonly owner: Client,
  ) {}

  static async open(name: string): Promise<SeededLedger> {
    const database = await testDatabase(name);
    const dataSource = await new DataSource(postgresOptions(database.urlFor('scopebook_calculation'), 'test', ENGINE_ROWS)).initialize();
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const ledger = new SeededLedger(database, dataSource, owner);
    await owner.query('insert into gateway.tenants (id, name) values ($1, $2)', [ledger.tenantId, name]);
    await ledger.addEntity('HQ');
    await owner.query("insert into ingestion.mappings (tenant_id, name, version, spec, digest) values ($1, 'm', 1, '{}', '')", [
      ledger.tenantId,
    ]);
    return ledger;
  }

  async addEntity(code: string): Promise<void> {
    this.entityIds.set(code, randomUUID());
    await this.owner.query("insert into gateway.entities (tenant_id, id, code, name, country) values ($1, $2, $3, $3, 'GB')", [
      this.tenantId,
      this.entityIds.get(code),
      code,
    ]);
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.owner.end();
    await this.database.drop();
  }

  async query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.owner.query(sql, parameters)).rows as T[];
  }

  /** Adds a finished import. A record per line, lines counted from 2 as in a file with a header. */
  async addImport(records: readonly SeedRecord[]): Promise<void> {
    const importId = randomUUID();
    await this.owner.query(
      `insert into ingestion.imports (tenant_id, id, ordinal, file_id, file_name, sha256, bytes, mapping_name, mapping_version, status, lines, records, accepted)
       values ($1, $2, $3, 'f', 'seed.csv', $4, 1, 'm', 1, 'finished', $5, $5, $5)`,
      [this.tenantId, importId, this.nextOrdinal, randomUUID().replaceAll('-', '').repeat(2), records.length],
    );
    this.nextOrdinal += 1;
    for (const [i, record] of records.entries()) await this.addActivity(importId, i + 2, record);
  }

  private async addActivity(importId: string, line: number, record: SeedRecord): Promise<void> {
    const before = record.of === undefined ? undefined : this.activityIds.get(record.of);
    const [row] = await this.query<{ id: string }>(
      `with key as (
         insert into ingestion.match_keys (tenant_id, digest, activity_type, unit, year, country, attributes)
         values ($1, md5($3 || $4 || $5::jsonb::text)::uuid, $3, $4, 2025, 'GB', $5) on conflict (tenant_id, digest) do update set unit = excluded.unit returning id),
       of_import as (insert into ingestion.import_keys select $1::uuid, $2::uuid, id from key on conflict do nothing)
       insert into ingestion.activities (tenant_id, id, segment, segments, import_id, line, slot, version, supersedes, origin, entity_id, match_key_id,
         period_start, period_end, quantity, stated)
       select $1, nextval('ingestion.activity_ids'), 1, 1, $2, $6, 1, $7, $8, $9, $10, key.id, '2025-01-01', '2025-01-31', $11, '[]' from key returning id`,
      [
        this.tenantId,
        importId,
        record.activityType,
        record.unit,
        JSON.stringify(record.attributes ?? {}),
        line,
        (before?.version ?? 0) + 1,
        before?.id ?? null,
        before ? (before.origin ?? before.id) : null,
        this.entityIds.get(record.entity ?? 'HQ'),
        record.quantity,
      ],
    );
    this.activityIds.set(record.of ?? record.name, {
      id: row!.id,
      version: (before?.version ?? 0) + 1,
      origin: before ? (before.origin ?? before.id) : null,
    });
  }

  /** Answers the id of the set. */
  async addFactorSet(set: FactorSet): Promise<string> {
    const { row } = await inTenant(this.dataSource, this.tenantId, (transaction) => storeFactorSet(transaction, set));
    return row.id;
  }

  engine(chunkActivities: number) {
    const config = { CHUNK_ACTIVITIES: chunkActivities, CHUNKS_AT_ONCE: 2 } as EngineConfig;
    const { gases } = this;
    // Stands for the relay to the broker, which this tier leaves out: the test reads the outbox itself.
    const runner = { nudge: () => undefined } as WorkRunner;
    return {
      start: new StartRunService(this.dataSource, runner, gases),
      handlers: [
        new DecideRunService(this.dataSource, config, gases, this.suggestions),
        new PostChunkService(this.dataSource, config),
        new CalculatePoolsService(this.dataSource, gases),
        new SealRunService(this.dataSource),
      ],
    };
  }

  /** Does everything that the outbox asks of the engine, in the order that `arrange` gives each round; every piece of work is done `times` times. */
  async work(chunkActivities: number, arrange: <T>(open: T[]) => T[] = (open) => open, times = 1): Promise<void> {
    const { handlers } = this.engine(chunkActivities);
    for (;;) {
      const open = await this.query<{ id: string; subject: string; payload: never }>(
        "select id, subject, payload from messaging.outbox where done_at is null and subject like 'calculation.%' order by id",
      );
      if (open.length === 0) return;
      for (const { id, subject, payload } of arrange(open)) {
        const handler = handlers.find(({ work }) => work.subject === subject)!;
        for (let time = 0; time < times; time += 1) await handler.handle(payload);
        await this.query('update messaging.outbox set done_at = now() where id = $1', [id]);
      }
    }
  }

  /** Starts a run on a book and works until it is sealed. */
  async run(book = 'main', chunkActivities = 100): Promise<void> {
    await this.engine(chunkActivities).start.start(this.tenantId, book);
    await this.work(chunkActivities);
  }

  /** Net kgCO2e of a book, exactly. */
  async sum(book = 'main'): Promise<string> {
    const [row] = await this.query<{ sum: string }>(
      `select trim_scale(coalesce(sum(e.kgco2e), 0))::text as sum from calculation.entries e join calculation.books b on b.id = e.book_id
       where e.tenant_id = $1 and b.name = $2`,
      [this.tenantId, book],
    );
    return row!.sum;
  }
}
