import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { connectNats, WorkRunner } from '#messaging';
import { PostgresOutbox, postgresOptions } from '#postgres';
import { fileStoreFrom, readConfig } from '#platform';
import { CalculatePoolsService } from './calculate-pools/calculate-pools.service';
import { DecideRunService } from './decide-rates/decide-run.service';
import { DeclarePoolsService } from './declare-pools/declare-pools.service';
import { EngineController } from './engine.controller';
import { ExplainEntryService } from './explain-entry/explain-entry.service';
import { FileReader } from './factor-sets/file-reader';
import { LoadCatalogueService } from './factor-sets/load-catalogue.service';
import { ReadFactorsService } from './factor-sets/read-factors.service';
import { ReceiveFactorSetService } from './factor-sets/receive-factor-set.service';
import { InstrumentsService } from './instruments/instruments.service';
import { ProfilesService } from './instruments/profiles.service';
import { OpenKeysService } from './open-keys/open-keys.service';
import { PostChunkService } from './post-entries/post-chunk.service';
import { SealRunService } from './seal-run/seal-run.service';
import { engineConfig, type EngineConfig } from './shared/config';
import { readGasRegister } from './shared/gas-register';
import { ENGINE_ROWS } from './shared/rows';
import { CONFIG, FILE_STORE, GAS_REGISTER, NATS } from './shared/tokens';
import { ReadRunsService } from './start-run/read-runs.service';
import { StartRunService } from './start-run/start-run.service';

const config = (): EngineConfig => readConfig(engineConfig);

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      // deciding, pools and sealing, one each, beside the chunks
      useFactory: () => postgresOptions(config().DATABASE_URL, 'calculation-engine', ENGINE_ROWS, config().CHUNKS_AT_ONCE + 3),
    }),
  ],
  controllers: [EngineController],
  providers: [
    { provide: CONFIG, useFactory: config },
    { provide: GAS_REGISTER, inject: [CONFIG], useFactory: ({ CATALOGUE_DIR }: EngineConfig) => readGasRegister(CATALOGUE_DIR) },
    { provide: FILE_STORE, inject: [CONFIG], useFactory: ({ FILE_STORE_URL }: EngineConfig) => fileStoreFrom(FILE_STORE_URL) },
    { provide: NATS, inject: [CONFIG], useFactory: (settings: EngineConfig) => connectNats(settings, 'calculation-engine-work') },
    {
      provide: WorkRunner,
      inject: [NATS, DataSource, DecideRunService, PostChunkService, CalculatePoolsService, SealRunService],
      useFactory: (
        nats: NatsConnection,
        dataSource: DataSource,
        ...handlers: [DecideRunService, PostChunkService, CalculatePoolsService, SealRunService]
      ) => new WorkRunner(nats, new PostgresOutbox(dataSource), handlers),
    },
    LoadCatalogueService,
    FileReader,
    ReceiveFactorSetService,
    ReadFactorsService,
    StartRunService,
    ReadRunsService,
    DecideRunService,
    PostChunkService,
    CalculatePoolsService,
    SealRunService,
    OpenKeysService,
    ExplainEntryService,
    InstrumentsService,
    ProfilesService,
    DeclarePoolsService,
  ],
})
export class EngineModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly runner: WorkRunner,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.runner.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runner.close();
    await this.nats.close();
  }
}
