import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { calculatePools, postChunk } from '#contracts';
import type { WorkHandler } from '#messaging';
import { enqueue, inTenant, POST_CHUNK, RESTATE_CHUNK } from '#postgres';
import type { EngineConfig } from '../shared/config';
import { markFailed } from '../shared/mark-failed';
import { RunChunkRow, RunRow } from '../shared/rows';
import { CONFIG } from '../shared/tokens';

interface ChunkReference {
  readonly tenantId: string;
  readonly runId: string;
  readonly chunk: number;
}

/** Posts one chunk: one statement, one transaction, together with the mark that it is done. Whoever comes second finds the mark. */
@Injectable()
export class PostChunkService implements WorkHandler<typeof postChunk.payload> {
  readonly work = postChunk;
  readonly concurrency: number;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) config: EngineConfig,
  ) {
    this.concurrency = config.CHUNKS_AT_ONCE;
  }

  handle({ tenantId, runId, chunk }: ChunkReference): Promise<void> {
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      const row = await manager.findOne(RunChunkRow, { where: { tenantId, runId, chunk }, lock: { mode: 'pessimistic_write' } });
      if (!row || row.doneAt) return;
      const run = await manager.findOneByOrFail(RunRow, { tenantId, id: runId });
      if (run.status !== 'posting') return;
      const statement = row.kind === 'post' ? POST_CHUNK : RESTATE_CHUNK;
      const { rows } = await client.query<{ entries: string; reversals: string }>(statement, [
        tenantId,
        run.bookId,
        runId,
        chunk,
        row.importId,
        row.firstId,
        row.lastId,
      ]);
      const { entries, reversals } = rows[0]!;
      await manager.update(RunChunkRow, { tenantId, runId, chunk }, { entries, reversals, doneAt: new Date() });
      // The run's row decides who was last: two chunks that end together wait for each other here, and one of them sees none open.
      await manager.findOneOrFail(RunRow, { where: { tenantId, id: runId }, lock: { mode: 'pessimistic_write' } });
      const open = await client.query(
        'select from calculation.run_chunks where tenant_id = $1 and run_id = $2 and done_at is null limit 1',
        [tenantId, runId],
      );
      if (open.rowCount !== 0) return;
      await manager.update(RunRow, { tenantId, id: runId }, { status: 'pooling' });
      await enqueue(client, calculatePools, tenantId, [{ tenantId, runId }]);
    });
  }

  exhausted({ tenantId, runId }: ChunkReference, reason: string): Promise<void> {
    return markFailed(this.dataSource, tenantId, runId, reason);
  }
}
