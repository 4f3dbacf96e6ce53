import { Client } from 'pg';
import type { ImportView, RunView } from '#contracts';
import { Decimal } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices, type ServiceName } from '../support/services';

// A service that is killed in the middle of its work, and started again: nothing is lost, nothing is doubled, and the books are those of a tenant whose
// services lived on. Real parts and processes throughout; SIGKILL leaves a process no instruction.

const LINES = 20_000;
/** The unit factor of natural gas, gross: 0.18296 kgCO2e/kWh combusted (UK Government 2025); what matters here is that both tenants get the same. */
const mapping = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['reading'],
  entity: { column: 'site' },
  period: { start: { column: 'day' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'fuel.natural-gas' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
      attributes: { calorific_basis: { constant: 'gross' } },
    },
  ],
};

/** Every 97th amount is no number, and every 101st line repeats the one before it. */
const FILE = [
  'reading,site,day,kWh',
  ...Array.from({ length: LINES }, (_, i) => {
    const line = i % 101 === 100 ? i - 1 : i;
    const amount = line % 97 === 96 ? 'none' : `${(line * 7_919) % 1_000}.${String(line).padStart(12, '0')}`;
    return `R${line},HQ,2025-${String((line % 12) + 1).padStart(2, '0')}-${String((line % 28) + 1).padStart(2, '0')},${amount}`;
  }),
  '',
].join('\n');

interface Conservation {
  readonly holds: boolean;
  readonly ledgerKgco2e: string;
  readonly projectionKgco2e: string;
  readonly ledgerEntries: number;
  readonly projectionEntries: number;
  readonly imports: Record<string, number>;
}

describe('a service that is killed in the middle of its work', () => {
  let services: RunningServices;
  let owner: Client;
  let undisturbed: TestTenant;
  let disturbed: TestTenant;

  const tenant = async (name: string): Promise<TestTenant> => {
    const company = await TestTenant.create(services, name);
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(succeeded);
    await company.put('/v1/mappings/meters', mapping).expect(succeeded);
    return company;
  };
  const number = async (sql: string): Promise<number> => {
    const { rows } = await owner.query<{ n: number }>(sql, [disturbed.tenantId]);
    return rows[0]?.n ?? 0;
  };
  /**
   * Kills the service as soon as the query counts something, and says what `left` counted of the work that was not yet done. The service is started
   * again, and not waited for: what it goes on with may be over before it answers, and the next kill has to fall into it.
   */
  const killOnce = async (service: ServiceName, begun: string, left: string): Promise<{ undone: number; back: Promise<void> }> => {
    for (const end = Date.now() + 30_000; (await number(begun)) === 0;) if (Date.now() > end) throw new Error(`${service} did not begin`);
    await services.end(service, 'SIGKILL');
    const undone = await number(left);
    const back = services.begin(service);
    back.catch(() => undefined); // Seen by whoever waits for it; a test that failed before says why itself.
    return { undone, back };
  };
  const conservation = async (of: TestTenant): Promise<Conservation> =>
    (await of.get('/v1/books/main/conservation').expect(200)).body as Conservation;
  const figures = ({ lines, records, accepted, refused, duplicate, status }: ImportView) => ({
    ...{ lines, records, accepted, refused, duplicate, status },
  });

  beforeAll(async () => {
    // Work in many small pieces, so that a kill falls between and into them.
    services = await startServices('faults', { CHUNK_LINES: '1000', CHUNK_ACTIVITIES: '1000' });
    owner = new Client({ connectionString: services.database.ownerUrl });
    await owner.connect();
    undisturbed = await tenant('Quiet Ltd');
    disturbed = await tenant('Shaken Ltd');
  }, 120_000);
  afterAll(async () => {
    await owner?.end();
    await services?.stop();
  }, 60_000);

  let expected: ImportView;
  let expectedRun: RunView;

  it('ingestion, while it stages: every record is accounted for, once', async () => {
    expected = await undisturbed.import('meters', 'readings.csv', FILE);
    const imported = disturbed.import('meters', 'readings.csv', FILE);
    const left = await killOnce(
      'ingestion',
      'select count(*)::int as n from (select 1 from ingestion.activities where tenant_id = $1 limit 1) a',
      `select (${LINES} - count(*))::int as n from ingestion.activities where tenant_id = $1`,
    );
    expect(left.undone).toBeGreaterThan(LINES / 10);
    await left.back;
    const done = await imported;
    expect(figures(done)).toEqual(figures(expected));
    expect(done.records).toBe(done.accepted + done.refused + done.duplicate);
    expect(done).toMatchObject({ status: 'finished', lines: LINES });
    expect(done.refused).toBeGreaterThan(0);
    expect(done.duplicate).toBeGreaterThan(0);
    expect(await number('select count(*)::int as n from ingestion.activities where tenant_id = $1')).toBe(done.accepted);
  }, 60_000);

  it('the engine while it posts, and reporting while it projects: the books come to the same figure, to the last digit', async () => {
    expectedRun = await undisturbed.calculate();
    const calculated = disturbed.calculate();
    const chunksLeft = await killOnce(
      'calculation-engine',
      'select count(*)::int as n from calculation.run_chunks where tenant_id = $1 and done_at is not null',
      'select count(*)::int as n from calculation.run_chunks where tenant_id = $1 and done_at is null',
    );
    expect(chunksLeft.undone).toBeGreaterThan(0);
    const runsLeft = await killOnce(
      'reporting',
      "select count(*)::int as n from reporting.projections where tenant_id = $1 and status = 'projecting'",
      "select count(*)::int as n from reporting.projections where tenant_id = $1 and status = 'projecting'",
    );
    expect(runsLeft.undone).toBe(1);
    await Promise.all([chunksLeft.back, runsLeft.back]);
    const run = await calculated;
    const [of, like] = [await conservation(disturbed), await conservation(undisturbed)];
    expect(of).toEqual(like);
    expect(of.holds).toBe(true);
    expect(new Decimal(of.ledgerKgco2e).gt(0)).toBe(true);
    expect([of.projectionKgco2e, of.projectionEntries]).toEqual([of.ledgerKgco2e, of.ledgerEntries]);
    expect([run.entries, run.reversals, run.kgco2e, run.ordinal]).toEqual([expectedRun.entries, 0, expectedRun.kgco2e, 1]);
    const [inventory, quiet] = [await disturbed.inventory({ year: 2025 }), await undisturbed.inventory({ year: 2025 })];
    expect(inventory.lines).toEqual(quiet.lines);
  }, 90_000);

  it('leaves no work set aside, and none open', async () => {
    const { rows } = await owner.query('select subject, failure from messaging.outbox where failed_at is not null or done_at is null');
    expect(rows).toEqual([]);
  });
});
