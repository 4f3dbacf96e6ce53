import { Controller, Inject } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import * as contracts from '#contracts';
import type { AnswerOf as Answer, QuestionOf as Question } from '#contracts';
import { Answers } from '#messaging';
import { inTenant } from '#postgres';
import { healthOf } from '#platform';
import { DeclarePoolsService } from './declare-pools/declare-pools.service';
import { ExplainEntryService } from './explain-entry/explain-entry.service';
import { factorSetViewOf, ReadFactorsService } from './factor-sets/read-factors.service';
import { ReceiveFactorSetService } from './factor-sets/receive-factor-set.service';
import { InstrumentsService } from './instruments/instruments.service';
import { ProfilesService } from './instruments/profiles.service';
import { OpenKeysService } from './open-keys/open-keys.service';
import { BookRow } from './shared/rows';
import { NATS } from './shared/tokens';
import { ensureBook } from './start-run/books';
import { ReadRunsService } from './start-run/read-runs.service';
import { StartRunService } from './start-run/start-run.service';

const bookView = ({ id, name, methodPack, gwpSet, catalogue }: BookRow) => ({ id, name, methodPack, gwpSet, catalogue });

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
    private readonly instruments: InstrumentsService,
    private readonly profiles: ProfilesService,
    private readonly pools: DeclarePoolsService,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  @Answers(contracts.receiveFactorSet)
  async receiveFactorSet({ tenantId, ...upload }: Question<typeof contracts.receiveFactorSet>): Answer<typeof contracts.receiveFactorSet> {
    const { row, further, repeated, report } = await this.factorSets.receive(tenantId, upload);
    return { factorSet: factorSetViewOf(row), further: further.map(factorSetViewOf), repeated, report };
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
  putBook({ tenantId, name, ...choices }: Question<typeof contracts.putBook>): Answer<typeof contracts.putBook> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => bookView(await ensureBook(manager, tenantId, name, choices)));
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

  @Answers(contracts.putInstrument)
  putInstrument({ tenantId, code, instrument }: Question<typeof contracts.putInstrument>): Answer<typeof contracts.putInstrument> {
    return this.instruments.put(tenantId, code, instrument);
  }

  @Answers(contracts.getInstrument)
  getInstrument({ tenantId, code }: Question<typeof contracts.getInstrument>): Answer<typeof contracts.getInstrument> {
    return this.instruments.get(tenantId, code);
  }

  @Answers(contracts.listInstruments)
  listInstruments({ tenantId, after, limit }: Question<typeof contracts.listInstruments>): Answer<typeof contracts.listInstruments> {
    return this.instruments.list(tenantId, after, limit);
  }

  @Answers(contracts.putAllocations)
  putAllocations({ tenantId, code, allocations }: Question<typeof contracts.putAllocations>): Answer<typeof contracts.putAllocations> {
    return this.instruments.allocate(tenantId, code, allocations);
  }

  @Answers(contracts.putProfile)
  putProfile({ tenantId, profile, ...place }: Question<typeof contracts.putProfile>): Answer<typeof contracts.putProfile> {
    return this.profiles.put(tenantId, place, profile);
  }

  @Answers(contracts.getProfile)
  getProfile({ tenantId, ...place }: Question<typeof contracts.getProfile>): Answer<typeof contracts.getProfile> {
    return this.profiles.get(tenantId, place);
  }

  @Answers(contracts.putPool)
  putPool({ tenantId, code, spec }: Question<typeof contracts.putPool>): Answer<typeof contracts.putPool> {
    return this.pools.put(tenantId, code, spec);
  }

  @Answers(contracts.getPool)
  getPool({ tenantId, code }: Question<typeof contracts.getPool>): Answer<typeof contracts.getPool> {
    return this.pools.get(tenantId, code);
  }

  @Answers(contracts.retirePool)
  retirePool({ tenantId, code }: Question<typeof contracts.retirePool>): Answer<typeof contracts.retirePool> {
    return this.pools.retire(tenantId, code);
  }

  @Answers(contracts.listPools)
  listPools({ tenantId, after, limit }: Question<typeof contracts.listPools>): Answer<typeof contracts.listPools> {
    return this.pools.list(tenantId, after, limit);
  }

  @Answers(contracts.listPoolResults)
  listPoolResults({
    tenantId,
    book,
    code,
    after,
    limit,
  }: Question<typeof contracts.listPoolResults>): Answer<typeof contracts.listPoolResults> {
    return this.pools.results(tenantId, book, code, after, limit);
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
