import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { Factor, FactorSet } from '#ghg';
import { CATALOGUE_TENANT, inTenant, postgresOptions } from '#postgres';
import { READ_FACTOR_TERMS, READ_FACTOR_TERMS_FROM, READ_FACTORS_BY_NUMBER, SIMILAR_WORDS } from '#postgres';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { SearchFactorsService } from '../src/factor-sets/search-factors.service';
import { storeFactorSet } from '../src/factor-sets/store-factor-set';
import { ENGINE_ROWS } from '../src/shared/rows';

// Real: Postgres with the migrations, the engine's own role and its row policies. Nothing is fake; the figures are invented.
const factor = (code: string, changes: Partial<Factor> = {}): Factor => ({
  code,
  activityType: 'fuel.natural-gas',
  leg: 'combustion',
  region: 'GB',
  year: 2024,
  attributes: {},
  unit: 'kWh',
  gases: [],
  kgco2e: '0.2',
  source: { table: 'Fuels', row: code },
  ...changes,
});
const head = {
  publisher: 'Board of Fuels (invented)',
  edition: '2024',
  version: '1',
  title: 'Fuels of a year',
  licence: 'Open Licence 3',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
} as const;
const FUELS: FactorSet = {
  ...head,
  factors: [
    factor('gas-gross', { attributes: { calorific_basis: 'gross' } }),
    factor('gas-net', { attributes: { calorific_basis: 'net' }, unit: 'MJ' }),
    factor('diesel', { activityType: 'fuel.diesel', unit: 'L', region: 'DE', gases: [{ gas: 'CH4_fossil', kg: '0.001' }] }),
    factor('steel', { activityType: 'goods.material', leg: 'supply', unit: 't', year: 2023, attributes: { material: 'steel' } }),
    factor('own-steel', {
      activityType: 'goods.material',
      leg: 'supply',
      unit: 'kg',
      supplier: 'Hütte Nord GmbH',
      attributes: { material: 'steel' },
      source: { table: 'Materials', row: '7', printed: '1.9 kg CO2e per kg of rolled steel' },
    }),
  ],
};
const LATER: FactorSet = { ...FUELS, edition: '2025', licence: 'Closed', factors: [factor('gas-gross', { year: 2025 })] };

