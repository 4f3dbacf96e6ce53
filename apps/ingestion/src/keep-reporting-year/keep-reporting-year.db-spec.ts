import { Refused } from '#contracts';
import { IngestionWorld, type WrittenMapping } from '../../../../test/support/ingestion-world';
import { KeepReportingYearService } from './keep-reporting-year.service';

const mapping: WrittenMapping = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM' },
  identity: ['meter'],
  entity: { constant: 'HQ' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
    },
  ],
};

describe('the day on which reporting years begin', () => {
  let world: IngestionWorld;
  let years: KeepReportingYearService;
  beforeEach(async () => {
    world = await IngestionWorld.open('reporting_year');
    years = new KeepReportingYearService(world.dataSource);
    await world.addEntity('HQ', 'GB');
    await world.putMapping('meters', mapping);
  });
  afterEach(() => world.close());
  const put = (startsOn: string) =>
    years.put(world.tenantId, startsOn).then(
      (view) => view.startsOn,
      (error: unknown) => (error instanceof Refused ? error.code : String(error)),
    );
  const receive = (meter: string) => world.receive('meters', `meter,kWh,from,to\n${meter},12,2024-11,2025-10\n`);

  it('is 1 January until another is stated, and may be stated anew until a file has come', async () => {
    expect(await years.get(world.tenantId)).toMatchObject({ startsOn: '01-01', fixed: false });
    expect([await put('04-01'), await put('10-01'), await put('01-01'), await put('04-01')]).toEqual(['04-01', '10-01', '01-01', '04-01']);
    const refused = await world.import('meters', 'no,such,columns\n1,2,3\n');
    expect(refused.status).toBe('refused');
    expect(await put('10-01')).toBe('10-01');
    await receive('1');
    expect([await put('04-01'), await put('10-01')]).toEqual(['reporting_year_fixed', '10-01']);
    expect(await years.get(world.tenantId)).toMatchObject({ startsOn: '10-01', fixed: true });
  });

  it('cuts what is staged, and keeps keys of two reporting years apart', async () => {
    await put('10-01');
    const { id } = await world.import('meters', 'meter,kWh,from,to\n1,365,2024-11,2025-10\n');
    expect(
      (await world.activitiesOf(id)).map(({ periodStart, reportingYear, quantity }) => [periodStart, reportingYear, quantity]),
    ).toEqual([
      ['2024-11-01', 2025, '61'],
      ['2025-01-01', 2025, '273'],
      ['2025-10-01', 2026, '31'],
    ]);
    // Of the year that has another name the key says so; the other is the key of whoever reports by calendar years.
    expect(await world.query('select year, reporting_year from ingestion.match_keys order by year, reporting_year nulls first')).toEqual([
      { year: 2024, reporting_year: 2025 },
      { year: 2025, reporting_year: null },
      { year: 2025, reporting_year: 2026 },
    ]);
  });

  it('is never changed while files come in', async () => {
    const outcomes = await Promise.all([put('04-01'), receive('1'), put('07-01'), receive('2'), put('10-01')]);
    const { startsOn, fixed } = await years.get(world.tenantId);
    const stated = outcomes.filter((outcome): outcome is string => typeof outcome === 'string');
    expect(fixed).toBe(true);
    // Whoever was let in did so before the first file; whatever stands was stated last among them.
    const accepted = stated.filter((outcome) => outcome !== 'reporting_year_fixed');
    expect(['01-01', ...accepted]).toContain(startsOn);
    expect(await put(startsOn === '04-01' ? '10-01' : '04-01')).toBe('reporting_year_fixed');
  });
});
