import fc from 'fast-check';
import { whatIfBody } from '#contracts';
import { Decimal, plain, type Factor, type FactorSet } from '#ghg';
import { gases } from '../../../test/golden/fixtures';
import { GRID, power, WIND } from '../../../test/support/dual-reporting';
import { SeededLedger, type SeedRecord } from '../../../test/support/seeded-ledger';
import { FactorChoicesService } from '../src/factor-choices/factor-choices.service';
import { InstrumentsService } from '../src/instruments/instruments.service';
import { FactorIndexes } from '../src/shared/factor-indexes';
import { WhatIfService, type Wish } from '../src/what-if/what-if.service';

// Real: Postgres, the engine's own role, every step of a run. The figures are invented.
// What is held: a what-if says to the last digit what the next run then posts.

const gasBill = (name: string, kWh: string, entity = 'HQ'): SeedRecord => ({
  name,
  activityType: 'fuel.natural-gas',
  unit: 'kWh',
  quantity: kWh,
  attributes: { calorific_basis: 'gross' },
  entity,
});
const hotel = (name: string, nights: string, entity = 'HQ'): SeedRecord => ({
  name,
  activityType: 'travel.hotel',
  unit: 'room.night',
  quantity: nights,
  entity,
});
const waste = (name: string, t: string, entity = 'HQ'): SeedRecord => ({
  name,
  activityType: 'waste.disposal',
  unit: 't',
  quantity: t,
  attributes: { material: 'mixed', treatment: 'landfill' },
  entity,
});

const source = { table: 'invented', row: '1' };
const gasFactor = (kg: string, year = 2025): Factor => ({
  code: 'gas',
  activityType: 'fuel.natural-gas',
  leg: 'combustion',
  region: 'GB',
  year,
  attributes: { calorific_basis: 'gross' },
  unit: 'kWh',
  gases: [
    { gas: 'CO2', kg },
    { gas: 'CH4', kg: '0.00001' },
    { gas: 'CO2_biogenic', kg: '0.000000000000000123' },
  ],
  source,
});
const upstream = (kg: string, year = 2025): Factor => ({
  ...gasFactor(kg, year),
  code: 'gas-wtt',
  leg: 'upstream',
  unit: 'MWh',
  gases: [],
  kgco2e: kg,
});
const nights = (kg: string, year = 2025): Factor => ({
  code: 'hotel',
  activityType: 'travel.hotel',
  leg: 'service',
  region: 'GB',
  year,
  attributes: {},
  unit: 'room.night',
  gases: [],
  kgco2e: kg,
  source,
});
const landfill = (kg: string, year = 2025): Factor => ({
  ...nights(kg, year),
  code: 'landfill',
  activityType: 'waste.disposal',
  attributes: { material: 'mixed', treatment: 'landfill' },
  unit: 't',
});
const setOf = (edition: string, version: string, ...factors: readonly Factor[]): FactorSet => ({
  publisher: 'Test Press (invented)',
  edition,
  version,
  title: 'Test factors',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors,
});

/** What the last run posted for rows, told apart as a what-if tells it. */
const POSTED = `
select k.activity_type, n.code as entity, r.source_class, r.leg, r.basis, a.match_key_id, e.kgco2e::text as kgco2e, e.biogenic_kgco2::text as biogenic
from calculation.entries e
join calculation.rates r on r.id = e.rate_id
join ingestion.activities a on a.id = e.activity_id and a.segment = e.segment
join ingestion.match_keys k on k.id = a.match_key_id
join gateway.entities n on n.id = a.entity_id
where e.run_id = (select id from calculation.runs order by ordinal desc limit 1) and e.pool_result_id is null`;

/** The net sums of the book as its last seal should have left them. */
const SUMS_APART = `
select coalesce(s.match_key_id, k.match_key_id) as key from calculation.sealed_sums s
full join (select match_key_id, entity_id, year, sum(quantity) as quantity, sum(activities) as activities from calculation.key_sums group by 1, 2, 3) k
  using (match_key_id, entity_id, year)
where s.quantity is distinct from k.quantity or s.activities is distinct from k.activities`;

interface Posted {
  readonly activity_type: string;
  readonly entity: string;
  readonly source_class: string;
  readonly leg: string;
  readonly basis: string;
  readonly match_key_id: string;
  readonly kgco2e: string;
  readonly biogenic: string;
}