/** A word of its own for every number. */
const lettersOf = (n: number): string => `stuff${n.toString(16).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;

describe('the search of factors', () => {
  const tenantId = randomUUID();
  const stranger = randomUUID();
  let database: TestDatabase;
  let dataSource: DataSource;
  let service: SearchFactorsService;
  const found = async (question: Partial<Parameters<SearchFactorsService['list']>[1]>, of = tenantId): Promise<string[]> =>
    (await service.list(of, { limit: 100, ...question })).items.map(({ code, year }) => `${code} ${year}`);
  const store = (of: string, set: FactorSet) => inTenant(dataSource, of, (transaction) => storeFactorSet(transaction, set));

  beforeAll(async () => {
    database = await testDatabase('search_factors');
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const id of [tenantId, stranger]) await owner.query('insert into gateway.tenants (id, name) values ($1, $2)', [id, 'Test']);
    await owner.end();
    dataSource = await new DataSource(postgresOptions(database.urlFor('scopebook_calculation'), 'test', ENGINE_ROWS)).initialize();
    service = new SearchFactorsService(dataSource);
    await store(tenantId, FUELS);
    await store(tenantId, LATER);
    await store(CATALOGUE_TENANT, {
      ...head,
      publisher: 'Starter (invented)',
      factors: [factor('peat', { activityType: 'fuel.peat' }), factor('gas-starter')],
    });
    await store(stranger, { ...FUELS, title: 'of somebody else', factors: [factor('gas-secret')] });
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const ALL = [
    'gas-gross 2025',
    'gas-gross 2024',
    'gas-net 2024',
    'diesel 2024',
    'steel 2023',
    'own-steel 2024',
    'peat 2024',
    'gas-starter 2024',
  ];
  it.each<[string, object, string[]]>([
    ['nothing asked: own sets first, the latest edition first, then the catalogue', {}, ALL],
    ['a word of the code', { q: 'diesel' }, ['diesel 2024']],
    ['a word of the printed text', { q: 'rolled' }, ['own-steel 2024']],
    ['the name of a region', { q: 'germany' }, ['diesel 2024']],
    ['what a word begins with', { q: 'die' }, ['diesel 2024']],
    ['what a long word begins with', { q: 'materia stee' }, ['steel 2023', 'own-steel 2024']],
    ['without accents', { q: 'hutte' }, ['own-steel 2024']],
    ['every word must fit', { q: 'steel germany' }, []],
    ['a typing error', { q: 'deisel' }, ['diesel 2024']],
    ['a typing error beside a right word', { q: 'natrual gross' }, ['gas-gross 2025', 'gas-gross 2024']],
    ['code and type before other words', { q: 'gross' }, ['gas-gross 2025', 'gas-gross 2024']],
    ['publisher', { q: 'starter' }, ['gas-starter 2024', 'peat 2024']],
    ['whatever converts, the unit itself first', { unit: 'kg' }, ['own-steel 2024', 'steel 2023']],
    ['energy per megajoule before kilowatt-hours', { unit: 'MJ', setId: 'FUELS' }, ['gas-net 2024', 'gas-gross 2024']],
    ['a type', { activityType: 'fuel.peat' }, ['peat 2024']],
    ['the beginning of types', { activityType: 'goods' }, ['steel 2023', 'own-steel 2024']],
    ['a gas with its variants', { gas: 'CH4' }, ['diesel 2024']],
    ['year and region', { year: 2024, region: 'DE' }, ['diesel 2024']],
    ['an edition', { edition: '2025' }, ['gas-gross 2025']],
    ['a licence', { licence: 'closed' }, ['gas-gross 2025']],
    ['words of a publisher', { publisher: 'starter', q: 'gas' }, ['gas-starter 2024']],
    ['a supplier', { supplier: 'hütte nord gmbh' }, ['own-steel 2024']],
    ['a leg', { leg: 'supply', year: 2023 }, ['steel 2023']],
    ['nothing like it', { q: 'zzzzzz' }, []],
  ])('%s', async (_what, question, expected) => {
    const { row } = await store(tenantId, FUELS);
    const asked = 'setId' in question ? { ...question, setId: row.id } : question;
    expect(await found(asked)).toEqual(expected);
  });

  it('shows nobody the sets of another', async () => {
    expect(await found({ q: 'gas' })).not.toContain('gas-secret 2024');
    expect(await found({ q: 'secret' })).toEqual([]);
    expect(await found({ q: 'secret' }, stranger)).toEqual(['gas-secret 2024']);
  });

  it.each<[object, string]>([
    [{ q: '—' }, 'q: holds no word'],
    [{ q: 'a b c d e f g h i j k l m' }, 'at most 12 words'],
    [{ unit: 'furlong' }, 'unit: furlong'],
    [{ after: 'x' }, 'after'],
  ])('refuses %j', async (question, detail) => {
    await expect(found(question)).rejects.toMatchObject({ code: 'request_invalid', detail: expect.stringContaining(detail) as string });
  });

  it('pages through a ranked list without gap or repetition, also while a set comes in', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await service.list(stranger, { q: 'gas', limit: 1, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map(({ code }) => code));
      after = page.next ?? undefined;
      if (seen.length === 1) await store(stranger, { ...FUELS, edition: '2030', factors: [factor('gas-new')] });
    } while (after !== undefined);
    expect(seen).toEqual(['gas-secret', 'gas-starter']);
  });

  it('finds nothing by what a withheld set prints', async () => {
    const secret = factor('cork', { source: { table: 'Cork', row: '1', printed: '0.73519 kg' } });
    await store(tenantId, { ...head, publisher: 'Closed Press', values: 'withheld', factors: [secret] });
    expect(await found({ q: '73519' })).toEqual([]);
    const [view] = (await service.list(tenantId, { q: 'cork', limit: 1 })).items;
    expect(view).toMatchObject({ code: 'cork', withheld: true, kgco2e: null, source: { table: 'Cork', row: '1' } });
    expect(view?.figuresDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads no table row by row among 100,000 factors', async () => {
    const many = Array.from({ length: 100_000 }, (_, i) =>
      factor(`f${i}`, {
        year: 2000 + (i % 25),
        attributes: { material: lettersOf(i % 2_000) },
        source: { table: `T${i % 40}`, row: `row ${i}` },
      }),
    );
    const { row } = await store(tenantId, { ...head, publisher: 'Great Press (invented)', factors: many });
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('analyze calculation.factors, calculation.factor_terms, calculation.factor_words');
    await owner.end();
    const tenants = [tenantId, CATALOGUE_TENANT];
    const plans = await inTenant(dataSource, tenantId, async ({ client }) => {
      const planOf = async (statement: string, parameters: unknown[]): Promise<string> =>
        JSON.stringify((await client.query(`explain (format json) ${statement}`, parameters)).rows);
      return [
        await planOf(READ_FACTOR_TERMS, [tenants, [row.id], ['word', 'prefix'], ['gas', 'stu']]),
        await planOf(READ_FACTOR_TERMS_FROM, [tenants, [row.id], 'word', 'stuffa', 'stuffa\u{10FFFF}']),
        await planOf(SIMILAR_WORDS, [tenants, 'stufgaa', 0.25, 5]),
        await planOf(READ_FACTORS_BY_NUMBER, [[tenantId], [row.id], [99_999]]),
      ];
    });
    for (const plan of plans) expect(plan).not.toMatch(/"Seq Scan","[^{]*"Relation Name":"factor/);
    expect(await found({ q: 'f99999' })).toEqual(['f99999 2024']);
  });
});
