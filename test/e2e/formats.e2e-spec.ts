import request from 'supertest';
import type { ImportView } from '#contracts';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { gz, parquet, workbook } from '../support/table-files';

// One mapping, every format, through the API: uploaded, posted as records, tried before, counted afterwards. And what is meant to do harm is refused by
// name while the service goes on answering others.

const mapping = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { column: 'site' },
  period: { start: { column: 'day' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
    },
  ],
};
const HEADER = ['no', 'site', 'day', 'kWh'];
const DAY = new Date('2025-02-28T00:00:00Z');

const sheet = (first: number): Buffer => workbook({ Data: [HEADER, [first, 'HQ', DAY, 0.1], [first + 1, 'HQ', DAY, 1234.5]] });
const table = (first: number): Buffer =>
  parquet([
    { name: 'no', data: [first, first + 1], type: 'INT32' },
    { name: 'site', data: ['HQ', 'HQ'], type: 'STRING' },
    { name: 'day', data: [DAY, DAY], type: 'TIMESTAMP' },
    { name: 'kWh', data: [0.1, 1234.5], type: 'DOUBLE' },
  ]);
const records = (first: number): object[] => [
  { no: first, site: 'HQ', day: '2025-02-28', kWh: 0.1 },
  { no: first + 1, site: 'HQ', day: '2025-02-28', kWh: '1234.5' },
];

/** A column of three numbers whose first run of levels says that there are two billion of them. */
function endlessRun(): Buffer {
  const file = parquet(
    [
      { name: 'no', data: [1, 2, 3], type: 'INT32', nullable: true },
      { name: 'site', data: ['HQ', 'HQ', 'HQ'], type: 'STRING' },
      { name: 'day', data: [DAY, DAY, DAY], type: 'TIMESTAMP' },
      { name: 'kWh', data: [1, 2, 3], type: 'DOUBLE' },
    ],
    { codec: 'UNCOMPRESSED' },
  );
  const levels = file.indexOf(Buffer.from([3, 7, 1, 0, 0, 0]));
  expect(levels).toBeGreaterThan(0);
  Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 1]).copy(file, levels);
  return file;
}

