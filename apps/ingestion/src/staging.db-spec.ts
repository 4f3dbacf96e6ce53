import { randomUUID } from 'node:crypto';
import { inTenant } from '#postgres';
import { BILLS as mapping, billsCsv as csv, BILLS_HEADER as HEADER, GOOD_BILL as GOOD } from '../../../test/support/bills';
import { IngestionWorld, type WrittenMapping } from '../../../test/support/ingestion-world';
import { ParseFileService, type FileToRead } from './parse-file/parse-file.service';
import { FileRefused, type ReadLine } from './shared/records';
import { StageImportService } from './stage-import.service';

describe('staging', () => {
  let world: IngestionWorld;
  beforeEach(async () => {
    world = await IngestionWorld.open('staging');
    await world.addEntity('HQ', 'US', 'US-CAMX');
    await world.putMapping('bills', mapping);
  });
  afterEach(() => world.close());

  /** Every number that must add up, from the import and from the tables. */
  const account = async (importId: string): Promise<void> => {
    const { records, accepted, refused, duplicate } = await world.imports.get(world.tenantId, importId);
    expect(records).toBe(accepted + refused + duplicate);
    const count = async (table: string): Promise<number> => {
      const [row] = await world.query<{ n: string }>(
        `select count(distinct (line, slot)) as n from ingestion.${table} where import_id = $1`,
        [importId],
      );
      return Number(row!.n);
    };
    expect([await count('activities'), await count('refusals'), await count('duplicates')]).toEqual([accepted, refused, duplicate]);
  };

  it('names every record that it refuses, with line, column and cell', async () => {
    const lines: [line: string, code: string, column: string | null, value: string | null, slot?: number][] = [
      ['B1,HQ,power,1', 'line_malformed', null, null, 0],
      ['B2,HQ,po"wer,1,kWh,2025-01-01,2025-01-31,C,1,', 'line_malformed', null, null, 0],
      ['B3,HQ,wind,1,kWh,2025-01-01,2025-01-31,C,1,', 'no_slot_applies', null, null, 0],
      ['B4,NOWHERE,power,1,kWh,2025-01-01,2025-01-31,C,1,', 'entity_unknown', 'site', 'NOWHERE'],
      ['B5,,power,1,kWh,2025-01-01,2025-01-31,C,1,', 'value_missing', 'site', ''],
      ['B6,HQ,peat,1,kWh,2025-01-01,2025-01-31,C,1,', 'activity_type_unknown', 'what', 'peat'],
      ['B7,HQ,power,1,kWh,31.01.2025,2025-01-31,C,1,', 'date_malformed', 'from', '31.01.2025'],
      ['B8,HQ,power,1,kWh,2025-02-29,2025-03-31,C,1,', 'date_malformed', 'from', '2025-02-29'],
      ['B9,HQ,power,,kWh,2025-01-01,2025-01-31,C,1,', 'value_missing', 'amount', ''],
      ['B10,HQ,power,"1,5",kWh,2025-01-01,2025-01-31,C,1,', 'number_malformed', 'amount', '1,5'],
      ['B11,HQ,power,1,kWh,2025-02-01,2025-01-31,C,1,', 'period_reversed', 'to', '2025-01-31'],
      ['B12,HQ,power,1,therm,2025-01-01,2025-01-31,C,1,', 'unit_unknown', 'unit', 'therm'],
      ['B13,HQ,power,1,kg,2025-01-01,2025-01-31,C,1,', 'unit_dimension_mismatch', 'unit', 'kg'],
      ['B14,HQ,power,0.0000000000001,kWh,2025-01-01,2025-01-31,C,1,', 'number_too_precise', 'amount', '0.0000000000001'],
      ['B15,HQ,power,1,kWh,2025-01-01,2025-01-31,C,many,', 'tag_malformed', 'budget', 'many'],
    ];
    const done = await world.import(
      'bills',
      csv(GOOD, ...lines.map(([line]) => line), 'G2,HQ,gas,-5,kWh,2025-01-01,2025-01-31,,,"two\nlines"', 'G3,NO,gas'),
    );
    expect(done).toMatchObject({ status: 'finished', lines: 18, records: 18, accepted: 2, refused: 16, duplicate: 0, flagged: 1 });
    const refusals = await world.refusals(done.id);
    expect(refusals.slice(0, -1).map(({ line, slot, code, column, value }) => [line, slot, code, column, value])).toEqual(
      lines.map(([, code, column, value, slot = 1], i) => [i + 3, slot, code, column, value]),
    );
    // The quoted note of the line before runs over two lines of text.
    expect(refusals.at(-1)).toMatchObject({ line: 20, code: 'line_malformed' });
    expect(refusals.every(({ detail }) => detail.length > 0)).toBe(true);
    await account(done.id);
  });

  it.each<[string, string | Buffer, string, RegExp]>([
    ['no byte', '', 'file_empty', /no line/],
    ['a header alone', `${HEADER}\n\n`, 'file_empty', /header/],
    ['a missing column', csv(GOOD).replace('unit', 'units'), 'column_missing', /"unit".*line 1, column "unit"/],
    ['an unknown column', `${HEADER},colour\n${GOOD},red\n`, 'column_unknown', /"colour".*line 1, column "colour"/],
    ['a column that is read twice', csv(GOOD).replace('note', 'unit'), 'file_not_of_stated_kind', /"unit" more than once/],
    ['half a workbook', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), 'file_unreadable', /archive/],
    ['letters that no encoding has', Buffer.from(csv(GOOD.replace(',C,', ',\x81,')), 'latin1'), 'file_not_of_stated_kind', /windows-1252/],
    ['a NUL character', csv(GOOD.replace(',C,', ',\0,')), 'file_not_of_stated_kind', /NUL/],
    ['a quote that never closes', csv(GOOD, GOOD.replace(',C,', ',"C,')), 'file_not_of_stated_kind', /never closed/],
    ['a cell that goes on after its quote', csv(GOOD, GOOD.replace(',C,', ',"C"C,')), 'file_not_of_stated_kind', /line 3/],
  ])('refuses a file with %s as a whole, and stages nothing of it', async (_, content, code, detail) => {
    const done = await world.import('bills', content);
    expect(done).toMatchObject({
      status: 'refused',
      ordinal: null,
      records: 0,
      accepted: 0,
      refusal: { code, detail: expect.stringMatching(detail) as string },
    });
    expect(await world.query('select from ingestion.activities')).toEqual([]);
    expect(await world.query('select from ingestion.import_chunks')).toEqual([]);
    expect(await world.refusals(done.id)).toEqual([expect.objectContaining({ code, slot: 0 })]);
    // What was refused as a whole is no obstacle to trying again.
    expect((await world.receive('bills', content)).repeated).toBe(false);
  });

  it('keeps what a record states: quantity, key, tags, the file’s own spelling', async () => {
    const done = await world.import(
      'bills',
      `\ufeff${csv('B1,HQ,power,"1,000.50",kwh,2025-01-01,2025-01-31," quoted, ""tag"" \\ with\ttab ",007.50,')}`,
    );
    expect(await world.activitiesOf(done.id)).toEqual([
      expect.objectContaining({
        line: 2,
        slot: 1,
        version: 1,
        supersedes: null,
        entity: 'HQ',
        activityType: 'electricity.grid',
        periodStart: '2025-01-01',
        periodEnd: '2025-01-31',
        quantity: '1000.5',
        unit: 'kWh',
        country: 'US',
        region: 'US-CAMX',
        supplier: null,
        stated: [{ operand: 'quantity', text: '1,000.50', unit: 'kwh' }],
        flags: [],
        tags: { cost_centre: 'quoted, "tag" \\ with\ttab', budget: '7.5' },
      }),
    ]);
  });

  it('knows duplicates, in a file and across files, and late corrections, also two in one file', async () => {
    const bill = (name: string, amount: string): string => `${name},HQ,power,${amount},kWh,2025-01-01,2025-01-31,C,1,`;
    const first = await world.import('bills', csv(bill('A', '1'), bill('A', '1.0'), bill('B', '2'), bill('C', '3')));
    expect(first).toMatchObject({ ordinal: 1, accepted: 3, duplicate: 1, corrected: 0 });
    const second = await world.import(
      'bills',
      csv(bill('A', '1'), bill('B', '20'), bill('B', '200'), bill('B', '200'), bill('D', '4'), bill('B', '20')),
    );
    expect(second).toMatchObject({ ordinal: 2, records: 6, accepted: 4, duplicate: 2, corrected: 3 });
    const [before, after] = [await world.activitiesOf(first.id), await world.activitiesOf(second.id)];
    const b1 = before.find(({ line }) => line === 4)!;
    const versions = after.filter(({ version }) => version > 1);
    expect(versions.map(({ line, version, quantity }) => [line, version, quantity])).toEqual([
      [3, 2, '20'],
      [4, 3, '200'],
      [7, 4, '20'],
    ]);
    expect(versions.map(({ supersedes }) => supersedes)).toEqual([b1.id, versions[0]!.id, versions[1]!.id]);
    const duplicates = await world.imports.listDuplicates(world.tenantId, second.id, undefined, 10);
    expect(duplicates.items).toEqual([
      { line: 2, slot: 1, duplicateOf: before[0]!.id },
      { line: 5, slot: 1, duplicateOf: versions[1]!.id },
    ]);
    const origins = await world.query<{ origin: string }>('select distinct origin from ingestion.activities where version > 1');
    expect(origins).toEqual([{ origin: b1.id }]);
    await account(first.id);
    await account(second.id);
  });

  it('refuses a line that is too long for itself, and stages the rest of the file', async () => {
    const long = GOOD.replace('G1', 'L1').replace(/,$/, `,${'x'.repeat(5_000_000)}`);
    const lines = Array.from({ length: 30 }, (_, i) => GOOD.replace('G1', `T${i}`));
    const done = await world.import('bills', csv(...lines.slice(0, 25), long, ...lines.slice(25)), 10);
    expect(done).toMatchObject({ status: 'finished', records: 31, accepted: 30, refused: 1 });
    expect(await world.refusals(done.id)).toEqual([
      expect.objectContaining({ line: 27, slot: 0, code: 'line_malformed', detail: expect.stringContaining('longer than') as string }),
    ]);
    await account(done.id);
    // The repaired file adds the record that was missing.
    expect(await world.import('bills', csv(...lines, GOOD.replace('G1', 'L1')))).toMatchObject({ accepted: 1, duplicate: 30, refused: 0 });
    expect(await world.inBookOf((await world.imports.list(world.tenantId, undefined, 10)).items.map(({ id }) => id))).toHaveLength(31);
  });

  it('never refuses a file as a whole once something of it is staged', async () => {
    const { import: received } = await world.receive('bills', csv(GOOD));
    const work = { tenantId: world.tenantId, importId: received.id };
    // Stands for a file that changes between two readings, which no store of ours does.
    const whole = new ParseFileService(world.files);
    const files = { inspect: (file: FileToRead) => whole.inspect(file), read: () => changed() };
    async function* changed(): AsyncGenerator<readonly ReadLine[]> {
      yield await Promise.resolve([
        { line: 2, staged: [], refused: [{ line: 2, slot: 0, column: null, code: 'line_malformed' as const, detail: 'x', value: null }] },
      ]);
      throw new FileRefused('file_not_of_stated_kind', 'changed');
    }
    const staging = new StageImportService(world.dataSource, files as unknown as ParseFileService, world.state, {
      CHUNK_LINES: 1,
      IMPORTS_AT_ONCE: 1,
    });
    await expect(staging.handle(work)).rejects.toThrow('the file changed');
    expect((await world.imports.get(world.tenantId, received.id)).status).toBe('staging');
    await world.staging().handle(work);
  });

  it('counts refused records towards the size of a chunk, and stores any number of them', async () => {
    const slots = Array.from({ length: 99 }, (_, i) => ({ ...mapping.slots[0]!, slot: i + 1 }));
    await world.putMapping('wide', { ...mapping, slots });
    const done = await world.import(
      'wide',
      csv(...Array.from({ length: 110 }, (_, i) => `W${i},HQ,power,x,kWh,2025-01-01,2025-01-31,C,1,`)),
      5_100,
    );
    expect(done).toMatchObject({ status: 'finished', records: 10_890, refused: 10_890 });
    expect(await world.query('select chunk, refused::integer as refused from ingestion.import_chunks order by chunk')).toEqual([
      { chunk: 1, refused: 5_148 },
      { chunk: 2, refused: 5_148 },
      { chunk: 3, refused: 594 },
    ]);
    await account(done.id);
  });

  it('shows a refused cell that is cut inside a character', async () => {
    const done = await world.import(
      'bills',
      csv(GOOD.replace(',100,', `,${'x'.repeat(199)}😀,`), GOOD.replace('HQ', `${'x'.repeat(99)}😀`)),
    );
    expect(done).toMatchObject({ status: 'finished', refused: 2 });
    expect((await world.refusals(done.id))[0]!.value).toBe(`${'x'.repeat(199)}\ufffd`);
  });

  it('makes a new version of a record whose entity was moved, when the bytes are read again', async () => {
    const first = await world.import('bills', csv(GOOD));
    await world.query("update gateway.entities set region = 'US-NWPP' where code = 'HQ'");
    const { import: again } = await world.receive('bills', csv(GOOD), 'file.csv', true);
    await world.staging().handle({ tenantId: world.tenantId, importId: again.id });
    expect(await world.imports.get(world.tenantId, again.id)).toMatchObject({ accepted: 1, corrected: 1, duplicate: 0 });
    expect(await world.activitiesOf(again.id)).toEqual([expect.objectContaining({ version: 2, region: 'US-NWPP' })]);
    expect(await world.inBookOf([first.id, again.id])).toEqual([{ importId: again.id, line: 2, quantity: '100' }]);
  });

  it('keeps what two mappings without identity columns take from the same line apart', async () => {
    const anonymous: WrittenMapping = { ...mapping, identity: [], ignore: '*' };
    await world.putMapping('one', anonymous);
    await world.putMapping('other', {
      ...anonymous,
      slots: [{ ...anonymous.slots[0]!, operands: { quantity: { value: { column: 'budget' }, unit: { constant: 'kWh' } } } }],
    });
    expect(await world.import('one', csv(GOOD))).toMatchObject({ accepted: 1, corrected: 0 });
    expect(await world.import('other', csv(GOOD))).toMatchObject({ accepted: 1, corrected: 0 });
  });

  it('never takes a line for a duplicate inside one file when the source names none', async () => {
    await world.putMapping('anonymous', { ...mapping, source: 'anonymous', identity: [], ignore: ['note', 'bill'] });
    expect(await world.import('anonymous', csv(GOOD, GOOD))).toMatchObject({ accepted: 2, duplicate: 0 });
    // An empty cell names nothing either.
    const nameless = GOOD.replace('G1', '');
    expect(await world.import('bills', csv(nameless, nameless))).toMatchObject({ accepted: 2, duplicate: 0 });
  });

  it('cuts a bill at the end of the year, and loses nothing', async () => {
    const done = await world.import('bills', csv('Y1,HQ,gas,1000,kWh,2024-12-17,2025-01-16,C,1,'));
    expect(done).toMatchObject({ records: 1, accepted: 1 });
    // 15 of 31 days; the last part takes the remainder.
    const parts = await world.activitiesOf(done.id);
    expect(
      parts.map(({ segment, segments, periodStart, periodEnd, quantity }) => [segment, segments, periodStart, periodEnd, quantity]),
    ).toEqual([
      [1, 2, '2024-12-17', '2024-12-31', '483.870967741935'],
      [2, 2, '2025-01-01', '2025-01-16', '516.129032258065'],
    ]);
    const keys = await world.query('select year from ingestion.match_keys order by year');
    expect(keys).toEqual([{ year: 2024 }, { year: 2025 }]);
  });

  it('takes the region from the entity, in its own country only', async () => {
    const hotel: WrittenMapping = {
      ...mapping,
      source: 'hotels',
      ignore: '*',
      slots: [
        {
          slot: 1,
          activityType: { constant: 'travel.hotel' },
          operands: {
            rooms: { value: { constant: '1' }, unit: { constant: 'room' } },
            nights: { value: { column: 'amount' }, unit: { constant: 'night' } },
          },
          country: { column: 'what' },
        },
      ],
    };
    await world.putMapping('hotels', hotel);
    const stay = (name: string, country: string): string => `${name},HQ,${country},2,,2025-01-01,2025-01-03,,,`;
    const done = await world.import('hotels', csv(stay('1', 'FR'), stay('2', 'US'), stay('3', ''), stay('4', 'France')));
    const activities = await world.activitiesOf(done.id);
    expect(activities.map(({ country, region, unit }) => [country, region, unit])).toEqual([
      ['FR', null, 'room.night'],
      ['US', 'US-CAMX', 'room.night'],
      ['US', 'US-CAMX', 'room.night'],
    ]);
    expect(await world.refusals(done.id)).toEqual([
      expect.objectContaining({ line: 5, code: 'attribute_unknown', column: 'what', value: 'France' }),
    ]);
  });

  describe('of a file in many chunks', () => {
    /** Every third line repeats or corrects an earlier one, some are refused. */
    const line = (i: number): string => {
      const name = i % 3 === 2 ? i - 2 : i;
      const amount = i % 6 === 5 ? `${name}.25` : name;
      return `N${name},HQ,${name % 2 ? 'gas' : 'power'},${name % 7 === 0 ? 'x' : amount},kWh,2024-12-${10 + (name % 20)},2025-01-${10 + (name % 20)},C${name % 5},1,`;
    };
    const file = csv(...Array.from({ length: 200 }, (_, i) => line(i)));

    /** All that staging leaves behind, without ids that depend on the way. */
    const left = async (): Promise<unknown[]> => {
      const statements = [
        `select a.line, a.slot, a.segment, a.version, s.line as supersedes_line, o.line as origin_line, a.quantity, a.stated, a.flags, a.tags, k.year,
                  dense_rank() over (order by a.id) as rank
           from ingestion.activities a join ingestion.match_keys k on k.id = a.match_key_id
           left join ingestion.activities s on s.id = a.supersedes and s.segment = 1 left join ingestion.activities o on o.id = a.origin and o.segment = 1
           order by a.line, a.slot, a.segment`,
        'select line, slot, code from ingestion.refusals order by line, slot',
        'select d.line, d.slot, a.line as of from ingestion.duplicates d join ingestion.activities a on a.id = d.duplicate_of and a.segment = 1 order by 1, 2',
        'select i.identity, i.version, a.line from ingestion.identities i join ingestion.activities a on a.id = i.activity_id and a.segment = 1 order by 1',
        'select lines, records, accepted, refused, duplicate, corrected, flagged, ordinal, status from ingestion.imports',
      ];
      const rows: unknown[] = [];
      for (const statement of statements) rows.push(await world.query(statement));
      return rows;
    };

    const fresh = async (): Promise<void> => {
      await world.close();
      world = await IngestionWorld.open('staging');
      // The same id, since digests of content hold it.
      await world.owner.query(
        "insert into gateway.entities (tenant_id, id, code, name, country) values ($1, '11111111-1111-4111-8111-111111111111', 'HQ', 'HQ', 'US')",
        [world.tenantId],
      );
      await world.putMapping('bills', mapping);
    };

    it('gives the same whatever the chunks, and after breaking off inside any of them', async () => {
      await fresh();
      const done = await world.import('bills', file);
      expect(done.duplicate).toBeGreaterThan(10);
      expect(done.corrected).toBeGreaterThan(10);
      expect(done.refused).toBeGreaterThan(10);
      await account(done.id);
      const inOneGo = await left();

      await fresh();
      await world.import('bills', file, 7);
      expect(await left()).toEqual(inOneGo);

      await fresh();
      const { import: received } = await world.receive('bills', file);
      const work = { tenantId: world.tenantId, importId: received.id };
      const chunks = async (): Promise<number> => (await world.query('select from ingestion.import_chunks')).length;
      for (const broken of [1, 2, 5, 9]) {
        // Breaks on the row that ends a chunk: all that the chunk has written is in the transaction, and must go with it.
        await world.query(
          `create or replace function pg_temp_break() returns trigger language plpgsql as $$ begin
             if new.chunk = ${broken} then raise exception 'killed'; end if; return new; end $$`,
        );
        await world.query(
          'create or replace trigger break before insert on ingestion.import_chunks for each row execute function pg_temp_break()',
        );
        await expect(world.staging(13).handle(work)).rejects.toThrow('killed');
        expect(await chunks()).toBe(broken - 1);
      }
      await world.query('drop trigger break on ingestion.import_chunks');
      await world.staging(20).handle(work);
      expect(await left()).toEqual(inOneGo);
      // Work that is done and delivered again does nothing.
      await world.staging(20).handle(work);
      expect(await left()).toEqual(inOneGo);
    });

    it('gives up by name, leaves no trap, and goes on when the bytes come again', async () => {
      const { import: received } = await world.receive('bills', file);
      const work = { tenantId: world.tenantId, importId: received.id };
      await world.query(
        `create function break_third() returns trigger language plpgsql as $$ begin
           if new.chunk = 3 then raise exception 'disk full'; end if; return new; end $$`,
      );
      await world.query('create trigger break before insert on ingestion.import_chunks for each row execute function break_third()');
      await expect(world.staging(20).handle(work)).rejects.toThrow('disk full');
      await world.staging().exhausted(work, 'disk full');
      await world.query('drop trigger break on ingestion.import_chunks');
      expect(await world.imports.get(world.tenantId, received.id)).toMatchObject({ status: 'failed', refusal: { detail: 'disk full' } });

      // Line 4 (i = 2) stands in the failed import only, which no book will read: the record is no duplicate of it.
      expect(await world.import('bills', csv(line(1)))).toMatchObject({
        status: 'finished',
        accepted: 1,
        duplicate: 0,
        corrected: 1,
        ordinal: 1,
      });

      const again = await world.receive('bills', file);
      expect(again).toMatchObject({ repeated: true, import: { id: received.id, status: 'received' } });
      await world.staging(20).handle(work);
      const done = await world.imports.get(world.tenantId, received.id);
      expect(done).toMatchObject({ status: 'finished', lines: 200, ordinal: 2, refusal: null });
      await account(received.id);
    });
  });

  it('shows another tenant nothing', async () => {
    const done = await world.import('bills', csv(GOOD, 'B1,HQ,power,x,kWh,2025-01-01,2025-01-31,C,1,', GOOD));
    const other = randomUUID();
    await expect(world.imports.get(other, done.id)).rejects.toMatchObject({ code: 'import_unknown' });
    await expect(world.imports.listRefusals(other, done.id, undefined, 10)).rejects.toMatchObject({ code: 'import_unknown' });
    await expect(world.activities.list(other, { importId: done.id }, undefined, 10)).rejects.toMatchObject({ code: 'import_unknown' });
    expect(await world.imports.list(other, undefined, 10)).toEqual({ items: [], next: null });
    expect(await world.activities.list(other, {}, undefined, 10)).toEqual({ items: [], next: null });
    const tables = [
      'mappings',
      'imports',
      'import_chunks',
      'match_keys',
      'activities',
      'identities',
      'refusals',
      'refusal_counts',
      'duplicates',
      'tags',
    ];
    for (const table of tables) {
      const count = (tenantId: string) =>
        inTenant(world.dataSource, tenantId, async ({ client }) => (await client.query(`select from ingestion.${table}`)).rowCount);
      expect([table, await count(other)]).toEqual([table, 0]);
      expect([table, await count(world.tenantId)]).not.toEqual([table, 0]);
    }
  });

  it('pages through what it has staged', async () => {
    const done = await world.import(
      'bills',
      csv(...Array.from({ length: 5 }, (_, i) => `P${i},HQ,gas,1,kWh,2024-12-17,2025-01-16,C,1,`), 'x', 'y'),
    );
    const pages: unknown[][] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await world.activities.list(world.tenantId, { importId: done.id }, after, 3);
      pages.push(page.items.map(({ line, segment }) => `${line}.${segment}`));
      after = page.next ?? undefined;
      more = page.next !== null;
    }
    expect(pages).toEqual([['2.1', '2.2', '3.1'], ['3.2', '4.1', '4.2'], ['5.1', '5.2', '6.1'], ['6.2']]);
    const refusals = await world.imports.listRefusals(world.tenantId, done.id, undefined, 1);
    expect(refusals.next).toBe('7.0');
    expect((await world.imports.listRefusals(world.tenantId, done.id, '7.0', 10)).items).toEqual([expect.objectContaining({ line: 8 })]);
    await expect(world.activities.list(world.tenantId, {}, 'x', 10)).rejects.toMatchObject({ code: 'request_invalid' });
  });
});
