import fc from 'fast-check';
import { Decimal, plain } from '#ghg';
import { inTenant } from '#postgres';
import { DeclarePoolsService } from '../src/declare-pools/declare-pools.service';
import { ExplainEntryService } from '../src/explain-entry/explain-entry.service';
import { InstrumentsService } from '../src/instruments/instruments.service';
import { ProfilesService } from '../src/instruments/profiles.service';
import { SeededLedger } from '../../../test/support/seeded-ledger';
import { GRID, power, WIND } from '../../../test/support/dual-reporting';

/** Net kgCO2e of purchased electricity per basis. */
const SUMS = `
select r.basis, trim_scale(sum(e.kgco2e))::text as kgco2e
from calculation.entries e join calculation.rates r on r.id = e.rate_id and r.leg = 'generation' group by r.basis order by r.basis`;

const ENTRIES = `
select count(*)::int as entries, count(e.reverses)::int as reversals, count(e.pool_result_id)::int as pooled
from calculation.entries e join calculation.runs run on run.id = e.run_id and run.ordinal = $1`;

const BOOK =
  "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, gen_random_uuid(), $2, 'ghg-protocol-2015', 'AR5')";

/** Lines of pools that were taken back, each with its reversal. */
const NET_OF_REVERSED = `
select count(*)::int as pairs, trim_scale(sum(e.quantity + back.quantity))::text as quantity, trim_scale(sum(e.kgco2e + back.kgco2e))::text as kgco2e
from calculation.entries e join calculation.entries back on back.reverses = e.id where e.pool_result_id is not null`;

