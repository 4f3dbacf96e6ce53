import { Controller, Inject } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import * as contracts from '#contracts';
import type { AnswerOf as Answer, QuestionOf as Question } from '#contracts';
import { Answers } from '#messaging';
import { inTenant } from '#postgres';
import { healthOf } from '#platform';
import { ExplainEntryService } from './explain-entry/explain-entry.service';
import { factorSetViewOf, ReadFactorsService } from './factor-sets/read-factors.service';
import { ReceiveFactorSetService } from './factor-sets/receive-factor-set.service';
import { OpenKeysService } from './open-keys/open-keys.service';
import { BookRow } from './shared/rows';
import { NATS } from './shared/tokens';
import { ensureBook } from './start-run/books';
import { ReadRunsService } from './start-run/read-runs.service';
import { StartRunService } from './start-run/start-run.service';

const bookView = ({ id, name, methodPack, gwpSet }: BookRow) => ({ id, name, methodPack, gwpSet });

/** What the engine answers over NATS. Every handler is one delegation. */
@Controller()
export class EngineController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly factorSets: ReceiveFactorSetService,
    private readonly factors: ReadFactorsService,
    private readonly startRun: StartRunService,
    private readonly runs: ReadRunsService,
    private readonly openKeys: OpenKeysService,
    private readonly explanations: ExplainEntryService,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  @Answers(contracts.receiveFactorSet)
  async receiveFactorSet({ tenantId, fileId }: Question<typeof contracts.receiveFactorSet>): Answer<typeof contracts.receiveFactorSet> {
    const { row, repeated } = await this.factorSets.receive(tenantId, fileId);
    return { factorSet: factorSetViewOf(row), repeated };
  }

  @Answers(contracts.listFactorSets)
  listFactorSets({ tenantId, after, limit }: Question<typeof contracts.listFactorSets>): Answer<typeof contracts.listFactorSets> {
    return this.factors.listSets(tenantId, after, limit);
  }

  @Answers(contracts.listFactors)
  listFactors({ tenantId, after, limit, ...filter }: Question<typeof contracts.listFactors>): Answer<typeof contracts.listFactors> {
    return this.factors.listFactors(tenantId, filter, after, limit);
  }

  @Answers(contracts.listBooks)
  listBooks({ tenantId }: Question<typeof contracts.listBooks>): Answer<typeof contracts.listBooks> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const books = await manager.find(BookRow, { where: { tenantId }, order: { name: 'asc' } });
      return { items: books.map(bookView), next: null };
    });
  }

  @Answers(contracts.putBook)
  putBook({ tenantId, name, gwpSet }: Question<typeof contracts.putBook>): Answer<typeof contracts.putBook> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => bookView(await ensureBook(manager, tenantId, name, gwpSet)));
  }

  @Answers(contracts.startRun)
  start({ tenantId, book }: Question<typeof contracts.startRun>): Answer<typeof contracts.startRun> {
    return this.startRun.start(tenantId, book);
  }

  @Answers(contracts.getRun)
  getRun({ tenantId, runId }: Question<typeof contracts.getRun>): Answer<typeof contracts.getRun> {
    return this.runs.get(tenantId, runId);
  }

  @Answers(contracts.listRuns)
  listRuns({ tenantId, after, limit }: Question<typeof contracts.listRuns>): Answer<typeof contracts.listRuns> {
    return this.runs.list(tenantId, after, limit);
  }

  @Answers(contracts.listOpenKeys)
  listOpenKeys({ tenantId, book, after, limit }: Question<typeof contracts.listOpenKeys>): Answer<typeof contracts.listOpenKeys> {
    return this.openKeys.list(tenantId, book, after, limit);
  }

  @Answers(contracts.explainEntry)
  explainEntry({ tenantId, entryId }: Question<typeof contracts.explainEntry>): Answer<typeof contracts.explainEntry> {
    return this.explanations.explain(tenantId, entryId);
  }

  @Answers(contracts.pingWorker['calculation-engine'])
  async ping(
    _question: Question<(typeof contracts.pingWorker)['calculation-engine']>,
  ): Answer<(typeof contracts.pingWorker)['calculation-engine']> {
    return healthOf('calculation-engine', {
      postgres: this.dataSource.query('select 1'),
      schema: this.dataSource.query('select from calculation.runs limit 0'),
      nats: this.nats.flush(),
    });
  }
}