describe('files of every format', () => {
  let services: RunningServices;
  let company: TestTenant;

  beforeAll(async () => {
    services = await startServices('formats');
    company = await TestTenant.create(services, 'Many Formats Ltd');
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(succeeded);
    await company.put('/v1/mappings/meters', mapping).expect(succeeded);
  }, 120_000);
  afterAll(() => services?.stop());

  const send = (path: string, type: string, content: string | Buffer): request.Test =>
    request(services.apiUrl).post(path).set('Authorization', `Bearer ${company.apiKey}`).set('Content-Type', type).send(content);

  it.each<[string, Buffer, Partial<NonNullable<ImportView['format']>>]>([
    ['CSV', Buffer.from('no;site;day;kWh\n10;HQ;2025-02-28;0.1\n11;HQ;2025-02-28;1234.5\n'), { kind: 'csv', delimiter: ';' }],
    ['a workbook', sheet(20), { kind: 'xlsx', sheet: 'Data' }],
    ['a packed workbook', gz(sheet(30)), { kind: 'xlsx', compression: 'gzip' }],
    [
      'JSON',
      Buffer.from(
        records(40)
          .map((record) => JSON.stringify(record))
          .join('\n'),
      ),
      { kind: 'ndjson' },
    ],
    ['Parquet', table(50), { kind: 'parquet' }],
    ['packed Parquet', gz(table(60)), { kind: 'parquet', compression: 'gzip' }],
  ])('%s becomes activities, and the import says what it was read as', async (_, content, format) => {
    const done = await company.import('meters', 'file', content);
    expect(done).toMatchObject({ status: 'finished', accepted: 2, refused: 0, format });
    const { body } = await company.get('/v1/activities').query({ importId: done.id }).expect(200);
    expect(
      (body as { items: { quantity: string; periodStart: string }[] }).items.map(({ quantity, periodStart }) => [quantity, periodStart]),
    ).toEqual([
      ['0.1', '2025-02-28'],
      ['1234.5', '2025-02-28'],
    ]);
  });

  it('may be records that are posted: the same road, and the same batch is the same import', async () => {
    const body = JSON.stringify(records(70));
    const first = await send('/v1/imports/records?mapping=meters&batch=monday', 'application/json', body).expect(202);
    const { import: received } = first.body as { import: ImportView };
    expect(received).toMatchObject({ fileName: 'monday', bytes: body.length });
    const again = await send('/v1/imports/records?mapping=meters', 'application/json', body).expect(200);
    expect(again.body).toMatchObject({ repeated: true, import: { id: received.id, sha256: received.sha256 } });
    // The same records otherwise spelled are other bytes, and duplicates all the same.
    const lines = await send(
      '/v1/imports/records?mapping=meters',
      'application/x-ndjson',
      records(70)
        .map((record) => JSON.stringify(record))
        .join('\n'),
    );
    const other = (lines.body as { import: ImportView }).import.id;
    const deadline = Date.now() + 30_000;
    let seen: ImportView | undefined;
    while (seen?.status !== 'finished' && Date.now() < deadline)
      seen = (await company.get(`/v1/imports/${other}`).expect(200)).body as ImportView;
    expect(seen).toMatchObject({ accepted: 0, duplicate: 2 });
    await send('/v1/imports/records?mapping=meters', 'text/csv', 'a').expect(415);
    await send('/v1/imports/records?mapping=nothing', 'application/json', '[]').expect(404);
  });

  it('can be tried before, under a mapping that is kept or one that is not', async () => {
    const before = (await company.all<ImportView>('/v1/imports')).length;
    const kept = await send('/v1/mappings/meters/dry-run', 'application/octet-stream', sheet(80)).expect(200);
    expect(kept.body).toMatchObject({
      mapping: { name: 'meters', version: 1 },
      format: { kind: 'xlsx', sheet: 'Data', detected: ['kind', 'sheet'] },
      header: HEADER,
      refusal: null,
      accepted: 2,
      records: [
        { line: 2, entity: 'HQ', segments: [{ quantity: '0.1', key: { activityType: 'electricity.grid', unit: 'kWh', year: 2025 } }] },
        { line: 3, segments: [{ quantity: '1234.5' }] },
      ],
    });
    const spec = { ...mapping, locale: { decimal: ',', date: 'DD.MM.YYYY' } };
    const stated = await company.post('/v1/dry-runs', { spec, text: 'no,site,day,kWh\n1,HQ,2025-02-28,0.1\n' }).expect(200);
    expect(stated.body).toMatchObject({
      mapping: { name: null },
      accepted: 0,
      refused: 1,
      refusals: [{ line: 2, column: 'day', code: 'date_malformed' }],
    });
    await company.post('/v1/dry-runs', { spec, base64: sheet(80).toString('base64') }).expect(200);
    await company.post('/v1/dry-runs', { spec }).expect(400);
    await company
      .post('/v1/dry-runs', { spec: { ...spec, slots: [{ ...mapping.slots[0], activityType: { constant: 'x' } }] }, text: 'a' })
      .expect(422);
    await send('/v1/mappings/meters/dry-run', 'text/csv', 'x'.repeat(1024 * 1024 + 1)).expect(413);
    await send('/v1/mappings/nothing/dry-run', 'text/csv', 'a').expect(404);
    expect(await company.all<ImportView>('/v1/imports')).toHaveLength(before);
  });

  it('say afterwards what was refused of them, counted and as a file', async () => {
    const bad = Array.from({ length: 2_500 }, (_, i) => `${i + 1000},HQ,2025-02-28,${i % 2 ? 'x' : ''}\n`).join('');
    const done = await company.import('meters', 'bad.csv', `${HEADER.join(',')}\n${bad}`);
    expect(done).toMatchObject({ accepted: 0, refused: 2_500 });
    const { body } = await company.get(`/v1/imports/${done.id}/refusals/summary`).expect(200);
    expect(body).toEqual({
      refused: 2_500,
      others: 0,
      counts: [
        { code: 'number_malformed', sentence: expect.any(String) as string, column: 'kWh', records: 1_250 },
        { code: 'value_missing', sentence: expect.any(String) as string, column: 'kWh', records: 1_250 },
      ],
    });
    const { text } = await company.get(`/v1/imports/${done.id}/refusals.csv`).expect(200);
    expect(text.trim().split(/\r?\n/)).toHaveLength(2_501);
  });

  it.each<[string, () => Buffer, string]>([
    ['blank lines, packed a thousand to one', () => gz(Buffer.alloc(60 * 1024 * 1024, '\n')), 'file_too_large'],
    ['Parquet of two billion values in six bytes', endlessRun, 'file_too_large'],
    ['Parquet cut in the middle', () => table(90).subarray(0, -30), 'file_unreadable'],
    ['Parquet without the columns that are needed', () => parquet([{ name: 'no', data: [1], type: 'INT32' }]), 'column_missing'],
    ['a workbook cut in the middle', () => sheet(90).subarray(0, -100), 'file_unreadable'],
    [
      'a line without an end',
      () => Buffer.concat([Buffer.from('no,site,day,kWh\n'), Buffer.alloc(70 * 1024 * 1024, 'x')]),
      'file_too_large',
    ],
  ])('%s is refused by name, and others are served meanwhile', async (_, make, code) => {
    const harm = company.import('meters', 'harm', make());
    const other = await company.import('meters', 'other.csv', `${HEADER.join(',')}\n1,HQ,2025-02-28,${Math.random()}\n`);
    expect(other.status).toBe('finished');
    expect(await harm).toMatchObject({ status: 'refused', refusal: { code }, accepted: 0, records: 0 });
    expect((await request(services.apiUrl).get('/health/ready')).status).toBe(200);
  });
});
