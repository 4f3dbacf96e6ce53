import { createHash } from 'node:crypto';
import request from 'supertest';
import type { ImportView } from '#contracts';
import { plain } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { sumOf } from '../support/figures';

// The whole road through the public API, with the four services as separate processes and nothing faked: file → import → activities → rates → ledger →
// ClickHouse → inventory → explanation. Figures are those of the UK Government's 2025 conversion factors, worked by hand below.

const mapping = {
  source: 'facility-bills',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  tags: [
    { column: 'cost_centre', tag: 'cost_centre', type: 'text' },
    { column: 'budget', tag: 'budget', type: 'decimal' },
  ],
  slots: [
    {
      slot: 1,
      activityType: { column: 'what', values: { power: 'electricity.grid' } },
      when: { column: 'what', in: ['power'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
    },
    {
      slot: 2,
      activityType: { constant: 'fuel.natural-gas' },
      when: { column: 'what', in: ['gas'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
      attributes: { calorific_basis: { constant: 'gross' } },
    },
    {
      slot: 3,
      activityType: { constant: 'refrigerant.top-up' },
      when: { column: 'what', in: ['R-410A', 'HCFC-22'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
      attributes: { gas: { column: 'what' } },
    },
    {
      slot: 4,
      activityType: { constant: 'freight.rail' },
      when: { column: 'what', in: ['parcels'] },
      operands: {
        mass: { value: { column: 'amount' }, unit: { column: 'unit' } },
        distance: { value: { constant: '30' }, unit: { constant: 'km' } },
      },
    },
    {
      slot: 5,
      activityType: { constant: 'fuel.wood-pellets' },
      when: { column: 'what', in: ['pellets'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
    },
  ],
};

const HEADER = 'bill,site,what,amount,unit,from,to,cost_centre,budget';
const csv = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');

const BILLS = csv(
  'B1,LONDON,power,"10,000",kWh,2025-01-01,2025-01-31,CC-1,100.50',
  'B2,LONDON,gas,20000,kWh,2025-01-01,2025-01-31,CC-2,7',
  'B3,JV,gas,1000,kWh,2025-02-01,2025-02-28,"quoted, ""tag"" \\ with	tab",',
  'B4,LONDON,R-410A,2,kg,2025-03-01,2025-03-01,CC-1,',
  'B1,LONDON,power,"10,000",kWh,2025-01-01,2025-01-31,CC-1,100.50',
  'B5,LONDON,gas,-50,kWh,2025-04-01,2025-04-30,CC-2,',
  'B6,LONDON,HCFC-22,3,kg,2025-05-01,2025-05-01,CC-1,',
  'B7,LONDON,parcels,2,t,2024-12-01,2025-01-31,CC-1,',
  'B8,LONDON,pellets,4,t,2025-06-01,2025-06-30,CC-1,',
);

interface EntryItem {
  id: string;
  leg: string;
  basis: string;
  kgco2e: string;
  flags: string[];
  tags: Record<string, string>;
}

describe('the road', () => {
  let services: RunningServices;
  let company: TestTenant;
  let first: ImportView;

  beforeAll(async () => {
    services = await startServices('road');
    company = await TestTenant.create(services, 'Road Ltd');
    await company
      .put('/v1/entities', [
        { code: 'GROUP', name: 'Road Group', country: 'GB' },
        { code: 'LONDON', name: 'London office', country: 'GB' },
        { code: 'JV', name: 'Joint venture', country: 'GB' },
      ])
      .expect(200);
    await company
      .put('/v1/holdings', [
        { entity: 'LONDON', holder: 'GROUP', share: '1', operationalControl: true, validFrom: '2020-01-01' },
        { entity: 'JV', holder: 'GROUP', share: '0.4', operationalControl: false, validFrom: '2020-01-01' },
      ])
      .expect(200);
    await company.put('/v1/mappings/bills', mapping).expect(succeeded);
    first = await company.import('bills', 'bills.csv', BILLS);
    await company.calculate();
  }, 180_000);
  afterAll(() => services?.stop());

  it('accounts for every record of the file', () => {
    expect(first).toMatchObject({ status: 'finished', lines: 9, records: 9, accepted: 8, refused: 0, duplicate: 1, flagged: 1 });
  });

  it('reads an inventory under operational control', async () => {
    const inventory = await company.inventory({ year: 2025, approach: 'operational-control', gwp: 'AR5' });
    // gas (20,000 - 50) × 0.18296 = 3,650.052; R-410A 2 × (0.5 × 677 + 0.5 × 3,170) = 3,847 kg; pellets 4 × 55.19389
    expect(inventory.scope1).toBe('7.71782756');
    // 10,000 kWh × 0.177
    expect(inventory.scope2Location).toBe('1.77');
    expect(inventory.scope2Market).toBe('1.77');
    expect(inventory.fallbacks.map(({ fallback }) => fallback)).toContain('grid_average_for_residual_mix');
    expect(inventory.scope3ByCategory['15']).toBe('0.073184'); // 40 % of the joint venture's 1,000 × 0.18296
    const { gross, reported, othersShare, excluded } = inventory.reconciliation;
    expect(plain(sumOf(reported, othersShare, excluded))).toBe(gross);
  });

  it('reads the same book by equity share and under other GWP sets', async () => {
    const equity = await company.inventory({ year: 2025, approach: 'equity-share', gwp: 'AR5' });
    expect(equity.scope1).toBe('7.79101156'); // 7.71782756 + 0.4 × 0.18296
    const ar4 = await company.inventory({ year: 2025, approach: 'operational-control', gwp: 'AR4' });
    const ar6 = await company.inventory({ year: 2025, approach: 'operational-control', gwp: 'AR6' });
    expect(new Set([equity.scope1, ar4.scope1, ar6.scope1]).size).toBe(3);
  });

  it('leads from a figure to its entries, and from an entry to the line of the file', async () => {
    const inventory = await company.inventory({ year: 2025 });
    const line = inventory.lines.find((candidate) => candidate.line === 'scope1')!;
    const { body } = await company.get(line.entries).expect(200);
    const entries = (body as { items: EntryItem[] }).items;
    const gas = entries.find(({ kgco2e }) => kgco2e === '3659.2')!;
    const explanation = (await company.get(`/v1/entries/${gas.id}/explanation`).expect(200)).body as Record<
      string,
      Record<string, unknown>
    >;
    expect(explanation['file']).toMatchObject({ name: 'bills.csv', line: 3, sha256: createHash('sha256').update(BILLS).digest('hex') });
    expect(explanation['activity']).toMatchObject({ stated: [{ operand: 'quantity', text: '20000', unit: 'kWh' }], quantity: '20000' });
    expect(explanation['rate']).toMatchObject({ kgco2e: '0.18296', factor: { edition: '2025', region: 'GB' } });
    expect(explanation['amount']).toEqual({ kgco2e: '3659.2', tco2e: '3.6592', biogenicKgco2: '0', biogenicTco2: '0' });
    expect(String(explanation['formula'])).toContain('20000 kWh × 0.18296');
  });

  it('leads from the figures outside the scopes to their entries', async () => {
    const inventory = await company.inventory({ year: 2025 });
    // 4 t of pellets × 1,677.18; 3 kg HCFC-22 × 1,760
    expect([inventory.biogenic, inventory.montreal]).toEqual(['6.70872', '5.28']);
    const behind = async (path: string) => ((await company.get(path).expect(200)).body as { items: EntryItem[] }).items;
    const [biogenic, ...others] = await behind(inventory.biogenicEntries);
    expect([biogenic!.leg, biogenic!.kgco2e, others]).toEqual(['biogenic', '0', []]);
    expect((await behind(inventory.montrealEntries)).map(({ leg, kgco2e }) => [leg, kgco2e])).toEqual([['leak', '0']]);
    const explained = (await company.get(`/v1/entries/${biogenic!.id}/explanation`).expect(200)).body as Record<string, unknown>;
    expect(explained['amount']).toEqual({ kgco2e: '0', tco2e: '0', biogenicKgco2: '6708.72', biogenicTco2: '6.70872' });
    expect(explained['formula']).toBe(
      '4 t × 1677.18 kg CO2/t = 6708.72 kg CO2 of biogenic origin, outside the scopes, ' +
        'where the rate is (1677.18 kg CO2_biogenic) kgCO2/t = 1677.18 kgCO2/t',
    );
  });

  it('shows how a quantity was multiplied and cut, and the country that the factor was decided on', async () => {
    const [parcels] = await company.all<EntryItem>('/v1/entries', { year: 2025, activityType: 'freight.rail', leg: 'operation' });
    const explain = async () =>
      ((await company.get(`/v1/entries/${parcels!.id}/explanation`).expect(200)).body as { activity: Record<string, unknown> }).activity;
    expect(await explain()).toMatchObject({
      quantity: '30',
      quantitySteps: ['2 t × 30 km = 60 t.km', 'part of 2025: 60 t.km × 31 of 62 days = 30 t.km, what the earlier parts left'],
    });
    await company.put('/v1/entities', [{ code: 'LONDON', name: 'Moved', country: 'FR' }]).expect(200);
    expect(await explain()).toMatchObject({ entity: { code: 'LONDON', name: 'Moved', country: 'GB' } });
    await company.put('/v1/entities', [{ code: 'LONDON', name: 'London office', country: 'GB' }]).expect(200);
  });

  it('keeps tags, typed, to the other end', async () => {
    const entries = await company.all<EntryItem>('/v1/entries', { year: 2025, entity: 'JV', leg: 'combustion' });
    expect(entries[0]!.tags['cost_centre']).toBe('quoted, "tag" \\ with\ttab');
    const tagged = await company.all<EntryItem>('/v1/entries', { year: 2025, tag: 'cost_centre:CC-1', leg: 'generation' });
    expect(tagged.map(({ tags }) => tags['budget'])).toEqual(['100.5', '100.5']);
  });

  it('conserves: ledger and projection agree to the last digit', async () => {
    const { body } = await company.get('/v1/books/main/conservation').expect(200);
    expect(body).toMatchObject({ holds: true, activities: 8 });
    expect((body as { ledgerKgco2e: string; projectionKgco2e: string }).ledgerKgco2e).toBe(
      (body as { projectionKgco2e: string }).projectionKgco2e,
    );
  });

  it('answers the same bytes with the first import', async () => {
    const { body } = await company.upload('bills', 'again.csv', BILLS).expect(200);
    expect(body).toMatchObject({ repeated: true, import: { id: first.id } });
  });

  it('takes a late correction as a version, a reversal and a new entry', async () => {
    const before = await company.inventory({ year: 2025 });
    const late = await company.import('bills', 'late.csv', csv('B2,LONDON,gas,21000,kWh,2025-01-01,2025-01-31,CC-2,7'));
    expect(late).toMatchObject({ accepted: 1, corrected: 1 });
    const run = await company.calculate();
    expect(run.reversals).toBeGreaterThan(0);
    const after = await company.inventory({ year: 2025 });
    expect([before.scope1, after.scope1]).toEqual(['7.71782756', '7.90078756']); // + 1,000 × 0.18296 kg
    const { body } = await company.get('/v1/books/main/conservation').expect(200);
    expect(body).toMatchObject({ holds: true, activities: 8, run: run.ordinal });
  });

  it('shows nothing of it to another tenant', async () => {
    const other = await TestTenant.create(services, 'Other Ltd');
    const [entry] = await company.all<EntryItem>('/v1/entries', { year: 2025 });
    for (const path of [`/v1/entries/${entry!.id}/explanation`, `/v1/imports/${first.id}`, '/v1/entities/LONDON', '/v1/mappings/bills']) {
      await other
        .get(path)
        .expect(404)
        .expect('Content-Type', /problem\+json/);
    }
    await other.get('/v1/entries').query({ year: 2025 }).expect(404);
    await request(services.apiUrl).get('/v1/imports').set('Authorization', 'Bearer sbk_wrong').expect(401);
    await request(services.apiUrl).get('/v1/imports').expect(401);
  });
});
