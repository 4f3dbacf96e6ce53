import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { ImportView } from '#contracts';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// Every kind of bad input meets a named refusal with its line and column, in the API's answer and in the file to send back; nothing is half-written, and
// records = accepted + refused + duplicate.

const mapping = {
  source: 'bills',
  locale: { decimal: ',', group: '.', date: 'DD.MM.YYYY' },
  format: { delimiter: ';' },
  identity: ['bill'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  tags: [{ column: 'capex', tag: 'capex', type: 'boolean' }],
  ignore: ['remark'],
  slots: [
    {
      slot: 1,
      activityType: { column: 'type' },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
      attributes: { calorific_basis: { column: 'basis' } },
    },
  ],
};

const HEADER = 'bill;site;type;amount;unit;basis;from;to;capex;remark';
const file = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');
const line = (
  bill: string,
  more: Partial<Record<'site' | 'type' | 'amount' | 'unit' | 'basis' | 'from' | 'to' | 'capex' | 'remark', string>> = {},
): string => {
  const { site, type, amount, unit, basis, from, to, capex, remark } = {
    site: 'HQ',
    type: 'fuel.natural-gas',
    amount: '1.234,5',
    unit: 'kWh',
    basis: 'gross',
    from: '01.01.2025',
    to: '31.01.2025',
    capex: 'true',
    remark: '',
    ...more,
  };
  return [bill, site, type, amount, unit, basis, from, to, capex, remark].join(';');
};

/** What is wrong with a line, and where it must be said to be. */
const LINES: readonly (readonly [bad: string, code: string, column: string | null])[] = [
  [line('1', { unit: 'bushel' }), 'unit_unknown', 'unit'],
  [line('2', { unit: 'km' }), 'unit_dimension_mismatch', 'unit'],
  [line('3', { type: 'fuel.unobtainium' }), 'activity_type_unknown', 'type'],
  [line('4', { amount: 'twelve' }), 'number_malformed', 'amount'],
  [line('5', { amount: '1,234.5' }), 'number_malformed', 'amount'],
  [line('6', { amount: '' }), 'value_missing', 'amount'],
  [line('7', { amount: '0,1234567890123' }), 'number_too_precise', 'amount'],
  [line('8', { from: '2025-01-01' }), 'date_malformed', 'from'],
  [line('9', { to: '31.02.2025' }), 'date_malformed', 'to'],
  [line('10', { from: '02.02.2025' }), 'period_reversed', 'to'],
  [line('11', { site: 'NOWHERE' }), 'entity_unknown', 'site'],
  [line('12', { basis: '' }), 'attribute_missing', 'basis'],
  [line('13', { basis: 'both' }), 'attribute_unknown', 'basis'],
  [line('14', { capex: 'perhaps' }), 'tag_malformed', 'capex'],
  ['15;HQ;too;few', 'line_malformed', null],
  [line('16', { site: '=cmd()' }), 'entity_unknown', 'site'],
];

interface RefusalItem {
  line: number;
  column: string | null;
  code: string;
  detail: string;
  value: string | null;
}

describe('bad input', () => {
  let services: RunningServices;
  let company: TestTenant;

  beforeAll(async () => {
    services = await startServices('bad-input');
    company = await TestTenant.create(services, 'Careless Ltd');
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(succeeded);
    await company.put('/v1/mappings/bills', mapping).expect(succeeded);
  }, 120_000);
  afterAll(() => services?.stop());

  describe('in lines', () => {
    let done: ImportView;
    beforeAll(async () => {
      const good = [line('good'), line('credit', { amount: '-5' }), line('good')];
      done = await company.import('bills', 'bad.csv', file(...good, ...LINES.map(([bad]) => bad)));
    });

    it('is refused record by record, and the rest goes on', () => {
      const records = LINES.length + 3;
      expect(done).toMatchObject({
        status: 'finished',
        lines: records,
        records,
        accepted: 2,
        duplicate: 1,
        refused: LINES.length,
        flagged: 1,
      });
    });

    it('is named with line and column', async () => {
      const refusals = await company.all<RefusalItem>(`/v1/imports/${done.id}/refusals`);
      const expected = LINES.map(([, code, column], i) => [i + 5, code, column]);
      expect(refusals.map((refusal) => [refusal.line, refusal.code, refusal.column])).toEqual(expected);
      for (const { detail } of refusals) expect(detail).not.toBe('');
    });

    it('is in the file to send back, and no spreadsheet can be made to run it', async () => {
      const { text, headers } = await company.get(`/v1/imports/${done.id}/refusals.csv`).expect(200);
      expect(headers['content-type']).toContain('text/csv');
      const lines = text.trim().split(/\r?\n/);
      expect(lines).toHaveLength(LINES.length + 1);
      expect(text).toContain("'=cmd()");
    });

    it('names the duplicate and what it repeats', async () => {
      const duplicates = await company.all<{ line: number; duplicateOf: string }>(`/v1/imports/${done.id}/duplicates`);
      expect(duplicates).toEqual([expect.objectContaining({ line: 4 })]);
      const { body } = await company.get(`/v1/activities/${duplicates[0]!.duplicateOf}`).expect(200);
      expect(body).toMatchObject({ items: [{ line: 2, quantity: '1234.5' }] });
    });
  });

  it('can be mended without a new file: the same bytes are read again once the entity is there', async () => {
    const content = file(line('later', { site: 'NEW-SITE' }), line('known'));
    const first = await company.import('bills', 'new-site.csv', content);
    expect(first).toMatchObject({ records: 2, accepted: 1, refused: 1 });
    await company.put('/v1/entities', [{ code: 'NEW-SITE', name: 'New site', country: 'GB' }]).expect(succeeded);
    expect((await company.upload('bills', 'new-site.csv', content).expect(200)).body).toMatchObject({
      repeated: true,
      import: { id: first.id },
    });
    const second = await company.import('bills', 'new-site.csv', content, { again: true });
    expect(second).toMatchObject({ records: 2, accepted: 1, refused: 0, duplicate: 1 });
    // and a correction that came in between stands
    const corrected = await company.import('bills', 'corrected.csv', file(line('known', { amount: '99' })));
    expect(corrected).toMatchObject({ accepted: 1, corrected: 1 });
    const third = await company.import('bills', 'new-site.csv', content, { again: true });
    expect(third).toMatchObject({ records: 2, accepted: 0, refused: 0, duplicate: 2 });
  });

  describe('of a whole file', () => {
    it.each<[string, string | Buffer, string]>([
      ['without a line of data', `${HEADER}\n`, 'file_empty'],
      ['of blank lines', '\n\n', 'file_empty'],
      ['that is half a zip archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)]), 'file_unreadable'],
      ['that is no text', Buffer.from([0, 1, 2, 3, 0, 255, 254]), 'file_not_of_stated_kind'],
      ['without a column that is needed', file(line('1')).replace(';amount;', ';quantity;'), 'column_missing'],
      ['with a column that nobody named', file(line('1')).replace(HEADER, `${HEADER};surprise`).replace(/;\n$/, ';;x\n'), 'column_unknown'],
    ])('%s is refused and leaves nothing', async (_what, content, code) => {
      const done = await company.import('bills', 'whole.csv', content);
      expect(done).toMatchObject({ status: 'refused', refusal: { code }, accepted: 0 });
      expect((await company.get('/v1/activities').query({ importId: done.id }).expect(200)).body).toMatchObject({ items: [] });
    });
  });

  describe('in a request', () => {
    const problem = (response: request.Response): [number, string] => [response.status, (response.body as { code: string }).code];

    it.each([
      ['an empty body', () => company.upload('bills', 'empty.csv', ''), [400, 'body_empty']],
      ['an unknown mapping', () => company.upload('nothing', 'a.csv', 'a\n1\n'), [404, 'mapping_unknown']],
      ['a foreign import', () => company.get(`/v1/imports/${randomUUID()}`), [404, 'import_unknown']],
      ['a foreign run', () => company.get(`/v1/runs/${randomUUID()}`), [404, 'run_unknown']],
      ['a foreign entry', () => company.get('/v1/entries/999999999/explanation'), [404, 'entry_unknown']],
      ['an id that is none', () => company.get('/v1/imports/1'), [400, 'request_invalid']],
      ['a book that is not there', () => company.post('/v1/runs', { book: 'other' }), [404, 'book_unknown']],
      ['an inventory before any run', () => company.get('/v1/inventories').query({ year: 2025 }), [404, 'book_unknown']],
      ['a word that is not in the contract', () => company.get('/v1/inventories').query({ approach: 'my-own' }), [400, 'request_invalid']],
      ['a path that is none', () => company.get('/v1/nothing'), [404, 'not_found']],
      ['a method that is none', () => company.post('/v1/tenant'), [405, 'method_not_allowed']],
      [
        'a mapping against the vocabulary',
        () => company.put('/v1/mappings/m', { ...mapping, slots: [{ ...mapping.slots[0], activityType: { constant: 'x' } }] }),
        [422, 'mapping_invalid'],
      ],
      [
        'a holding in a circle',
        () => company.put('/v1/holdings', [{ entity: 'HQ', holder: 'HQ', share: '1', operationalControl: true, validFrom: '2020-01-01' }]),
        [409, 'holding_conflict'],
      ],
      ['a character that no store can hold', () => company.post('/v1/factor-sets', { publisher: 'x\u0000' }), [422, 'factor_set_invalid']],
      ['a factor set that fits nothing', () => company.post('/v1/factor-sets', { publisher: 'x' }), [422, 'factor_set_invalid']],
    ] as const)('%s is a problem by name', async (_what, ask, expected) => {
      const response = await ask();
      expect(problem(response)).toEqual(expected);
      expect(response.headers['content-type']).toContain('application/problem+json');
    });

    it('without a key, or with a wrong one, learns nothing', async () => {
      expect(problem(await request(services.apiUrl).get('/v1/tenant'))).toEqual([401, 'api_key_missing']);
      expect(problem(await request(services.apiUrl).get('/v1/tenant').set('Authorization', 'Bearer sbk_x'))).toEqual([
        401,
        'api_key_unknown',
      ]);
    });
  });

  it('never changed a factor set that exists', async () => {
    const set = {
      publisher: 'Careless',
      edition: '1',
      version: '1',
      title: 'Own',
      licence: 'own',
      attribution: 'own',
      gwpSet: 'AR5',
      invented: true,
      factors: [
        {
          code: 'a',
          activityType: 'water.supply',
          leg: 'service',
          region: 'GB',
          year: 2025,
          unit: 'm3',
          kgco2e: '0.1',
          source: { table: 't', row: 'r' },
        },
      ],
    };
    await company.post('/v1/factor-sets', set).expect(201);
    await company.post('/v1/factor-sets', set).expect(200);
    const { body } = await company.post('/v1/factor-sets', { ...set, title: 'Other' }).expect(409);
    expect(body).toMatchObject({ code: 'factor_set_exists' });
  });
});
