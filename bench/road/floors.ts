import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { COPY_RUN, SET_COPIED_RUN } from '#postgres';
import { timed } from '../machine';
import type { World } from './world';

// What the bare databases need for the same rows: no policies, no checks of what stands, no digests, no sums.

const STAGED = 'bench_staged';

/**
 * The records of a finished import, pre-parsed, as lines of COPY text in a file: what a loader would have that had nothing to read and nothing to think.
 */
export async function exportParsed(owner: Client, tenantId: string, directory: string): Promise<string> {
  const file = path.join(directory, 'parsed.tsv');
  const columns = `a.line, a.slot, a.segment, a.segments, i.identity, i.content, a.entity_id, a.match_key_id, a.period_start, a.period_end, a.quantity,
    a.stated, a.flags, a.tags`;
  const rows = `select ${columns} from ingestion.activities a join ingestion.identities i on i.tenant_id = a.tenant_id and i.activity_id = a.id
    where a.tenant_id = '${tenantId}' order by a.id`;
  await pipeline(owner.query(copyTo(`copy (${rows}) to stdout`)), createWriteStream(file));
  await owner.query(`
    create unlogged table ${STAGED} (line bigint, slot smallint, segment smallint, segments smallint, identity uuid, content uuid, entity_id uuid,
      match_key_id bigint, period_start date, period_end date, quantity numeric, stated jsonb, flags text[], tags jsonb);
    create table bench_activities (like ingestion.activities including indexes);
    create table bench_identities (like ingestion.identities including indexes)`);
  return file;
}

/** COPY into an unlogged table, then one INSERT … SELECT into a table with the indexes of the activities; `identities` apart. */
export async function ingestFloor(
  owner: Client,
  tenantId: string,
  importId: string,
  file: string,
): Promise<{ activities: number; identities: number }> {
  await owner.query(`truncate ${STAGED}, bench_activities, bench_identities`);
  const activities = await timed(async () => {
    await pipeline(createReadStream(file), owner.query(copyFrom(`copy ${STAGED} from stdin`)));
    await owner.query(
      `insert into bench_activities (tenant_id, id, segment, segments, import_id, line, slot, version, entity_id, match_key_id, period_start, period_end,
         quantity, stated, flags, tags)
       select $1, line * 100 + slot, segment, segments, $2, line, slot, 1, entity_id, match_key_id, period_start, period_end, quantity, stated, flags, tags
       from ${STAGED}`,
      [tenantId, importId],
    );
  });
  const identities = await timed(() =>
    owner.query(
      `insert into bench_identities (tenant_id, identity, content, activity_id, origin, version)
       select $1, identity, content, line * 100 + slot, line * 100 + slot, 1 from ${STAGED} where segment = 1`,
      [tenantId],
    ),
  );
  return { activities, identities };
}

/** The same join and product into a table with the indexes of the entries, on one backend. */
export async function runFloor(owner: Client, tenantId: string, bookId: string, runId: string): Promise<number> {
  await owner.query(
    'drop table if exists bench_entries; create table bench_entries (like calculation.entries including indexes including identity)',
  );
  return timed(() =>
    owner.query(
      `insert into bench_entries
         (tenant_id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, rate_id, quantity, kgco2e, biogenic_kgco2)
       select $1, $2, $3, a.id, a.segment, 1, a.line, a.slot, r.id, a.quantity, a.quantity * r.kgco2e, a.quantity * r.biogenic_kgco2
       from ingestion.activities a
       join calculation.book_keys k on k.tenant_id = $1 and k.book_id = $2 and k.match_key_id = a.match_key_id
       join calculation.rates r on r.tenant_id = $1 and r.decision_id = k.decision_id
       where a.tenant_id = $1`,
      [tenantId, bookId, runId],
    ),
  );
}

/** The same SELECT, bare COPY out, piped into ClickHouse's HTTP interface and into an identical table. */
export async function projectionFloor(owner: Client, world: World, tenantId: string, runId: string, entries: string): Promise<number> {
  const { clickhouseUrl, clickhouseDatabase: database } = world;
  const send = async (query: string, body?: Readable): Promise<void> => {
    const { username, password, origin } = new URL(clickhouseUrl);
    const target = `${origin}/?query=${encodeURIComponent(query)}`;
    const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
    const wish = body ? { body: Readable.toWeb(body), duplex: 'half' } : {};
    const response = await fetch(target, { method: 'POST', headers, ...wish } as RequestInit);
    if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
    await response.text();
  };
  await send(`create table if not exists ${database}.bench_ledger as ${database}.ledger_entries`);
  await send(`truncate table ${database}.bench_ledger`);
  return timed(async () => {
    await owner.query('begin');
    await owner.query("select set_config('app.tenant', $1, true)", [tenantId]);
    await owner.query(SET_COPIED_RUN, [runId, '00000000-0000-0000-0000-000000000001', entries]);
    await send(`insert into ${database}.bench_ledger format TabSeparated`, owner.query(copyTo(COPY_RUN)));
    await owner.query('commit');
  });
}
