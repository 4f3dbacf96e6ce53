import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { parquet } from '../../../../../test/support/table-files';
import { textOf, TypedCell, type FileLine } from '../../shared/cells';
import { bytesInMemory } from '../file-bytes';
import { NOTHING_TO_CLOSE } from '../file-table';
import { ParquetTable } from './parquet-table';

/** All lines of a file, every column read; and what kind of cell each column has. */
async function read(content: Buffer): Promise<{ names: readonly string[]; lines: FileLine[]; cells: string[][]; kinds: string[] }> {
  const table = await ParquetTable.open(bytesInMemory(content), NOTHING_TO_CLOSE);
  const header = await table.header();
  await table.check(new Set(header.names));
  const lines: FileLine[] = [];
  for await (const batch of table.lines(header, new Set(header.names))) lines.push(...batch);
  const fields = lines.map((line) => ('fields' in line ? line.fields : []));
  const kinds = (fields[0] ?? []).map((cell) => (cell instanceof TypedCell ? cell.kind : 'text'));
  return { names: header.names, lines, cells: fields.map((line) => line.map(textOf)), kinds };
}

describe('a Parquet file as another program writes it', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-parquet-'));
  let database: DuckDBConnection;
  beforeAll(async () => {
    database = await (await DuckDBInstance.create()).connect();
    await database.run("set timezone = 'UTC'");
  });
  afterAll(() => {
    database.closeSync();
    rmSync(directory, { recursive: true, force: true });
  });

  const written = async (select: string, options = ''): Promise<Buffer> => {
    const file = path.join(directory, 'file.parquet');
    await database.run(`copy (${select}) to '${file}' (format parquet ${options})`);
    return readFileSync(file);
  };

  it.each<[string, string, string, string]>([
    ['true', 'true', 'boolean', 'true'],
    ['a small whole number', '(-5)::tinyint', 'number', '-5'],
    ['an unsigned one', '4294967295::uinteger', 'number', '4294967295'],
    ['the greatest unsigned one', '18446744073709551615::ubigint', 'number', '18446744073709551615'],
    ['a whole number beyond what a double holds', '9007199254740993::bigint', 'number', '9007199254740993'],
    ['a double', '0.1::double', 'number', '0.1'],
    ['a single', '0.1::float', 'number', '0.1'],
    ['a tiny double', '1.5e-9::double', 'number', '0.0000000015'],
    ['a decimal in 32 bits', '1234.5::decimal(9,2)', 'number', '1234.50'],
    ['a decimal in 64 bits', '(-1234.567)::decimal(18,3)', 'number', '-1234.567'],
    ['a decimal in bytes', '(-12345678901234567890.123456789)::decimal(38,9)', 'number', '-12345678901234567890.123456789'],
    ['a day', "date '2025-02-28'", 'date', '2025-02-28'],
    ['a day before 1970', "date '1969-12-31'", 'date', '1969-12-31'],
    ['a moment without a zone', "timestamp '2025-01-01 00:15:00'", 'time', '2025-01-01T00:15:00'],
    ['a moment in UTC', "timestamptz '2025-01-01 00:15:00+01:00'", 'time', '2024-12-31T23:15:00Z'],
    ['a moment to the microsecond', "timestamp '1969-12-31 23:59:59.000001'", 'time', '1969-12-31T23:59:59.000001'],
    ['a moment to the nanosecond', "'2025-01-01 00:00:00.123456789'::timestamp_ns", 'time', '2025-01-01T00:00:00.123456789'],
    ['a text', "'Größe €'", 'text', 'Größe €'],
    ['one of a list of texts', "'gas'::enum('power', 'gas')", 'text', 'gas'],
    ['a UUID', "'0198f000-0000-7000-8000-000000000001'::uuid", 'text', '0198f000-0000-7000-8000-000000000001'],
    ['an infinite double', "'inf'::double", 'number', 'Infinity'],
  ])('%s keeps every digit', async (_, value, kind, text) => {
    const { cells, kinds } = await read(await written(`select ${value} as v`));
    expect([kinds, cells]).toEqual([[kind], [[text]]]);
  });

  it.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'lz4_raw'])('is read when packed by %s', async (codec) => {
    const select =
      "select i::integer as i, 'text ' || (i % 10) as t, case when i % 3 = 0 then null else i / 7 end as d from range(5000) r(i)";
    const { cells } = await read(await written(select, `, codec ${codec}, row_group_size 2048`));
    expect(cells).toHaveLength(5_000);
    expect([cells[0], cells[4_999]]).toEqual([
      ['0', 'text 0', ''],
      ['4999', 'text 9', String(4_999 / 7)],
    ]);
    expect(cells.every(([i], at) => i === String(at))).toBe(true);
  });

  it('is read slice by slice, and numbers its rows over all groups', async () => {
    const { lines, cells } = await read(await written('select i, i * 2 as j from range(400000) r(i)', ', row_group_size 150000'));
    expect(lines).toHaveLength(400_000);
    expect(lines.every(({ line }, at) => line === at + 1)).toBe(true);
    expect(cells.every(([i, j], at) => i === String(at) && j === String(2 * at))).toBe(true);
  });

  it.each<[string, string, RegExp]>([
    ['a list', '[1, 2]', /nested/],
    ['a struct', "{'a': 1}", /nested/],
    ['a map', "map {'a': 1}", /nested/],
    ['bytes', "'\\xAA'::blob", /bytes/],
    ['a time of day', "time '12:00:00'", /TIME/],
    ['a span of time', "interval '1 day'", /INTERVAL/],
  ])('with %s in a column that is read is refused by name', async (_, value, what) => {
    await expect(read(await written(`select 1 as no, ${value} as v`))).rejects.toMatchObject({
      code: 'column_type_unsupported',
      column: 'v',
      detail: expect.stringMatching(what) as string,
    });
  });

  it('with such a column that is not read is read', async () => {
    const table = await ParquetTable.open(bytesInMemory(await written('select 1 as no, [1, 2] as v')), NOTHING_TO_CLOSE);
    const header = await table.header();
    expect(header.names).toEqual(['no', 'v']);
    expect(await table.check(new Set(['no']))).toMatchObject({ hasData: true });
  });

  it('whose bytes are no text is refused', async () => {
    const file = parquet([{ name: 't', data: ['abc', 'def'], type: 'STRING' }], { codec: 'UNCOMPRESSED', statistics: false });
    file[file.indexOf('abc')] = 0xff;
    await expect(read(file)).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});