const sumsBy = (
  rows: readonly Posted[],
  nameOf: (row: Posted) => string,
  amountOf = (row: Posted) => row.kgco2e,
): Record<string, string> => {
  const sums = new Map<string, Decimal>();
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? new Decimal(0)).add(amountOf(row)));
  return withoutNothing([...sums].map(([name, sum]) => [name, plain(sum)]));
};
const withoutNothing = (entries: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(entries.filter(([, amount]) => amount !== '0'));

describe('a what-if', () => {
  let ledger: SeededLedger;
  let whatIf: WhatIfService;
  beforeEach(async () => {
    ledger = await SeededLedger.open('what_if');
    ledger.gases.register = gases;
    await ledger.addEntity('MILL');
    whatIf = new WhatIfService(ledger.dataSource, new FactorIndexes(), ledger.gases);
  });
  afterEach(() => ledger.close());

  const ask = (wish: Partial<Wish> = {}) => whatIf.ask(ledger.tenantId, 'main', whatIfBody.parse({ limit: 1_000, ...wish }));

  /** Asks, carries out, and holds every figure of the answer against what the run posted. */
  async function holds(wish: Partial<Wish>, carryOut: () => Promise<unknown>) {
    const answer = await ask(wish);
    await carryOut();
    await ledger.run();
    const rows = await ledger.query<Posted>(POSTED);
    const all = sumsBy(rows, () => 'all').all ?? '0';
    expect(answer.total.posted.difference).toBe(all);
    expect(answer.total.biogenic.difference).toBe(
      sumsBy(
        rows,
        () => 'all',
        ({ biogenic }) => biogenic,
      ).all ?? '0',
    );
    const location = rows.filter(({ basis }) => basis !== 'market');
    const market = rows.filter(({ basis }) => basis !== 'location');
    expect(answer.total.location.difference).toBe(sumsBy(location, () => 'all').all ?? '0');
    expect(answer.total.market.difference).toBe(sumsBy(market, () => 'all').all ?? '0');
    const by = (items: readonly { difference: string | null }[], nameOf: (item: never) => string) =>
      withoutNothing(items.map((item) => [nameOf(item as never), item.difference ?? 'withheld']));
    expect(
      by(answer.lines, (line: { sourceClass: string; leg: string; basis: string }) => `${line.sourceClass} ${line.leg} ${line.basis}`),
    ).toEqual(sumsBy(rows, (row) => `${row.source_class} ${row.leg} ${row.basis}`));
    expect(by(answer.entities.items, ({ entity }: { entity: string }) => entity)).toEqual(sumsBy(location, ({ entity }) => entity));
    expect(by(answer.activityTypes.items, ({ activityType }: { activityType: string }) => activityType)).toEqual(
      sumsBy(location, (row) => row.activity_type),
    );
    expect(by(answer.keys.items, ({ matchKeyId }: { matchKeyId: string }) => matchKeyId)).toEqual(
      sumsBy(location, (row) => row.match_key_id),
    );
    const [touched] = await ledger.query<{ rows: number }>(
      'select count(distinct activity_id)::int as rows from calculation.entries where run_id = (select id from calculation.runs order by ordinal desc limit 1)',
    );
    expect(answer.counts.rows).toBe(touched!.rows);
    const after = await ask();
    expect(after.total.posted).toEqual({ before: answer.total.posted.after, after: answer.total.posted.after, difference: '0' });
    expect(await ledger.query(SUMS_APART)).toEqual([]);
    return answer;
  }

  describe('says what a run then posts', () => {
    beforeEach(async () => {
      await ledger.addFactorSet(setOf('2024', '1', gasFactor('0.182', 2024), upstream('30.21', 2024), nights('10.4', 2024)));
      await ledger.addImport([
        gasBill('a', '1000.5'),
        gasBill('b', '-3.25', 'MILL'),
        hotel('c', '3'),
        hotel('d', '5', 'MILL'),
        waste('e', '2'),
      ]);
      await ledger.run();
    });
    const set2025 = setOf('2025', '1', gasFactor('0.1829'), upstream('29.99'), nights('11'), landfill('520.3'));
    /** Stored, and not in the book before the run: what a run by itself would do with it. */
    const adding = async (set: FactorSet) => {
      const id = await ledger.addFactorSet(set);
      return { id };
    };

    it('of a new edition: changed rates, newly rated keys, lines, entities, rows', async () => {
      const { id } = await adding(set2025);
      const answer = await holds({ adopt: [id] }, () => Promise.resolve());
      expect(answer.counts).toEqual({ keys: 3, decided: 3, changed: 3, newlyRated: 1, newlyRefused: 0, rows: 5 });
      expect(answer.sets).toEqual({ adopted: [id], dropped: [] });
      // 8 × (11 − 10.4) + 2 × 520.3 + 997.25 × ((0.1829 − 0.182) + (0.02999 − 0.03021))
      expect(answer.total.location.difference).toBe('1046.07813');
    });

    it('of a newer version of an edition, which takes the place of the older', async () => {
      const [before] = await ledger.query<{ id: string }>('select id from calculation.factor_sets');
      const { id } = await adding(setOf('2024', '2', gasFactor('0.182', 2024), upstream('30.21', 2024), nights('10.5', 2024)));
      const answer = await holds({ adopt: [id] }, () => Promise.resolve());
      expect(answer.sets).toEqual({ adopted: [id], dropped: [before!.id] });
      expect(answer.counts).toMatchObject({ changed: 1, rows: 2 });
    });

    it('of a set that goes: keys newly refused, by name', async () => {
      const [{ id }] = (await ledger.query<{ id: string }>('select id from calculation.factor_sets')) as [{ id: string }];
      const answer = await holds({ drop: [id] }, () => ledger.query('update calculation.factor_sets set current = false'));
      expect(answer.counts).toMatchObject({ newlyRefused: 2, rows: 4 });
      expect(answer.refusals).toEqual([{ code: 'factor_missing', keys: 2, activities: 4 }]);
      expect(answer.total.location.after).toBe('0');
    });

    it('of another GWP set: every key may change', async () => {
      const answer = await holds({ gwpSet: 'AR6' }, () => ledger.query("update calculation.books set gwp_set = 'AR6'"));
      expect(answer.counts).toMatchObject({ decided: 3, rows: 4 });
    });

    it('of a decision about a factor, and of taking it back', async () => {
      const choices = new FactorChoicesService(ledger.dataSource);
      const choice = {
        action: 'refuse' as const,
        keys: { activityType: 'travel.hotel' },
        leg: 'service',
        factor: { publisher: 'Test Press (invented)', edition: '2024', version: '1', code: 'hotel' },
      };
      const signature = { author: 'tester', reason: 'a test' };
      let id = '';
      const answer = await holds({ choices: [choice] }, async () => {
        id = (await choices.choose(ledger.tenantId, choice, signature)).choice.id;
      });
      expect(answer.counts).toMatchObject({ decided: 1, newlyRefused: 1, rows: 2 });
      await holds({ withdrawChoices: [id] }, () => choices.withdraw(ledger.tenantId, id, signature));
      const again = whatIf.ask(ledger.tenantId, 'main', { ...whatIfBody.parse({}), withdrawChoices: [id] });
      await expect(again).rejects.toMatchObject({ code: 'factor_choice_withdrawn' });
    });

    it('of several at once', async () => {
      const { id } = await adding(set2025);
      await holds({ adopt: [id], gwpSet: 'AR4' }, () => ledger.query("update calculation.books set gwp_set = 'AR4'"));
    });

    it('of nothing, and of what nothing in the book is about', async () => {
      const { id } = await adding(setOf('elsewhere', '1', { ...nights('99'), region: 'US-CAMX' }));
      const answer = await holds({ adopt: [id] }, () => Promise.resolve());
      expect(answer).toMatchObject({ keys: { items: [] }, counts: { changed: 0, rows: 0 }, pools: [] });
    });

    it('also while another run is open: as of the last seal', async () => {
      const { id } = await adding(set2025);
      const before = await ask({ adopt: [id] });
      await ledger.addImport([hotel('f', '100')]);
      await ledger.engine(100).start.start(ledger.tenantId, 'main');
      const [open] = await ledger.query<{ id: string; payload: never }>(
        "select id, payload from messaging.outbox where done_at is null and subject = 'calculation.decide-run'",
      );
      await ledger.engine(100).handlers[0]!.handle(open!.payload);
      await ledger.query('update messaging.outbox set done_at = now() where id = $1', [open!.id]);
      const fresh = new WhatIfService(ledger.dataSource, new FactorIndexes(), ledger.gases);
      expect(await fresh.ask(ledger.tenantId, 'main', whatIfBody.parse({ limit: 1_000, adopt: [id] }))).toEqual(before);
      await ledger.work(100);
      expect((await ask()).run).toBe(2);
    });

    it('shows the largest and sums up the rest, so that all of it adds up', async () => {
      const { id } = await adding(set2025);
      const [whole, cut] = [await ask({ adopt: [id] }), await ask({ adopt: [id], limit: 1 })];
      expect(cut.total).toEqual(whole.total);
      for (const list of ['keys', 'entities', 'activityTypes'] as const) {
        expect(cut[list].items).toEqual(whole[list].items.slice(0, 1));
        for (const name of ['before', 'after', 'difference'] as const) {
          const sum = [...cut[list].items, cut[list].others].reduce((rest, figure) => rest.add(figure[name] ?? NaN), new Decimal(0));
          expect(plain(sum)).toBe(whole.total.location[name]);
        }
      }
    });

    it.each<[string, Partial<Wish>, string]>([
      ['a set that nobody has', { adopt: ['00000000-0000-4000-8000-000000000001'] }, 'factor_set_unknown'],
      ['a GWP set that the pack does not know', { gwpSet: 'AR9' as never }, 'gwp_set_not_in_pack'],
      ['a pack that nobody knows', { methodPack: 'none' }, 'method_pack_unknown'],
      ['a decision that nobody made', { withdrawChoices: ['00000000-0000-4000-8000-000000000001'] }, 'factor_choice_unknown'],
    ])('refuses %s', async (_, wish, code) => {
      const refused = whatIf.ask(ledger.tenantId, 'main', { ...whatIfBody.parse({}), ...wish });
      await expect(refused).rejects.toMatchObject({ code });
    });
  });

  it('refuses a book that is not there, and one that has calculated nothing', async () => {
    await expect(whatIf.ask(ledger.tenantId, 'other', whatIfBody.parse({}))).rejects.toMatchObject({ code: 'book_unknown' });
    await ledger.query(
      "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, gen_random_uuid(), 'main', 'ghg-protocol-2015', 'AR5')",
      [ledger.tenantId],
    );
    await expect(ask()).rejects.toMatchObject({ code: 'nothing_calculated' });
  });

  it('names the pools that read what changes, and keeps their postings out of its figures', async () => {
    const instruments = new InstrumentsService(ledger.dataSource, ledger.gases);
    await ledger.addFactorSet(GRID);
    await ledger.addImport([power('a', '700000'), power('b', '300000')]);
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'HQ', year: 2025, mwh: '600' }]);
    await ledger.run();
    const factors = GRID.factors.map((factor) => (factor.code === 'residual' ? { ...factor, gases: [{ gas: 'CO2', kg: '0.5' }] } : factor));
    const id = await ledger.addFactorSet({ ...GRID, version: '2', factors });
    const answer = await holds({ adopt: [id] }, () => Promise.resolve());
    expect(answer.pools).toEqual([{ pool: 'instruments', kind: 'instruments', entity: 'HQ', year: 2025, kgco2e: '-270000' }]);
  });

  it('is exact, whatever the factors and the quantities', async () => {
    const figure = fc
      .tuple(fc.bigInt(0n, 10n ** 15n), fc.integer({ min: 0, max: 12 }))
      .map(([digits, scale]) => plain(new Decimal(digits.toString()).div(new Decimal(10).pow(scale))));
    const record = fc
      .tuple(fc.constantFrom(gasBill, hotel, waste), figure, fc.constantFrom('HQ', 'MILL'))
      .map(([kind, quantity, entity]) => kind('x', quantity, entity));
    const factor = fc
      .tuple(fc.constantFrom(gasFactor, upstream, nights, landfill), figure, fc.constantFrom(2024, 2025, 2026))
      .map(([kind, kg, year]) => ({
        ...kind(kg, year),
        code: `${kind.name} ${year}`,
      }));
    const drawn = fc.record({
      records: fc.array(record, { minLength: 1, maxLength: 8 }),
      factors: fc.uniqueArray(factor, { minLength: 1, maxLength: 5, selector: ({ code }) => code }),
    });
    let version = 0;
    await ledger.addFactorSet(setOf('0', '1', nights('1', 2023)));
    await fc.assert(
      fc.asyncProperty(drawn, async ({ records, factors }) => {
        await ledger.addImport(records);
        await ledger.run();
        version += 1;
        const id = await ledger.addFactorSet(setOf(version % 2 === 0 ? 'A' : 'B', String(version), ...factors));
        await holds({ adopt: [id] }, () => Promise.resolve());
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});
