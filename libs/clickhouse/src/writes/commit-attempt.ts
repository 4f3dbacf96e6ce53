import type { Clickhouse } from '../client';

export interface CommittedAttempt {
  readonly tenantId: string;
  readonly bookId: string;
  readonly runId: string;
  readonly runOrdinal: number;
  readonly attempt: string;
  readonly entries: string;
  readonly kgco2e: string;
}

/** The commitment: from this row on the attempt's rows count. To be called once its rows have been counted and summed, never before. */
export async function commitAttempt(clickhouse: Clickhouse, attempt: CommittedAttempt, now: Date): Promise<void> {
  await clickhouse.insertRow('commit-attempt', 'ledger_attempts', {
    tenant_id: attempt.tenantId,
    book_id: attempt.bookId,
    run_id: attempt.runId,
    run_ordinal: attempt.runOrdinal,
    attempt: attempt.attempt,
    entries: attempt.entries,
    kgco2e: attempt.kgco2e,
    committed_at: now.toISOString().replace('T', ' ').replace('Z', ''),
  });
}
