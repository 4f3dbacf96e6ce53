import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { decideRun, postChunk, Refused, sealRun, type RunView } from '#contracts';
import { WorkRunner } from '#messaging';
import { CATALOGUE_TENANT, enqueue, inTenant, PIN_IMPORTS, type TenantTransaction } from '#postgres';
import { VERSION } from '#platform';
import type { PinnedGasRegister } from '../shared/gas-register';
import { BookRow, FactorSetRow, RunChunkRow, RunRow, type RunPins } from '../shared/rows';
import { runView } from '../shared/run-view';
import { GAS_REGISTER } from '../shared/tokens';
import { DEFAULT_BOOK, ensureBook, findBook } from './books';

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
        const book =
          bookName === DEFAULT_BOOK.name && !(await manager.existsBy(BookRow, { tenantId, name: bookName }))
            ? await ensureBook(manager, tenantId, bookName, DEFAULT_BOOK.gwpSet)
            : await findBook(manager, tenantId, bookName);
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

  private async open({ manager, client, tenantId }: TenantTransaction, book: BookRow): Promise<RunRow> {
    const run = await manager.save(
      manager.create(RunRow, {
        tenantId,
        id: randomUUID(),
        bookId: book.id,
        status: 'deciding',
        engineVersion: VERSION,
        pins: await this.pins(manager, tenantId, book),
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

  private async pins(manager: EntityManager, tenantId: string, book: BookRow): Promise<RunPins> {
    const sets = await manager.find(FactorSetRow, {
      where: { tenantId: In([tenantId, CATALOGUE_TENANT]), current: true },
      order: { publisher: 'asc', edition: 'asc', version: 'asc' },
    });
    return {
      gwpSet: book.gwpSet,
      gasesDigest: this.gases.digest,
      methodPack: book.methodPack,
      factorSets: sets.map(({ tenantId, id, digest }) => ({ tenantId, id, digest })),
    };
  }

  /**
   * Every step is idempotent by its state, so taking a failed run up again means asking for its open steps once more. A run that had decided
   * nothing yet is pinned anew: what made it fail may have been mended by a new factor set or version.
   */
  private async resume({ manager, client, tenantId }: TenantTransaction, book: BookRow, run: RunRow): Promise<RunRow> {
    const runId = run.id;
    const chunks = await manager.findBy(RunChunkRow, { tenantId, runId });
    const open = chunks.filter(({ doneAt }) => doneAt === null);
    const status = chunks.length === 0 ? 'deciding' : open.length > 0 ? 'posting' : 'sealing';
    const taken = await manager.update(RunRow, { tenantId, id: runId, status: 'failed' }, { status, failure: null });
    if (!taken.affected) throw new Refused('run_in_progress');
    if (status === 'deciding') {
      await client.query(PIN_IMPORTS, [tenantId, book.id, runId]);
      await manager.update(RunRow, { tenantId, id: runId }, { engineVersion: VERSION, pins: await this.pins(manager, tenantId, book) });
    }
    if (status === 'deciding') await enqueue(client, decideRun, tenantId, [{ tenantId, runId }]);
    if (status === 'posting')
      await enqueue(
        client,
        postChunk,
        tenantId,
        open.map(({ chunk }) => ({ tenantId, runId, chunk })),
      );
    if (status === 'sealing') await enqueue(client, sealRun, tenantId, [{ tenantId, runId }]);
    return manager.findOneByOrFail(RunRow, { tenantId, id: runId });
  }
}

function isOpenRun(error: unknown): boolean {
  const { code, constraint } = (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};
  return code === UNIQUE_VIOLATION && constraint === 'runs_one_open';
}
