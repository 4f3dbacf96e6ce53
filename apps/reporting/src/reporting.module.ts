import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { Clickhouse } from '#clickhouse';
import { connectNats, WorkRunner } from '#messaging';
import { PostgresOutbox, postgresOptions } from '#postgres';
import { readConfig } from '#platform';
import { EvaluateBaseYearService } from './base-years/evaluate-base-year.service';
import { EvaluateBaseYearsService } from './base-years/evaluate-base-years.service';
import { KeepBaseYearService } from './base-years/keep-base-year.service';
import { StateBaseYearService } from './base-years/state-base-year.service';
import { ReadBridgeService } from './bridge/read-bridge.service';
import { ExplainBoundaryService } from './explain-boundary/explain-boundary.service';
import { ListEntriesService } from './list-entries/list-entries.service';
import { ProjectRunService } from './project-entries/project-run.service';
import { ReadConservationService } from './read-conservation/read-conservation.service';
import { ReadInventoryService } from './read-inventory/read-inventory.service';
import { ReadQualityService } from './read-quality/read-quality.service';
import { ReportingController } from './reporting.controller';
import { BASE_YEAR_ROWS } from './shared/base-year-rows';
import { reportingConfig, type ReportingConfig } from './shared/config';
import { readGasRegister } from './shared/gas-register';
import { ProjectionRow } from './shared/projection-row';
import { GAS_REGISTER, NATS } from './shared/tokens';

const config = (): ReportingConfig => readConfig(reportingConfig);

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      useFactory: () => postgresOptions(config().DATABASE_URL, 'reporting', [ProjectionRow, ...BASE_YEAR_ROWS]),
    }),
  ],
  controllers: [ReportingController],
  providers: [
    { provide: GAS_REGISTER, useFactory: () => readGasRegister(config().CATALOGUE_DIR) },
    { provide: NATS, useFactory: () => connectNats(config(), 'reporting-work') },
    { provide: Clickhouse, useFactory: () => new Clickhouse(config(), 'reporting') },
    {
      provide: WorkRunner,
      inject: [NATS, DataSource, ProjectRunService, EvaluateBaseYearsService],
      useFactory: (
        nats: NatsConnection,
        dataSource: DataSource,
        projectRun: ProjectRunService,
        evaluateBaseYears: EvaluateBaseYearsService,
      ) => new WorkRunner(nats, new PostgresOutbox(dataSource), [projectRun, evaluateBaseYears]),
    },
    ProjectRunService,
    ReadInventoryService,
    ReadQualityService,
    ListEntriesService,
    ReadConservationService,
    KeepBaseYearService,
    StateBaseYearService,
    EvaluateBaseYearService,
    EvaluateBaseYearsService,
    ExplainBoundaryService,
    ReadBridgeService,
  ],
})
export class ReportingModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly runner: WorkRunner,
    private readonly clickhouse: Clickhouse,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.runner.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runner.close();
    await Promise.all([this.nats.close(), this.clickhouse.close()]);
  }
}
