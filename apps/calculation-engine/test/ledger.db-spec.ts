import fc from 'fast-check';
import { applyRate, Decimal, plain, type FactorSet, type Rate } from '#ghg';
import { inTenant } from '#postgres';
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

  it('agrees with the kernel to the last digit', async () => {
    const quantity = fc
      .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 12 }))
      .map(([digits, scale]) => scaled(digits, scale));
    const rate = fc.tuple(fc.bigInt(0n, 10n ** 20n), fc.integer({ min: 0, max: 18 })).map(([digits, scale]) => scaled(digits, scale));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(quantity, rate), { minLength: 1, maxLength: 200 }), async (pairs) => {
        const rows = await ledger.query<{ amount: string; sum: string }>(
          `select trim_scale((q::numeric * r::numeric)::numeric(76, 30))::text as amount, trim_scale(sum((q::numeric * r::numeric)::numeric(76, 30)) over ())::text as sum
           from unnest($1::text[], $2::text[]) with ordinality as t (q, r, n) order by n`,
          [pairs.map(([q]) => q), pairs.map(([, r]) => r)],
        );
        const amounts = pairs.map(([q, r]) => applyRate(q, { kgco2e: r, biogenicKgco2: '0', gases: [] as Rate['gases'] } as Rate).kgco2e);
        expect(rows.map(({ amount }) => amount)).toEqual(amounts.map(plain));
        expect(rows[0]!.sum).toBe(plain(amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0))));
      }),
      { numRuns: 50 },
    );
  });

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
        "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, gen_random_uuid(), $2, 'p', 'AR5')",
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
