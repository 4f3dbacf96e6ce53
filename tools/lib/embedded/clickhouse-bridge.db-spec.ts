import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { testParts } from '../../../test/support/parts';

const ROWS = 200_000;
const database = `scopebook_test_bridge_${randomBytes(4).toString('hex')}`;

function client(change: (url: URL) => void = () => {}): ClickHouseClient {
  const url = new URL(testParts().clickhouseUrl);
  change(url);
  return createClient({
    url: url.href,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1, output_format_json_quote_decimals: 1 },
  });
}

function* tabSeparatedRows(): Generator<string> {
  for (let from = 0; from < ROWS; from += 1000) {
    let chunk = '';
    for (let n = from; n < from + 1000; n += 1) chunk += `${n}\t${n}.000000000000000000000000000001\trow\\t${n}\n`;
    yield chunk;
  }
}

describe('the embedded ClickHouse, through the unmodified client', () => {
  let clickhouse: ClickHouseClient;
  const rows = async <T>(
    query: string,
    options: { query_params?: Record<string, unknown>; clickhouse_settings?: Record<string, string> } = {},
  ) => (await clickhouse.query({ query, format: 'JSONEachRow', ...options })).json<T>();

  beforeAll(async () => {
    clickhouse = client();
    await clickhouse.command({ query: `CREATE DATABASE ${database}` });
    await clickhouse.command({
      query: `CREATE TABLE ${database}.t (n UInt64, amount Decimal(76, 30), note String) ENGINE = MergeTree ORDER BY n`,
    });
    const values = Readable.from(tabSeparatedRows(), { objectMode: false });
    await clickhouse.insert({ table: `${database}.t`, format: 'TabSeparated', values });
  });
  afterAll(async () => {
    await clickhouse.command({ query: `DROP DATABASE IF EXISTS ${database}` });
    await clickhouse.close();
  });

  it('keeps every digit of a streamed insert', async () => {
    // Sum of 0..199,999 is 19,999,900,000; and 200,000 times the thirtieth decimal.
    expect(await rows(`SELECT count() AS n, sum(amount) AS amount FROM ${database}.t`)).toEqual([
      { n: '200000', amount: '19999900000.0000000000000000000000002' },
    ]);
    expect(await rows(`SELECT note FROM ${database}.t WHERE n = 7`)).toEqual([{ note: 'row\t7' }]);
  });

  it('streams a result, its header once', async () => {
    const result = await clickhouse.query({ query: `SELECT n FROM ${database}.t ORDER BY n`, format: 'CSVWithNames' });
    const lines: string[] = [];
    for await (const chunk of result.stream()) for (const row of chunk as { text: string }[]) lines.push(row.text);
    expect([lines.length, lines[0], lines[1], lines[ROWS]]).toEqual([ROWS + 1, '"n"', '0', '199999']);
  });

  it('sends the header of an empty result', async () => {
    const result = await clickhouse.query({ query: `SELECT n, note FROM ${database}.t WHERE 0`, format: 'CSVWithNames' });
    expect(await result.text()).toBe('"n","note"\n');
  });

  it('binds parameters, whatever characters they hold', async () => {
    const query_params = { text: "it's a \\ and\ta tab", list: ["x'y", 'z\n'], none: null, amount: '1.000000000000000000000000000001' };
    const query =
      'SELECT {text:String} AS text, {list:Array(String)} AS list, {none:Nullable(String)} AS none, {amount:Decimal(76,30)} AS amount';
    expect(await rows(query, { query_params })).toEqual([query_params]);
  });

  it('keeps concurrent parameters apart', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => rows<{ v: string }>('SELECT {v:String} AS v', { query_params: { v: `value ${n}` } })),
    );
    expect(answers.map(([row]) => row?.v)).toEqual(Array.from({ length: 60 }, (_, n) => `value ${n}`));
  });

  it('forgets a setting and a parameter with the request', async () => {
    const query = "SELECT toString(getSetting('max_block_size')) AS v";
    expect(await rows(query, { clickhouse_settings: { max_block_size: '77' } })).toEqual([{ v: '77' }]);
    expect(await rows(query)).not.toEqual([{ v: '77' }]);
    await rows('SELECT {left_over:String}', { query_params: { left_over: 'x' } });
    await expect(rows('SELECT {left_over:String}')).rejects.toMatchObject({ code: '456' });
  });

  it('lets a reader write nothing', async () => {
    const query = `CREATE TABLE ${database}.forbidden (n UInt8) ENGINE = Memory`;
    await expect(clickhouse.command({ query, clickhouse_settings: { readonly: '1' } })).rejects.toMatchObject({ code: '164' });
  });

  it('names the error, before and in the middle of an answer', async () => {
    await expect(rows(`SELECT * FROM ${database}.absent`)).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' });
    const result = await clickhouse.query({
      query: 'SELECT number, throwIf(number = 3000000) FROM numbers(4000000)',
      format: 'JSONEachRow',
    });
    await expect(async () => {
      for await (const chunk of result.stream()) void chunk;
    }).rejects.toMatchObject({ code: '395' });
  });

  it('breaks off a raw stream that fails, so that a part is not taken for the whole', async () => {
    const result = await clickhouse.exec({ query: 'SELECT number, throwIf(number = 3000000) FROM numbers(4000000) FORMAT TSV' });
    await expect(async () => {
      for await (const chunk of result.stream) void chunk;
    }).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('refuses a bad row by name, and writes none of the small insert', async () => {
    const values = Readable.from(['1\t2\tgood\n', 'one\t2\tbad\n'], { objectMode: false });
    await expect(clickhouse.insert({ table: `${database}.t`, format: 'TabSeparated', values })).rejects.toMatchObject({ code: '27' });
    expect(await rows(`SELECT count() AS n FROM ${database}.t`)).toEqual([{ n: String(ROWS) }]);
  });

  it('ends a query that nobody waits for any more', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    const query = 'SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 1';
    await expect(clickhouse.query({ query, format: 'JSON', abort_signal: abort.signal })).rejects.toThrow('abort');
    const others = () => rows("SELECT query FROM system.processes WHERE query LIKE '%cityHash64%' AND query NOT LIKE '%system.processes%'");
    for (let tries = 0; tries < 50 && (await others()).length > 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await others()).toEqual([]);
  });

  it.each([
    ['password', (url: URL) => (url.password = 'wrong')],
    ['user', (url: URL) => (url.username = 'nobody')],
  ])('refuses a wrong %s', async (_what, change) => {
    const stranger = client(change);
    await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516', type: 'AUTHENTICATION_FAILED' });
    await stranger.close();
  });

  it('refuses a request without a password, with status 401', async () => {
    const { origin } = new URL(testParts().clickhouseUrl);
    const answer = await fetch(`${origin}/?query=SELECT+1`);
    expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([401, '516']);
  });

  it('speaks gzip both ways', async () => {
    const zipped = createClient({ url: testParts().clickhouseUrl, compression: { request: true, response: true } });
    await zipped.command({ query: `CREATE TABLE ${database}.zipped (n UInt64) ENGINE = MergeTree ORDER BY n` });
    await zipped.insert({ table: `${database}.zipped`, format: 'CSV', values: Readable.from(['1\n2\n', '3\n'], { objectMode: false }) });
    expect(
      await (await zipped.query({ query: `SELECT toString(sum(n)) AS n FROM ${database}.zipped`, format: 'JSONEachRow' })).json(),
    ).toEqual([{ n: '6' }]);
    await zipped.close();
  });
});
