import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { whatIfBody, type RunView } from '#contracts';
import { canonicalJson, type Factor, type FactorSet, type GasRegister } from '#ghg';
import type { WorkRunner } from '#messaging';
import { CATALOGUE_TENANT, inTenant, postgresOptions } from '#postgres';
import { sha256Uuid } from '#platform';
import { CalculatePoolsService } from '../apps/calculation-engine/src/calculate-pools/calculate-pools.service';
import { DecideRunService } from '../apps/calculation-engine/src/decide-rates/decide-run.service';
import { storeFactorSet } from '../apps/calculation-engine/src/factor-sets/store-factor-set';
import { SealRunService } from '../apps/calculation-engine/src/seal-run/seal-run.service';
import type { EngineConfig } from '../apps/calculation-engine/src/shared/config';
import { FactorIndexes } from '../apps/calculation-engine/src/shared/factor-indexes';
import { ENGINE_ROWS } from '../apps/calculation-engine/src/shared/rows';
import { Suggestions } from '../apps/calculation-engine/src/shared/suggestions';
import { StartRunService } from '../apps/calculation-engine/src/start-run/start-run.service';
import { WhatIfService, type Wish } from '../apps/calculation-engine/src/what-if/what-if.service';
import { keepResult, median, timed } from './machine';

// What a change would do to a book of ten million rows, asked of the engine: 20,000 keys at four entities, each cell standing for 125 rows. Rows are not
// read, so none are written: the sums that the last seal leaves behind are. Three ways of asking: by an engine that has just started, by one that has
// answered another question about the book, and the same question again.

const KEYS = Number(process.env['BENCH_ROWS'] ?? 20_000);
const ENTITIES = 4;
const ACTIVITIES_PER_CELL = 125;
const ROUNDS = 3;
const GOAL_MS = 100;
const CATALOGUE = path.join(process.cwd(), 'catalogue');

const gases = { register: JSON.parse(readFileSync(path.join(CATALOGUE, 'gwp', 'gwp.json'), 'utf8')) as GasRegister, digest: 'bench' };
const suggestions = new Suggestions(() => ({ name: 'nothing', suggest: (lines) => Promise.resolve(lines.map(() => [])) }));

function readCatalogue(): FactorSet[] {
  const folder = path.join(CATALOGUE, 'factor-sets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as FactorSet);
}

interface Key {
  readonly activityType: string;
  readonly unit: string;
  readonly year: number;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Keys for which there are factors: those of the catalogue, told apart by year and supplier. */
function keysFor(factors: readonly Factor[]): Key[] {
  return Array.from({ length: KEYS }, (_, i) => {
    const { activityType, unit, region, attributes } = factors[(i * 7_919) % factors.length]!;
    const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'basis'));
    const country = region === 'GLOBAL' ? 'GB' : region.slice(0, 2);
    return {
      activityType,
      unit,
      year: 2021 + (i % 5),
      country,
      region: region.includes('-') ? region : null,
      supplier: `supplier ${i}`,
      attributes: own,
    };
  });
}

async function seed(owner: Client, tenantId: string, keys: readonly Key[]): Promise<void> {
  await owner.query("insert into gateway.tenants values ($1, 'bench')", [tenantId]);
  for (let i = 0; i < ENTITIES; i += 1)
    await owner.query("insert into gateway.entities (tenant_id, code, name, country) values ($1, $2, $2, 'GB')", [tenantId, `E${i}`]);
  await owner.query("insert into ingestion.mappings (tenant_id, name, version, spec, digest) values ($1, 'm', 1, '{}', '')", [tenantId]);
  const importId = randomUUID();
  await owner.query(
    `insert into ingestion.imports (tenant_id, id, ordinal, file_id, file_name, sha256, bytes, mapping_name, mapping_version, status, lines, records, accepted)
     values ($1, $2, 1, 'f', 'bench.csv', repeat('0', 64), 1, 'm', 1, 'finished', 1, 1, 1)`,
    [tenantId, importId],
  );
  for (let first = 0; first < keys.length; first += 5_000)
    await owner.query(
      `with k as (
         insert into ingestion.match_keys (tenant_id, digest, activity_type, unit, year, country, region, supplier, attributes)
         select $1, (k ->> 'digest')::uuid, k ->> 'activityType', k ->> 'unit', (k ->> 'year')::smallint, k ->> 'country', k ->> 'region', k ->> 'supplier', k -> 'attributes'
         from unnest($3::jsonb[]) k returning id)
       insert into ingestion.import_keys select $1, $2, id from k`,
      [
        tenantId,
        importId,
        keys.slice(first, first + 5_000).map((key) => JSON.stringify({ ...key, digest: sha256Uuid(canonicalJson(key)) })),
      ],
    );
}

