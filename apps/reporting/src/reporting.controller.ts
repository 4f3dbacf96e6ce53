import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clickhouse, isReady } from '#clickhouse';
import * as contracts from '#contracts';
import type { AnswerOf as Answer, QuestionOf as Question } from '#contracts';
import { Answers } from '#messaging';
import { healthOf } from '#platform';
import { EvaluateBaseYearService } from './base-years/evaluate-base-year.service';
import { KeepBaseYearService } from './base-years/keep-base-year.service';
import { StateBaseYearService } from './base-years/state-base-year.service';
import { ReadBridgeService } from './bridge/read-bridge.service';
import { ExplainBoundaryService } from './explain-boundary/explain-boundary.service';
import { ListEntriesService } from './list-entries/list-entries.service';
import { ReadConservationService } from './read-conservation/read-conservation.service';
import { ReadInventoryService } from './read-inventory/read-inventory.service';
import { ReadQualityService } from './read-quality/read-quality.service';

type Ping = (typeof contracts.pingWorker)['reporting'];

/** What reporting answers over NATS. Every handler is one delegation. */
@Controller()
export class ReportingController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    private readonly inventories: ReadInventoryService,
    private readonly quality: ReadQualityService,
    private readonly entries: ListEntriesService,
    private readonly conservation: ReadConservationService,
    private readonly baseYears: KeepBaseYearService,
    private readonly figures: StateBaseYearService,
    private readonly evaluations: EvaluateBaseYearService,
    private readonly bridges: ReadBridgeService,
    private readonly boundaries: ExplainBoundaryService,
  ) {}

  @Answers(contracts.readInventory)
  readInventory(question: Question<typeof contracts.readInventory>): Answer<typeof contracts.readInventory> {
    return this.inventories.read(question);
  }

  @Answers(contracts.readQuality)
  readQuality(question: Question<typeof contracts.readQuality>): Answer<typeof contracts.readQuality> {
    return this.quality.read(question);
  }

  @Answers(contracts.listYears)
  listYears({ tenantId, book }: Question<typeof contracts.listYears>): Answer<typeof contracts.listYears> {
    return this.inventories.years(tenantId, book);
  }

  @Answers(contracts.listEntries)
  listEntries(question: Question<typeof contracts.listEntries>): Answer<typeof contracts.listEntries> {
    return this.entries.list(question);
  }

  @Answers(contracts.readEntryBoundary)
  readEntryBoundary(question: Question<typeof contracts.readEntryBoundary>): Answer<typeof contracts.readEntryBoundary> {
    return this.boundaries.read(question);
  }

  @Answers(contracts.readConservation)
  readConservation({ tenantId, book }: Question<typeof contracts.readConservation>): Answer<typeof contracts.readConservation> {
    return this.conservation.read(tenantId, book);
  }

  @Answers(contracts.putBaseYear)
  putBaseYear({ tenantId, name, policy }: Question<typeof contracts.putBaseYear>): Answer<typeof contracts.putBaseYear> {
    return this.baseYears.put(tenantId, name, policy);
  }

  @Answers(contracts.getBaseYear)
  getBaseYear({ tenantId, name }: Question<typeof contracts.getBaseYear>): Answer<typeof contracts.getBaseYear> {
    return this.baseYears.get(tenantId, name);
  }

  @Answers(contracts.stateBaseYear)
  stateBaseYear(question: Question<typeof contracts.stateBaseYear>): Answer<typeof contracts.stateBaseYear> {
    return this.figures.state(question);
  }

  @Answers(contracts.getBaseYearFigure)
  getBaseYearFigure(question: Question<typeof contracts.getBaseYearFigure>): Answer<typeof contracts.getBaseYearFigure> {
    return this.figures.get(question.tenantId, question.name, question.ordinal);
  }

  @Answers(contracts.evaluateBaseYear)
  evaluateBaseYear(question: Question<typeof contracts.evaluateBaseYear>): Answer<typeof contracts.evaluateBaseYear> {
    return this.evaluations.evaluate(question);
  }

  @Answers(contracts.readBridge)
  readBridge(question: Question<typeof contracts.readBridge>): Answer<typeof contracts.readBridge> {
    return this.bridges.read(question);
  }

  @Answers(contracts.pingWorker.reporting)
  ping(_question: Question<Ping>): Answer<Ping> {
    return healthOf('reporting', {
      postgres: this.dataSource.query('select 1'),
      schema: this.dataSource.query('select from reporting.projections limit 0'),
      clickhouse: isReady(this.clickhouse, {}),
    });
  }
}
