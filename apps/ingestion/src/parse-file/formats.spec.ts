import type { WrittenMapping } from '../../../../test/support/ingestion-world';
import { gz, parquet, readFileOf, workbook } from '../../../../test/support/table-files';

const METERS: WrittenMapping = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { column: 'site' },
  period: { start: { column: 'day' } },
  tags: [{ column: 'zähler', tag: 'meter', type: 'text' }],
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
    },
  ],
};
const HEADER = ['no', 'site', 'day', 'kWh', 'zähler'];
const ROWS = [
  ['1', 'HQ', '2025-01-01', '0.1', 'Größe €'],
  ['2', 'HQ', '2025-02-28', '12345.678', 'x,y; "z"'],
  ['3', 'HQ', '2025-12-31', '1000000', ''],
] as const;

/** The rows as text, in any delimiter and quote. */
function csv(delimiter = ',', quote = '"', lineEnd = '\n'): string {
  const cell = (text: string): string =>
    quote && /[,;"'\t|]/.test(text) ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}` : text;
  return [HEADER, ...ROWS].map((row) => row.map(cell).join(delimiter) + lineEnd).join('');
}
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const sheet = (): unknown[][] => [HEADER, ...ROWS.map(([no, site, date, kwh, meter]) => [Number(no), site, day(date), Number(kwh), meter])];
const ndjson = (): string =>
  ROWS.map(([no, site, date, kwh, meter]) => JSON.stringify({ no: Number(no), site, day: date, kWh: Number(kwh), zähler: meter })).join(
    '\n',
  );
const column = (i: number): string[] => ROWS.map((row) => row[i]!);
const table = (): Buffer =>
  parquet([
    { name: 'no', data: column(0).map(Number), type: 'INT32' },
    { name: 'site', data: column(1), type: 'STRING' },
    { name: 'day', data: column(2).map(day), type: 'TIMESTAMP' },
    { name: 'kWh', data: column(3).map(Number), type: 'DOUBLE' },
    { name: 'zähler', data: column(4), type: 'STRING' },
  ]);

const plainCsv = csv(';');
const latin = (text: string): Buffer => Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

describe('a file of any format', () => {
  it.each<[string, Buffer, Partial<Awaited<ReturnType<typeof readFileOf>>['format']>]>([
    ['commas', Buffer.from(csv()), { kind: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"', compression: 'none' }],
    ['semicolons', Buffer.from(csv(';')), { delimiter: ';' }],
    ['tabs', Buffer.from(csv('\t')), { delimiter: '\t' }],
    ['bars', Buffer.from(csv('|')), { delimiter: '|' }],
    ['single quotes', Buffer.from(csv(',', "'").replace('no,', "'no',")), { quote: "'" }],
    ['the line ends of Windows', Buffer.from(csv(',', '"', '\r\n')), { delimiter: ',' }],
    ['the line ends of old Macs', Buffer.from(csv(',', '"', '\r')), { delimiter: ',' }],
    ['a byte order mark', Buffer.from(`\ufeff${csv()}`), { encoding: 'utf-8' }],
    ['UTF-16 with a mark', utf16(`\ufeff${plainCsv}`), { encoding: 'utf-16le', delimiter: ';' }],
    ['UTF-16, big end first', utf16(`\ufeff${plainCsv}`).swap16(), { encoding: 'utf-16be' }],
    ['UTF-16 without a mark', utf16(plainCsv), { encoding: 'utf-16le' }],
    ['UTF-16, big end first, without a mark', utf16(plainCsv).swap16(), { encoding: 'utf-16be' }],
    ['Windows-1252', latin(csv(';')), { encoding: 'windows-1252', delimiter: ';' }],
    ['gzip', gz(csv()), { kind: 'csv', compression: 'gzip' }],
    ['JSON, one record per line', Buffer.from(ndjson()), { kind: 'ndjson', encoding: 'utf-8', delimiter: null }],
    ['JSON in UTF-16', utf16(`\ufeff${ndjson()}`), { kind: 'ndjson', encoding: 'utf-16le' }],
    ['a JSON list', Buffer.from(`[${ndjson().replaceAll('\n', ',\n')}]`), { kind: 'ndjson' }],
    ['JSON, packed', gz(ndjson()), { kind: 'ndjson', compression: 'gzip' }],
    ['a workbook', workbook({ Data: sheet() }), { kind: 'xlsx', sheet: 'Data', encoding: null }],
    ['a workbook with its texts in a list', workbook({ Data: sheet() }, { bookSST: true }), { kind: 'xlsx' }],
    ['a workbook, packed', gz(workbook({ Data: sheet() })), { kind: 'xlsx', compression: 'gzip' }],
    ['Parquet', table(), { kind: 'parquet' }],
    ['Parquet, packed', gz(table()), { kind: 'parquet', compression: 'gzip' }],
  ])('is read alike: %s', async (_, bytes, format) => {
    const read = await readFileOf(METERS, bytes);
    expect(read.format).toMatchObject(format);
    expect(read.refused).toEqual([]);
    expect(
      read.staged.map(({ segments, tags }) => [segments[0]!.start, segments[0]!.end, segments[0]!.quantity, tags.meter ?? '']),
    ).toEqual(ROWS.map(([, , date, kwh, meter]) => [date, date, kwh, meter]));
    // The same records, wherever they come from.
    expect(read.staged.map(({ identity }) => identity)).toEqual(
      (await readFileOf(METERS, Buffer.from(csv()))).staged.map(({ identity }) => identity),
    );
  });

  it('says what was detected and what was stated', async () => {
    expect((await readFileOf(METERS, Buffer.from(csv()))).format.detected).toEqual(['kind', 'encoding', 'delimiter', 'quote']);
    const stated: WrittenMapping = { ...METERS, format: { kind: 'csv', delimiter: ',', encoding: 'utf-8', quote: '"' } };
    expect((await readFileOf(stated, Buffer.from(csv()))).format.detected).toEqual([]);
    expect((await readFileOf(METERS, workbook({ Data: sheet() }))).format.detected).toEqual(['kind', 'sheet']);
  });

  it('takes any delimiter that is stated, and no quotes where there are none', async () => {
    const odd = csv('^', '').replace('x,y; "z"', '5" pipe');
    const read = await readFileOf({ ...METERS, format: { delimiter: '^', quote: '' } }, Buffer.from(odd));
    expect(read.staged.map(({ tags }) => tags.meter)).toEqual(['Größe €', '5" pipe', undefined]);
  });

  it.each<[string, WrittenMapping['format'], Buffer, string]>([
    ['a workbook for CSV', { kind: 'csv' }, workbook({ Data: sheet() }), 'file_not_of_stated_kind'],
    ['CSV for a workbook', { kind: 'xlsx' }, Buffer.from(csv()), 'file_not_of_stated_kind'],
    ['CSV for JSON', { kind: 'ndjson' }, Buffer.from(csv()), 'file_not_of_stated_kind'],
    ['Parquet for JSON', { kind: 'ndjson' }, table(), 'file_not_of_stated_kind'],
    ['a sheet that is not there', { sheet: 'Other' }, workbook({ Data: sheet() }), 'sheet_missing'],
    ['UTF-8 that is none', { encoding: 'utf-8' }, latin(csv(';')), 'file_not_of_stated_kind'],
    ['a mark against the mapping', { encoding: 'utf-8' }, utf16(`\ufeff${csv()}`), 'file_not_of_stated_kind'],
    ['another delimiter', { delimiter: '|' }, Buffer.from(csv()), 'column_missing'],
    ['an old workbook', 'auto', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'file_not_of_stated_kind'],
    ['gzip in gzip', 'auto', gz(gz(csv())), 'file_not_of_stated_kind'],
    ['nothing', 'auto', Buffer.alloc(0), 'file_empty'],
    ['nothing, packed', 'auto', gz(''), 'file_empty'],
    ['a sheet without rows', 'auto', workbook({ Data: [[]] }), 'file_empty'],
    ['a sheet with a header alone', 'auto', workbook({ Data: [HEADER] }), 'file_empty'],
  ])('is refused by name: %s', async (_, format, bytes, code) => {
    await expect(readFileOf({ ...METERS, format: format ?? 'auto' }, bytes)).rejects.toMatchObject({ code });
  });

  it('never takes a number for another: what is ambiguous is read in the declared locale or refused', async () => {
    const ambiguous = 'no;site;day;kWh;zähler\n1;HQ;2025-01-02;1,234;a\n2;HQ;2025-01-02;1.234;b\n';
    const english = await readFileOf(METERS, Buffer.from(ambiguous));
    expect(english.refused.map(({ line, code }) => [line, code])).toEqual([[2, 'number_malformed']]);
    expect(english.staged[0]!.segments[0]!.quantity).toBe('1.234');
    const german = await readFileOf({ ...METERS, locale: { decimal: ',', group: '.', date: 'YYYY-MM-DD' } }, Buffer.from(ambiguous));
    expect(german.staged.map(({ segments }) => segments[0]!.quantity)).toEqual(['1.234', '1234']);
  });

  it('reads typed cells the same in every locale', async () => {
    const german: WrittenMapping = { ...METERS, locale: { decimal: ',', group: '.', date: 'DD.MM.YYYY' } };
    for (const bytes of [workbook({ Data: sheet() }), table()]) {
      const { staged } = await readFileOf(german, bytes);
      expect(staged.map(({ segments }) => segments[0]!.quantity)).toEqual(ROWS.map(([, , , kwh]) => kwh));
    }
    // A text among them is a text.
    const rows = sheet();
    rows[1]![3] = '1.234,5';
    const { staged } = await readFileOf(german, workbook({ Data: rows }));
    expect(staged[0]!.segments[0]!.quantity).toBe('1234.5');
  });
});
