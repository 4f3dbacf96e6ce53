import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { mappingSpec, type ActivityView, type ImportView } from '#contracts';
import type { WorkRunner } from '#messaging';
import { DirectoryFileStore } from '#platform';
import { postgresOptions } from '#postgres';
import { DryRunService } from '../../apps/ingestion/src/dry-run.service';
import { KeepMappingService } from '../../apps/ingestion/src/keep-mapping/keep-mapping.service';
import { ParseFileService } from '../../apps/ingestion/src/parse-file/parse-file.service';
import { ReadActivitiesService } from '../../apps/ingestion/src/read-activities/read-activities.service';
import { ReadImportsService } from '../../apps/ingestion/src/read-activities/read-imports.service';
import { ReceiveImportService } from '../../apps/ingestion/src/receive-file/receive-import.service';
import { INGESTION_ROWS } from '../../apps/ingestion/src/shared/rows';
import { ImportState } from '../../apps/ingestion/src/stage-activities/import-state';
import { StageImportService } from '../../apps/ingestion/src/stage-import.service';
import { IN_FORCE } from '../../libs/postgres/src/statements/calculation/in-force';
import { testDatabase, type TestDatabase } from './database';

/** A mapping as a client of the API writes it: what has a default may be left out. */
export type WrittenMapping = z.input<typeof mappingSpec>;
type Refusal = Awaited<ReturnType<ReadImportsService['listRefusals']>>['items'][number];

/**
 * Ingestion over real Postgres, as its own database role, and a real directory of files. The broker is left out: the test itself does the work that
 * the outbox holds, so that it can break it off and repeat it.
 */
export class IngestionWorld {
  readonly tenantId = randomUUID();
  readonly mappings: KeepMappingService;
  readonly receiving: ReceiveImportService;
  readonly imports: ReadImportsService;
  readonly activities: ReadActivitiesService;
  readonly state: ImportState;
  readonly dryRuns: DryRunService;
  readonly files: DirectoryFileStore;

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    readonly owner: Client,
    private readonly directory: string,
  ) {
    this.files = new DirectoryFileStore(directory);
    this.mappings = new KeepMappingService(dataSource);
    this.receiving = new ReceiveImportService(dataSource, { nudge: () => undefined } as WorkRunner);
    this.imports = new ReadImportsService(dataSource);
    this.activities = new ReadActivitiesService(dataSource);
    this.state = new ImportState(dataSource);
    this.dryRuns = new DryRunService(dataSource);
  }

  static async open(name: string): Promise<IngestionWorld> {
    const database = await testDatabase(name);
    const dataSource = await new DataSource(postgresOptions(database.urlFor('scopebook_ingestion'), 'test', INGESTION_ROWS)).initialize();
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const world = new IngestionWorld(database, dataSource, owner, mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-files-')));
    await owner.query('insert into gateway.tenants (id, name) values ($1, $2)', [world.tenantId, name]);
    return world;
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.owner.end();
    await this.database.drop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async addEntity(code: string, country: string, region: string | null = null): Promise<void> {
    await this.owner.query('insert into gateway.entities (tenant_id, code, name, country, region) values ($1, $2, $2, $3, $4)', [
      this.tenantId,
      code,
      country,
      region,
    ]);
  }

  putMapping(name: string, mapping: WrittenMapping): ReturnType<KeepMappingService['put']> {
    return this.mappings.put(this.tenantId, name, mappingSpec.parse(mapping));
  }

  staging(chunkLines = 20_000): StageImportService {
    return new StageImportService(this.dataSource, new ParseFileService(this.files), this.state, {
      CHUNK_LINES: chunkLines,
      IMPORTS_AT_ONCE: 1,
    });
  }

  async receive(
    mapping: string,
    content: string | Buffer | Readable,
    fileName = 'file.csv',
    again = false,
  ): Promise<{ import: ImportView; repeated: boolean }> {
    const source = content instanceof Readable ? content : Readable.from([Buffer.from(content)]);
    const stored = await this.files.put(source, 2 ** 32);
    return this.receiving.receive(this.tenantId, { ...stored, fileName, mapping, again });
  }

  /** Receives a file and stages it. */
  async import(mapping: string, content: string | Buffer | Readable, chunkLines?: number): Promise<ImportView> {
    const { import: received } = await this.receive(mapping, content);
    await this.staging(chunkLines).handle({ tenantId: this.tenantId, importId: received.id });
    return this.imports.get(this.tenantId, received.id);
  }

  async refusals(importId: string): Promise<Refusal[]> {
    return (await this.imports.listRefusals(this.tenantId, importId, undefined, 1_000)).items;
  }

  async activitiesOf(importId: string): Promise<ActivityView[]> {
    return (await this.activities.list(this.tenantId, { importId }, undefined, 1_000)).items;
  }

  /**
   * What a book of these imports holds, by the engine's own rule: the place of every activity in force, segment by segment, with its quantity.
   */
  async inBookOf(importIds: readonly string[]): Promise<{ importId: string; line: number; quantity: string }[]> {
    await this.owner.query('begin');
    try {
      // The views belong to a role that the row policies bind.
      await this.owner.query("select set_config('app.tenant', $1, true)", [this.tenantId]);
      const book = randomUUID();
      const run = randomUUID();
      await this.owner.query(
        "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, $2, 'probe', '-', '-')",
        [this.tenantId, book],
      );
      await this.owner.query(
        "insert into calculation.runs (tenant_id, id, book_id, status, engine_version, pins) values ($1, $2, $3, 'deciding', '-', '{}')",
        [this.tenantId, run, book],
      );
      await this.owner.query(
        `insert into calculation.run_imports (tenant_id, book_id, import_id, import_ordinal, run_id)
         select tenant_id, $2, id, ordinal, $3 from ingestion.imports_v1 where tenant_id = $1 and id = any ($4)`,
        [this.tenantId, book, run, importIds],
      );
      const held = await this.owner.query<{ importId: string; line: number; quantity: string }>(
        `with ${IN_FORCE}
         select a.import_id as "importId", a.line::integer as line, trim_scale(a.quantity)::text as quantity
         from ingestion.activities_v1 a join inputs i on i.import_id = a.import_id
         left join latest l on l.origin = coalesce(a.origin, a.id)
         where a.tenant_id = $1 and (l.version is null or l.version = a.version) order by i.import_ordinal, a.line, a.slot, a.segment`,
        [this.tenantId, book],
      );
      return held.rows;
    } finally {
      await this.owner.query('rollback');
    }
  }

  async query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.owner.query(sql, parameters)).rows as T[];
  }
}
