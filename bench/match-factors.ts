import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  decideRates,
  factorIndex,
  isRefusal,
  METHOD_PACK_DEFAULT,
  methodPack,
  type DecisionContext,
  type Factor,
  type GasRegister,
  type LegId,
  type MatchKey,
  type PinnedFactor,
} from '#ghg';
import { keepResult, median, timed } from './machine';

// Deciding 20,000 keys against 100,000 factors: the whole cascade of every leg, conversions, fallbacks and the nearest losers included. The factors are
// made up in the proportions of published sets: sectors by price year, grids by region and supplier, materials by supplier, fuels by leg.

const KEYS = 20_000;
const FACTORS = 100_000;
const ROUNDS = 3;

const YEARS = Array.from({ length: 10 }, (_, i) => 2016 + i);
/** Two hundred places, six of which are countries. */
const COUNTRIES = ['GB', 'US', 'DE', 'FR', 'SE', 'NL'] as const;
const SUBREGIONS = Array.from({ length: 194 }, (_, i) => `US-R${String(i).padStart(3, '0')}`);
const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}-${String(i).padStart(4, '0')}`);
const SECTORS = names('sector', 1_000);
const SUPPLIERS = names('supplier', 1_200);
const MATERIALS = names('material', 400);
const FUELS = names('fuel', 120);

type Draft = Pick<Factor, 'activityType' | 'leg' | 'region' | 'year' | 'attributes' | 'unit'> & Partial<Pick<Factor, 'supplier'>>;

function* drafts(): Generator<Draft> {
  for (const sector of SECTORS)
    for (const price_year of YEARS.slice(4))
      for (const region of ['US', 'GB', 'DE', 'GLOBAL', 'FR'])
        yield {
          ...{ activityType: 'spend.goods', leg: 'supply', region, year: Number(price_year) },
          ...{ attributes: { sector, price_year: String(price_year) }, unit: region === 'GB' ? 'GBP' : region === 'US' ? 'USD' : 'EUR' },
        };
  for (const region of [...COUNTRIES, ...SUBREGIONS])
    for (const year of YEARS)
      for (const leg of ['generation', 'losses', 'upstream'] satisfies LegId[])
        yield { activityType: 'electricity.grid', leg, region, year, attributes: {}, unit: 'kWh' };
  for (const supplier of SUPPLIERS)
    for (const year of YEARS.slice(2))
      yield { activityType: 'electricity.grid', leg: 'generation', region: 'GB', year, attributes: {}, unit: 'kWh', supplier };
  for (const [i, material] of MATERIALS.entries())
    for (const year of YEARS)
      for (const supplier of [undefined, ...SUPPLIERS.slice(i % 300, (i % 300) + 9)])
        yield {
          ...{ activityType: 'goods.material', leg: 'supply', region: 'GLOBAL', year, attributes: { material }, unit: 't' },
          ...(supplier ? { supplier } : {}),
        };
  for (const fuel of FUELS)
    for (const year of YEARS)
      for (const region of COUNTRIES)
        for (const leg of ['combustion', 'upstream'] satisfies LegId[])
          yield { activityType: 'fuel.stationary', leg, region, year, attributes: { fuel, calorific_basis: 'gross' }, unit: 'MWh' };
}

function pinnedFactors(): PinnedFactor[] {
  const set = {
    ...{ publisher: 'Bench', edition: '2025', version: '1', title: 'Figures made up for a measurement', licence: 'none' },
    ...({ attribution: 'none', gwpSet: 'AR5', invented: true } as const),
  };
  const made: PinnedFactor[] = [];
  for (const draft of drafts()) {
    if (made.length === FACTORS) break;
    const code = `F${made.length}`;
    const kgco2e = `0.${String((made.length * 7_919) % 99_991).padStart(5, '0')}`;
    made.push({ setId: 'bench', own: false, set, factor: { ...draft, code, gases: [], kgco2e, source: { table: 'made', row: code } } });
  }
  if (made.length < FACTORS) throw new Error(`only ${made.length} factors were made`);
  return made;
}

/** Keys as a large company has them; one in twenty finds nothing. */
function matchKeys(): MatchKey[] {
  const keys = new Map<string, MatchKey>();
  for (let i = 0; keys.size < KEYS; i += 1) {
    const year = 2019 + (i % 7);
    const country = COUNTRIES[i % COUNTRIES.length] as string;
    const head = { year, country, region: null, supplier: null };
    const sector = i % 20 === 0 ? `sector-none-${i}` : (SECTORS[(i * 31) % SECTORS.length] as string);
    const supplier = i % 3 === 0 ? (SUPPLIERS[(i * 17) % SUPPLIERS.length] as string) : null;
    const made: readonly MatchKey[] = [
      {
        ...{ ...head, activityType: 'spend.goods', unit: ['EUR', 'USD', 'GBP'][i % 3] as string },
        attributes: { sector, price_year: String(year) },
      },
      {
        ...head,
        activityType: 'electricity.grid',
        unit: 'kWh',
        region: country === 'US' ? (SUBREGIONS[i % 194] as string) : null,
        supplier,
        attributes: {},
      },
      {
        ...head,
        activityType: 'goods.material',
        unit: 'kg',
        supplier,
        attributes: { material: MATERIALS[(i * 13) % MATERIALS.length] as string },
      },
      {
        ...head,
        activityType: 'fuel.stationary',
        unit: 'kWh',
        attributes: { fuel: FUELS[(i * 7) % FUELS.length] as string, calorific_basis: 'gross' },
      },
    ];
    for (const key of made) if (keys.size < KEYS) keys.set(JSON.stringify(key), key);
  }
  return [...keys.values()];
}

async function main(): Promise<void> {
  const gases = JSON.parse(readFileSync(path.join(process.cwd(), 'catalogue', 'gwp', 'gwp.json'), 'utf8')) as GasRegister;
  const pack = methodPack(METHOD_PACK_DEFAULT);
  if (isRefusal(pack)) throw new Error(pack.detail);
  const factors = pinnedFactors();
  const keys = matchKeys();
  const seconds: { index: number[]; decide: number[] } = { index: [], decide: [] };
  let outcomes = { calculated: 0, partly: 0, refused: 0, excluded: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    let context: DecisionContext | undefined;
    seconds.index.push(await timed(() => (context = { pack, gases, gwpSet: 'AR5', index: factorIndex(factors) })));
    const counts = { calculated: 0, partly: 0, refused: 0, excluded: 0 };
    seconds.decide.push(await timed(() => keys.forEach((key) => (counts[decideRates(key, context as DecisionContext).outcome] += 1))));
    outcomes = counts;
  }
  const [index, decide] = [median(seconds.index), median(seconds.decide)];
  keepResult('match-factors', {
    measure: 'decide the rates of 20,000 keys against 100,000 factors, one thread, losers included; the index is built apart',
    ...{ keys: keys.length, factors: factors.length, outcomes, seconds },
    goal: 'decide ≤ 2 s',
  });
  console.log(`match factors: ${keys.length} keys, ${factors.length} factors: index ${index.toFixed(2)} s, decide ${decide.toFixed(2)} s`);
  console.log(`  ${JSON.stringify(outcomes)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
