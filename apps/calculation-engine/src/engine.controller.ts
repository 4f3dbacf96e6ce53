import { Controller, Inject } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import * as contracts from '#contracts';
import type { AnswerOf as Answer, QuestionOf as Question } from '#contracts';
import { Answers } from '#messaging';
import { inTenant } from '#postgres';
import { healthOf } from '#platform';
import { ClassificationsService } from './classifications/classifications.service';
import { SuggestService } from './classifications/suggest.service';
import { SuggestionPolicyService } from './classifications/suggestion-policy.service';
import { UnclassifiedService } from './classifications/unclassified.service';
import { DeclarePoolsService } from './declare-pools/declare-pools.service';
import { ExplainEntryService } from './explain-entry/explain-entry.service';
import { FactorChoicesService } from './factor-choices/factor-choices.service';
import { ReadFactorsService } from './factor-sets/read-factors.service';
import { ReceiveFactorSetService } from './factor-sets/receive-factor-set.service';
import { SearchFactorsService } from './factor-sets/search-factors.service';
import { factorSetViewOf } from './factor-sets/views';
import { InstrumentsService } from './instruments/instruments.service';
import { ProfilesService } from './instruments/profiles.service';
import { OpenKeysService } from './open-keys/open-keys.service';
import { BookRow } from './shared/rows';
import { NATS } from './shared/tokens';
import { ensureBook } from './start-run/books';
import { ReadRunsService } from './start-run/read-runs.service';
import { StartRunService } from './start-run/start-run.service';

const bookView = ({ id, name, methodPack, gwpSet, catalogue, editions, adoption }: BookRow) => ({
  id,
  name,
  methodPack,
  gwpSet,
  catalogue,
  editions,
  adoption,
});

/** What the engine answers over NATS. Every handler is one delegation. */
@Controller()
export class EngineController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly factorSets: ReceiveFactorSetService,
    private readonly factors: ReadFactorsService,
    private readonly search: SearchFactorsService,
    private readonly factorChoices: FactorChoicesService,
    private readonly startRun: StartRunService,
    private readonly runs: ReadRunsService,
    private readonly openKeys: OpenKeysService,
    private readonly explanations: ExplainEntryService,
    private readonly instruments: InstrumentsService,
    private readonly profiles: ProfilesService,
    private readonly pools: DeclarePoolsService,
    private readonly classifications: ClassificationsService,
    private readonly unclassified: UnclassifiedService,
    private readonly suggestions: SuggestService,
    private readonly suggestionPolicy: SuggestionPolicyService,
    @Inject(NATS) private readonly nats: NatsConnection,
  ) {}

  @Answers(contracts.receiveFactorSet)
  async receiveFactorSet({ tenantId, ...upload }: Question<typeof contracts.receiveFactorSet>): Answer<typeof contracts.receiveFactorSet> {
    const { row, further, repeated, report, flags } = await this.factorSets.receive(tenantId, upload);
    return { factorSet: factorSetViewOf(row), further: further.map(factorSetViewOf), repeated, report, flags };
  }

  @Answers(contracts.listFactorSets)
  listFactorSets({ tenantId, after, limit }: Question<typeof contracts.listFactorSets>): Answer<typeof contracts.listFactorSets> {
    return this.factors.listSets(tenantId, after, limit);
  }

  @Answers(contracts.listFactors)
  listFactors({ tenantId, ...question }: Question<typeof contracts.listFactors>): Answer<typeof contracts.listFactors> {
    return this.search.list(tenantId, question);
  }

  @Answers(contracts.getFactorSet)
  getFactorSet({ tenantId, setId }: Question<typeof contracts.getFactorSet>): Answer<typeof contracts.getFactorSet> {
    return this.factors.getSet(tenantId, setId);
  }

  @Answers(contracts.listFuelProperties)
  listProperties({ tenantId, ...page }: Question<typeof contracts.listFuelProperties>): Answer<typeof contracts.listFuelProperties> {
    return this.factors.listProperties(tenantId, page);
  }

  @Answers(contracts.listExchangeRates)
  listRates({ tenantId, ...page }: Question<typeof contracts.listExchangeRates>): Answer<typeof contracts.listExchangeRates> {
    return this.factors.listExchangeRates(tenantId, page);
  }

  @Answers(contracts.listPriceIndices)
  listIndices({ tenantId, ...page }: Question<typeof contracts.listPriceIndices>): Answer<typeof contracts.listPriceIndices> {
    return this.factors.listPriceIndices(tenantId, page);
  }

  @Answers(contracts.listOmissions)
  listOmissions({ tenantId, ...page }: Question<typeof contracts.listOmissions>): Answer<typeof contracts.listOmissions> {
    return this.factors.listOmissions(tenantId, page);
  }

  @Answers(contracts.chooseFactor)
  chooseFactor({ tenantId, choice, ...signature }: Question<typeof contracts.chooseFactor>): Answer<typeof contracts.chooseFactor> {
    return this.factorChoices.choose(tenantId, choice, signature);
  }

  @Answers(contracts.withdrawFactorChoice)
  withdrawFactorChoice({
    tenantId,
    choiceId,
    ...signature
  }: Question<typeof contracts.withdrawFactorChoice>): Answer<typeof contracts.withdrawFactorChoice> {
    return this.factorChoices.withdraw(tenantId, choiceId, signature);
  }

  @Answers(contracts.listFactorChoices)
  listFactorChoices({ tenantId, after, limit }: Question<typeof contracts.listFactorChoices>): Answer<typeof contracts.listFactorChoices> {
    return this.factorChoices.list(tenantId, after, limit);
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

  @Answers(contracts.addClassifications)
  addClassifications({
    tenantId,
    author,
    classifications,
  }: Question<typeof contracts.addClassifications>): Answer<typeof contracts.addClassifications> {
    return this.classifications.add(tenantId, author, classifications);
  }

  @Answers(contracts.listClassifications)
  listClassifications({
    tenantId,
    description,
    after,
    limit,
  }: Question<typeof contracts.listClassifications>): Answer<typeof contracts.listClassifications> {
    return this.classifications.list(tenantId, description, after, limit);
  }

  @Answers(contracts.withdrawClassification)
  withdrawClassification({
    tenantId,
    id,
    author,
    reason,
  }: Question<typeof contracts.withdrawClassification>): Answer<typeof contracts.withdrawClassification> {
    return this.classifications.withdraw(tenantId, id, author, reason);
  }

  @Answers(contracts.listUnclassified)
  listUnclassified({
    tenantId,
    book,
    after,
    limit,
  }: Question<typeof contracts.listUnclassified>): Answer<typeof contracts.listUnclassified> {
    return this.unclassified.list(tenantId, book, after, limit);
  }

  @Answers(contracts.suggest)
  suggest({ tenantId, lines, perLine }: Question<typeof contracts.suggest>): Answer<typeof contracts.suggest> {
    return this.suggestions.suggest(tenantId, lines, perLine);
  }

  @Answers(contracts.putSuggestionPolicy)
  putSuggestionPolicy({
    tenantId,
    threshold,
    author,
    reason,
  }: Question<typeof contracts.putSuggestionPolicy>): Answer<typeof contracts.putSuggestionPolicy> {
    return this.suggestionPolicy.put(tenantId, threshold, author, reason);
  }

  @Answers(contracts.getSuggestionPolicy)
  getSuggestionPolicy({ tenantId }: Question<typeof contracts.getSuggestionPolicy>): Answer<typeof contracts.getSuggestionPolicy> {
    return this.suggestionPolicy.get(tenantId);
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
