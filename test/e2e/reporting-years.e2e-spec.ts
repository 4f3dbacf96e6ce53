import { Client } from 'pg';
import type { BridgeView, InventoryView, ReportingYearView } from '#contracts';
import { plain } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { sumOf } from '../support/figures';

// A company in Britain whose years run from April to March. One electricity bill, 15 December 2024 to 15 May 2025, 1,000 kWh a day over 152 days: 17 days
// of 2024 and 90 of 2025 in the reporting year 2024, 45 in 2025. UK Government conversion factors, electricity generated: 0.20705 kg CO2e per kWh in
// the edition of 2024, 0.177 in that of 2025.

const MAPPING = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kwh' }, unit: { constant: 'kWh' } } },
    },
  ],
};
const csv = (...lines: string[]): string => ['bill,site,kwh,from,to', ...lines, ''].join('\n');
const BILL = csv('1,HQ,152000,2024-12-15,2025-05-15');
const BOOKS = ['main', 'official'] as const;
const CERTIFICATE = {
  kind: 'certificate',
  registryId: 'REGO-1',
  energySource: 'renewable',
  technology: 'wind',
  market: 'GB',
  vintageStart: '2025-02-01',
  vintageEnd: '2025-03-31',
  retiredMwh: '107',
  retiredOn: '2025-04-15',
  criteria: [1, 2, 3, 4, 5, 8].map((criterion) => ({ criterion, finding: 'pass', evidence: `registry extract, page ${criterion}` })),
};

interface Entry {
  readonly id: string;
  readonly year: number;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly quantity: string;
  readonly kgco2e: string;
  readonly pool: string | null;
}

