import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import { projectRun, sealRun } from '#contracts';
import { canonicalJson } from '#ghg';
import type { WorkHandler } from '#messaging';
import {
  ADD_SEALED_SUMS,
  COUNT_ACTIVITIES,
  COUNT_OUTCOMES,
  COUNT_POOL_REFUSALS,
  enqueue,
  inTenant,
  RUN_CONTROL,
  RUN_DECISIONS,
  RUN_INPUTS,
  RUN_LEAVES,
  RUN_POOL_LEAVES,
  RUN_POOLS,
  type TenantTransaction,
} from '#postgres';
import { sha256Hex } from '#platform';
import { markFailed } from '../shared/mark-failed';
import { RunRow, type RunPins } from '../shared/rows';
import { merkleRoot } from './merkle';

interface Counts {
  readonly activities: number;
  readonly calculated: number;
  readonly partly: number;
  readonly refused: number;
  readonly excluded: number;
}

/** Last step of a run: checks conservation, computes the content digest, chains it to the seal before, and hands the run to the projection. */
@Injectable()
export class SealRunService implements WorkHandler<typeof sealRun.payload> {
  readonly work = sealRun;
  readonly concurrency = 1;

  constructor(private readonly dataSource: DataSource) {}

  handle({ tenantId, runId }: { tenantId: string; runId: string }): Promise<void> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager, client } = transaction;
      const run = await manager.findOne(RunRow, { where: { tenantId, id: runId }, lock: { mode: 'pessimistic_write' } });
      if (!run || run.status !== 'sealing') return;
      const counts = await conservation(transaction, run.bookId);
      await client.query(ADD_SEALED_SUMS, [tenantId, run.bookId, runId]);
      const leaves = await client.query<{ leaf: string }>(RUN_LEAVES, [tenantId, runId]);
      const poolLeaves = await client.query<{ leaf: string }>(RUN_POOL_LEAVES, [tenantId, runId]);
      const control = await client.query<{ entries: string; reversals: string; kgco2e: string }>(RUN_CONTROL, [tenantId, runId]);
      const { entries, reversals, kgco2e } = control.rows[0]!;
      const inputs = await client.query(RUN_INPUTS, [tenantId, runId]);
      const pools = await client.query(RUN_POOLS, [tenantId, runId]);
      const refused = await client.query<{ refusals: string }>(COUNT_POOL_REFUSALS, [tenantId, run.bookId]);
      const previous = await manager.findOne(RunRow, {
        where: { tenantId, bookId: run.bookId, ordinal: Not(IsNull()) },
        order: { ordinal: 'desc' },
      });
      const ordinal = (previous?.ordinal ?? 0) + 1;
      const contentDigest = merkleRoot([...leaves.rows, ...poolLeaves.rows].map(({ leaf }) => leaf));
      const previousSeal = previous?.seal ?? null;
      const decided = await client.query<{ digest: string }>(RUN_DECISIONS, [tenantId, runId]);
      const pins = sealedPins(run.pins);
      const decisions = decided.rows[0]!.digest;
      const seal = sha256Hex(
        canonicalJson({ previousSeal, ordinal, inputs: inputs.rows, pins, decisions, pools: pools.rows, contentDigest, entries, kgco2e }),
      );
      await manager.update(
        RunRow,
        { tenantId, id: runId },
        {
          status: 'sealed',
          ordinal,
          entries,
          reversals,
          kgco2e,
          contentDigest,
          previousSeal,
          seal,
          poolRefusals: refused.rows[0]!.refusals,
          sealedAt: new Date(),
          ...asText(counts),
        },
      );
      await enqueue(client, projectRun, tenantId, [{ tenantId, runId }]);
    });
  }

  exhausted({ tenantId, runId }: { tenantId: string; runId: string }, reason: string): Promise<void> {
    return markFailed(this.dataSource, tenantId, runId, reason);
  }
}

/** What a run stood on, by content alone: factor sets, GWP tables, rules, what people had decided, what its pools read. */
export function sealedPins({ factorSets, ...pins }: RunPins): object {
  return { ...pins, factorSets: factorSets.map(({ digest }) => digest).sort() };
}

/** Counts the book's activities twice, on two roads; a difference stops the seal. */
async function conservation({ client, tenantId }: TenantTransaction, bookId: string): Promise<Counts> {
  const counted = await client.query<{ activities: string }>(COUNT_ACTIVITIES, [tenantId, bookId]);
  const outcomes = await client.query<{ outcome: 'calculated' | 'partly' | 'refused' | 'excluded'; activities: string }>(COUNT_OUTCOMES, [
    tenantId,
    bookId,
  ]);
  const counts = { activities: Number(counted.rows[0]!.activities), calculated: 0, partly: 0, refused: 0, excluded: 0 };
  for (const { outcome, activities } of outcomes.rows) counts[outcome] = Number(activities);
  const { activities, calculated, partly, refused, excluded } = counts;
  if (activities !== calculated + partly + refused + excluded) throw new Error(`conservation is broken: ${JSON.stringify(counts)}`);
  return counts;
}

function asText(counts: Counts): Record<keyof Counts, string> {
  const { activities, calculated, partly, refused, excluded } = counts;
  return {
    activities: String(activities),
    calculated: String(calculated),
    partly: String(partly),
    refused: String(refused),
    excluded: String(excluded),
  };
}
