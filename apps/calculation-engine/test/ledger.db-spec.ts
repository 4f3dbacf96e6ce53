import fc from 'fast-check';
import { applyRate, Decimal, plain, type FactorSet, type Rate } from '#ghg';
import { inTenant, RUN_LEAVES } from '#postgres';
import { markFailed } from '../src/shared/mark-failed';
import { SeededLedger, type SeedRecord } from '../../../test/support/seeded-ledger';

const gasBill = (name: string, kWh: string, of?: string): SeedRecord => ({
  name,
  activityType: 'fuel.natural-gas',
  unit: 'kWh',
  quantity: kWh,
  attributes: { calorific_basis: 'gross' },
  ...(of === undefined ? {} : { of }),
});
const hotel = (name: string, nights: string): SeedRecord => ({ name, activityType: 'travel.hotel', unit: 'room.night', quantity: nights });
const waste = (name: string, t: string): SeedRecord => ({
  name,
  activityType: 'waste.disposal',
  unit: 't',
  quantity: t,
  attributes: { material: 'unheard-of', treatment: 'landfill' },
});

/** Invented factors, named as such; what is tested is the ledger. */
const factors = (version: string, hotelKg: string): FactorSet => ({
  publisher: 'Test Press (invented)',
  edition: '2025',
  version,
  title: 'Test factors',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [
    {
      code: 'gas',
      activityType: 'fuel.natural-gas',
      leg: 'combustion',
      region: 'GB',
      year: 2025,
      attributes: { calorific_basis: 'gross' },
      unit: 'kWh',
      gases: [
        { gas: 'CO2', kg: '0.18253' },
        { gas: 'CH4', kg: '0.00001' },
        { gas: 'CO2_biogenic', kg: '0.000000000000000123' },
      ],
      source: { table: 'invented', row: '1' },
    },
    {
      code: 'gas-wtt',
      activityType: 'fuel.natural-gas',
      leg: 'upstream',
      region: 'GB',
      year: 2025,
      attributes: { calorific_basis: 'gross' },
      unit: 'MWh',
      gases: [],
      kgco2e: '30.21',
      source: { table: 'invented', row: '2' },
    },
    {
      code: 'hotel',
      activityType: 'travel.hotel',
      leg: 'service',
      region: 'GB',
      year: 2025,
      attributes: {},
      unit: 'room.night',
      gases: [],
      kgco2e: hotelKg,
      source: { table: 'invented', row: '3' },
    },
  ],
});

/** The entries of the last run beside what the kernel needs to make them again. */
const LAST_RUN = `
select trim_scale(a.quantity)::text as activity, r.body as rate, trim_scale(e.kgco2e)::text as kgco2e, trim_scale(e.biogenic_kgco2)::text as biogenic
from calculation.entries e
join calculation.rates r on r.id = e.rate_id
join ingestion.activities a on a.id = e.activity_id and a.segment = e.segment
where e.run_id = (select id from calculation.runs order by ordinal desc limit 1) order by e.id`;

const LAST_KEY_SUMS = `
select trim_scale(sum(s.quantity))::text as sum from calculation.key_sums s join ingestion.match_keys k on k.id = s.match_key_id
where s.run_id = (select id from calculation.runs order by ordinal desc limit 1) group by k.activity_type order by k.activity_type`;

