import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// One company, three books over the same rows: `main` under the rules in force, `hourly` with instruments matched by the hour, `own` without the
// starter catalogue. 8,760 kWh, one in each hour of 2025; a certificate over as many, whose wind blew in the first half of the year, 2 kWh an hour.

const factor = (code: string, kgco2e: string, attributes: Record<string, string> = {}) => ({
  code,
  activityType: 'electricity.grid',
  leg: 'generation',
  region: 'GB',
  year: 2025,
  attributes,
  unit: 'kWh',
  gases: [],
  kgco2e,
  source: { table: 'invented', row: code },
});
const FACTORS = {
  publisher: 'Test Press (invented)',
  edition: '2025',
  version: '1',
  title: 'A grid and its residual mix',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [factor('grid', '0.2'), factor('residual', '0.45', { basis: 'market' })],
};

const slot = (number: number, what: string, activityType: string) => ({
  slot: number,
  when: { column: 'what', in: [what] },
  activityType: { constant: activityType },
  operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
});
const MAPPING = {
  source: 'bills',
  locale: { decimal: '.', group: '', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { constant: 'HQ' },
  period: { start: { constant: '2025-01-01' }, end: { constant: '2025-12-31' } },
  slots: [slot(1, 'power', 'electricity.grid'), slot(2, 'diesel', 'fuel.diesel')],
};
const BILLS = 'no,what,amount,unit\n1,power,8760,kWh\n2,diesel,100,L\n';

const WIND = {
  kind: 'certificate',
  registryId: 'REGO-0001',
  energySource: 'renewable',
  technology: 'wind',
  market: 'GB',
  vintageStart: '2025-01-01',
  vintageEnd: '2025-12-31',
  retiredMwh: '8.76',
  retiredOn: '2026-01-15',
  criteria: [1, 2, 3, 4, 5, 8].map((criterion) => ({ criterion, finding: 'pass', evidence: `registry extract, page ${criterion}` })),
};
const profile = (first: string, second: string) => ({
  timeZone: 'Europe/London',
  kwh: [...Array<string>(4_380).fill(first), ...Array<string>(4_380).fill(second)],
});

interface OpenKey {
  readonly activityType: string;
  readonly outcome: string;
  readonly refusals: readonly { readonly leg: string; readonly code: string }[];
}

describe('books under their own rules and factors', () => {
  let services: RunningServices;
  let company: TestTenant;
  const refusalOf = async (path: string, body: object) => {
    const response = await company.put(path, body);
    return [response.status, (response.body as { code?: string }).code];
  };
  const dieselIn = async (book: string) =>
    (await company.all<OpenKey>(`/v1/books/${book}/open-keys`)).find(({ activityType }) => activityType === 'fuel.diesel');

  beforeAll(async () => {
    services = await startServices('packs');
    company = await TestTenant.create(services, 'Packs Ltd');
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(succeeded);
    await company.post('/v1/factor-sets', FACTORS).expect(succeeded);
    await company.put('/v1/mappings/bills', MAPPING).expect(succeeded);
    expect(await company.import('bills', 'bills.csv', BILLS)).toMatchObject({ status: 'finished', accepted: 2, refused: 0 });
    await company.put('/v1/instruments/WIND', WIND).expect(succeeded);
    await company.put('/v1/instruments/WIND/allocations', [{ entity: 'HQ', year: 2025, mwh: '8.76' }]).expect(succeeded);
    await company.put('/v1/profiles/entity/HQ/2025', profile('1', '1')).expect(succeeded);
    await company.put('/v1/profiles/instrument/WIND/2025', profile('2', '0')).expect(succeeded);
    await company.put('/v1/books/main', { gwpSet: 'AR5' }).expect(succeeded);
    await company.put('/v1/books/hourly', { gwpSet: 'AR5', methodPack: 'ghg-protocol-2015-hourly' }).expect(succeeded);
    await company.put('/v1/books/own', { gwpSet: 'AR5', catalogue: false }).expect(succeeded);
    for (const book of ['main', 'hourly', 'own']) await company.calculate(book);
  }, 180_000);
  afterAll(() => services?.stop());

  it('lists the method packs, and why sources stand where they do', async () => {
    const listed = async <T>(path: string) => ((await company.get(path).expect(succeeded)).body as { items: T[] }).items;
    const packs = await listed<{ id: string; status: string; instrumentMatching: string }>('/v1/method-packs');
    expect(packs.map(({ id, status, instrumentMatching }) => [id, status, instrumentMatching])).toEqual([
      ['ghg-protocol-2015', 'in-force', 'annual'],
      ['ghg-protocol-2015-hourly', 'in-force', 'hourly'],
    ]);
    const reasons = await listed<{ code: string; title: string }>('/v1/boundary-reasons');
    expect(reasons).toContainEqual({ code: 'leased_out', title: expect.stringContaining('category 13') as string });
  });

  it('pins what a book was opened with', async () => {
    const books = await company.all<{ name: string; methodPack: string; gwpSet: string; catalogue: boolean }>('/v1/books');
    expect(books.map(({ name, methodPack, gwpSet, catalogue }) => [name, methodPack, gwpSet, catalogue])).toEqual([
      ['hourly', 'ghg-protocol-2015-hourly', 'AR5', true],
      ['main', 'ghg-protocol-2015', 'AR5', true],
      ['own', 'ghg-protocol-2015', 'AR5', false],
    ]);
    const own = { gwpSet: 'AR5', methodPack: 'ghg-protocol-2015', catalogue: false };
    expect(await refusalOf('/v1/books/own', own)).toEqual([200, undefined]);
    for (const change of [{ gwpSet: 'AR6' }, { methodPack: 'ghg-protocol-2015-hourly' }, { catalogue: true }])
      expect(await refusalOf('/v1/books/own', { ...own, ...change })).toEqual([409, 'book_exists']);
    expect(await refusalOf('/v1/books/other', { ...own, methodPack: 'ghg-protocol-1999' })).toEqual([422, 'method_pack_unknown']);
  });

  it.each([
    ['main', 'ghg-protocol-2015', '0'], // all 8,760 kWh covered over the year
    ['hourly', 'ghg-protocol-2015-hourly', '1.971'], // 4,380 kWh of the second half × 0.45 kg
  ])('%s states scope 2 under %s: market-based %s t', async (book, id, scope2Market) => {
    const inventory = await company.inventory({ book, year: 2025 });
    expect(inventory).toMatchObject({ methodPack: { id, status: 'in-force' }, scope2Location: '1.752', scope2Market }); // 8,760 kWh × 0.2 kg
    const { body: conservation } = await company.get(`/v1/books/${book}/conservation`).expect(succeeded);
    expect(conservation).toMatchObject({ holds: true });
    const { body: quality } = await company.get('/v1/quality').query({ book, year: 2025 }).expect(succeeded);
    expect(quality).toMatchObject({ methodPack: { id } });
    const { body: bridge } = await company.get('/v1/bridges').query({ book, from: 2025, to: 2025, reading: 'market', scope3: 'false' });
    expect(bridge).toMatchObject({ methodPack: { id }, order: '2026-1', causes: {} });
  });

  it('without the catalogue refuses a key that the catalogue would have served', async () => {
    const scope1 = async (book: string) => (await company.inventory({ book, year: 2025 })).scope1;
    expect([await scope1('main'), await scope1('own')]).toEqual(['0.257082', '0']); // 100 L × 2.57082 kg (DESNZ 2025, fuels, diesel)
    expect(await dieselIn('main')).toBeUndefined();
    expect(await dieselIn('own')).toMatchObject({
      outcome: 'refused',
      refusals: expect.arrayContaining([expect.objectContaining({ leg: 'combustion', code: 'factor_missing' })]) as unknown,
    });
    expect(await company.inventory({ book: 'own', year: 2025 })).toMatchObject({ scope2Location: '1.752', scope2Market: '0' });
  });

  it('leads from a figure to its entries under the rules of its book', async () => {
    const entries = await company.all<{ boundary: { portions: { line: string }[] }[] }>('/v1/entries', { book: 'hourly', line: 'scope2' });
    expect(entries.length).toBeGreaterThan(2);
    for (const { boundary } of entries) expect(boundary[0]?.portions[0]?.line).toBe('scope2');
  });
});