describe('pools in the ledger', () => {
  let ledger: SeededLedger;
  let instruments: InstrumentsService;
  beforeEach(async () => {
    ledger = await SeededLedger.open('pools');
    instruments = new InstrumentsService(ledger.dataSource, ledger.gases);
    await ledger.addFactorSet(GRID);
    await ledger.addImport([power('a', '700000'), power('b', '300000')]);
  });
  afterEach(() => ledger.close());

  const claim = (mwh: string) => instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'HQ', year: 2025, mwh }]);
  const sums = () => ledger.query<{ basis: string; kgco2e: string }>(SUMS);
  const counts = async (run: number) => (await ledger.query<{ entries: number; reversals: number; pooled: number }>(ENTRIES, [run]))[0];
  const read = <T>(sql: string) =>
    inTenant(ledger.dataSource, ledger.tenantId, async ({ client }) => (await client.query(sql)).rows as T[]);

  it('a certificate takes the place of the residual mix, and leaves the location-based figure alone', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    await ledger.run();
    expect(await sums()).toEqual([
      { basis: 'location', kgco2e: '200000' },
      { basis: 'market', kgco2e: '180000' },
    ]);
    const [run] = await ledger.query('select status, activities, partly, entries from calculation.runs');
    expect(run).toMatchObject({ status: 'sealed', activities: '2' });
  });

  it('a change of instruments alone starts a run, which posts nothing but the pool', async () => {
    await ledger.run();
    expect((await sums())[1]).toEqual({ basis: 'market', kgco2e: '450000' });
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    await ledger.run();
    expect((await sums())[1]).toEqual({ basis: 'market', kgco2e: '180000' });
    const { entries, reversals, pooled } = (await counts(2))!;
    expect([entries, reversals]).toEqual([pooled, 0]);
    expect(pooled).toBeGreaterThan(0);
  });

  it('posts nothing when nothing changed, and moves nothing when only the evidence did', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    await ledger.run();
    await ledger.run();
    expect(await counts(2)).toEqual({ entries: 0, reversals: 0, pooled: 0 });
    expect(await ledger.query('select from calculation.pool_results')).toHaveLength(1);
    const criteria = WIND.criteria.map((finding) => ({ ...finding, evidence: `${finding.evidence}, seen again` }));
    await instruments.put(ledger.tenantId, 'WIND', { ...WIND, criteria });
    await ledger.run();
    expect(await counts(3)).toEqual({ entries: 0, reversals: 0, pooled: 0 });
    expect(await ledger.query('select from calculation.pool_results')).toHaveLength(2);
  });

  it('a corrected member dirties the pool, which takes back its lines and posts them anew', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    await ledger.run();
    const posted = (await counts(1))!.pooled;
    await ledger.addImport([power('a2', '100000', 'a')]);
    await ledger.run();
    // 100,000 + 300,000 kWh consumed: all covered, the rest of the certificate is surplus
    expect(await sums()).toEqual([
      { basis: 'location', kgco2e: '80000' },
      { basis: 'market', kgco2e: '0' },
    ]);
    expect((await counts(2))!.pooled).toBe(2 * posted);
    const [net] = await ledger.query(NET_OF_REVERSED);
    expect(net).toEqual({ pairs: posted, quantity: '0', kgco2e: '0' });
    const [result] = await ledger.query<{ figures: Record<string, string> }>(
      "select body -> 'figures' as figures from calculation.pool_results order by id desc limit 1",
    );
    expect(result!.figures).toMatchObject({ consumed_kwh: '400000', covered_kwh: '400000', surplus_kwh: '200000' });
  });

  it('follows the rate of its members: a newer residual mix moves what is not covered', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    await ledger.run();
    const factors = GRID.factors.map((factor) => (factor.code === 'residual' ? { ...factor, gases: [{ gas: 'CO2', kg: '0.5' }] } : factor));
    await ledger.addFactorSet({ ...GRID, version: '2', factors });
    await ledger.run();
    expect(await sums()).toEqual([
      { basis: 'location', kgco2e: '200000' },
      { basis: 'market', kgco2e: '200000' }, // 400,000 kWh × 0.5
    ]);
  });

  it('comes to the same by many runs as by one', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    const thousandths = (count: number): string => plain(new Decimal(count).div(1_000));
    const kWh = fc.integer({ min: 0, max: 900_000_000 }).map(thousandths);
    const step = fc.oneof(
      fc.record({ of: fc.constantFrom('a', 'b'), kWh }),
      fc.integer({ min: 0, max: 600_000 }).map((kwh) => ({ mwh: thousandths(kwh) })),
    );
    let books = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const change of steps) {
          if ('mwh' in change) await claim(change.mwh);
          else await ledger.addImport([power('late', change.kWh, change.of)]);
          await ledger.run();
        }
        books += 1;
        await ledger.query(BOOK, [ledger.tenantId, `fresh-${books}`]);
        await ledger.run(`fresh-${books}`);
        expect(await ledger.sum()).toBe(await ledger.sum(`fresh-${books}`));
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  it('takes everything back when the claim is taken back', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    await ledger.run();
    await instruments.allocate(ledger.tenantId, 'WIND', []);
    await ledger.run();
    expect((await sums())[1]).toEqual({ basis: 'market', kgco2e: '450000' });
    const { entries, reversals } = (await counts(2))!;
    expect(reversals).toBe(entries);
    await ledger.run();
    expect(await counts(3)).toEqual({ entries: 0, reversals: 0, pooled: 0 });
  });

  it('has one digest, whatever the chunks and however often the work is done', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('250.5');
    for (const [name, chunk, times] of [
      ['one', 100, 1],
      ['two', 1, 3],
    ] as const) {
      await ledger.query(BOOK, [ledger.tenantId, name]);
      await ledger.engine(chunk).start.start(ledger.tenantId, name);
      await ledger.work(chunk, (open) => open, times);
    }
    const runs = await ledger.query<{ content_digest: string; seal: string; entries: string }>(
      'select content_digest, seal, entries from calculation.runs',
    );
    expect(runs).toHaveLength(2);
    expect(runs[0]).toEqual(runs[1]);
  });

  it('calculates on what was pinned: a claim that comes while a run is under way waits for the next', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await ledger.engine(100).start.start(ledger.tenantId, 'main');
    await claim('600');
    await ledger.work(100);
    expect((await sums())[1]).toEqual({ basis: 'market', kgco2e: '450000' });
    await ledger.run();
    expect((await sums())[1]).toEqual({ basis: 'market', kgco2e: '180000' });
  });

  it('killed between its step and the seal, it goes on where it stood', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    const { start, handlers } = ledger.engine(100);
    const { id: runId } = await start.start(ledger.tenantId, 'main');
    const step = (subject: string) => handlers.find(({ work }) => work.subject === `calculation.${subject}`)!;
    await step('decide-run').handle({ tenantId: ledger.tenantId, runId } as never);
    for (const chunk of [1, 2]) await step('post-chunk').handle({ tenantId: ledger.tenantId, runId, chunk } as never);
    await step('calculate-pools').handle({ tenantId: ledger.tenantId, runId } as never);
    await ledger.query('update messaging.outbox set done_at = now()');
    await ledger.query("update calculation.runs set status = 'failed', failure = 'killed'");
    await start.start(ledger.tenantId, 'main');
    await ledger.work(100);
    expect((await sums())[1]).toEqual({ basis: 'market', kgco2e: '180000' });
    expect(await ledger.query('select from calculation.pool_results')).toHaveLength(1);
    expect(await ledger.query('select status from calculation.runs')).toEqual([{ status: 'sealed' }]);
  });

  it('explains a line by the certificate, and a row by the lines on top of it', async () => {
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await claim('600');
    await ledger.run();
    const explain = new ExplainEntryService(ledger.dataSource);
    const [line] = await read<{ id: string }>(
      'select id from calculation.entries where pool_result_id is not null and quantity > 0 order by id limit 1',
    );
    const ofLine = await explain.explain(ledger.tenantId, line!.id);
    expect(ofLine).toMatchObject({
      file: null,
      activity: null,
      entry: { leg: 'generation', basis: 'market', quantity: '600000', unit: 'kWh', kgco2e: '0' },
      pool: {
        code: 'instruments',
        entity: 'HQ',
        year: 2025,
        memberCount: 1,
        input: { instruments: [{ code: 'WIND', registryId: 'GO-1' }] },
      },
    });
    expect(ofLine.pool!.because).toContain('WIND');
    const [row] = await read<{ id: string }>(
      "select e.id from calculation.entries e join calculation.rates r on r.id = e.rate_id and r.basis = 'market' where e.activity_id is not null order by e.id limit 1",
    );
    const ofRow = await explain.explain(ledger.tenantId, row!.id);
    expect(ofRow.pool).toBeNull();
    expect(ofRow.adjustedBy.map(({ pool, quantity, kgco2e }) => [pool, quantity, kgco2e])).toEqual([
      ['instruments', '-600000', '-270000'],
      ['instruments', '600000', '0'],
    ]);
  });

  it.each([
    [
      'a failed criterion',
      { ...WIND, criteria: WIND.criteria.map((finding) => ({ ...finding, finding: 'fail' as const })) },
      'instrument_criteria_failed',
    ],
    ['another market', { ...WIND, market: 'FR' }, 'instrument_market_differs'],
    ['an old vintage', { ...WIND, vintageStart: '2020-01-01', vintageEnd: '2020-12-31' }, 'instrument_vintage_outside'],
  ])('shows why an instrument covers nothing: %s', async (_what, instrument, refusal) => {
    await instruments.put(ledger.tenantId, 'WIND', instrument);
    await claim('600');
    await ledger.run();
    expect((await sums())[1]).toEqual({ basis: 'market', kgco2e: '450000' });
    const { items } = await new DeclarePoolsService(ledger.dataSource).results(ledger.tenantId, 'main', 'instruments', undefined, 10);
    expect(items).toMatchObject([{ entity: 'HQ', year: 2025, run: 1, postingCount: 0, refusals: [{ refusal, at: 'WIND' }] }]);
  });
});