describe('the ledger', () => {
  let ledger: SeededLedger;
  beforeEach(async () => {
    ledger = await SeededLedger.open('ledger');
    await ledger.addFactorSet(factors('1', '10.4'));
  });
  afterEach(() => ledger.close());

  it('posts quantity × rate, exactly, and accounts for every activity', async () => {
    await ledger.addImport([gasBill('a', '1000'), hotel('b', '3'), waste('c', '2')]);
    await ledger.run();
    // combustion 0.18253 + 28 × 0.00001 = 0.18281; upstream 0.03021; hotel 10.4
    expect(await ledger.sum()).toBe('244.22');
    const [run] = await ledger.query<Record<string, unknown>>('select * from calculation.runs');
    expect(run).toMatchObject({
      status: 'sealed',
      ordinal: 1,
      entries: '3',
      activities: '3',
      calculated: '2',
      partly: '0',
      refused: '1',
      excluded: '0',
    });
  });

  it('agrees with the kernel to the last digit: entries, biogenic CO2 and key sums, whatever the quantities', async () => {
    const quantity = fc
      .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 12 }))
      .map(([digits, scale]) => scaled(digits, scale));
    const record = fc.tuple(fc.constantFrom(gasBill, hotel), quantity).map(([kind, amount]) => kind('x', amount));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 40 }), async (records, chunk) => {
        await ledger.addImport(records);
        await ledger.run('main', chunk);
        const rows = await ledger.query<{ activity: string; rate: Rate; kgco2e: string; biogenic: string }>(LAST_RUN);
        expect(rows.length).toBeGreaterThanOrEqual(records.length);
        const entries = rows.map(({ activity, rate }) => applyRate(activity, rate));
        expect(rows.map(({ kgco2e }) => kgco2e)).toEqual(entries.map((entry) => plain(entry.kgco2e)));
        expect(rows.map(({ biogenic }) => biogenic)).toEqual(entries.map((entry) => plain(entry.biogenicKgco2)));
        const sums = await ledger.query<{ sum: string }>(LAST_KEY_SUMS);
        const sumOf = (type: string) =>
          records.filter((r) => r.activityType === type).reduce((sum, r) => sum.plus(r.quantity), new Decimal(0));
        const types = [...new Set(records.map((r) => r.activityType))].sort();
        expect(sums.map(({ sum }) => sum)).toEqual(types.map((type) => plain(sumOf(type))));
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('takes a late correction as a version, a reversal and a new entry', async () => {
    await ledger.addImport([gasBill('a', '1000'), hotel('b', '3')]);
    await ledger.run();
    await ledger.addImport([gasBill('a2', '1200', 'a')]);
    await ledger.run();
    expect(await ledger.sum()).toBe('286.824'); // 1200 × 0.21302 + 31.2
    const [run] = await ledger.query('select * from calculation.runs where ordinal = 2');
    expect(run).toMatchObject({ entries: '4', reversals: '2', activities: '2', calculated: '2' });
    const [net] = await ledger.query<{ quantity: string }>(
      "select trim_scale(sum(s.quantity))::text as quantity from calculation.key_sums s join ingestion.match_keys k on k.id = s.match_key_id where k.activity_type = 'fuel.natural-gas'",
    );
    expect(net!.quantity).toBe('1200');
  });

  it('posts only the last of several versions that arrive together, and reverses each entry once', async () => {
    await ledger.addImport([gasBill('a', '1000')]);
    await ledger.run();
    await ledger.addImport([gasBill('a2', '1100', 'a'), gasBill('a3', '1300', 'a')]);
    await ledger.run();
    expect(await ledger.sum()).toBe('276.926'); // 1300 × 0.21302
    await ledger.run();
    expect(await ledger.sum()).toBe('276.926');
    expect(await ledger.query('select from calculation.entries where reverses is not null')).toHaveLength(2);
  });

  it('restates only the keys whose rates changed when a factor set gets a newer version', async () => {
    await ledger.addImport([gasBill('a', '1000'), hotel('b', '3'), hotel('c', '5')]);
    await ledger.run();
    await ledger.addFactorSet(factors('2', '11'));
    await ledger.run();
    expect(await ledger.sum()).toBe('301.02'); // 213.02 + 8 × 11
    const [run] = await ledger.query('select * from calculation.runs where ordinal = 2');
    expect(run).toMatchObject({ entries: '4', reversals: '2' });
    const moved = await ledger.query<{ activity_type: string }>(
      `select distinct k.activity_type from calculation.entries e join calculation.runs r on r.id = e.run_id and r.ordinal = 2
       join ingestion.activities a on a.id = e.activity_id join ingestion.match_keys k on k.id = a.match_key_id`,
    );
    expect(moved).toEqual([{ activity_type: 'travel.hotel' }]);
  });

  it('has one digest, whatever the chunks, their order, and however often each is done', async () => {
    const records = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? hotel(`h${i}`, String(i)) : gasBill(`g${i}`, `${i}.5`)));
    await ledger.addImport(records);
    const books = [
      { name: 'one', chunk: 1_000, arrange: <T>(open: T[]) => open, times: 1 },
      { name: 'two', chunk: 7, arrange: <T>(open: T[]) => [...open].reverse(), times: 2 },
      { name: 'three', chunk: 1, arrange: <T>(open: T[]) => [...open.slice(13), ...open.slice(0, 13)], times: 1 },
    ];
    for (const { name, chunk, arrange, times } of books) {
      await ledger.query(
        "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, gen_random_uuid(), $2, 'ghg-protocol-2015', 'AR5')",
        [ledger.tenantId, name],
      );
      await ledger.engine(chunk).start.start(ledger.tenantId, name);
      await ledger.work(chunk, arrange, times);
    }
    const digests = await ledger.query<{ content_digest: string; entries: string }>('select content_digest, entries from calculation.runs');
    expect(digests).toHaveLength(3);
    expect(new Set(digests.map((run) => run.content_digest)).size).toBe(1);
    expect(digests[0]!.entries).toBe('100');
  });

  it('decides nothing under a method pack that it does not know, and says which', async () => {
    await ledger.addImport([hotel('a', '1')]);
    await ledger.query(
      "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, gen_random_uuid(), 'later', 'of-2099', 'AR5')",
      [ledger.tenantId],
    );
    await expect(ledger.run('later')).rejects.toMatchObject({
      code: 'method_pack_unknown',
      detail: expect.stringContaining('of-2099') as string,
    });
    expect(await ledger.query('select from calculation.entries')).toEqual([]);
  });

  it('chains its seals', async () => {
    await ledger.addImport([hotel('a', '1')]);
    await ledger.run();
    await ledger.addImport([hotel('b', '1')]);
    await ledger.run();
    const [first, second] = await ledger.query<{ seal: string; previous_seal: string | null }>(
      'select seal, previous_seal from calculation.runs order by ordinal',
    );
    expect(first!.previous_seal).toBeNull();
    expect(second!.previous_seal).toBe(first!.seal);
  });

  it('refuses a second run while one is open, a run over nothing, and a book that is not there', async () => {
    const { start } = ledger.engine(100);
    await expect(start.start(ledger.tenantId, 'main')).rejects.toMatchObject({ code: 'nothing_to_calculate' });
    await ledger.addImport([hotel('a', '1')]);
    await start.start(ledger.tenantId, 'main');
    await expect(start.start(ledger.tenantId, 'main')).rejects.toMatchObject({ code: 'run_in_progress' });
    await expect(start.start(ledger.tenantId, 'other')).rejects.toMatchObject({ code: 'book_unknown' });
  });

  it.each([
    'update calculation.entries set kgco2e = 0',
    'delete from calculation.entries',
    'truncate calculation.entries',
    'update calculation.rates set kgco2e = 0',
  ])('lets nobody rewrite it: %s', async (sql) => {
    await expect(inTenant(ledger.dataSource, ledger.tenantId, ({ client }) => client.query(sql))).rejects.toThrow('permission denied');
  });

  it('keeps a sealed run as it is, whoever asks', async () => {
    await ledger.addImport([hotel('a', '1')]);
    await ledger.run();
    const [before] = await ledger.query<{ id: string }>('select * from calculation.runs');
    const rewrite = "update calculation.runs set seal = 'x', content_digest = 'x', status = 'failed'";
    await inTenant(ledger.dataSource, ledger.tenantId, async ({ client }) => expect((await client.query(rewrite)).rowCount).toBe(0));
    await markFailed(ledger.dataSource, ledger.tenantId, before!.id, 'the acknowledgement was lost');
    expect(await ledger.query('select * from calculation.runs')).toEqual([before]);
  });

  it('takes a failed run up again where it stood, once, and lets no other begin meanwhile', async () => {
    await ledger.addImport(Array.from({ length: 20 }, (_, i) => hotel(`h${i}`, '1')));
    const { start, handlers } = ledger.engine(5);
    const { id: runId } = await start.start(ledger.tenantId, 'main');
    await handlers[0]!.handle({ tenantId: ledger.tenantId, runId } as never);
    await handlers[1]!.handle({ tenantId: ledger.tenantId, runId, chunk: 1 } as never);
    await ledger.query('update messaging.outbox set done_at = now()');
    await markFailed(ledger.dataSource, ledger.tenantId, runId, 'the disk was full');
    const starts = await Promise.allSettled([1, 2, 3].map(() => start.start(ledger.tenantId, 'main')));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await ledger.work(5);
    const runs = await ledger.query('select status, ordinal, entries, failure from calculation.runs');
    expect(runs).toEqual([{ status: 'sealed', ordinal: 1, entries: '20', failure: null }]);
  });

  it('breaks its seal when an activity is moved to another time', async () => {
    await ledger.addImport([hotel('a', '1')]);
    await ledger.run();
    const [run] = await ledger.query<{ id: string }>('select id from calculation.runs');
    const leaves = () =>
      inTenant(ledger.dataSource, ledger.tenantId, async ({ client }) => (await client.query(RUN_LEAVES, [ledger.tenantId, run!.id])).rows);
    const before: unknown[] = await leaves();
    expect(before).toHaveLength(1);
    await ledger.query("update ingestion.activities set period_end = '2025-01-30'");
    expect(await leaves()).not.toEqual(before);
  });

  it('shows no tenant the rows of another', async () => {
    await ledger.addImport([hotel('a', '1')]);
    await ledger.run();
    const other = '11111111-1111-4111-8111-111111111111';
    const seen = await inTenant(ledger.dataSource, other, async ({ client }) => {
      const counts = await client.query(
        'select (select count(*) from calculation.entries) + (select count(*) from ingestion.activities_v1) as n',
      );
      return (counts.rows as { n: string }[])[0]!.n;
    });
    expect(seen).toBe('0');
  });
});

function scaled(digits: bigint, scale: number): string {
  return plain(new Decimal(digits.toString()).div(new Decimal(10).pow(scale)));
}
