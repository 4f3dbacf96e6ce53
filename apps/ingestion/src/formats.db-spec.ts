import { gzipSync } from 'node:zlib';
import { mappingSpec } from '#contracts';
import { BILLS, BILLS_HEADER, billsCsv, GOOD_BILL } from '../../../test/support/bills';
import { IngestionWorld, type WrittenMapping } from '../../../test/support/ingestion-world';
import { gz, parquet, workbook } from '../../../test/support/table-files';

const METERS: WrittenMapping = {
  source: 'meters',
  locale: { decimal: ',', date: 'DD.MM.YYYY' },
  identity: ['meter', 'at'],
  entity: { column: 'site' },
  period: { start: { column: 'at' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
    },
  ],
};
const HOURS = 24 * 40;
const hours = Array.from({ length: HOURS }, (_, i) => new Date(Date.UTC(2025, 0, 1) + i * 3_600_000));
const hourly = (): Buffer =>
  parquet(
    [
      { name: 'meter', data: hours.map(() => 'M1'), type: 'STRING' },
      { name: 'site', data: hours.map(() => 'HQ'), type: 'STRING' },
      { name: 'at', data: hours, type: 'TIMESTAMP' },
      { name: 'kWh', data: hours.map((_, i) => i / 8), type: 'DOUBLE' },
    ],
    { rowGroupSize: 250 },
  );

