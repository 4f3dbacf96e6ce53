import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// Pools through the public API: PUB-S2-DUAL (1,000,000 kWh, of which 600,000 kWh under certificates; grid 0.2, residual mix 0.45 kg per kWh), a mass
// balance of a refrigerant and a survey of commuters. Figures are worked by hand beside them.

const factor = (
  code: string,
  activityType: string,
  leg: string,
  unit: string,
  kgco2e: string,
  attributes: Record<string, string> = {},
) => ({
  code,
  activityType,
  leg,
  region: 'DE',
  year: 2025,
  attributes,
  unit,
  gases: [],
  kgco2e,
  source: { table: 'PUB-S2-DUAL', row: code },
});

const FACTORS = {
  publisher: 'Test Press (invented)',
  edition: '2025',
  version: '1',
  title: 'Grid and buses of the worked example',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [
    factor('grid', 'electricity.grid', 'generation', 'kWh', '0.2'),
    factor('residual', 'electricity.grid', 'generation', 'kWh', '0.45', { basis: 'market' }),
    factor('bus', 'commute.bus', 'operation', 'passenger.km', '0.1'),
  ],
};

const slot = (number: number, what: string, activityType: string, attributes: Record<string, object> = {}) => ({
  slot: number,
  when: { column: 'what', in: [what] },
  activityType: { constant: activityType },
  operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
  attributes,
});

const MAPPING = {
  source: 'books',
  locale: { decimal: '.', group: '', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    slot(1, 'power', 'electricity.grid'),
    slot(2, 'gas', 'refrigerant.movement', { gas: { constant: 'R-410A' }, movement: { column: 'movement' } }),
    {
      ...slot(3, 'bus', 'commute.bus'),
      operands: {
        passengers: { value: { constant: '1' }, unit: { constant: 'passenger' } },
        distance: { value: { column: 'amount' }, unit: { column: 'unit' } },
      },
    },
  ],
};

const HEADER = 'no,site,what,movement,amount,unit,from,to';
const csv = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');
const BOOKS = csv(
  '1,HQ,power,,700000,kWh,2025-01-01,2025-06-30',
  '2,HQ,power,,300000,kWh,2025-07-01,2025-12-31',
  '3,HQ,gas,opening,10,kg,2025-01-01,2025-01-01',
  '4,HQ,gas,purchase,5,kg,2025-05-01,2025-05-01',
  '5,HQ,gas,disposal,2,kg,2025-06-01,2025-06-01',
  '6,HQ,gas,closing,11,kg,2025-12-31,2025-12-31',
  '7,HQ,bus,,1000,km,2025-01-01,2025-12-31',
);

const WIND = {
  kind: 'certificate',
  registryId: 'GO-DE-0001',
  energySource: 'renewable',
  technology: 'wind',
  market: 'DE',
  vintageStart: '2025-01-01',
  vintageEnd: '2025-12-31',
  retiredMwh: '600',
  retiredOn: '2026-01-15',
  criteria: [1, 2, 3, 4, 5, 8].map((criterion) => ({ criterion, finding: 'pass', evidence: `registry extract, page ${criterion}` })),
};

interface Entry {
  id: string;
  pool: string | null;
  activityId: string | null;
  basis: string;
  quantity: string;
  kgco2e: string;
}
interface Explanation {
  file: unknown;
  pool: { because: string; figures: Record<string, string>; members: unknown[] } | null;
  adjustedBy: { entryId: string; pool: string; quantity: string; kgco2e: string }[];
}