/** Lines that pools posted in a run: of which pool, where, for whom and how much. */
const POOLED = `
select p.pool, s.code as place, n.code as entity, r.leg, r.basis, trim_scale(e.quantity)::text as quantity, e.reverses is not null as reversal
from calculation.entries e
join calculation.runs run on run.id = e.run_id and run.ordinal = $1
join calculation.pool_results p on p.id = e.pool_result_id
left join gateway.entities s on s.id = p.entity_id
join calculation.pool_postings g on g.pool_result_id = e.pool_result_id and g.posting = e.posting
join gateway.entities n on n.id = g.entity_id
join calculation.rates r on r.id = e.rate_id and r.leg <> 'energy' order by e.id`;

interface PooledLine {
  readonly pool: string;
  readonly place: string | null;
  readonly entity: string;
  readonly leg: string;
  readonly basis: string;
  readonly quantity: string;
  readonly reversal: boolean;
}

describe('pools of several entities', () => {
  let ledger: SeededLedger;
  const pooled = (run: number) => ledger.query<PooledLine>(POOLED, [run]);
  const put = (code: string, spec: object) => new DeclarePoolsService(ledger.dataSource).put(ledger.tenantId, code, spec as never);
  beforeEach(async () => {
    ledger = await SeededLedger.open('pools_of_several');
    await ledger.addEntity('NORTH');
    await ledger.addEntity('SOUTH');
    await ledger.addFactorSet(GRID);
  });
  afterEach(() => ledger.close());

  it('a corrected member moves the pool of its own entity, and no other', async () => {
    await ledger.addImport([power('n', '1000', undefined, 'NORTH'), power('s', '2000', undefined, 'SOUTH')]);
    const instruments = new InstrumentsService(ledger.dataSource, ledger.gases);
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await instruments.allocate(ledger.tenantId, 'WIND', [
      { entity: 'NORTH', year: 2025, mwh: '0.25' },
      { entity: 'SOUTH', year: 2025, mwh: '2' },
    ]);
    await ledger.run();
    expect(new Set((await pooled(1)).map(({ place }) => place))).toEqual(new Set(['NORTH', 'SOUTH']));
    await ledger.addImport([power('s2', '1500', 's', 'SOUTH')]);
    await ledger.run();
    const lines = await pooled(2);
    expect(lines.map(({ place, quantity, reversal }) => [place, quantity, reversal])).toEqual([
      ['SOUTH', '2000', true],
      ['SOUTH', '-2000', true],
      ['SOUTH', '-1500', false],
      ['SOUTH', '1500', false],
    ]);
  });

  it('shares a common meter out, also to others, whose part leaves the book', async () => {
    await ledger.addImport([power('shared', '900')]);
    const receivers = [
      { name: 'north hall', entityCode: 'NORTH', weight: '1', unit: 'm2' },
      { name: 'south hall', entityCode: 'SOUTH', weight: '1', unit: 'm2' },
      { name: 'the neighbour', entityCode: null, weight: '1', unit: 'm2' },
    ];
    const spec = { kind: 'allocation', sources: { activityTypes: ['electricity.grid'], entities: ['HQ'] }, basis: 'area', receivers };
    await put('meter', spec);
    await ledger.run();
    const market = (await pooled(1)).filter(({ basis, leg }) => basis === 'market' && leg === 'generation');
    expect(market.map(({ pool, entity, quantity }) => [pool, entity, quantity])).toEqual([
      ['meter', 'HQ', '-900'],
      ['meter', 'NORTH', '300'],
      ['meter', 'SOUTH', '300'],
    ]);
    await put('meter', { ...spec, receivers: receivers.slice(0, 2) });
    await ledger.run();
    const net = await ledger.query<{ quantity: string }>(
      "select trim_scale(sum(e.quantity))::text as quantity from calculation.entries e join calculation.rates r on r.id = e.rate_id and r.leg = 'generation' and r.basis = 'market'",
    );
    expect(net).toEqual([{ quantity: '900' }]);
    await ledger.run();
    expect(await pooled(3)).toEqual([]);
  });

  it('extrapolates a survey place by place', async () => {
    await ledger.addImport([power('n', '100', undefined, 'NORTH'), power('s', '10', undefined, 'SOUTH')]);
    const population = (entityCode: string, heads: string, respondents: string) => ({ entityCode, year: 2025, heads, respondents });
    const survey = { kind: 'survey', select: { activityTypes: ['electricity.grid'] } };
    await put('telework', { ...survey, populations: [population('NORTH', '30', '10'), population('SOUTH', '10', '10')] });
    await ledger.run();
    const generation = (lines: PooledLine[]) => lines.filter(({ leg, basis }) => leg === 'generation' && basis === 'location');
    expect(generation(await pooled(1)).map(({ entity, quantity }) => [entity, quantity])).toEqual([['NORTH', '200']]);
    await put('telework', { ...survey, populations: [population('NORTH', '30', '10'), population('SOUTH', '20', '10')] });
    await ledger.run();
    expect(generation(await pooled(2)).map(({ entity, quantity }) => [entity, quantity])).toEqual([['SOUTH', '10']]);
  });

  it('matches by the hour in a book whose method pack says so, and over the year in another', async () => {
    await ledger.addImport([power('n', '8760', undefined, 'NORTH')]);
    const instruments = new InstrumentsService(ledger.dataSource, ledger.gases);
    const profiles = new ProfilesService(ledger.dataSource);
    await instruments.put(ledger.tenantId, 'SUN', { ...WIND, technology: 'solar', retiredMwh: '8.76' });
    await instruments.allocate(ledger.tenantId, 'SUN', [{ entity: 'NORTH', year: 2025, mwh: '8.76' }]);
    const hours = (kWh: (hour: number) => string) => ({
      timeZone: 'Europe/London',
      kwh: Array.from({ length: 8_760 }, (_, hour) => kWh(hour)),
    });
    await profiles.put(
      ledger.tenantId,
      { of: 'entity', code: 'NORTH', year: 2025 },
      hours(() => '1'),
    );
    // 2 kWh in every second hour: of each, 1 kWh meets consumption
    await profiles.put(
      ledger.tenantId,
      { of: 'instrument', code: 'SUN', year: 2025 },
      hours((hour) => (hour % 2 === 0 ? '2' : '0')),
    );
    for (const [name, pack] of [
      ['annual', 'ghg-protocol-2015'],
      ['hourly', 'ghg-protocol-2015-hourly'],
    ]) {
      await ledger.query(
        'insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, gen_random_uuid(), $2, $3, $4)',
        [ledger.tenantId, name, pack, 'AR5'],
      );
      await ledger.run(name);
    }
    const covered = await ledger.query(
      "select b.name, p.body -> 'figures' ->> 'covered_kwh' as covered, p.body -> 'refusals' as refusals from calculation.pool_results p join calculation.books b on b.id = p.book_id order by b.name",
    );
    expect(covered).toEqual([
      { name: 'annual', covered: '8760', refusals: [] },
      { name: 'hourly', covered: '4380', refusals: [] },
    ]);
  });
});