describe('files of other formats', () => {
  let world: IngestionWorld;
  beforeEach(async () => {
    world = await IngestionWorld.open('formats');
    await world.addEntity('HQ', 'GB');
    await world.putMapping('bills', BILLS);
    await world.putMapping('meters', METERS);
  });
  afterEach(() => world.close());

  const sums = async (): Promise<unknown> =>
    (
      await world.query(
        'select count(*)::integer as rows, trim_scale(sum(quantity))::text as kwh, max(line)::integer as last from ingestion.activities',
      )
    )[0];

  it('are staged, and resumed inside of them: hours of a meter as Parquet', async () => {
    const { import: received } = await world.receive('meters', hourly());
    const work = { tenantId: world.tenantId, importId: received.id };
    await world.query(
      `create function break_third() returns trigger language plpgsql as $$ begin
         if new.chunk = 3 then raise exception 'killed'; end if; return new; end $$`,
    );
    await world.query('create trigger break before insert on ingestion.import_chunks for each row execute function break_third()');
    await expect(world.staging(200).handle(work)).rejects.toThrow('killed');
    await world.query('drop trigger break on ingestion.import_chunks');
    await world.staging(300).handle(work);
    const done = await world.imports.get(world.tenantId, received.id);
    expect(done).toMatchObject({ status: 'finished', lines: HOURS, records: HOURS, accepted: HOURS });
    expect(done.format).toEqual({
      kind: 'parquet',
      compression: 'none',
      encoding: null,
      delimiter: null,
      quote: null,
      sheet: null,
      detected: ['kind'],
    });
    expect(await sums()).toEqual({ rows: HOURS, kwh: String((HOURS * (HOURS - 1)) / 2 / 8), last: HOURS });
  });

  it('bring the same records, whatever the file around them', async () => {
    const rows = [['meter', 'site', 'at', 'kWh'], ...hours.map((at, i) => ['M1', 'HQ', at, i / 8])];
    const first = await world.import('meters', gz(workbook({ Hours: rows })));
    expect(first).toMatchObject({ status: 'finished', accepted: HOURS, format: { kind: 'xlsx', compression: 'gzip', sheet: 'Hours' } });
    expect(await world.import('meters', workbook({ Again: rows }))).toMatchObject({ accepted: 0, duplicate: HOURS });
    const json = hours.map((at, i) =>
      JSON.stringify({ meter: 'M1', site: 'HQ', at: at.toISOString().slice(0, i % 24 ? 19 : 10), kWh: i / 8 }),
    );
    const spec: WrittenMapping = { ...METERS, locale: { decimal: '.', date: 'YYYY-MM-DDTHH:mm' } };
    await world.putMapping('records', spec);
    // A text without a time of day is no moment: only the others are known again.
    expect(await world.import('records', json.join('\n'))).toMatchObject({
      refused: HOURS / 24,
      duplicate: HOURS - HOURS / 24,
      accepted: 0,
    });
  });

  it('may be refused in the middle, and leave nothing', async () => {
    const done = await world.import('meters', hourly().subarray(0, -100));
    expect(done).toMatchObject({ status: 'refused', refusal: { code: 'file_unreadable' }, records: 0 });
    expect(await world.query('select from ingestion.import_chunks')).toEqual([]);
    const { refused, counts } = await world.imports.summariseRefusals(world.tenantId, done.id);
    expect([refused, counts]).toEqual([1, [expect.objectContaining({ code: 'file_unreadable', column: null, records: 1 })]]);
  });

  it('keep what they were found to be: an encoding that only the last line gives away', async () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => GOOD_BILL.replace('G1', `L${i}`));
    const content = Buffer.from(billsCsv(...lines, GOOD_BILL.replace(',C,', ',Zähler,')), 'latin1');
    const done = await world.import('bills', content);
    expect(done).toMatchObject({
      accepted: 2_001,
      format: { encoding: 'windows-1252', detected: ['kind', 'encoding', 'delimiter', 'quote'] },
    });
    const tags = await world.query<{ tag: string }>("select tags->>'cost_centre' as tag from ingestion.activities where line = 2002");
    expect(tags).toEqual([{ tag: 'Zähler' }]);
  });

  it('are read with a decimal comma only where it is declared', async () => {
    await world.putMapping('german', {
      ...BILLS,
      source: 'german',
      locale: { decimal: ',', group: '.', date: 'DD.MM.YYYY' },
      format: { delimiter: ';', encoding: 'windows-1252' },
    });
    const lines = ['Z1;HQ;power;1.234,5;kWh;01.01.2025;31.01.2025;Zähler;0,25;', 'Z2;HQ;power;1234.5;kWh;01.01.2025;31.01.2025;;;'];
    const done = await world.import('german', Buffer.from([BILLS_HEADER.replaceAll(',', ';'), ...lines].join('\r\n'), 'latin1'));
    expect(await world.activitiesOf(done.id)).toEqual([
      expect.objectContaining({ quantity: '1234.5', tags: { cost_centre: 'Zähler', budget: '0.25' } }),
    ]);
    expect(await world.refusals(done.id)).toEqual([expect.objectContaining({ line: 3, code: 'number_malformed', value: '1234.5' })]);
  });

  it('tell their refusals by reason and column, summed over all chunks', async () => {
    const bad = Array.from({ length: 50 }, (_, i) => [
      `A${i},HQ,power,x,kWh,2025-01-01,2025-01-31,C,1,`,
      `B${i},NO,power,1,kWh,2025-01-01,2025-01-31,C,1,`,
      ...(i % 5 === 0 ? ['too,short'] : []),
    ]).flat();
    const done = await world.import('bills', billsCsv(GOOD_BILL, ...bad), 7);
    const summary = await world.imports.summariseRefusals(world.tenantId, done.id);
    expect(summary).toEqual({
      refused: 110,
      others: 0,
      counts: [
        { code: 'entity_unknown', sentence: 'No entity has this code.', column: 'site', records: 50 },
        { code: 'number_malformed', sentence: 'The value is not a number in the declared locale.', column: 'amount', records: 50 },
        { code: 'line_malformed', sentence: 'The line cannot be split into the columns of the header.', column: null, records: 10 },
      ],
    });
    expect(summary.refused).toBe(done.refused);
    await expect(world.imports.summariseRefusals('0198f000-0000-7000-8000-000000000001', done.id)).rejects.toMatchObject({
      code: 'import_unknown',
    });
  });

  describe('tried without storing anything', () => {
    const run = (content: string | Buffer, mapping: Parameters<typeof world.dryRuns.run>[1] = { name: 'bills' }) =>
      world.dryRuns.run(world.tenantId, mapping, gzipSync(content).toString('base64'));
    const stored = async (): Promise<unknown[]> => {
      const rows: unknown[] = [];
      for (const table of ['imports', 'activities', 'match_keys', 'refusals', 'identities'])
        rows.push(...(await world.query(`select from ingestion.${table}`)));
      return rows;
    };

    it('show what they were found to be, the records as they would be accepted, and every refusal', async () => {
      const result = await run(billsCsv('Y1,HQ,gas,1000,kWh,2024-12-17,2025-01-16,C,1,', 'B1,NO,power,1,kWh,2025-01-01,2025-01-31,C,1,'));
      expect(result).toMatchObject({
        mapping: { name: 'bills', version: 1 },
        format: { kind: 'csv', delimiter: ',' },
        refusal: null,
        lines: 2,
        accepted: 1,
        refused: 1,
        refusals: [{ line: 3, slot: 1, column: 'site', code: 'entity_unknown', value: 'NO' }],
        counts: [{ code: 'entity_unknown', column: 'site', records: 1 }],
      });
      expect(result.header).toContain('cost_centre');
      expect(result.records).toEqual([
        expect.objectContaining({
          line: 2,
          slot: 2,
          entity: 'HQ',
          periodStart: '2024-12-17',
          periodEnd: '2025-01-16',
          stated: [{ operand: 'quantity', text: '1000', unit: 'kWh' }],
          tags: { budget: '1', cost_centre: 'C' },
        }),
      ]);
      expect(result.records[0]!.segments).toMatchObject([
        {
          start: '2024-12-17',
          end: '2024-12-31',
          quantity: '483.870967741935',
          key: { activityType: 'fuel.natural-gas', unit: 'kWh', year: 2024, country: 'GB' },
        },
        {
          start: '2025-01-01',
          end: '2025-01-16',
          quantity: '516.129032258065',
          key: { year: 2025, attributes: { calorific_basis: 'gross' } },
        },
      ]);
      expect(await stored()).toEqual([]);
    });

    it('show why the whole file would be refused, with what is known of it', async () => {
      const result = await run(billsCsv(GOOD_BILL).replace('unit', 'units'));
      expect(result).toMatchObject({ refusal: { code: 'column_missing', line: 1, column: 'unit' }, format: { kind: 'csv' }, records: [] });
      expect(result.header).toContain('units');
      expect(await run('\u0000')).toMatchObject({ refusal: { code: 'file_not_of_stated_kind' }, header: [] });
    });

    it('take a mapping that is not kept, and refuse one that contradicts the vocabulary', async () => {
      const spec = mappingSpec.parse(METERS);
      expect(await run(hourly(), { spec })).toMatchObject({
        mapping: { name: null, version: null },
        accepted: HOURS,
        format: { kind: 'parquet' },
      });
      const wrong = mappingSpec.parse({ ...METERS, slots: [{ ...METERS.slots[0]!, activityType: { constant: 'x' } }] });
      await expect(run('a', { spec: wrong })).rejects.toMatchObject({ code: 'mapping_invalid' });
      await expect(run('a', { name: 'other' })).rejects.toMatchObject({ code: 'mapping_unknown' });
    });

    it('answer in one message, whatever there is to say', async () => {
      const wide = billsCsv(
        ...Array.from({ length: 3_500 }, (_, i) => `B${i},${'x'.repeat(150)},power,1,kWh,2025-01-01,2025-01-31,${'y'.repeat(90)},1,`),
      );
      const result = await run(wide);
      expect(result).toMatchObject({ lines: 3_500, refused: 3_500 });
      expect(JSON.stringify(result).length).toBeLessThan(900_000);
      await expect(run('x'.repeat(1024 * 1024 + 1))).rejects.toMatchObject({ code: 'body_too_large' });
      await expect(world.dryRuns.run(world.tenantId, { name: 'bills' }, 'none')).rejects.toMatchObject({ code: 'request_invalid' });
    });
  });
});
