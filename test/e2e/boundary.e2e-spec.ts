import type { InventoryView } from '#contracts';
import { Decimal, plain, type Approach } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { sumOf } from '../support/figures';

// One book, read under all four approaches through the public API, with the four services as separate processes and nothing faked.
//
// Every site burns natural gas, 0.18296 kg CO2e per kWh gross (UK Government conversion factors 2025); MWh burned and what the site is:
//   GROUP 1 itself · OWN 2, a subsidiary at 80 % · JV 3, a joint venture at 50 % that GROUP runs · ASSOC 4, an associate at 30 %
//   OFFICE 5, leased in, operating-type · FLAT 6, leased out, finance-type · SHOP 7, a franchise
// OWN also loses 2 kg of R-410A, 2 × (0.5 × 677 + 0.5 × 3,170) = 3,847 kg CO2e (AR5), which the company leaves out by decision.

const mapping = {
  source: 'bills',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'fuel.natural-gas' },
      when: { column: 'what', in: ['gas'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
      attributes: { calorific_basis: { constant: 'gross' } },
    },
    {
      slot: 2,
      activityType: { constant: 'refrigerant.top-up' },
      when: { column: 'what', in: ['R-410A'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
      attributes: { gas: { column: 'what' } },
    },
  ],
};
const SITES = ['GROUP', 'OWN', 'JV', 'ASSOC', 'OFFICE', 'FLAT', 'SHOP'];
const BILLS = [
  'bill,site,what,amount,unit,from,to',
  ...SITES.map((site, i) => `G${i},${site},gas,${(i + 1) * 1000},kWh,2025-01-01,2025-12-31`),
  'R1,OWN,R-410A,2,kg,2025-03-01,2025-03-01',
  '',
].join('\n');

const SINCE = { validFrom: '2020-01-01' };
const HOLDINGS = [
  { entity: 'OWN', holder: 'GROUP', share: '0.8', operationalControl: true, ...SINCE },
  { entity: 'JV', holder: 'GROUP', share: '0.5', relation: 'joint-venture', operationalControl: true, ...SINCE },
  { entity: 'ASSOC', holder: 'GROUP', share: '0.3', relation: 'associate', operationalControl: false, ...SINCE },
  { entity: 'OFFICE', holder: 'GROUP', share: '1', operationalControl: true, ...SINCE },
  { entity: 'FLAT', holder: 'GROUP', share: '1', operationalControl: true, ...SINCE },
  { entity: 'SHOP', holder: 'GROUP', share: '0', relation: 'franchise', operationalControl: false, ...SINCE },
];
const LEASES = [
  { entity: 'OFFICE', side: 'lessee', leaseClass: 'operating', ...SINCE },
  { entity: 'FLAT', side: 'lessor', leaseClass: 'finance', ...SINCE },
];
const EXCLUSIONS = [{ code: 'E1', sourceClass: 'fugitive', reason: 'immaterial, estimated once', ...SINCE }];

const ofGas = (mwh: string): string => plain(new Decimal(mwh).mul('0.18296'));

interface EntryItem {
  readonly entity: string;
  readonly leg: string;
  readonly boundary: {
    portions: { line: string | null; share: string; reason: string; exclusion: string | null }[];
    othersShare: string;
  }[];
}

describe('one book under four approaches', () => {
  let services: RunningServices;
  let company: TestTenant;

  beforeAll(async () => {
    services = await startServices('boundary');
    company = await TestTenant.create(services, 'Boundary Ltd');
    await company
      .put(
        '/v1/entities',
        SITES.map((code) => ({ code, name: code, country: 'GB' })),
      )
      .expect(succeeded);
    await company.put('/v1/holdings', HOLDINGS).expect(succeeded);
    await company.put('/v1/leases', LEASES).expect(succeeded);
    await company.put('/v1/exclusions', EXCLUSIONS).expect(succeeded);
    await company.put('/v1/mappings/bills', mapping).expect(succeeded);
    await company.import('bills', 'bills.csv', BILLS);
    await company.calculate();
  }, 180_000);
  afterAll(() => services?.stop());

  const read = (approach: Approach): Promise<InventoryView> => company.inventory({ year: 2025, approach, gwp: 'AR5' });

  it.each<[Approach, string, Record<string, string>]>([
    // 1 + 2 + 3 + 5; 30 % of 4; 6; 7
    ['operational-control', '11', { '13': '6', '14': '7', '15': '1.2' }],
    // 1 + 2 + 50 % of 3; 5; 6; 7; 30 % of 4
    ['financial-control', '4.5', { '8': '5', '13': '6', '14': '7', '15': '1.2' }],
    // 1 + 80 % of 2 + 50 % of 3 + 30 % of 4; 5; 6; 7
    ['equity-share', '5.3', { '8': '5', '13': '6', '14': '7' }],
    // the accounting group 1 + 2 + 5, and the joint venture that it runs 3
    ['esrs-set-1', '11', { '13': '6', '14': '7', '15': '1.2' }],
  ])('%s', async (approach, mwhOfScope1, mwhOfCategories) => {
    const { scope1, scope3ByCategory } = await read(approach);
    expect(scope1).toBe(ofGas(mwhOfScope1));
    const { '3': upstream, ...direct } = scope3ByCategory;
    expect(upstream).toBeDefined();
    expect(direct).toEqual(Object.fromEntries(Object.entries(mwhOfCategories).map(([category, mwh]) => [category, ofGas(mwh)])));
  });

  it('reconciles under each of them, from the same gross', async () => {
    const readings = await Promise.all((['operational-control', 'financial-control', 'equity-share', 'esrs-set-1'] as const).map(read));
    expect(new Set(readings.map(({ reconciliation }) => reconciliation.gross)).size).toBe(1);
    for (const { reconciliation, scope1, scope2Location, scope3 } of readings) {
      const { gross, reported, apart, othersShare, excluded } = reconciliation;
      expect(plain(sumOf(reported, apart, othersShare, excluded))).toBe(gross);
      expect(plain(sumOf(scope1, scope2Location, scope3))).toBe(reported);
    }
  });

  it('names what is left out, and why', async () => {
    const { leftOut } = await read('equity-share');
    expect(leftOut.find(({ code }) => code === 'E1')).toEqual({
      reason: 'excluded_by_decision',
      code: 'E1',
      detail: 'immaterial, estimated once',
      tco2e: '3.0776', // 80 % of 3.847
      marketTco2e: '3.0776',
    });
    expect(leftOut.map(({ reason }) => reason)).toEqual(['excluded_by_decision', 'franchisee_scope_3', 'lessee_scope_3']);
  });

  it('takes no exclusion that would leave out everything', async () => {
    const everything = { code: 'E2', reason: 'all of it', ...SINCE };
    const { body } = await company.put('/v1/exclusions', [...EXCLUSIONS, everything]).expect(422);
    expect(body).toMatchObject({
      code: 'exclusion_without_selector',
      places: [{ at: 'body[1]', code: 'exclusion_without_selector' }],
    });
    expect((await read('equity-share')).leftOut.map(({ code }) => code)).toContain('E1');
  });

  it('shows ESRS Set 1’s accounting group apart from the investees that it runs', async () => {
    const { accountingGroup, otherInvestees } = await read('esrs-set-1');
    expect([accountingGroup.scope1, otherInvestees.scope1]).toEqual([ofGas('8'), ofGas('3')]);
  });

  it('says of each entry what the boundary made of it', async () => {
    const boundaryOf = async (entity: string, approach: Approach, leg = 'combustion') => {
      const [entry] = await company.all<EntryItem>('/v1/entries', { year: 2025, entity, leg, approach });
      const [{ portions, othersShare }] = entry!.boundary as [EntryItem['boundary'][number]];
      return [...portions.map(({ line, share, reason }) => `${line} ${share} ${reason}`), `others ${othersShare}`];
    };
    expect(await boundaryOf('OFFICE', 'financial-control')).toEqual(['scope3.8 1 leased_in', 'others 0']);
    expect(await boundaryOf('OFFICE', 'operational-control')).toEqual(['scope1 1 consolidated', 'others 0']);
    expect(await boundaryOf('ASSOC', 'financial-control')).toEqual(['scope3.15 0.3 investee', 'others 0.7']);
    expect(await boundaryOf('SHOP', 'equity-share')).toEqual(['scope3.14 1 franchise', 'others 0']);
    expect(await boundaryOf('OWN', 'equity-share', 'leak')).toEqual(['null 0.8 excluded_by_decision', 'others 0.2']);
  });

  it('explains an entry down to its line, where an approach is asked for', async () => {
    const [entry] = await company.all<EntryItem & { id: string }>('/v1/entries', { year: 2025, entity: 'OFFICE', leg: 'combustion' });
    const explain = async (query: Record<string, string>) =>
      ((await company.get(`/v1/entries/${entry!.id}/explanation`).query(query).expect(200)).body as { boundary: unknown }).boundary;
    expect(await explain({})).toBeNull();
    expect(await explain({ approach: 'financial-control', gwp: 'AR6' })).toMatchObject({
      approach: 'financial-control',
      gwp: 'AR6',
      treatments: [{ days: 365, portions: [{ line: 'scope3.8', share: '1', reason: 'leased_in' }], othersShare: '0' }],
    });
    expect(await explain({ gwp: 'AR5' })).toMatchObject({ approach: 'operational-control', gwp: 'AR5' });
  });

  it('carries another GWP set than the book’s down to the entries', async () => {
    const { lines, heldByNobody, completeness } = await company.inventory({ year: 2025, approach: 'operational-control', gwp: 'AR6' });
    expect(heldByNobody).toEqual(['GROUP']);
    expect(completeness).toMatchObject({ refused: 0, openKeys: '/v1/books/main/open-keys' });
    await company.get(completeness.openKeys).expect(200);
    const path = lines.find(({ line }) => line === 'scope1')!.entries;
    const { items } = (await company.get(path).expect(200)).body as { items: { underGwp: { gwp: string; kgco2e: string } | null }[] };
    expect(items.length).toBeGreaterThan(0);
    for (const { underGwp } of items) expect(underGwp?.gwp).toBe('AR6');
    expect((await company.get('/v1/inventories').query({ year: 1999 }).expect(404)).body).toMatchObject({ code: 'year_without_entries' });
  });

  it('leads from category 8 to the leased office', async () => {
    const { lines } = await read('financial-control');
    const path = lines.find(({ line }) => line === 'scope3.8')!.entries;
    const { items } = (await company.get(path).expect(200)).body as { items: EntryItem[] };
    expect(items.map(({ entity, leg }) => `${entity} ${leg}`)).toEqual(['OFFICE combustion']);
  });
});
