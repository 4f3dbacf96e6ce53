import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { connectNats, WorkRunner } from '#messaging';
import { fileStoreFrom, readConfig } from '#platform';
import { PostgresOutbox, postgresOptions } from '#postgres';
import { DryRunService } from './dry-run.service';
import { IngestionController } from './ingestion.controller';
import { KeepMappingService } from './keep-mapping/keep-mapping.service';
import { ReadMappingsService } from './keep-mapping/read-mappings.service';
import { KeepReportingYearService } from './keep-reporting-year/keep-reporting-year.service';
import { ParseFileService } from './parse-file/parse-file.service';
import { ReadActivitiesService } from './read-activities/read-activities.service';
import { ReadImportsService } from './read-activities/read-imports.service';
import { Readiness } from './readiness';
import { ReceiveImportService } from './receive-file/receive-import.service';
import { ingestionConfig, type IngestionConfig } from './shared/config';
import { INGESTION_ROWS } from './shared/rows';
import { CONFIG, FILE_STORE, NATS } from './shared/tokens';
import { ImportState } from './stage-activities/import-state';
import { StageImportService } from './stage-import.service';

const config = (): IngestionConfig => readConfig(ingestionConfig);

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      useFactory: () => postgresOptions(config().DATABASE_URL, 'ingestion', INGESTION_ROWS, config().IMPORTS_AT_ONCE),
    }),
  ],
  controllers: [IngestionController],
  providers: [
    { provide: CONFIG, useFactory: config },
    { provide: FILE_STORE, inject: [CONFIG], useFactory: ({ FILE_STORE_URL }: IngestionConfig) => fileStoreFrom(FILE_STORE_URL) },
    { provide: NATS, inject: [CONFIG], useFactory: (settings: IngestionConfig) => connectNats(settings, 'ingestion-work') },
    {
      provide: WorkRunner,
      inject: [NATS, DataSource, StageImportService],
      useFactory: (nats: NatsConnection, dataSource: DataSource, staging: StageImportService) =>
        new WorkRunner(nats, new PostgresOutbox(dataSource), [staging]),
    },
    KeepMappingService,
    ReadMappingsService,
    KeepReportingYearService,
    ReceiveImportService,
    ParseFileService,
    ImportState,
    StageImportService,
    DryRunService,
    ReadImportsService,
    ReadActivitiesService,
    Readiness,
  ],
})
export class IngestionModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly runner: WorkRunner,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(CONFIG) private readonly config: IngestionConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // Before the first upload nobody has made it, and readiness asks for it.
    await mkdir(fileURLToPath(this.config.FILE_STORE_URL), { recursive: true });
    await this.runner.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runner.close();
    await this.nats.close();
  }
}
