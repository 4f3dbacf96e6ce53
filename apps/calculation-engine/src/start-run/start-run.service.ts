import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { calculatePools, decideRun, postChunk, Refused, type RunView } from '#contracts';
import { WorkRunner } from '#messaging';
import { canonicalJson } from '#ghg';
import { enqueue, inTenant, KEEP_POOL_INPUTS, PIN_IMPORTS, READ_POOL_INPUTS, type TenantTransaction } from '#postgres';
import { sha256Hex, VERSION } from '#platform';
import { setsOfBook } from '../shared/book-sets';
import { keepDecisionInputs } from '../shared/decision-inputs';
import type { PinnedGasRegister } from '../shared/gas-register';
import { type BookRow, RunChunkRow, RunRow, type RunPins } from '../shared/rows';
import { reportingCalendarOf } from '../shared/reporting-calendar';
import { runView } from '../shared/run-view';
import { GAS_REGISTER } from '../shared/tokens';
import { bookOfRun } from './books';

const UNIQUE_VIOLATION = '23505';

@Injectable()
export class StartRunService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runner: WorkRunner,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  /**
   * Starts a run over the finished imports of this moment and the current factor sets; both are pinned here, so that what arrives later waits
   * for the next run. A run that failed before is taken up again where it stood.
   * Refuses: `book_unknown`, `run_in_progress`, `nothing_to_calculate`.
   */
  async start(tenantId: string, bookName: string): Promise<RunView> {
    try {
      const view = await inTenant(this.dataSource, tenantId, async (transaction) => {
        const { manager } = transaction;
        const book = await bookOfRun(manager, tenantId, bookName);
        const failed = await manager.findOneBy(RunRow, { tenantId, bookId: book.id, status: 'failed' });
        const run = failed ? await this.resume(transaction, book, failed) : await this.open(transaction, book);
        return runView(manager, run, book.name);
      });
      this.runner.nudge();
      return view;
    } catch (error) {
      if (isOpenRun(error)) throw new Refused('run_in_progress');
      throw error;
    }
  }

  private async open(transaction: TenantTransaction, book: BookRow): Promise<RunRow> {
    const { manager, client, tenantId } = transaction;
    const run = await manager.save(
      manager.create(RunRow, {
        tenantId,
        id: randomUUID(),
        bookId: book.id,
        status: 'deciding',
        engineVersion: VERSION,
        pins: await this.pins(transaction, book),
      }),
    );
    const pinned = await client.query(PIN_IMPORTS, [tenantId, book.id, run.id]);
    const known = await client.query('select from calculation.run_imports where tenant_id = $1 and book_id = $2 limit 1', [
      tenantId,
      book.id,
    ]);
    if (pinned.rowCount === 0 && known.rowCount === 0) throw new Refused('nothing_to_calculate');
    await enqueue(client, decideRun, tenantId, [{ tenantId, runId: run.id }]);
    return manager.findOneByOrFail(RunRow, { tenantId, id: run.id });
  }

  private async pins(transaction: TenantTransaction, book: BookRow): Promise<RunPins> {
    const sets = await setsOfBook(transaction, book);
    return {
      gwpSet: book.gwpSet,
      gasesDigest: this.gases.digest,
      methodPack: book.methodPack,
      editions: book.editions,
      reportingYearStartsOn: (await reportingCalendarOf(transaction)).startsOn,
      factorSets: sets.map(({ tenantId, id, digest }) => ({ tenantId, id, digest })),
      poolInputs: await keepPoolInputs(transaction),
      decisionInputs: await keepDecisionInputs(transaction),
    };
  }

  /**
   * Every step is idempotent by its state, so taking a failed run up again means asking for its open steps once more. A run that had decided
   * nothing yet is pinned anew: what made it fail may have been mended by a new factor set or version.
   */
  private async resume(transaction: TenantTransaction, book: BookRow, run: RunRow): Promise<RunRow> {
    const { manager, client, tenantId } = transaction;
    const runId = run.id;
    const chunks = await manager.findBy(RunChunkRow, { tenantId, runId });
    const open = chunks.filter(({ doneAt }) => doneAt === null);
    const decided = chunks.length > 0 || run.keysDecided !== '0';
    const status = !decided ? 'deciding' : open.length > 0 ? 'posting' : 'pooling';
    const taken = await manager.update(RunRow, { tenantId, id: runId, status: 'failed' }, { status, failure: null });
    if (!taken.affected) throw new Refused('run_in_progress');
    if (status === 'deciding') {
      await client.query(PIN_IMPORTS, [tenantId, book.id, runId]);
      await manager.update(RunRow, { tenantId, id: runId }, { engineVersion: VERSION, pins: await this.pins(transaction, book) });
    }
    if (status === 'pooling') await this.repinPools(transaction, run);
    if (status === 'deciding') await enqueue(client, decideRun, tenantId, [{ tenantId, runId }]);
    if (status === 'posting')
      await enqueue(
        client,
        postChunk,
        tenantId,
        open.map(({ chunk }) => ({ tenantId, runId, chunk })),
      );
    if (status === 'pooling') await enqueue(client, calculatePools, tenantId, [{ tenantId, runId }]);
    return manager.findOneByOrFail(RunRow, { tenantId, id: runId });
  }

  /** Pools that came to nothing yet read what stands now: what made the run fail may have been mended. What they posted stands on what it read. */
  private async repinPools(transaction: TenantTransaction, { id, pins }: RunRow): Promise<void> {
    const { manager, client, tenantId } = transaction;
    const results = await client.query('select from calculation.pool_results where tenant_id = $1 and run_id = $2 limit 1', [tenantId, id]);
    if (results.rowCount !== 0) return;
    await manager.update(RunRow, { tenantId, id }, { pins: { ...pins, poolInputs: await keepPoolInputs(transaction) } });
  }
}

/** What the run's pools read is kept as it stands now, under its digest: what changes later waits for the next run. */
async function keepPoolInputs({ client, tenantId }: TenantTransaction): Promise<string> {
  const { rows } = await client.query<{ body: object }>(READ_POOL_INPUTS, [tenantId]);
  const digest = sha256Hex(canonicalJson(rows[0]!.body));
  await client.query(KEEP_POOL_INPUTS, [tenantId, digest, JSON.stringify(rows[0]!.body)]);
  return digest;
}

function isOpenRun(error: unknown): boolean {
  const { code, constraint } = (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};
  return code === UNIQUE_VIOLATION && constraint === 'runs_one_open';
}
