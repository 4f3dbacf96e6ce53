import { IsNull, type EntityManager } from 'typeorm';
import type { RunView } from '#contracts';
import { IS_BOOK_WITHHELD } from '#postgres';
import { RunChunkRow, type RunRow } from './rows';

/** A run as the API shows it. Counts of rows stay far below 2^53, so numbers are safe; amounts stay text. */
export async function runView(manager: EntityManager, run: RunRow, book: string): Promise<RunView> {
  const { tenantId, id: runId } = run;
  const chunks = await manager.countBy(RunChunkRow, { tenantId, runId });
  const [ofBook] = await manager.query<{ withheld: boolean }[]>(IS_BOOK_WITHHELD, [tenantId, run.bookId]);
  const open = await manager.countBy(RunChunkRow, { tenantId, runId, doneAt: IsNull() });
  return {
    id: runId,
    book,
    ordinal: run.ordinal,
    status: run.status,
    failure: run.failure,
    progress: { chunks, chunksDone: chunks - open },
    keysDecided: Number(run.keysDecided),
    keysChanged: Number(run.keysChanged),
    entries: Number(run.entries),
    reversals: Number(run.reversals),
    activities: Number(run.activities),
    calculated: Number(run.calculated),
    partly: Number(run.partly),
    refused: Number(run.refused),
    excluded: Number(run.excluded),
    poolRefusals: Number(run.poolRefusals),
    kgco2e: ofBook?.withheld ? null : run.kgco2e,
    contentDigest: run.contentDigest,
    previousSeal: run.previousSeal,
    seal: run.seal,
    startedAt: run.startedAt.toISOString(),
    sealedAt: run.sealedAt?.toISOString() ?? null,
  };
}
