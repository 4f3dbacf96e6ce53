import { DataSource } from 'typeorm';
import type { MatchKey } from '#ghg';
import {
  ANALYZE_STAGED_SEGMENTS,
  COPY_STAGED_SEGMENTS,
  copyIn,
  copyLine,
  CREATE_STAGED_SEGMENTS,
  inTenant,
  LOCK_UNTIL_COMMIT,
  RESOLVE_CHUNK,
  type ResolvedChunk,
} from '#postgres';
import type { RefusedRecord, StagedRecord } from '../shared/records';
import { ImportChunkRow } from '../shared/rows';
import type { MatchKeyIds } from './match-key-ids';
import { storeRefusals } from './store-refusals';

/** Consecutive lines of one file, read. */
export interface Chunk {
  readonly importId: string;
  /** Counts from 1. */
  readonly chunk: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly staged: readonly StagedRecord[];
  readonly refused: readonly RefusedRecord[];
}

/**
 * Stages a chunk: its activities, duplicates, refusals and the row that says that it is done, in one transaction. A chunk that is staged twice
 * fails on that row's key, and nothing of it is kept twice.
 */
export async function stageChunk(dataSource: DataSource, tenantId: string, chunk: Chunk, keys: MatchKeyIds): Promise<void> {
  const { importId, staged, refused } = chunk;
  const idOf = await keys.of(staged.flatMap(({ segments }) => segments.map(({ key }) => key)));
  await inTenant(dataSource, tenantId, async ({ client, manager }) => {
    await client.query(CREATE_STAGED_SEGMENTS);
    await copyIn(client, COPY_STAGED_SEGMENTS, copyBlocks(staged, idOf));
    await client.query(ANALYZE_STAGED_SEGMENTS);
    // One chunk of a tenant at a time from here on: what stands for an identity must not change between looking and writing.
    await client.query(LOCK_UNTIL_COMMIT, [`staging|${tenantId}`]);
    const { rows } = await client.query<ResolvedChunk>(RESOLVE_CHUNK, [tenantId, importId]);
    const resolved = rows[0]!;
    await storeRefusals(client, tenantId, importId, chunk.chunk, refused);
    await manager.insert(ImportChunkRow, {
      tenantId,
      importId,
      chunk: chunk.chunk,
      firstLine: String(chunk.firstLine),
      lastLine: String(chunk.lastLine),
      records: String(staged.length + refused.length),
      refused: String(refused.length),
      ...resolved,
    });
  });
}

/** Lines in blocks: a write to the socket per line would cost more than the line. */
const BLOCK_CHARACTERS = 64 * 1024;

function* copyBlocks(staged: readonly StagedRecord[], idOf: (key: MatchKey) => string): Generator<string> {
  let block = '';
  for (const record of staged) {
    const { line, slot, identity, content, entityId, segments } = record;
    const stated = JSON.stringify(record.stated);
    const flags = `{${record.flags.join(',')}}`;
    const tags = JSON.stringify(record.tags);
    for (const [i, { key, start, end, quantity }] of segments.entries())
      block += copyLine([
        line,
        slot,
        i + 1,
        segments.length,
        identity,
        content,
        entityId,
        idOf(key),
        start,
        end,
        quantity,
        stated,
        flags,
        tags,
      ]);
    if (block.length > BLOCK_CHARACTERS) {
      yield block;
      block = '';
    }
  }
  if (block) yield block;
}
