import { mkdtempSync, rmSync } from 'node:fs';
import { createWriteStream } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ImportView, RunView } from '#contracts';
import { keepResult, median } from '../machine';
import { duckdbFloor } from './duckdb';
import { ENTITIES, MAPPING, SECTORS_MAX, writeSpendFile } from './file';
import { exportParsed, ingestFloor, projectionFloor, runFloor } from './floors';
import { Company, peakMemory, worldOfEnvironment, type World } from './world';

// The whole road with the four services as they are run, against the bare databases, in one run: BENCH_ROWS lines of spend, up to 20,000 keys.

const ROWS = Number(process.env['BENCH_ROWS'] ?? 200_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
/** Ten countries: with a thousand sectors and two years, twenty thousand keys. */
const COUNTRIES = ['US', 'GB', 'DE', 'FR', 'SE', 'NL', 'ES', 'IT', 'PL', 'CA'];
/** A scattered one in a hundred. */
const CORRECTED = 100;

interface Seconds {
  ingest: number[];
  run: number[];
  projection: number[];
  endToEnd: number[];
  restatement: number[];
  ingestFloor: number[];
  identitiesFloor: number[];
  runFloor: number[];
  projectionFloor: number[];
  duckdb: number[];
}

async function main(): Promise<void> {
  const world = worldOfEnvironment();
  const owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const directory = mkdtempSync(path.join(os.tmpdir(), 'scopebook-bench-'));
  try {
    const sectors = await sectorsOf(owner);
    const [file, corrections] = [path.join(directory, 'spend.csv'), path.join(directory, 'corrections.csv')];
    await writeSpendFile({ file, rows: ROWS, sectors, ids: 'monotone' });
    await writeSpendFile({ file: corrections, rows: ROWS, sectors, ids: 'monotone', correcting: CORRECTED });
    const seconds: Seconds = {
      ...{ ingest: [], run: [], projection: [], endToEnd: [], restatement: [] },
      ...{ ingestFloor: [], identitiesFloor: [], runFloor: [], projectionFloor: [], duckdb: [] },
    };
    let keys = 0;
    for (let round = 0; round < ROUNDS; round += 1) keys = await oneRound(world, owner, { directory, file, corrections }, seconds);
    report(seconds, keys, peakMemory(world), (await owner.query<{ v: string }>('select version() as v')).rows[0]!.v);
  } finally {
    await owner.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Files {
  readonly directory: string;
  readonly file: string;
  readonly corrections: string;
}

/** One company does all of it once, then the floors do the same with its rows; its rows are gone before the next begins. */
async function oneRound(world: World, owner: Client, { directory, file, corrections }: Files, seconds: Seconds): Promise<number> {
  const company = await Company.create(world, owner);
  const { tenantId } = company;
  await company.call(
    'PUT',
    '/v1/entities',
    Array.from({ length: ENTITIES }, (_, i) => ({ code: `C${i}`, name: `Company ${i}`, country: COUNTRIES[i % COUNTRIES.length] })),
  );
  await company.call('PUT', '/v1/mappings/spend', MAPPING);
  const importId = await company.upload('spend', file);
  const accepted = Date.now();
  const imported = await company.until<ImportView>(`/v1/imports/${importId}`, 'finished');
  seconds.ingest.push((Date.now() - accepted) / 1_000);
  if (imported.accepted !== ROWS) throw new Error(`accepted ${imported.accepted} of ${ROWS}`);
  const run = await calculated(company, owner);
  seconds.run.push(run.seconds);
  seconds.projection.push(await projected(owner, run.id));
  seconds.endToEnd.push((Date.now() - accepted) / 1_000);
  const parsed = await exportParsed(owner, tenantId, directory);
  const floor = await ingestFloor(owner, tenantId, importId, parsed);
  seconds.ingestFloor.push(floor.activities);
  seconds.identitiesFloor.push(floor.identities);
  seconds.runFloor.push(await runFloor(owner, tenantId, run.bookId, run.id));
  seconds.projectionFloor.push(await projectionFloor(owner, world, tenantId, run.id, String(run.entries)));
  seconds.duckdb.push(await duckdbFloor(directory, file, await exportRates(owner, tenantId, run.bookId, directory)));
  await owner.query('drop table bench_staged, bench_activities, bench_identities, bench_entries');
  await company.until<ImportView>(`/v1/imports/${await company.upload('spend', corrections)}`, 'finished');
  const restated = await calculated(company, owner);
  if (restated.reversals !== Math.ceil(ROWS / CORRECTED)) throw new Error(`${restated.reversals} entries were reversed`);
  seconds.restatement.push(restated.seconds);
  await projected(owner, restated.id);
  await owner.query('truncate calculation.entries, calculation.key_sums, ingestion.activities, ingestion.identities');
  return run.keysDecided;
}

/** From the acceptance of the run to its seal, by the clock of the database. */
async function calculated(company: Company, owner: Client): Promise<RunView & { bookId: string; seconds: number }> {
  const { id } = await company.call<RunView>('POST', '/v1/runs', { book: 'main' });
  const run = await company.until<RunView>(`/v1/runs/${id}`, 'sealed');
  const { rows } = await owner.query<{ book_id: string; s: string }>(
    'select book_id, extract(epoch from sealed_at - started_at) as s from calculation.runs where id = $1',
    [id],
  );
  return { ...run, bookId: rows[0]!.book_id, seconds: Number(rows[0]!.s) };
}

/** From the seal to the mark that all of it stands in the columnar store. */
async function projected(owner: Client, runId: string): Promise<number> {
  for (;;) {
    const { rows } = await owner.query<{ s: string }>(
      `select extract(epoch from p.projected_at - r.sealed_at) as s from reporting.projections p join calculation.runs r on r.id = p.run_id
       where p.run_id = $1 and p.status = 'projected'`,
      [runId],
    );
    if (rows[0]) return Number(rows[0].s);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function sectorsOf(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ sector: string }>(
    `select distinct body -> 'attributes' ->> 'sector' as sector from calculation.factors where body ->> 'activityType' = 'spend.goods' order by 1 limit $1`,
    [SECTORS_MAX],
  );
  return rows.map(({ sector }) => sector);
}

async function exportRates(owner: Client, tenantId: string, bookId: string, directory: string): Promise<string> {
  const file = path.join(directory, 'rates.csv');
  const rows = `select distinct k.attributes ->> 'sector' as sector, k.year, e.code as company, r.kgco2e
    from ingestion.activities a
    join gateway.entities e on e.tenant_id = a.tenant_id and e.id = a.entity_id
    join ingestion.match_keys k on k.tenant_id = a.tenant_id and k.id = a.match_key_id
    join calculation.book_keys b on b.tenant_id = k.tenant_id and b.book_id = '${bookId}' and b.match_key_id = k.id
    join calculation.rates r on r.tenant_id = b.tenant_id and r.decision_id = b.decision_id
    where k.tenant_id = '${tenantId}'`;
  await pipeline(owner.query(copyTo(`copy (${rows}) to stdout with (format csv, header)`)), createWriteStream(file));
  return file;
}

function report(seconds: Seconds, keys: number, peakMb: Record<string, number>, postgres: string): void {
  const of = (name: keyof Seconds): number => median(seconds[name]);
  const ratio = (value: number): number => Number(value.toFixed(2));
  const floors = of('ingestFloor') + of('runFloor') + of('projectionFloor');
  const ratios = {
    ingest: ratio(of('ingest') / of('ingestFloor')),
    ingestAgainstFloorWithIdentities: ratio(of('ingest') / (of('ingestFloor') + of('identitiesFloor'))),
    run: ratio(of('run') / of('runFloor')),
    projection: ratio(of('projection') / of('projectionFloor')),
    endToEnd: ratio(of('endToEnd') / floors),
    endToEndAgainstDuckdb: ratio(of('endToEnd') / of('duckdb')),
    restatementOfOnePercent: ratio(of('restatement') / of('run')),
  };
  keepResult(
    'road',
    {
      measure: 'the road from an accepted upload to the columnar store, and the same rows through the bare databases; median of the rounds',
      ...{ rows: ROWS, rounds: ROUNDS, keys, seconds, ratios, peakMb },
      goals: { ingest: 1.3, run: 1.15, projection: 1.2, endToEnd: 1, endToEndAgainstDuckdb: 8, restatementOfOnePercent: 0.1, peakMb: 400 },
    },
    { postgres: postgres.split(' on ')[0] as string },
  );
  for (const name of Object.keys(seconds) as (keyof Seconds)[]) console.log(`${name.padEnd(16)} ${of(name).toFixed(2).padStart(8)} s`);
  console.log(JSON.stringify({ ratios, peakMb, keys }, null, 2));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