describe('pools', () => {
  let services: RunningServices;
  let company: TestTenant;
  const generation = () => company.all<Entry>('/v1/entries', { year: 2025, activityType: 'electricity.grid', leg: 'generation' });
  const explain = async (id: string) => (await company.get(`/v1/entries/${id}/explanation`).expect(succeeded)).body as Explanation;

  beforeAll(async () => {
    services = await startServices('pools');
    company = await TestTenant.create(services, 'Pools GmbH');
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'DE' }]).expect(succeeded);
    await company.post('/v1/factor-sets', FACTORS).expect(succeeded);
    await company.put('/v1/mappings/books', MAPPING).expect(succeeded);
    expect(await company.import('books', 'books.csv', BOOKS)).toMatchObject({ status: 'finished', accepted: 7, refused: 0 });
    await company.calculate();
  }, 180_000);
  afterAll(() => services?.stop());

  it('refuses what counts twice or more than there is, by name', async () => {
    await company.put('/v1/instruments/WIND', WIND).expect(succeeded);
    const refusals: [string, object, number, string][] = [
      ['/v1/instruments/WIND/allocations', [{ entity: 'HQ', year: 2025, mwh: '600.1' }], 409, 'instrument_over_allocated'],
      ['/v1/instruments/WIND/allocations', [{ entity: 'MOON', year: 2025, mwh: '1' }], 404, 'entity_unknown'],
      ['/v1/instruments/SUN/allocations', [], 404, 'instrument_unknown'],
      ['/v1/instruments/AGAIN', WIND, 409, 'instrument_used_twice'],
      ['/v1/instruments/WIND', { ...WIND, retiredMwh: '-1' }, 400, 'request_invalid'],
      ['/v1/profiles/entity/HQ/2025', { timeZone: 'Europe/Berlin', kwh: Array<string>(8_784).fill('1') }, 422, 'profile_invalid'],
      ['/v1/instruments/GAS', { ...WIND, registryId: 'GO-2', gases: [{ gas: 'PHLOGISTON', kg: '1' }] }, 422, 'gas_unknown'],
      [
        '/v1/pools/crowd',
        {
          kind: 'survey',
          select: { activityTypes: ['commute.bus'] },
          populations: [{ entityCode: 'HQ', year: 2025, heads: '10', respondents: '11' }],
        },
        422,
        'survey_respondents_above_heads',
      ],
      ['/v1/pools/nothing', { kind: 'mass-balance', select: { activityTypes: ['nothing.such'] } }, 422, 'pool_invalid'],
    ];
    for (const [path, body, status, code] of refusals) {
      const response = await company.put(path, body);
      expect([path, response.status, (response.body as { code?: string }).code]).toEqual([path, status, code]);
    }
  });

  it('lists what only a pool can count, as long as none does, and counts it as refused', async () => {
    const run = await company.calculate();
    expect(run).toMatchObject({ activities: 7, refused: 4, poolRefusals: 0 });
    const open = await company.all<{ activityType: string; refusals: { code: string }[] }>('/v1/books/main/open-keys');
    const movements = open.filter(({ activityType }) => activityType === 'refrigerant.movement');
    expect(movements.map(({ refusals }) => refusals.map(({ code }) => code))).toEqual(Array(4).fill(['pool_missing']));
  });

  it('says at once whether an instrument would count', async () => {
    const sound = (await company.get('/v1/instruments/WIND').expect(succeeded)).body as object;
    expect(sound).toMatchObject({ wouldCount: true, warnings: [] });
    const doubtful = { ...WIND, registryId: 'GO-3', market: 'FR', criteria: [] };
    const { body } = await company.put('/v1/instruments/DOUBTFUL', doubtful).expect(succeeded);
    expect(body).toMatchObject({ wouldCount: false });
    expect((body as { warnings: { refusal: string }[] }).warnings.map(({ refusal }) => refusal)).toEqual([
      ...Array<string>(6).fill('instrument_criteria_failed'),
      'instrument_market_differs',
    ]);
  });

  it('a certificate lowers the market-based figure, and the location-based one stays', async () => {
    const before = await company.inventory({ year: 2025 });
    expect([before.scope2Location, before.scope2Market]).toEqual(['200', '450']);
    await company.put('/v1/instruments/WIND/allocations', [{ entity: 'HQ', year: 2025, mwh: '600' }]).expect(succeeded);
    await company.calculate();
    const after = await company.inventory({ year: 2025 });
    expect([after.scope2Location, after.scope2Market]).toEqual(['200', '180']);
    await company
      .get('/v1/books/main/conservation')
      .expect(succeeded)
      .expect(({ body }) => expect(body).toMatchObject({ holds: true }));
  });

  it('leads from the figure to the certificate, and from the bill to what was posted on top of it', async () => {
    const entries = await generation();
    const lines = entries.filter(({ pool }) => pool === 'instruments');
    expect(lines.map(({ activityId, basis, quantity, kgco2e }) => [activityId, basis, quantity, kgco2e])).toEqual([
      [null, 'market', '-600000', '-270000'],
      [null, 'market', '600000', '0'],
    ]);
    const ofLine = await explain(lines[1]!.id);
    expect(ofLine.file).toBeNull();
    expect(ofLine.pool).toMatchObject({
      code: 'instruments',
      entity: 'HQ',
      year: 2025,
      members: [{ activityType: 'electricity.grid', quantity: '1000000', activities: 2 }],
      figures: { consumed_kwh: '1000000', covered_kwh: '600000', surplus_kwh: '0' },
      input: { instruments: [{ code: 'WIND', criteria: [{ criterion: 1, evidence: 'registry extract, page 1' }, {}, {}, {}, {}, {}] }] },
    });
    expect(ofLine.pool!.because).toContain('GO-DE-0001');
    const { path } = ofLine.pool!.members[0] as { path: string };
    const rows = await company.get(path).expect(succeeded);
    expect((rows.body as { items: { line: number }[] }).items.map(({ line }) => line)).toEqual([2, 3]);
    await company.get('/v1/activities?entity=HQ').expect(400);
    const bill = entries.find(({ pool, basis }) => pool === null && basis === 'market')!;
    expect((await explain(bill.id)).adjustedBy.map(({ entryId }) => entryId)).toEqual(lines.map(({ id }) => id));
    const listed = await company.all<Entry>('/v1/entries', { pool: 'instruments', leg: 'generation' });
    expect(listed.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
  });

  it('a correction of a bill dirties the pool', async () => {
    await company.import('books', 'late.csv', csv('2,HQ,power,,200000,kWh,2025-07-01,2025-12-31'));
    await company.calculate();
    const inventory = await company.inventory({ year: 2025 });
    expect([inventory.scope2Location, inventory.scope2Market]).toEqual(['180', '135']); // 300,000 kWh uncovered × 0.45
    await company.import('books', 'back.csv', csv('2,HQ,power,,300000,kWh,2025-07-01,2025-12-31'));
    const run = await company.calculate();
    expect(run.status).toBe('sealed');
    expect((await company.inventory({ year: 2025 })).scope2Market).toBe('180');
  });

  it('balances a refrigerant, and extrapolates a survey', async () => {
    await company.put('/v1/pools/cooling', { kind: 'mass-balance', select: { activityTypes: ['refrigerant.movement'] } }).expect(succeeded);
    const survey = {
      kind: 'survey',
      select: { activityTypes: ['commute.bus'] },
      populations: [{ entityCode: 'HQ', year: 2025, heads: '100', respondents: '40' }],
    };
    await company.put('/v1/pools/commuters', survey).expect(succeeded);
    await company.calculate();
    const inventory = await company.inventory({ year: 2025 });
    expect(inventory.scope1).toBe('3.847'); // (10 + 5 − 2 − 11) kg × (0.5 × 677 + 0.5 × 3,170)
    // 1,000 passenger.km × 100 ÷ 40 × (0.1 + 0.02649, well-to-tank of an average local bus by the UK set of 2025)
    expect(inventory.scope3ByCategory['7']).toBe('0.316225');
    const results = await company.all<{ figures: Record<string, string>; postings: { because: string }[] }>('/v1/pools/commuters/results');
    expect(results).toHaveLength(1);
    expect(results[0]!.postings[0]!.because).toContain('40 of 100 heads');
    const [balance] = await company.all<{ figures: Record<string, string> }>('/v1/pools/cooling/results');
    expect(Object.values(balance!.figures)).toEqual(expect.arrayContaining(['10', '5', '2', '11']));
  });

  it('retires a pool: the next run takes back what it posted', async () => {
    const second = { kind: 'mass-balance', select: { activityTypes: ['refrigerant.movement'], years: [2025] } };
    const overlapping = await company.put('/v1/pools/chillers', second);
    expect([overlapping.status, (overlapping.body as { code: string }).code]).toEqual([409, 'pool_overlaps']);
    await company
      .delete('/v1/pools/cooling')
      .expect(succeeded)
      .expect(({ body }) => expect(body).toMatchObject({ code: 'cooling', version: 2, retired: true }));
    expect(await company.calculate()).toMatchObject({ activities: 7, refused: 4, poolRefusals: 0 });
    expect((await company.inventory({ year: 2025 })).scope1).toBe('0');
    await company.put('/v1/pools/chillers', second).expect(succeeded);
    expect(await company.calculate()).toMatchObject({ refused: 0 });
    expect((await company.inventory({ year: 2025 })).scope1).toBe('3.847');
  });

  it('shows nothing of it to another tenant', async () => {
    const other = await TestTenant.create(services, 'Other GmbH');
    await other.get('/v1/instruments/WIND').expect(404);
    await other.get('/v1/pools/cooling').expect(404);
    expect(await other.all('/v1/instruments')).toEqual([]);
    expect(await other.all('/v1/pools')).toEqual([]);
  });
});
