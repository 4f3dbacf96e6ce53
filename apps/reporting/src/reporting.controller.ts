import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clickhouse, isReady } from '#clickhouse';
import * as contracts from '#contracts';
import type { AnswerOf as Answer, QuestionOf as Question } from '#contracts';
import { Answers } from '#messaging';
import { healthOf } from '#platform';
import { ListEntriesService } from './list-entries/list-entries.service';
import { ReadConservationService } from './read-conservation/read-conservation.service';
import { ReadInventoryService } from './read-inventory/read-inventory.service';

type Ping = (typeof contracts.pingWorker)['reporting'];

/** What reporting answers over NATS. Every handler is one delegation. */
@Controller()
export class ReportingController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    private readonly inventories: ReadInventoryService,
    private readonly entries: ListEntriesService,
    private readonly conservation: ReadConservationService,
  ) {}

  @Answers(contracts.readInventory)
  readInventory(question: Question<typeof contracts.readInventory>): Answer<typeof contracts.readInventory> {
    return this.inventories.read(question);
  }

  @Answers(contracts.listYears)
  listYears({ tenantId, book }: Question<typeof contracts.listYears>): Answer<typeof contracts.listYears> {
    return this.inventories.years(tenantId, book);
  }

  @Answers(contracts.listEntries)
  listEntries(question: Question<typeof contracts.listEntries>): Answer<typeof contracts.listEntries> {
    return this.entries.list(question);
  }

  @Answers(contracts.readConservation)
  readConservation({ tenantId, book }: Question<typeof contracts.readConservation>): Answer<typeof contracts.readConservation> {
    return this.conservation.read(tenantId, book);
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
