import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { TryLater, type ClaimResult, type Delivery, type OutboxPort } from '#messaging';
import { isPostgresAway } from './away';

interface DeliveryRow {
  id: string;
  subject: string;
  tenant_id: string;
  payload: unknown;
}

interface AttemptRow extends DeliveryRow {
  attempts: number;
  /** Of an attempt before. */
  failure: string | null;
}

const REASON_LENGTH_MAX = 1_000;

const toDelivery = (row: DeliveryRow): Delivery => ({ id: row.id, subject: row.subject, tenantId: row.tenant_id, payload: row.payload });

/** Writes deliveries in the caller's transaction: the work exists if and only if the change that causes it is committed. */
export async function enqueue<P extends z.ZodType>(
  client: PoolClient,
  work: { readonly subject: string; readonly payload: P },
  tenantId: string,
  payloads: readonly z.input<P>[],
): Promise<void> {
  if (payloads.length === 0) return;
  const checked = payloads.map((payload) => work.payload.parse(payload));
  await client.query('insert into messaging.outbox (subject, tenant_id, payload) select $1, $2, p from unnest($3::jsonb[]) p', [
    work.subject,
    tenantId,
    checked.map((payload) => JSON.stringify(payload)),
  ]);
}

/** First half of the advisory lock's key: keeps outbox claims apart from other uses of such locks. */
const LOCK_SPACE = 7_367;

export class PostgresOutbox implements OutboxPort {
  constructor(private readonly dataSource: DataSource) {}

  async unpublished(subjects: readonly string[], limit: number): Promise<readonly Delivery[]> {
    const rows: DeliveryRow[] = await this.dataSource.query(
      `select id, subject, tenant_id, payload from messaging.outbox
       where subject = any ($1) and published_at is null and done_at is null and failed_at is null order by id limit $2`,
      [subjects, limit],
    );
    return rows.map(toDelivery);
  }

  async markPublished(ids: readonly string[]): Promise<void> {
    await this.dataSource.query('update messaging.outbox set published_at = now() where id = any ($1)', [ids]);
  }

  async openPublished(subject: string): Promise<number> {
    const [{ count }] = (await this.dataSource.query(
      `select count(*)::int as count from messaging.outbox
       where subject = $1 and done_at is null and failed_at is null and published_at is not null`,
      [subject],
    )) as [{ count: number }];
    return count;
  }

  /** A claim shows among the server's locks: the two halves of its key are there as `classid` and `objid`, both unsigned. */
  async reopen(subject: string, ageMs: number, limit: number | null): Promise<number> {
    const [, count] = (await this.dataSource.query(
      `update messaging.outbox set published_at = null
       where id in (
         select o.id from messaging.outbox o
         where o.subject = $1 and o.done_at is null and o.failed_at is null and o.published_at < now() - $2 * interval '1 millisecond'
           and not exists (
             select from pg_locks l
             where l.locktype = 'advisory' and l.objsubid = 2 and l.classid = $4
               and l.objid::bigint = hashtext(o.id::text)::bigint & 4294967295
               and l.database = (select oid from pg_database where datname = current_database()))
         order by o.published_at, o.id limit $3)`,
      [subject, ageMs, limit, LOCK_SPACE],
    )) as [unknown, number];
    return count;
  }

  /**
   * The lock lives in a transaction that does nothing else: it holds no snapshot, so it does not hold back vacuum, and it falls with its
   * connection, so a killed worker holds nothing. The work itself runs in transactions of its own and must be idempotent by its state.
   */
  async claim(
    id: string,
    attemptsMax: number,
    work: (delivery: Delivery) => Promise<void>,
    exhausted?: (delivery: Delivery, reason: string) => Promise<void>,
  ): Promise<ClaimResult> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const [{ locked }] = (await runner.query('select pg_try_advisory_xact_lock($1, hashtext($2)) as locked', [LOCK_SPACE, id])) as [
        { locked: boolean },
      ];
      if (!locked) return { outcome: 'held-elsewhere' };
      // This transaction is idle on purpose, for as long as the work takes: a server that ends idle ones must spare it. And being a statement
      // without parameters, this one closes the portal of the one before, whose snapshot would stay open as long as the work takes.
      await runner.query('set local idle_in_transaction_session_timeout = 0');
      const row = await this.attempt(id);
      if (!row) return { outcome: 'done-before' };
      try {
        // Attempts that left no failure were made by workers that died of them: one more would only kill the next.
        if (row.attempts > attemptsMax) throw new Error(row.failure ?? 'every worker that attempted it died or lost its connection');
        await work(toDelivery(row));
      } catch (error) {
        if (error instanceof TryLater || isPostgresAway(error)) return await this.giveBack(row, error);
        return await this.fail(row, attemptsMax, error, exhausted);
      }
      await this.dataSource.query('update messaging.outbox set done_at = now() where id = $1 and failed_at is null', [id]);
      return { outcome: 'done' };
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }

  private async attempt(id: string): Promise<AttemptRow | undefined> {
    const [row] = (await this.dataSource.query(
      `with attempt as (
         update messaging.outbox set attempts = attempts + 1
         where id = $1 and done_at is null and failed_at is null returning id, subject, tenant_id, payload, attempts, failure)
       select * from attempt`,
      [id],
    )) as AttemptRow[];
    return row;
  }

  /** The attempt that has begun did not take place. A reason is kept, so that the row says what it waits for. */
  private async giveBack({ id }: AttemptRow, error: Error): Promise<ClaimResult> {
    const reason = error.message.slice(0, REASON_LENGTH_MAX);
    await this.dataSource.query(
      'update messaging.outbox set attempts = greatest(attempts - 1, 0), failure = $2 where id = $1 and done_at is null',
      [id, reason],
    );
    return { outcome: 'later', reason };
  }

  private async fail(
    row: AttemptRow,
    attemptsMax: number,
    error: unknown,
    exhausted: ((delivery: Delivery, reason: string) => Promise<void>) | undefined,
  ): Promise<ClaimResult> {
    const final = row.attempts >= attemptsMax;
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, REASON_LENGTH_MAX);
    // Somebody else may have done it meanwhile, if the lock's connection was cut: what is done stays done.
    const [, open] = (await this.dataSource.query('update messaging.outbox set failure = $2 where id = $1 and done_at is null', [
      row.id,
      reason,
    ])) as [unknown, number];
    if (open === 0) return { outcome: 'done-before' };
    if (final) {
      await exhausted?.(toDelivery(row), reason);
      await this.dataSource.query('update messaging.outbox set failed_at = now() where id = $1 and done_at is null', [row.id]);
    }
    return { outcome: 'failed', attempts: row.attempts, final, error };
  }
}
