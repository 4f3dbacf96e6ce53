import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { connectNats, WorkRunner } from '#messaging';
import { PostgresOutbox, postgresOptions } from '#postgres';
import { fileStoreFrom, readConfig } from '#platform';
import { AdoptFactorSetsService } from './adopt-factor-sets/adopt-factor-sets.service';
import { CalculatePoolsService } from './calculate-pools/calculate-pools.service';
import { ClassificationsService } from './classifications/classifications.service';
import { SuggestService } from './classifications/suggest.service';
import { SuggestionPolicyService } from './classifications/suggestion-policy.service';
import { UnclassifiedService } from './classifications/unclassified.service';
import { DecideRunService } from './decide-rates/decide-run.service';
import { DeclarePoolsService } from './declare-pools/declare-pools.service';
import { EditionsController } from './editions.controller';
import { EngineController } from './engine.controller';
import { ExplainEntryService } from './explain-entry/explain-entry.service';
import { FactorChoicesService } from './factor-choices/factor-choices.service';
import { FileReader } from './factor-sets/file-reader';
import { ListFlagsService } from './factor-sets/list-flags.service';
import { LoadCatalogueService } from './factor-sets/load-catalogue.service';
import { ReadFactorsService } from './factor-sets/read-factors.service';
import { ReceiveFactorSetService } from './factor-sets/receive-factor-set.service';
import { SearchFactorsService } from './factor-sets/search-factors.service';
import { InstrumentsService } from './instruments/instruments.service';
import { ProfilesService } from './instruments/profiles.service';
import { OpenKeysService } from './open-keys/open-keys.service';
import { PostChunkService } from './post-entries/post-chunk.service';
import { SealRunService } from './seal-run/seal-run.service';
import { engineConfig, type EngineConfig } from './shared/config';
import { readGasRegister } from './shared/gas-register';
import { ENGINE_ROWS } from './shared/rows';
import { Suggestions } from './shared/suggestions';
import { suggesterOf } from './shared/suggester';
import { CONFIG, FILE_STORE, GAS_REGISTER, NATS } from './shared/tokens';
import { CompareSetsService } from './what-if/compare-sets.service';
import { WhatIfService } from './what-if/what-if.service';
import { FactorIndexes } from './shared/factor-indexes';
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
  controllers: [EngineController, EditionsController],
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
    { provide: Suggestions, useFactory: () => new Suggestions(suggesterOf) },
    LoadCatalogueService,
    FileReader,
    ReceiveFactorSetService,
    ReadFactorsService,
    SearchFactorsService,
    FactorChoicesService,
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
    FactorIndexes,
    WhatIfService,
    CompareSetsService,
    AdoptFactorSetsService,
    ListFlagsService,
    ClassificationsService,
    UnclassifiedService,
    SuggestService,
    SuggestionPolicyService,
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
