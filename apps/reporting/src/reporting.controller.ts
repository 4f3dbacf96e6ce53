import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse, isReady } from '#clickhouse';
import * as contracts from '#contracts';
import { Answers } from '#messaging';
import { VERSION } from '#platform';
import { ListEntriesService } from './list-entries/list-entries.service';
import { ReadConservationService } from './read-conservation/read-conservation.service';
import { ReadInventoryService } from './read-inventory/read-inventory.service';

type Question<M extends { request: z.ZodType }> = z.infer<M['request']>;
type Answer<M extends { reply: z.ZodType }> = Promise<z.infer<M['reply']>>;
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
  async ping(_question: Question<Ping>): Answer<Ping> {
    const [postgres, clickhouse] = await Promise.all([
      passes(this.dataSource.query('select from reporting.projections limit 0')),
      passes(isReady(this.clickhouse, {})),
    ]);
    return { service: 'reporting', version: VERSION, ready: postgres && clickhouse, parts: { postgres, clickhouse } };
  }
}

function passes(check: Promise<unknown>): Promise<boolean> {
  return check.then(
    () => true,
    () => false,
  );
}
