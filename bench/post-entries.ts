import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { POST_CHUNK } from '#postgres';

// How much the ledger costs on top of the bare database: the posting statement with row policies, key sums, indexes and the in-force check, against the
// same join and product into an identical table without any of them. Both on one backend, in one run, alternating.

const ROWS = Number(process.env['BENCH_ROWS'] ?? 200_000);
const KEYS = 2_000;
const ROUNDS = 3;
const [tenant, book, run, importId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

const FLOOR = `
insert into bench_entries
  (tenant_id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, rate_id, quantity, kgco2e, biogenic_kgco2)
select $1, $2, $3, a.id, a.segment, 1, a.line, a.slot, r.id, a.quantity, a.quantity * r.kgco2e, a.quantity * r.biogenic_kgco2
from ingestion.activities a
join calculation.book_keys k on k.tenant_id = $1 and k.book_id = $2 and k.match_key_id = a.match_key_id
join calculation.rates r on r.tenant_id = $1 and r.decision_id = k.decision_id
where a.tenant_id = $1`;

async function seed(owner: Client): Promise<void> {
  await owner.query("insert into gateway.tenants values ($1, 'bench')", [tenant]);
  const entity = randomUUID();
  await owner.query("insert into gateway.entities (tenant_id, id, code, name, country) values ($1, $2, 'B', 'Bench', 'GB')", [
    tenant,
    entity,
  ]);
  await owner.query("insert into ingestion.mappings (tenant_id, name, version, spec, digest) values ($1, 'm', 1, '{}', '')", [tenant]);
  await owner.query(
    `insert into ingestion.imports (tenant_id, id, ordinal, file_id, file_name, sha256, bytes, mapping_name, mapping_version, status, lines, records, accepted)
     values ($1, $2, 1, 'f', 'bench.csv', repeat('0', 64), 1, 'm', 1, 'finished', $3, $3, $3)`,
    [tenant, importId, ROWS],
  );
  await owner.query(
    `insert into ingestion.match_keys (tenant_id, digest, activity_type, unit, year, country, attributes)
     select $1, md5(i::text)::uuid, 'fuel.natural-gas', 'kWh', 2025, 'GB', '{}' from generate_series(1, $2::int) i`,
    [tenant, KEYS],
  );
  await owner.query(
    `insert into ingestion.activities (tenant_id, id, segment, segments, import_id, line, slot, version, entity_id, match_key_id, period_start, period_end, quantity, stated)
     select $1, i, 1, 1, $2, i + 1, 1, 1, $3, (select min(id) from ingestion.match_keys where tenant_id = $1) + i % $5::int, '2025-01-01', '2025-01-31',
       round((i % 100000) / 100.0, 2), '[]' from generate_series(1, $4::int) i`,
    [tenant, importId, entity, ROWS, KEYS],
  );
  await owner.query(
    "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, $2, 'main', 'ghg-protocol-2015', 'AR5')",
    [tenant, book],
  );
  await owner.query(
    "insert into calculation.runs (tenant_id, id, book_id, status, engine_version, pins) values ($1, $2, $3, 'posting', 'bench', '{}')",
    [tenant, run, book],
  );
  await owner.query('insert into calculation.run_imports values ($1, $2, $3, 1, $4)', [tenant, book, importId, run]);
  await owner.query(
    `with d as (
       insert into calculation.decisions (tenant_id, book_id, run_id, match_key_id, outcome, digest, effect, body)
       select tenant_id, $2, $3, id, 'calculated', '', '', '{}' from ingestion.match_keys where tenant_id = $1 returning id, match_key_id),
     r as (
       insert into calculation.rates (tenant_id, decision_id, leg, basis, source_class, kgco2e, biogenic_kgco2, digest, effect, body)
       select $1, d.id, leg, 'all', 'stationary-combustion', 0.182960000000000001, 0, '', '', '{}' from d, unnest(array['combustion', 'upstream']) leg)
     insert into calculation.book_keys select $1, $2, match_key_id, id from d`,
    [tenant, book, run],
  );
  await owner.query('create table bench_entries (like calculation.entries including indexes including identity)');
  await owner.query('analyze');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

async function product(engine: Client): Promise<number> {
  return timed(async () => {
    await engine.query('begin');
    await engine.query("select set_config('app.tenant', $1, true)", [tenant]);
    await engine.query(POST_CHUNK, [tenant, book, run, 1, importId, 1, ROWS]);
    await engine.query('commit');
  });
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function main(): Promise<void> {
  const owner = new Client({ connectionString: process.env['BENCH_OWNER_URL'] });
  const engine = new Client({ connectionString: process.env['BENCH_ENGINE_URL'] });
  await Promise.all([owner.connect(), engine.connect()]);
  await seed(owner);
  const seconds: { product: number[]; floor: number[] } = { product: [], floor: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    seconds.floor.push(await timed(() => owner.query(FLOOR, [tenant, book, run])));
    seconds.product.push(await product(engine));
    await owner.query('truncate bench_entries');
    await owner.query('truncate calculation.entries, calculation.key_sums');
  }
  const version = (await owner.query<{ v: string }>('select version() as v')).rows[0]!.v;
  await Promise.all([owner.end(), engine.end()]);
  const result = {
    measure: 'post entries: product / bare join into an identical table without policies, key sums and in-force check',
    rows: ROWS,
    entries: ROWS * 2,
    keys: KEYS,
    seconds,
    ratio: Number((median(seconds.product) / median(seconds.floor)).toFixed(2)),
    machine: { cpus: os.cpus().length, cpu: os.cpus()[0]?.model ?? 'unknown', memoryGiB: Math.round(os.totalmem() / 2 ** 30) },
    versions: { node: process.version, postgres: version.split(' on ')[0] },
  };
  writeFileSync(path.join(process.cwd(), 'bench', 'results', 'post-entries.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(
    `post entries, ${ROWS} activities, ${ROWS * 2} entries: ${median(seconds.product).toFixed(2)} s; floor ${median(seconds.floor).toFixed(2)} s; ratio ${result.ratio}`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
