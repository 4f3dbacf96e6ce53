import type { QualityView } from '#contracts';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// The quality of an inventory through the public API, with the four services as separate processes and nothing faked. Factors are those of the UK
// Government's 2025 conversion factors: 0.18296 kg CO2e per kWh of gas (gross), 0.177 per kWh of electricity.

const mapping = {
  source: 'meters',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { constant: 'HQ' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'fuel.natural-gas' },
      when: { column: 'what', in: ['gas'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { constant: 'kWh' } } },
      attributes: { calorific_basis: { constant: 'gross' }, data_status: { column: 'status' } },
    },
    {
      slot: 2,
      activityType: { constant: 'electricity.grid' },
      when: { column: 'what', in: ['power'] },
      operands: { quantity: { value: { column: 'amount' }, unit: { constant: 'kWh' } } },
      attributes: { data_status: { constant: 'measured' }, data_quality: { constant: '1-1-1-1-1' } },
    },
  ],
};
const HEADER = 'bill,what,status,amount,from,to';
const csv = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');

describe('the quality of an inventory, through the API', () => {
  let services: RunningServices;
  let company: TestTenant;

  beforeAll(async () => {
    services = await startServices('quality');
    company = await TestTenant.create(services, 'Quality Ltd');
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(200);
    await company.put('/v1/mappings/meters', mapping).expect(succeeded);
    await company.import(
      'meters',
      'meters.csv',
      csv(
        'G1,gas,invoiced,6000,2025-01-01,2025-01-31',
        'G2,gas,invoiced,4000,2025-02-01,2025-02-28',
        'G3,gas,estimated,5000,2025-03-01,2025-03-31',
        'P1,power,measured,10000,2025-01-01,2025-03-31',
      ),
    );
    await company.calculate();
  }, 180_000);
  afterAll(() => services?.stop());

  const quality = async (query: Record<string, string | number> = {}): Promise<QualityView> =>
    (await company.get('/v1/quality').query(query).expect(succeeded)).body as QualityView;
  const scope1 = async (query: Record<string, string | number> = {}) => {
    const [line] = (await quality(query)).lines;
    if (line?.line !== 'scope1') throw new Error(`the first line is ${line?.line}`);
    return line;
  };

  it('states the tonnes of the inventory, with an interval around each', async () => {
    const view = await quality();
    const inventory = await company.inventory({ year: 2025 });
    expect(view).toMatchObject({ book: 'main', year: 2025, approach: 'operational-control', gwp: 'AR5', gwpErrors: 'published', pcaf: [] });
    expect(view.lines.map(({ line, basis, tco2e }) => [line, basis, tco2e])).toEqual(
      inventory.lines.map(({ line, basis, tco2e }) => [line, basis, tco2e]),
    );
    for (const { tco2e, interval } of view.lines.filter((line) => line.tco2e !== '0')) {
      expect(Number(interval?.low)).toBeLessThan(Number(tco2e));
      expect(Number(interval?.high)).toBeGreaterThan(Number(tco2e));
    }
  });

  it('says what the tonnes rest on', async () => {
    const line = await scope1();
    expect(line.tco2e).toBe('2.7444'); // 15,000 × 0.18296
    expect(line.statuses).toEqual([
      { status: 'estimated', tco2e: '0.9148' }, // 5,000 × 0.18296
      { status: 'invoiced', tco2e: '1.8296' },
    ]);
    expect(line.primaryDataShare).toBe('0.666667');
    expect(line.activityScores).toMatchObject({ reliability: '2.666667', completeness: '1.333333' }); // 2 and 4, 1 and 2, by 2 : 1
    expect(line.assumptions.map(({ assumption }) => assumption)).toContain('activity_quality_from_status');
    const power = (await quality()).lines.find(({ line: name, basis }) => name === 'scope2' && basis === 'location');
    expect(power).toMatchObject({ primaryDataShare: '1', activityScores: { mean: '1' } });
    expect(power?.explained?.activity).toBe('0.000000');
  });

  it('counts the errors of GWPs, unless they are taken as conventions', async () => {
    expect(Number((await scope1()).explained?.gwp)).toBeGreaterThan(0);
    expect((await scope1({ gwpErrors: 'none' })).explained?.gwp).toBe('0.000000');
  });

  it('is as sure after a mistake was corrected as if it had never been made', async () => {
    const before = await scope1();
    await company.import('meters', 'wrong.csv', csv('G1,gas,invoiced,600000,2025-01-01,2025-01-31'));
    await company.calculate();
    expect((await scope1()).tco2e).not.toBe(before.tco2e);
    await company.import('meters', 'right.csv', csv('G1,gas,invoiced,6000,2025-01-01,2025-01-31'));
    await company.calculate();
    expect(await scope1()).toEqual(before);
  });

  it('refuses by name', async () => {
    const refusal = async (query: Record<string, string>) => (await company.get('/v1/quality').query(query)).body as { code?: string };
    expect(await refusal({ book: 'other' })).toMatchObject({ code: 'book_unknown' });
    expect(await refusal({ gwpErrors: 'guessed' })).toMatchObject({ code: 'request_invalid' });
  });
});