describe('reporting years from April to March', () => {
  let services: RunningServices;
  let company: TestTenant;
  const read = async <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
    (await company.get(path).query(query).expect(200)).body as T;
  const inventory = (book: string, year: string, more: Record<string, string> = {}) =>
    read<InventoryView>('/v1/inventories', { book, year, ...more });
  const entries = async (book: string, query: Record<string, string> = {}) =>
    (await company.all<Entry>('/v1/entries', { book, leg: 'generation', basis: 'location', ...query })).sort((a, b) =>
      a.periodStart < b.periodStart ? -1 : 1,
    );

  beforeAll(async () => {
    services = await startServices('reporting_years');
    company = await TestTenant.create(services, 'April Ltd');
    const entities = ['GROUP', 'HQ', 'SITE'].map((code) => ({ code, name: code, country: 'GB' }));
    await company.put('/v1/entities', entities).expect(succeeded);
    await company.put('/v1/mappings/meters', MAPPING).expect(succeeded);
  }, 180_000);
  afterAll(() => services?.stop());

  it('are stated once, before anything is imported', async () => {
    const put = (startsOn: string) => company.put('/v1/reporting-year', { startsOn });
    expect(await read<ReportingYearView>('/v1/reporting-year')).toEqual({
      startsOn: '01-01',
      fixed: false,
      example: { year: 2025, from: '2025-01-01', to: '2025-12-31' },
    });
    for (const wrong of ['02-29', '04-31', '4-1', 'April']) await put(wrong).expect(400);
    expect((await put('10-01').expect(200)).body).toMatchObject({ example: { year: 2025, from: '2024-10-01', to: '2025-09-30' } });
    expect((await put('04-01').expect(200)).body).toMatchObject({
      startsOn: '04-01',
      fixed: false,
      example: { year: 2025, from: '2025-04-01', to: '2026-03-31' },
    });
    await company.put('/v1/books/main', { gwpSet: 'AR5' }).expect(200);
    await company.put('/v1/books/official', { gwpSet: 'AR5', editions: 'majority' }).expect(200);
    expect((await company.put('/v1/books/official', { gwpSet: 'AR5' }).expect(409)).body).toMatchObject({ code: 'book_exists' });
    expect(await company.import('meters', 'bill.csv', BILL)).toMatchObject({ accepted: 1, refused: 0 });
    expect((await put('01-01').expect(409)).body).toMatchObject({ code: 'reporting_year_fixed' });
    expect((await put('04-01').expect(200)).body).toMatchObject({ startsOn: '04-01', fixed: true });
    for (const book of BOOKS) await company.calculate(book);
  });

  it('cut a bill at the ends of calendar years and of reporting years, to the kilowatt-hour', async () => {
    const { items } = await read<{ items: object[] }>('/v1/activities');
    expect(items).toMatchObject([
      { segment: 1, segments: 3, periodStart: '2024-12-15', periodEnd: '2024-12-31', reportingYear: 2024, quantity: '17000' },
      { segment: 2, segments: 3, periodStart: '2025-01-01', periodEnd: '2025-03-31', reportingYear: 2024, quantity: '90000' },
      { segment: 3, segments: 3, periodStart: '2025-04-01', periodEnd: '2025-05-15', reportingYear: 2025, quantity: '45000' },
    ]);
    for (const book of BOOKS) {
      expect(await read(`/v1/books/${book}/conservation`)).toMatchObject({ holds: true, activities: 1 });
      expect(await read(`/v1/books/${book}/years`)).toEqual({ years: [2024, 2025] });
    }
  });

  it.each<[string, string, string[], string, string]>([
    // 17,000 × 0.20705 + 90,000 × 0.177; 45,000 × 0.177
    ['main', 'blended', ['3519.85', '15930', '7965'], '19.44985', '7.965'],
    // 107,000 × 0.20705
    ['official', 'majority', ['3519.85', '18634.5', '7965'], '22.15435', '7.965'],
  ])('take the factors that the book %s states: %s', async (book, editions, kgco2e, of2024, of2025) => {
    expect((await entries(book)).map((entry) => [entry.year, entry.kgco2e])).toEqual([
      [2024, kgco2e[0]],
      [2024, kgco2e[1]],
      [2025, kgco2e[2]],
    ]);
    expect(await inventory(book, '2024')).toMatchObject({
      editions,
      year: 2024,
      period: { from: '2024-04-01', to: '2025-03-31' },
      scope2Location: of2024,
      scope2Market: of2024,
    });
    expect(await inventory(book, '2025')).toMatchObject({
      editions,
      period: { from: '2025-04-01', to: '2026-03-31' },
      scope2Location: of2025,
    });
    expect(await read('/v1/quality', { book, year: '2024' })).toMatchObject({ editions, period: { from: '2024-04-01', to: '2025-03-31' } });
    // Neither rests on a factor of another year.
    const { fallbacks } = await inventory(book, '2024');
    expect(fallbacks.filter(({ fallback }) => fallback.startsWith('year'))).toEqual([]);
  });

  it('say so in what a run pins, and in the explanation of an entry', async () => {
    const owner = new Client({ connectionString: services.database.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query(
      `select b.name, r.pins ->> 'editions' as editions, r.pins ->> 'reportingYearStartsOn' as starts_on
       from calculation.runs r join calculation.books b on b.tenant_id = r.tenant_id and b.id = r.book_id where r.tenant_id = $1 order by b.name`,
      [company.tenantId],
    );
    await owner.end();
    expect(rows).toEqual([
      { name: 'main', editions: 'blended', starts_on: '04-01' },
      { name: 'official', editions: 'majority', starts_on: '04-01' },
    ]);
    for (const [book, rule, year, code] of [
      ['main', 'blended', 2025, '2025'],
      ['official', 'majority', 2024, '2024'],
    ] as const) {
      const [december, january] = await entries(book);
      expect(await read(`/v1/entries/${january!.id}/explanation`)).toMatchObject({
        editions: rule,
        rate: { editions: { rule, year }, factor: { edition: code, year } },
        activity: {
          reportingYear: 2024,
          quantitySteps: ['part of 2025 from 2025-01-01 to 2025-03-31: 152000 kWh × 90 of 152 days = 90000 kWh'],
        },
      });
      const ofDecember = await read<{ rate: object }>(`/v1/entries/${december!.id}/explanation`);
      expect(ofDecember).toMatchObject({ editions: rule, rate: { factor: { edition: '2024' } } });
      expect(Object.keys(ofDecember.rate)).not.toContain('editions');
    }
  });

  it('lead from a figure to its entries, and from a key to its rows', async () => {
    const { lines } = await inventory('official', '2024');
    const path = lines.find(({ line, basis }) => line === 'scope2' && basis === 'location')!.entries;
    const { items } = await read<{ items: (Entry & { boundary: { from: string; to: string }[] })[] }>(path);
    expect(items.map(({ boundary }) => boundary.map(({ from, to }) => [from, to]))).toEqual([
      [['2024-12-15', '2024-12-31']],
      [['2025-01-01', '2025-03-31']],
    ]);
  });

  it('are bridged, and the causes add up', async () => {
    const bridge = (book: string) => read<BridgeView>('/v1/bridges', { book, from: '2024', to: '2025', scope3: 'false' });
    // (45,000 − 107,000) × 0.20705; 45,000 × (0.177 − 0.20705)
    expect(await bridge('official')).toMatchObject({
      editions: 'majority',
      fromPeriod: { from: '2024-04-01', to: '2025-03-31' },
      toPeriod: { from: '2025-04-01', to: '2026-03-31' },
      from: '22.15435',
      to: '7.965',
      causes: { activity: '-12.8371', factor: '-1.35225' },
    });
    const blended = await bridge('main');
    expect(blended).toMatchObject({ editions: 'blended', from: '19.44985', to: '7.965' });
    const moved = sumOf(...Object.values(blended.causes));
    expect(plain(sumOf(blended.from).add(moved))).toBe('7.965');
  });

  it('are the years that instruments are claimed for: vintage by the days of the reporting year', async () => {
    await company.put('/v1/instruments/wind', CERTIFICATE).expect(succeeded);
    const claim = (year: number) => company.put('/v1/instruments/wind/allocations', [{ entity: 'HQ', year, mwh: '107' }]).expect(succeeded);
    await claim(2025);
    const warnings = async () =>
      (await read<{ warnings: { refusal: string }[] }>('/v1/instruments/wind')).warnings.map(({ refusal }) => refusal);
    expect(await warnings()).toEqual(['instrument_vintage_outside']);
    await company.put('/v1/instruments/wind/allocations', [{ entity: 'HQ', year: 2025, mwh: '0' }]).expect(succeeded);
    await claim(2024);
    expect(await warnings()).toEqual([]);
    for (const book of BOOKS) {
      await company.calculate(book);
      expect(await inventory(book, '2024')).toMatchObject({ scope2Market: '0' });
      expect(await inventory(book, '2025')).toMatchObject({ scope2Market: '7.965' });
      const ofPool = (await company.all<Entry>('/v1/entries', { book, pool: 'instruments', leg: 'generation' })).filter(({ quantity }) =>
        quantity.startsWith('-'),
      );
      // Two keys of one reporting year: of the calendar years 2024 and 2025.
      expect(ofPool.map(({ year, periodStart, periodEnd, quantity }) => [year, periodStart, periodEnd, quantity]).sort()).toEqual([
        [2024, '2024-04-01', '2025-03-31', '-17000'],
        [2024, '2024-04-01', '2025-03-31', '-90000'],
      ]);
      expect(await read(`/v1/books/${book}/conservation`)).toMatchObject({ holds: true });
    }
  });

  it('are apportioned where the company changes inside of them', async () => {
    const held = { entity: 'SITE', holder: 'GROUP', share: '1', operationalControl: true, validFrom: '2025-02-01' };
    await company.put('/v1/holdings', [held]).expect(succeeded);
    expect(await company.import('meters', 'site.csv', csv('2,SITE,90000,2025-01-01,2025-03-31'))).toMatchObject({ accepted: 1 });
    await company.calculate('official');
    // 59 of 90 days × 0.20705, beside the 22.15435 of HQ
    const of2024 = await inventory('official', '2024');
    expect(of2024).toMatchObject({ scope2Location: '34.3703' });
    expect(of2024.apportioned).toMatchObject([
      { entity: 'SITE', from: '2025-01-01', to: '2025-01-31', days: 31 },
      { entity: 'SITE', from: '2025-02-01', to: '2025-03-31', days: 59 },
    ]);
  });

  it('are nobody else’s: another tenant reports by calendar years', async () => {
    const other = await TestTenant.create(services, 'January Ltd');
    await other.put('/v1/entities', [{ code: 'HQ', name: 'HQ', country: 'GB' }]).expect(succeeded);
    await other.put('/v1/mappings/meters', MAPPING).expect(succeeded);
    await other.import('meters', 'bill.csv', BILL);
    await other.calculate();
    const figures = await Promise.all(['2024', '2025'].map((year) => other.inventory({ year })));
    // 17,000 × 0.20705; 135,000 × 0.177
    expect(figures.map(({ scope2Location }) => scope2Location)).toEqual(['3.51985', '23.895']);
    expect((await other.get('/v1/reporting-year').expect(200)).body).toMatchObject({ startsOn: '01-01', fixed: true });
  });
});
