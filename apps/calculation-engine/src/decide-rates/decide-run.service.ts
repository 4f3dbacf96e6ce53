import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { calculatePools, decideRun, postChunk } from '#contracts';
import { canonicalJson, classificationsOf, decideRates, UNCLASSIFIED } from '#ghg';
import { ANALYZE_DECIDED, CUT_CHUNKS, enqueue, inTenant, KEYS_TO_DECIDE, MOVE_BOOK_KEYS, type TenantTransaction } from '#postgres';
import { sha256Hex } from '#platform';
import type { WorkHandler } from '#messaging';
import type { EngineConfig } from '../shared/config';
import { decisionContext } from '../shared/decision-context';
import { keepInputs, pinnedDecisionInputs } from '../shared/decision-inputs';
import type { PinnedGasRegister } from '../shared/gas-register';
import { markFailed } from '../shared/mark-failed';
import { matchKeyOf, type KeyRow } from '../shared/match-key';
import { RunRow, type RunPins } from '../shared/rows';
import { Suggestions } from '../shared/suggestions';
import { CONFIG, GAS_REGISTER } from '../shared/tokens';
import { DecisionStore, type FreshDecision } from './store-decisions';
import { takeSuggestions } from './take-suggestions';

interface KeyToDecide extends KeyRow {
  readonly digest: string | null;
}

/** As many decisions are held before they are handed on: with their losers some kilobytes each. */
const KEYS_AT_ONCE = 1_000;
/** Fewer do not change what the planner should think of the tables; looking costs more than it saves. */
const FRESH_FOR_STATISTICS = 1_000;

/**
 * First step of a run: decides the rates of its keys, in the kernel and nowhere else, and cuts the posting into chunks. One transaction: a killed
 * engine leaves either nothing of it or all of it.
 */
@Injectable()
export class DecideRunService implements WorkHandler<typeof decideRun.payload> {
  readonly work = decideRun;
  readonly concurrency = 1;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: EngineConfig,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
    private readonly suggestions: Suggestions,
  ) {}

  handle({ tenantId, runId }: { tenantId: string; runId: string }): Promise<void> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager, client } = transaction;
      const run = await manager.findOneByOrFail(RunRow, { tenantId, id: runId });
      if (run.status !== 'deciding') return;
      const decided = await this.decide(transaction, run);
      const { rows } = await client.query<{ changed: string }>(MOVE_BOOK_KEYS, [tenantId, run.bookId, runId]);
      if (decided.fresh >= FRESH_FOR_STATISTICS) await client.query(ANALYZE_DECIDED);
      const chunks = await client.query<{ chunk: number }>(CUT_CHUNKS, [tenantId, runId, run.bookId, this.config.CHUNK_ACTIVITIES]);
      const status = chunks.rows.length > 0 ? 'posting' : 'pooling';
      await manager.update(
        RunRow,
        { tenantId, id: runId },
        { status, keysDecided: String(decided.keys), keysChanged: rows[0]?.changed ?? '0' },
      );
      await enqueue(
        client,
        postChunk,
        tenantId,
        chunks.rows.map(({ chunk }) => ({ tenantId, runId, chunk })),
      );
      if (status === 'pooling') await enqueue(client, calculatePools, tenantId, [{ tenantId, runId }]);
    });
  }

  exhausted({ tenantId, runId }: { tenantId: string; runId: string }, reason: string): Promise<void> {
    return markFailed(this.dataSource, tenantId, runId, reason);
  }

  /** Every key of the book is decided anew, which is cheap; a decision equal to the one that stands leaves no trace and moves nothing. */
  private async decide(transaction: TenantTransaction, run: RunRow): Promise<{ keys: number; fresh: number }> {
    const { rows } = await transaction.client.query<KeyToDecide>(KEYS_TO_DECIDE, [transaction.tenantId, run.bookId, run.id]);
    const context = await decisionContext(transaction, await this.pinsWithSuggestions(transaction, run, rows), this.gases);
    const store = new DecisionStore(transaction, run);
    for (let first = 0; first < rows.length; first += KEYS_AT_ONCE) {
      const fresh: FreshDecision[] = [];
      for (const row of rows.slice(first, first + KEYS_AT_ONCE)) {
        const decision = decideRates(matchKeyOf(row), context);
        const digest = sha256Hex(canonicalJson(decision));
        if (digest !== row.digest) fresh.push({ matchKeyId: row.id, digest, decision });
      }
      await store.add(fresh);
    }
    return { keys: rows.length, fresh: await store.finish() };
  }

  /** What suggestions say of free text under the tenant's policy is pinned like what people say of it. */
  private async pinsWithSuggestions(transaction: TenantTransaction, run: RunRow, rows: readonly KeyRow[]): Promise<RunPins> {
    const inputs = await pinnedDecisionInputs(transaction, run.pins.decisionInputs);
    const standing = classificationsOf(inputs.classifications);
    const keys = rows.filter((row) => row.activity_type === UNCLASSIFIED).map(matchKeyOf);
    const taken = await takeSuggestions(transaction, run.pins, keys, standing, this.suggestions);
    if (taken.length === 0) return run.pins;
    const decisionInputs = await keepInputs(transaction, { ...inputs, classifications: [...inputs.classifications, ...taken] });
    const pins = { ...run.pins, decisionInputs };
    await transaction.manager.update(RunRow, { tenantId: transaction.tenantId, id: run.id }, { pins });
    return pins;
  }
}