async function run(owner: Client, dataSource: DataSource, tenantId: string): Promise<RunView> {
  const config = { CHUNK_ACTIVITIES: 100_000, CHUNKS_AT_ONCE: 2 } as EngineConfig;
  const runner = { nudge: () => undefined } as WorkRunner;
  const view = await new StartRunService(dataSource, runner, gases).start(tenantId, 'main');
  const work = { tenantId, runId: view.id };
  await new DecideRunService(dataSource, config, gases, suggestions).handle(work);
  await new CalculatePoolsService(dataSource, gases).handle(work);
  await new SealRunService(dataSource).handle(work);
  await owner.query(
    `insert into calculation.sealed_sums (tenant_id, book_id, match_key_id, entity_id, year, quantity, activities)
     select $1, r.book_id, k.id, n.id, k.year, round(((k.id * 7919) % 1000003) / 100.0, 2), $2
     from calculation.runs r, ingestion.match_keys k, gateway.entities n where r.tenant_id = $1 and k.tenant_id = $1 and n.tenant_id = $1`,
    [tenantId, ACTIVITIES_PER_CELL],
  );
  await owner.query('analyze');
  return view;
}

/** The next edition of a set, one per cent higher, held by the tenant. */
function nextEdition(set: FactorSet, edition: string, keep: (factor: Factor) => boolean): FactorSet {
  const higher = (kg: string): string => `${kg}${kg.includes('.') ? '' : '.'}001`;
  const factors = set.factors
    .filter(keep)
    .map((factor) => ({ ...factor, year: 2025, ...(factor.kgco2e === undefined ? {} : { kgco2e: higher(factor.kgco2e) }) }));
  return { ...set, edition, version: 'bench', properties: [], exchangeRates: [], priceIndices: [], factors };
}

async function main(): Promise<void> {
  const tenantId = randomUUID();
  const owner = new Client({ connectionString: process.env['BENCH_OWNER_URL'] });
  await owner.connect();
  const dataSource = await new DataSource(postgresOptions(process.env['BENCH_ENGINE_URL'] ?? '', 'bench', ENGINE_ROWS)).initialize();
  const catalogue = readCatalogue();
  for (const set of catalogue) await inTenant(dataSource, CATALOGUE_TENANT, (transaction) => storeFactorSet(transaction, set));
  const [largest] = [...catalogue].sort((a, b) => b.factors.length - a.factors.length);
  await seed(owner, tenantId, keysFor(catalogue.flatMap(({ factors }) => factors)));
  await run(owner, dataSource, tenantId);
  const [few] = [...new Set(largest!.factors.map(({ activityType }) => activityType))].sort();
  const adopt = async (name: string, keep: (factor: Factor) => boolean): Promise<Partial<Wish>> => {
    const { row } = await inTenant(dataSource, tenantId, (transaction) => storeFactorSet(transaction, nextEdition(largest!, name, keep)));
    return { adopt: [row.id] };
  };
  const changes: Readonly<Record<string, Partial<Wish>>> = {
    'a set of one activity type': await adopt('bench, one type', ({ activityType }) => activityType === few),
    'a new edition of the largest set': await adopt('bench', () => true),
    'another GWP set': { gwpSet: 'AR6' },
  };
  const results: Record<string, object> = {};
  for (const [name, wish] of Object.entries(changes)) results[name] = await measure(dataSource, tenantId, wish);
  const version = (await owner.query<{ v: string }>('select version() as v')).rows[0]!.v;
  await Promise.all([owner.end(), dataSource.destroy()]);
  keepResult(
    'what-if',
    {
      measure: 'what-if, in the engine, from the question to the answer with 100 items of each list; milliseconds, median of three',
      rows: KEYS * ENTITIES * ACTIVITIES_PER_CELL,
      keys: KEYS,
      cells: KEYS * ENTITIES,
      factors: catalogue.reduce((sum, { factors }) => sum + factors.length, 0),
      goalMs: GOAL_MS,
      changes: results,
    },
    { postgres: version.split(' on ')[0]! },
  );
  for (const [name, figures] of Object.entries(results)) console.log(`what-if, ${KEYS} keys, ${name}: ${JSON.stringify(figures)}`);
}

async function measure(dataSource: DataSource, tenantId: string, wish: Partial<Wish>): Promise<object> {
  const [cold, warm, again]: [number[], number[], number[]] = [[], [], []];
  let counts = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    const ms = async (service: WhatIfService, body: Partial<Wish>): Promise<number> =>
      (await timed(async () => (counts = (await service.ask(tenantId, 'main', whatIfBody.parse(body))).counts))) * 1_000;
    cold.push(await ms(new WhatIfService(dataSource, new FactorIndexes(), gases), wish));
    const service = new WhatIfService(dataSource, new FactorIndexes(), gases);
    await ms(service, {});
    warm.push(await ms(service, wish));
    again.push(await ms(service, { ...wish, limit: 50 }));
  }
  const rounded = (times: readonly number[]): number => Math.round(median(times));
  return { ...counts, justStartedMs: rounded(cold), bookInMemoryMs: rounded(warm), askedAgainMs: rounded(again) };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
