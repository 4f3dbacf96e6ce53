import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Factor, FactorSet } from '#ghg';
import type { FileStore } from '#platform';
import { gases } from '../../../test/golden/fixtures';
import { SeededLedger, type SeedRecord } from '../../../test/support/seeded-ledger';
import { AdoptFactorSetsService } from '../src/adopt-factor-sets/adopt-factor-sets.service';
import type { FileReader } from '../src/factor-sets/file-reader';
import { ListFlagsService } from '../src/factor-sets/list-flags.service';
import { ReceiveFactorSetService } from '../src/factor-sets/receive-factor-set.service';
import { FactorIndexes } from '../src/shared/factor-indexes';
import { CompareSetsService, type ComparisonQuestion } from '../src/what-if/compare-sets.service';
import { WhatIfService } from '../src/what-if/what-if.service';

// Real: Postgres, the engine's own role, every step of a run. The thread that reads publishers' files is left out: sets come in our own form. The figures
// are invented.

const source = { table: 'invented', row: '1' };
const nights = (kg: string, code = 'hotel', year = 2024): Factor => ({
  code,
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
const water = (kg: string, changes: Partial<Factor> = {}): Factor => ({
  ...nights(kg, 'water'),
  activityType: 'water.supply',
  unit: 'm3',
  ...changes,
});
const setOf = (edition: string, factors: readonly Factor[], changes: Partial<FactorSet> = {}): FactorSet => ({
  publisher: 'Test Press (invented)',
  edition,
  version: '1',
  title: 'Test factors',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors,
  ...changes,
});
const stay = (name: string, quantity: string): SeedRecord => ({ name, activityType: 'travel.hotel', unit: 'room.night', quantity });
const signature = { author: 'a tester', reason: 'a test' };

describe('editions of factor sets', () => {
  let ledger: SeededLedger;
  let adoption: AdoptFactorSetsService;
  let comparison: CompareSetsService;
  let flags: ListFlagsService;
  const uploads = new Map<string, Buffer>();
  const files = { read: (id: string) => Readable.from([uploads.get(id)]) } as unknown as FileStore;

  beforeEach(async () => {
    ledger = await SeededLedger.open('editions');
    ledger.gases.register = gases;
    adoption = new AdoptFactorSetsService(ledger.dataSource);
    const whatIf = new WhatIfService(ledger.dataSource, new FactorIndexes(), ledger.gases);
    comparison = new CompareSetsService(ledger.dataSource, whatIf, ledger.gases);
    flags = new ListFlagsService(ledger.dataSource);
  });
  afterEach(() => ledger.close());

  const upload = (set: FactorSet, refuseFlagged = false) => {
    const fileId = randomUUID();
    uploads.set(fileId, Buffer.from(JSON.stringify(set)));
    const receiving = new ReceiveFactorSetService(ledger.dataSource, {} as FileReader, files, ledger.gases);
    return receiving.receive(ledger.tenantId, { fileId, refuseFlagged });
  };
  const compare = (question: Partial<ComparisonQuestion> & { readonly setId: string }) =>
    comparison.compare(ledger.tenantId, { limit: 100, ...question });
  const openBook = (name: string, mode: string) =>
    ledger.query(
      "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set, adoption) values ($1, gen_random_uuid(), $2, 'ghg-protocol-2015', 'AR5', $3)",
      [ledger.tenantId, name, mode],
    );
  const pinned = async () => {
    const [run] = await ledger.query<{ sets: string[] }>(
      "select array(select s ->> 'id' from jsonb_array_elements(pins -> 'factorSets') s) as sets from calculation.runs order by ordinal desc limit 1",
    );
    return run!.sets;
  };

  describe('adopted by a book', () => {
    it('on request come and go by a decision, with author and reason, and the next run pins what then stands', async () => {
      const [one, two] = [
        await ledger.addFactorSet(setOf('2024', [nights('10')])),
        await ledger.addFactorSet(setOf('2025', [nights('11')])),
      ];
      await openBook('main', 'on-request');
      expect(await adoption.sets(ledger.tenantId, 'main')).toEqual({ book: 'main', adoption: 'on-request', sets: [] });
      await ledger.addImport([stay('a', '3')]);
      await adoption.adopt(ledger.tenantId, 'main', { adopt: [one], drop: [] }, signature);
      await ledger.run();
      expect([await ledger.sum(), await pinned()]).toEqual(['30', [one]]);
      const changed = await adoption.adopt(
        ledger.tenantId,
        'main',
        { adopt: [two], drop: [one] },
        { ...signature, reason: 'the new edition' },
      );
      expect(changed.sets).toMatchObject([{ id: two, edition: '2025' }]);
      await ledger.run();
      expect([await ledger.sum(), await pinned()]).toEqual(['33', [two]]);
      const log = await adoption.list(ledger.tenantId, 'main', undefined, 2);
      expect(log.items).toMatchObject([
        {
          action: 'adopt',
          set: { id: two, publisher: 'Test Press (invented)', edition: '2025' },
          author: 'a tester',
          reason: 'the new edition',
        },
        { action: 'drop', set: { id: one } },
      ]);
      expect((await adoption.list(ledger.tenantId, 'main', log.next!, 2)).items).toMatchObject([{ action: 'adopt', set: { id: one } }]);
    });

    it('on request do not come by themselves, whatever is uploaded', async () => {
      await openBook('main', 'on-request');
      await ledger.addFactorSet(setOf('2024', [nights('10')]));
      await ledger.addImport([stay('a', '3')]);
      await ledger.run();
      expect([await ledger.sum(), await pinned()]).toEqual(['0', []]);
    });

    it('are what they were when a book begins to take them on request, and current ones when it ceases to', async () => {
      const one = await ledger.addFactorSet(setOf('2024', [nights('10')]));
      await ledger.addImport([stay('a', '3')]);
      await ledger.run();
      const two = await ledger.addFactorSet(setOf('2024', [nights('12')], { version: '2' }));
      const stated = await adoption.state(ledger.tenantId, 'main', 'on-request', signature);
      expect(stated).toMatchObject({ adoption: 'on-request', sets: [{ id: one }] });
      await ledger.run();
      expect([await ledger.sum(), await pinned()]).toEqual(['30', [one]]);
      // A newer version takes the place of the older.
      expect((await adoption.adopt(ledger.tenantId, 'main', { adopt: [two], drop: [] }, signature)).sets).toMatchObject([{ id: two }]);
      await ledger.run();
      expect([await ledger.sum(), await pinned()]).toEqual(['36', [two]]);
      await adoption.adopt(ledger.tenantId, 'main', { adopt: [one], drop: [] }, signature);
      expect((await adoption.state(ledger.tenantId, 'main', 'automatic', signature)).sets).toMatchObject([{ id: two }]);
      const { items } = await adoption.list(ledger.tenantId, 'main', undefined, 100);
      expect(items.map(({ action }) => action).reverse()).toEqual(['on-request', 'adopt', 'drop', 'adopt', 'drop', 'adopt', 'automatic']);
    });

    it('may be said twice: what stands stays', async () => {
      await openBook('main', 'on-request');
      await adoption.state(ledger.tenantId, 'main', 'on-request', signature);
      expect((await adoption.list(ledger.tenantId, 'main', undefined, 100)).items).toEqual([]);
    });

    it('are refused by name, all or nothing', async () => {
      const [one, two] = [
        await ledger.addFactorSet(setOf('2024', [nights('10')])),
        await ledger.addFactorSet(setOf('2025', [nights('11')])),
      ];
      await openBook('main', 'on-request');
      await openBook('auto', 'automatic');
      const adopt = (book: string, wish: Partial<{ adopt: string[]; drop: string[] }>) =>
        adoption.adopt(ledger.tenantId, book, { adopt: [], drop: [], ...wish }, signature);
      await expect(adopt('none', { adopt: [one] })).rejects.toMatchObject({ code: 'book_unknown' });
      await expect(adopt('auto', { adopt: [one] })).rejects.toMatchObject({ code: 'adoption_automatic' });
      await expect(adopt('main', { adopt: [randomUUID()] })).rejects.toMatchObject({ code: 'factor_set_unknown' });
      await expect(adopt('main', { adopt: [one], drop: [two] })).rejects.toMatchObject({ code: 'factor_set_not_in_book' });
      expect((await adoption.sets(ledger.tenantId, 'main')).sets).toEqual([]);
      await adopt('main', { adopt: [one] });
      await expect(adopt('main', { adopt: [one] })).rejects.toMatchObject({ code: 'factor_set_in_book' });
    });
  });

  describe('compared', () => {
    const before = setOf(
      '2024',
      [nights('10'), water('0.2'), nights('1', 'hotel-fr', 2024), nights('7', 'same')].map((factor, i) =>
        i < 2 ? factor : { ...factor, region: i === 2 ? 'FR' : 'DE' },
      ),
    );
    const after = setOf('2025', [
      nights('12.5', 'hotel', 2025),
      { ...nights('7', 'same', 2025), region: 'DE' },
      { ...nights('3', 'hotel-us', 2025), region: 'US' },
    ]);

    it('with the edition before: what changed, went and came, and what of a book rests on it', async () => {
      const older = await ledger.addFactorSet(before);
      await ledger.addImport([stay('a', '3'), stay('b', '5')]);
      await ledger.run();
      const newer = await ledger.addFactorSet(after);
      const answer = await compare({ setId: newer, book: 'main' });
      expect(answer).toMatchObject({
        before: { id: older, edition: '2024' },
        after: { id: newer, edition: '2025' },
        counts: { same: 1, changed: 1, gone: 2, added: 1 },
        // 8 nights × (12.5 − 10)
        effect: { change: 'adopt', kgco2e: { before: '80', after: '100', difference: '20' }, rows: 2, poolsApart: 0 },
      });
      expect(answer.items.map(({ kind, code, before, after, percent, use }) => [kind, code, before, after, percent, use])).toEqual([
        ['changed', 'hotel', '10', '12.5', '25', { keys: 1, activities: 2, kgco2e: '80' }],
        ['gone', 'hotel-fr', '1', null, null, null],
        ['gone', 'water', '0.2', null, null, null],
        ['added', 'hotel-us', null, '3', null, null],
      ]);
      await ledger.run();
      expect(await ledger.sum()).toBe('100');
      expect((await compare({ setId: newer, book: 'main' })).effect).toMatchObject({ change: 'none', rows: 0 });
    });

    it('page by page, of one kind, and without a book', async () => {
      await ledger.addFactorSet(before);
      const setId = await ledger.addFactorSet(after);
      const first = await compare({ setId, limit: 3 });
      const second = await compare({ setId, limit: 3, after: first.next! });
      expect([first.items.length, second.items.map(({ code }) => code), second.next, first.effect]).toEqual([3, ['hotel-us'], null, null]);
      const gone = await compare({ setId, kind: 'gone', limit: 2 });
      expect([gone.items.map(({ code }) => code), gone.next]).toEqual([['hotel-fr', 'water'], null]);
    });

    it('show no figure of a set whose values are withheld', async () => {
      await ledger.addFactorSet({ ...before, values: 'withheld', salt: 'a text that nobody else has' } as FactorSet);
      const setId = await ledger.addFactorSet(after);
      const [hotel] = (await compare({ setId })).items;
      expect(hotel).toMatchObject({ code: 'hotel', before: null, after: '12.5', percent: null });
    });

    it('are refused where there is nothing to compare with', async () => {
      const setId = await ledger.addFactorSet(before);
      await expect(compare({ setId })).rejects.toMatchObject({ code: 'factor_set_without_predecessor' });
      await expect(compare({ setId, with: randomUUID() })).rejects.toMatchObject({ code: 'factor_set_unknown' });
      await expect(compare({ setId, with: setId, book: 'none' })).rejects.toMatchObject({ code: 'book_unknown' });
    });
  });

  describe('uploaded', () => {
    const first = setOf('2024', [nights('10'), water('0.2')]);
    const slips = setOf('2025', [nights('0.9'), water('200', { unit: 'L' })]);

    it('are held against the edition before: what stands out is told, kept and listed', async () => {
      expect((await upload(first)).flags).toMatchObject([{ against: null, count: 0 }]);
      const received = await upload(slips);
      expect(received.flags).toMatchObject([
        {
          count: 2,
          items: [
            { flag: 'a_tenth', code: 'hotel', ratio: '0.09', source },
            { flag: 'unit_changed', code: 'water' },
          ],
        },
      ]);
      const listed = await flags.list(ledger.tenantId, received.row.id, undefined, 1);
      expect(listed).toMatchObject({ items: [{ flag: 'a_tenth', before: '10', after: '0.9' }], next: '1', against: { edition: '2024' } });
      expect(await flags.list(ledger.tenantId, received.row.id, '1', 1)).toMatchObject({ items: [{ flag: 'unit_changed' }], next: null });
      // The same bytes again are the same set, with what was found then.
      expect(await upload(slips)).toMatchObject({ repeated: true, flags: received.flags });
    });

    it('are not stored where what stands out is to be refused', async () => {
      await upload(first);
      await expect(upload(slips, true)).rejects.toMatchObject({
        code: 'factor_set_flagged',
        places: [{ code: 'a_tenth', at: 'invented, 1' }, { code: 'unit_changed' }],
      });
      expect(await ledger.query('select from calculation.factor_sets')).toHaveLength(1);
      await upload(setOf('2025', [nights('11'), water('0.21')]), true);
    });

    it('tell no figure of withheld values', async () => {
      await upload(first);
      const received = await upload({ ...slips, values: 'withheld', salt: 'a text that nobody else has' } as FactorSet);
      expect(received.flags).toMatchObject([
        { items: [{ flag: 'a_tenth', before: null, after: null, ratio: null }, { flag: 'unit_changed' }] },
      ]);
    });

    it.each<[string, FactorSet, string]>([
      ['a figure below zero', setOf('2025', [nights('-1')]), 'amount_negative'],
      ['text among numbers', setOf('2025', [nights('n/a')]), 'invalid_format'],
      ['a code that stands twice', setOf('2025', [nights('1'), nights('2')]), 'code_duplicate'],
      ['an unknown unit', setOf('2025', [{ ...nights('1'), unit: 'furlong.fortnight' }]), 'unit_unknown'],
      ['a unit of another dimension', setOf('2025', [{ ...nights('1'), unit: 'kg' }]), 'unit_dimension_mismatch'],
    ])('refuse %s, and keep nothing', async (_, set, code) => {
      await expect(upload(set)).rejects.toMatchObject({
        code: 'factor_set_invalid',
        places: expect.arrayContaining([expect.objectContaining({ code })]),
      });
      expect(await ledger.query('select from calculation.factor_sets')).toEqual([]);
    });
  });
});
