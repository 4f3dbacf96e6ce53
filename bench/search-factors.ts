import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { listFactors } from '#contracts';
import { COUNTRIES, type Factor, type FactorSet } from '#ghg';
import { CATALOGUE_TENANT, inTenant, postgresOptions } from '#postgres';
import { SearchFactorsService } from '../apps/calculation-engine/src/factor-sets/search-factors.service';
import { storeFactorSet } from '../apps/calculation-engine/src/factor-sets/store-factor-set';
import { ENGINE_ROWS } from '../apps/calculation-engine/src/shared/rows';
import { keepResult, timed } from './machine';

// Searching 100,000 factors of a tenant beside the starter catalogue, as the engine answers it: from the question to the finished page, the first
// hundred. The factors are the catalogue's, told apart by place, year and product, so that words are as common as they are in published sets.

const FACTORS = Number(process.env['BENCH_ROWS'] ?? 100_000);
const ROUNDS = 20;
const SEED = 20_240_229;

type Question = Omit<z.infer<typeof listFactors.request>, 'tenantId'>;

/** What people ask, kind by kind. */
const QUESTIONS: Readonly<Record<string, readonly Omit<Question, 'limit'>[]>> = {
  'one common word': [{ q: 'gas' }, { q: 'fuel' }, { q: 'goods' }, { q: 'kg' }],
  'several words': [{ q: 'natural gas combustion' }, { q: 'diesel united kingdom 2019' }, { q: 'spend manufacturing france' }],
  'beginnings of words': [{ q: 'manuf' }, { q: 'electr gen' }, { q: 'di' }, { q: 'transportat' }],
  'a code': [{ q: 'variant 777' }, { q: 'variant 99999' }],
  'mistyped words': [{ q: 'deisel' }, { q: 'electrcity' }, { q: 'manufcaturing' }],
  'filters alone': [
    { unit: 'kWh', year: 2020 },
    { region: 'DE' },
    { activityType: 'fuel', gas: 'CH4' },
    { publisher: 'bench', edition: '1' },
  ],
  'words and filters': [
    { q: 'gas', unit: 'MJ', region: 'SE' },
    { q: 'manufacturing', year: 2018, unit: 'EUR' },
  ],
  everything: [{}],
};

async function main(): Promise<void> {
  const tenantId = randomUUID();
  const owner = new Client({ connectionString: process.env['BENCH_OWNER_URL'] });
  await owner.connect();
  await owner.query("insert into gateway.tenants values ($1, 'bench')", [tenantId]);
  const dataSource = await new DataSource(postgresOptions(process.env['BENCH_ENGINE_URL'] ?? '', 'bench', ENGINE_ROWS)).initialize();
  const catalogue = readCatalogue();
  for (const set of catalogue) await inTenant(dataSource, CATALOGUE_TENANT, (transaction) => storeFactorSet(transaction, set));
  const own = ownSet(catalogue.flatMap(({ factors }) => factors));
  const storing = await timed(() => inTenant(dataSource, tenantId, (transaction) => storeFactorSet(transaction, own)));
  await owner.query('analyze');
  const size = await owner.query<{ bytes: string; rows: string }>(
    "select pg_total_relation_size('calculation.factor_terms') as bytes, (select count(*) from calculation.factor_terms) as rows",
  );
  const measured = await measure(new SearchFactorsService(dataSource), tenantId);
  const version = (await owner.query<{ v: string }>('select version() as v')).rows[0]!.v;
  await Promise.all([owner.end(), dataSource.destroy()]);
  const all = Object.values(measured).flatMap(({ times }) => times);
  const p95Ms = quantile(all, 0.95);
  keepResult(
    'search-factors',
    {
      measure: 'search factors: from the question to a page of 100, in the engine; milliseconds',
      factors: { own: FACTORS, catalogue: catalogue.reduce((sum, { factors }) => sum + factors.length, 0) },
      questions: all.length,
      p50Ms: quantile(all, 0.5),
      p95Ms,
      maxMs: quantile(all, 1),
      byKind: Object.fromEntries(
        Object.entries(measured).map(([kind, { times, items }]) => [
          kind,
          { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), firstPage: items },
        ]),
      ),
      storingSeconds: Number(storing.toFixed(1)),
      index: { rows: Number(size.rows[0]!.rows), megabytes: Math.round(Number(size.rows[0]!.bytes) / 2 ** 20) },
    },
    { postgres: version.split(' on ')[0]! },
  );
  console.log(`search factors, ${FACTORS} of the tenant: p50 ${quantile(all, 0.5)} ms, p95 ${p95Ms} ms, max ${quantile(all, 1)} ms`);
}

interface Measured {
  readonly times: number[];
  /** Factors on the first pages of this kind: nothing is quick because it finds nothing. */
  readonly items: number[];
}

async function measure(service: SearchFactorsService, tenantId: string): Promise<Record<string, Measured>> {
  const measured: Record<string, Measured> = {};
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [kind, questions] of Object.entries(QUESTIONS)) {
      const { times, items } = (measured[kind] ??= { times: [], items: [] });
      for (const question of questions) {
        let found = 0;
        const seconds = await timed(async () => {
          found = (await service.list(tenantId, { ...question, limit: 100 })).items.length;
        });
        if (round < 0) items.push(found);
        else times.push(seconds * 1_000);
      }
    }
  return measured;
}

function readCatalogue(): FactorSet[] {
  const directory = path.join(process.cwd(), 'catalogue', 'factor-sets');
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as FactorSet);
}

function ownSet(templates: readonly Factor[]): FactorSet {
  const draw = generator(SEED);
  const countries = [...COUNTRIES];
  const factors = Array.from({ length: FACTORS }, (_, i): Factor => {
    const { attributes = {}, ...template } = templates[Math.floor(draw() * templates.length)]!;
    return {
      ...template,
      attributes,
      code: `${template.code} variant ${i}`,
      region: countries[Math.floor(draw() * countries.length)]!,
      year: 2015 + Math.floor(draw() * 10),
    };
  });
  const head = { publisher: 'Bench (invented)', edition: '1', version: '1', title: 'Bench', licence: 'invented', attribution: 'invented' };
  return { ...head, gwpSet: 'AR5', invented: true, factors };
}

/** A linear congruential generator (Numerical Recipes): the same numbers on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
