import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clickhouse, ClickhouseFailure, commitAttempt, committedAttempt, insertLedgerRows, sumAttempt } from '#clickhouse';
import { evaluateBaseYears, projectRun } from '#contracts';
import { Decimal } from '#ghg';
import { TryLater, type WorkHandler } from '#messaging';
import {
  BASE_YEARS_OF_RUN,
  COPY_RUN,
  copyOut,
  enqueue,
  inTenant,
  LOCK_PROJECTION,
  RUNS_TO_PROJECT,
  SET_COPIED_RUN,
  type TenantTransaction,
} from '#postgres';
import { ProjectionRow } from '../shared/projection-row';

interface RunReference {
  readonly tenantId: string;
  readonly runId: string;
}

/** A sealed run with the control figures of its seal. */
interface SealedRun {
  readonly id: string;
  readonly book_id: string;
  readonly ordinal: number;
  readonly entries: string;
  readonly kgco2e: string;
}

interface Attempt {
  readonly attempt: string;
  readonly entries: string;
  readonly kgco2e: string;
}

/** What arrived in the columnar store is not what the run sealed: an alarm. The attempt is never committed, so nothing of it shows. */
export class ProjectionDiffers extends Error {
  constructor(run: SealedRun, arrived: { readonly entries: string; readonly kgco2e: string }) {
    super(
      `run ${run.id}: ${run.entries} entries with ${run.kgco2e} kgCO2e were sealed, ${arrived.entries} with ${arrived.kgco2e} kgCO2e arrived`,
    );
    this.name = 'ProjectionDiffers';
  }
}

/**
 * Copies a sealed run into the columnar store: rows under a fresh attempt, count and exact sum compared with the seal, then the commitment, then
 * the mark in Postgres, and with it the work of evaluating the book's base years. Killed at any point it starts over with another attempt, and rows of attempts that were not committed never count.
 */
@Injectable()
export class ProjectRunService implements WorkHandler<typeof projectRun.payload> {
  readonly work = projectRun;
  readonly concurrency = 2;
  private readonly logger = new Logger('project-entries');

  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
  ) {}

  /** Earlier runs of the book that are still missing go first: a book is projected in the order of its seals, without a gap. */
  async handle({ tenantId, runId }: RunReference): Promise<void> {
    for (const run of await this.missingRuns(tenantId, runId)) {
      if (await this.begin(tenantId, run)) await this.project(tenantId, run).catch(postponeWhileAway);
    }
  }

  exhausted({ tenantId, runId }: RunReference): Promise<void> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      await manager.update(ProjectionRow, { tenantId, runId, status: 'projecting' }, { status: 'failed' });
    });
  }

  private missingRuns(tenantId: string, runId: string): Promise<SealedRun[]> {
    return inTenant(
      this.dataSource,
      tenantId,
      async ({ client }) => (await client.query<SealedRun>(RUNS_TO_PROJECT, [tenantId, runId])).rows,
    );
  }

  /** Shows that the run is being projected. False if another replica has projected it meanwhile. */
  private begin(tenantId: string, run: SealedRun): Promise<boolean> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager } = await locked(transaction, run);
      const row = await manager.findOneBy(ProjectionRow, { tenantId, runId: run.id });
      if (row?.status === 'projected') return false;
      await manager.save(ProjectionRow, { tenantId, runId: run.id, bookId: run.book_id, runOrdinal: run.ordinal, status: 'projecting' });
      return true;
    });
  }

  private project(tenantId: string, run: SealedRun): Promise<void> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { client, manager } = await locked(transaction, run);
      if (await manager.existsBy(ProjectionRow, { tenantId, runId: run.id, status: 'projected' })) return;
      const startedAt = Date.now();
      // A worker may have died between the commitment there and the mark here: then the mark is all that is missing.
      const [committed] = await committedAttempt(this.clickhouse, { tenantId, runId: run.id });
      const { attempt, entries, kgco2e } = committed ?? (await this.write(transaction, run));
      await manager.update(
        ProjectionRow,
        { tenantId, runId: run.id },
        { status: 'projected', attempt, entries, kgco2e, projectedAt: new Date() },
      );
      const baseYears = await client.query(BASE_YEARS_OF_RUN, [tenantId, run.id]);
      if (baseYears.rows.length > 0) await enqueue(client, evaluateBaseYears, tenantId, [{ tenantId, runId: run.id }]);
      this.logger.log(`run ${run.id}: ${entries} entries projected in ${Date.now() - startedAt} ms`);
    });
  }

  /** Throws `ProjectionDiffers` before anything is committed. */
  private async write({ tenantId, client }: TenantTransaction, run: SealedRun): Promise<Attempt> {
    const attempt = randomUUID();
    await client.query(SET_COPIED_RUN, [run.id, attempt, run.entries]);
    await insertLedgerRows(this.clickhouse, copyOut(client, COPY_RUN));
    const reference = { tenantId, bookId: run.book_id, runId: run.id, attempt };
    const [arrived] = await sumAttempt(this.clickhouse, reference);
    if (!arrived || arrived.entries !== run.entries || !new Decimal(arrived.kgco2e).eq(run.kgco2e))
      throw new ProjectionDiffers(run, arrived ?? { entries: '0', kgco2e: '0' });
    await commitAttempt(this.clickhouse, { ...reference, ...arrived, runOrdinal: run.ordinal }, new Date());
    return { attempt, ...arrived };
  }
}

/** A columnar store that is away or too busy costs no attempt: the run waits until it is back. */
function postponeWhileAway(error: unknown): never {
  if (error instanceof ClickhouseFailure && error.retry) throw new TryLater(error.message, { cause: error });
  throw error;
}

async function locked(transaction: TenantTransaction, run: SealedRun): Promise<TenantTransaction> {
  await transaction.client.query(LOCK_PROJECTION, [run.book_id]);
  return transaction;
}
