import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { calculatePools, decideRun, postChunk } from '#contracts';
import { canonicalJson, decideRates, effectOf, type Decision, type DecisionContext, type MatchKey, type Rate } from '#ghg';
import {
  CUT_CHUNKS,
  enqueue,
  INSERT_DECISIONS,
  INSERT_RATES,
  inTenant,
  KEYS_TO_DECIDE,
  MOVE_BOOK_KEYS,
  type TenantTransaction,
} from '#postgres';
import { sha256Hex } from '#platform';
import type { WorkHandler } from '#messaging';
import type { EngineConfig } from '../shared/config';
import type { PinnedGasRegister } from '../shared/gas-register';
import { RunRow } from '../shared/rows';
import { markFailed } from '../shared/mark-failed';
import { pinnedPack } from '../shared/pinned-pack';
import { CONFIG, GAS_REGISTER } from '../shared/tokens';
import { readPinnedFactors } from './pinned-factors';

interface KeyRow {
  id: string;
  activity_type: string;
  unit: string;
  year: number;
  country: string;
  region: string | null;
  supplier: string | null;
  attributes: Record<string, string>;
  digest: string | null;
}

interface FreshDecision {
  readonly matchKeyId: string;
  readonly digest: string;
  readonly decision: Decision;
}

const DECISIONS_PER_STATEMENT = 1_000;

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
  ) {}

  handle({ tenantId, runId }: { tenantId: string; runId: string }): Promise<void> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager, client } = transaction;
      const run = await manager.findOneByOrFail(RunRow, { tenantId, id: runId });
      if (run.status !== 'deciding') return;
      if (run.pins.gasesDigest !== this.gases.digest) throw new Error('the GWP tables of this engine are not those that the run pinned');
      const { decided, fresh } = await this.decide(transaction, run);
      await this.store(transaction, run, fresh);
      const { rows } = await client.query<{ changed: string }>(MOVE_BOOK_KEYS, [tenantId, run.bookId, runId]);
      await client.query('analyze calculation.book_keys');
      const chunks = await client.query<{ chunk: number }>(CUT_CHUNKS, [tenantId, runId, run.bookId, this.config.CHUNK_ACTIVITIES]);
      const status = chunks.rows.length > 0 ? 'posting' : 'pooling';
      await manager.update(RunRow, { tenantId, id: runId }, { status, keysDecided: String(decided), keysChanged: rows[0]?.changed ?? '0' });
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
  private async decide(transaction: TenantTransaction, run: RunRow): Promise<{ decided: number; fresh: FreshDecision[] }> {
    const context: DecisionContext = {
      pack: pinnedPack(run.pins),
      index: await readPinnedFactors(transaction, run.pins),
      gases: this.gases.register,
      gwpSet: run.pins.gwpSet,
    };
    const { rows } = await transaction.client.query<KeyRow>(KEYS_TO_DECIDE, [transaction.tenantId, run.bookId, run.id]);
    const fresh: FreshDecision[] = [];
    for (const row of rows) {
      const decision = decideRates(matchKey(row), context);
      const digest = sha256Hex(canonicalJson(decision));
      if (digest !== row.digest) fresh.push({ matchKeyId: row.id, digest, decision });
    }
    return { decided: rows.length, fresh };
  }

  private async store({ client, tenantId }: TenantTransaction, run: RunRow, fresh: readonly FreshDecision[]): Promise<void> {
    for (let first = 0; first < fresh.length; first += DECISIONS_PER_STATEMENT) {
      const part = fresh.slice(first, first + DECISIONS_PER_STATEMENT);
      const documents = part.map(({ matchKeyId, digest, decision }) =>
        JSON.stringify({
          matchKeyId,
          outcome: decision.outcome,
          digest,
          effect: effectDigest(decision.rates),
          body: { legs: decision.legs },
        }),
      );
      const { rows } = await client.query<{ id: string; match_key_id: string }>(INSERT_DECISIONS, [
        tenantId,
        run.bookId,
        run.id,
        documents,
      ]);
      const decisionIds = new Map(rows.map((row) => [row.match_key_id, row.id]));
      const rates = part.flatMap(({ matchKeyId, decision }) =>
        decision.rates.map((rate) =>
          JSON.stringify({
            decisionId: decisionIds.get(matchKeyId),
            ...rate,
            digest: sha256Hex(canonicalJson(rate)),
            effect: effectDigest([rate]),
            body: rate,
          }),
        ),
      );
      await client.query(INSERT_RATES, [tenantId, rates]);
    }
  }
}

function effectDigest(rates: readonly Rate[]): string {
  return sha256Hex(canonicalJson(rates.map(effectOf)));
}

function matchKey(row: KeyRow): MatchKey {
  const { unit, year, country, region, supplier, attributes } = row;
  return { activityType: row.activity_type, unit, year, country, region, supplier, attributes };
}
