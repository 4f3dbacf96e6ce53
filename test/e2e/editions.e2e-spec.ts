import request from 'supertest';
import type { RunView } from '#contracts';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// The road of a new edition through the public API, all services real: upload → what stands out → comparison with what rests on it → what-if → adoption →
// run. Figures and the publisher are invented.

const edition = (year: number, ...rows: readonly string[]): string =>
  [
    '#scopebook-factors,1',
    '#publisher,Own laboratory (invented)',
    `#edition,${year}`,
    '#version,1',
    '#title,Measured figures',
    '#licence,own',
    '#gwpSet,AR5',
    '#invented,true',
    'code,activityType,leg,region,year,unit,kgco2e,attribute.material,attribute.treatment',
    ...rows,
    '',
  ].join('\n');
const EDITION_2024 = edition(
  2024,
  'hotel,travel.hotel,service,GB,2024,room.night,10.4,,',
  'steel,goods.material,supply,GB,2024,kg,2.5,steel,',
  'cork,goods.material,supply,GB,2024,kg,0.3,cork,',
);
const EDITION_2025 = edition(
  2025,
  'hotel,travel.hotel,service,GB,2025,room.night,11.05,,',
  'steel,goods.material,supply,GB,2025,kg,0.25,steel,',
  'landfill,waste.disposal,service,GB,2025,t,520.3,mixed,landfill',
);

const slot = (number: number, what: string, activityType: string, attributes: Record<string, string> = {}) => ({
  slot: number,
  when: { column: 'what', in: [what] },
  activityType: { constant: activityType },
  operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
  attributes: Object.fromEntries(Object.entries(attributes).map(([name, constant]) => [name, { constant }])),
});
const MAPPING = {
  source: 'bills',
  locale: { decimal: '.', group: '', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { column: 'site' },
  period: { start: { constant: '2025-01-01' }, end: { constant: '2025-12-31' } },
  slots: [
    slot(1, 'steel', 'goods.material', { material: 'steel' }),
    slot(2, 'cork', 'goods.material', { material: 'cork' }),
    slot(3, 'waste', 'waste.disposal', { material: 'mixed', treatment: 'landfill' }),
  ],
};
const BILLS = ['no,site,what,amount,unit', '1,HQ,steel,1000,kg', '2,MILL,steel,250.5,kg', '3,HQ,cork,40,kg', '4,MILL,waste,2,t', ''].join(
  '\n',
);

interface Figure {
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}
interface WhatIf {
  readonly run: number;
  readonly total: Record<'posted' | 'location' | 'market' | 'biogenic', Figure>;
  readonly counts: Record<string, number>;
  readonly keys: { readonly items: readonly ({ readonly newly: string | null; readonly attributes: Record<string, string> } & Figure)[] };
}

describe('a new edition', () => {
  let services: RunningServices;
  let company: TestTenant;
  let older: string;
  let newer: string;
  beforeAll(async () => {
    services = await startServices('editions');
    company = await TestTenant.create(services, 'Editions (invented)');
  });
  afterAll(() => services?.stop());

  const send = (file: string, query: object = {}) =>
    request(services.apiUrl)
      .post('/v1/factor-sets')
      .query({ fileName: 'own.csv', ...query })
      .set('Authorization', `Bearer ${company.apiKey}`)
      .set('Content-Type', 'text/csv')
      .send(file);
  const whatIf = async (body: object) => (await company.post('/v1/books/main/what-if', body).expect(succeeded)).body as WhatIf;

  it('stays out of a book that takes factor sets on request', async () => {
    await company.put('/v1/books/main', { gwpSet: 'AR5', catalogue: false, adoption: 'on-request' }).expect(succeeded);
    const sites = ['HQ', 'MILL'].map((code) => ({ code, name: code, country: 'GB' }));
    await company.put('/v1/entities', sites).expect(succeeded);
    await company.put('/v1/mappings/bills', MAPPING).expect(succeeded);
    expect(await company.import('bills', 'bills.csv', BILLS)).toMatchObject({ status: 'finished', accepted: 4, refused: 0 });
    older = ((await send(EDITION_2024).expect(201)).body as { factorSet: { id: string } }).factorSet.id;
    const adopted = await company
      .post('/v1/books/main/factor-sets', { adopt: [older], reason: 'the edition of our first year', author: 'Ann (invented)' })
      .expect(succeeded);
    expect(adopted.body).toMatchObject({ adoption: 'on-request', sets: [{ id: older, edition: '2024' }] });
    // 1,250.5 × 2.5 + 40 × 0.3; nobody knows the waste yet
    expect(await company.calculate()).toMatchObject({ kgco2e: '3138.25', calculated: 3, refused: 1 });
  });

  it('is held against the edition before as it comes, with the row of its file', async () => {
    const refused = await send(EDITION_2025, { refuseFlagged: 'true' }).expect(422);
    expect(refused.body).toMatchObject({ code: 'factor_set_flagged', places: [{ code: 'a_tenth' }] });
    const { body } = await send(EDITION_2025).expect(201);
    expect(body).toMatchObject({
      flags: [
        {
          against: older,
          count: 1,
          items: [{ flag: 'a_tenth', code: 'steel', before: '2.5', after: '0.25', ratio: '0.1', source: { table: 'own.csv' } }],
        },
      ],
    });
    newer = (body as { factorSet: { id: string } }).factorSet.id;
    const { body: flags } = await company.get(`/v1/factor-sets/${newer}/flags`).expect(200);
    expect(flags).toMatchObject({ items: [{ flag: 'a_tenth', code: 'steel' }], next: null, against: { id: older, edition: '2024' } });
  });

  it('is compared with it: what rests on what changes, and what adopting it would do', async () => {
    const { body } = await company.get(`/v1/factor-sets/${newer}/comparison?book=main`).expect(succeeded);
    expect(body).toMatchObject({
      before: { edition: '2024' },
      after: { edition: '2025' },
      counts: { same: 0, changed: 2, gone: 1, added: 1 },
      items: [
        {
          kind: 'changed',
          code: 'steel',
          before: '2.5',
          after: '0.25',
          percent: '-90',
          use: { keys: 1, activities: 2, kgco2e: '3126.25' },
        },
        { kind: 'changed', code: 'hotel', use: null },
        { kind: 'gone', code: 'cork', use: { keys: 1, activities: 1, kgco2e: '12' } },
        { kind: 'added', code: 'landfill', use: null },
      ],
      effect: { change: 'adopt', kgco2e: { before: '3138.25', after: '1365.225', difference: '-1773.025' }, rows: 3, poolsApart: 0 },
    });
  });

  it('is tried, adopted and run: the run posts what the what-if said', async () => {
    const tried = await whatIf({ adopt: [newer] });
    expect(tried).toMatchObject({
      run: 1,
      total: { posted: { before: '3138.25', after: '1365.225', difference: '-1773.025' } },
      counts: { keys: 3, changed: 2, newlyRated: 1, newlyRefused: 0, rows: 3 },
    });
    expect(tried.keys.items.map(({ attributes, newly, difference }) => [attributes.material, newly, difference])).toEqual([
      ['steel', null, '-2813.625'],
      ['mixed', 'rated', '1040.6'],
    ]);
    await company.post('/v1/books/main/factor-sets', { adopt: [newer], reason: 'seen and compared' }).expect(succeeded);
    const run: RunView = await company.calculate();
    expect(run).toMatchObject({ kgco2e: tried.total.posted.difference, keysChanged: 2, calculated: 4 });
    expect(await whatIf({})).toMatchObject({ run: 2, total: { posted: { before: tried.total.posted.after, difference: '0' } } });
    const { body: inventory } = await company.get('/v1/books/main/factor-sets').expect(200);
    expect(inventory).toMatchObject({ sets: [{ edition: '2024' }, { edition: '2025' }] });
  });

  it('leaves behind who took it in, when and why', async () => {
    const { body } = await company.get('/v1/books/main/adoptions').expect(200);
    expect(body).toMatchObject({
      items: [
        { action: 'adopt', set: { id: newer }, author: 'API key "test"', reason: 'seen and compared' },
        { action: 'adopt', set: { id: older }, author: 'Ann (invented) (API key "test")', reason: 'the edition of our first year' },
      ],
      next: null,
    });
  });

  it('can be changed for the older one by another decision, and what-if says what that would cost', async () => {
    const tried = await whatIf({ drop: [newer], reading: 'market', limit: 1 });
    expect(tried.total.market).toMatchObject({ difference: '1773.025' });
    expect(tried.counts).toMatchObject({ newlyRefused: 1 });
    await company.put('/v1/books/main/adoption', { adoption: 'automatic', reason: 'every edition from now on' }).expect(succeeded);
    const refused = await company.post('/v1/books/main/factor-sets', { drop: [newer], reason: 'no' });
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'adoption_automatic']);
  });

  it.each<[string, string, object, number, string]>([
    ['a book that is not there', '/v1/books/none/what-if', {}, 404, 'book_unknown'],
    ['a set that is not there', '/v1/books/main/what-if', { adopt: ['00000000-0000-4000-8000-000000000001'] }, 404, 'factor_set_unknown'],
    ['a wish that is none', '/v1/books/main/what-if', { gwp: 'AR6' }, 400, 'request_invalid'],
    [
      'an adoption without a reason',
      '/v1/books/main/factor-sets',
      { adopt: ['00000000-0000-4000-8000-000000000001'] },
      400,
      'request_invalid',
    ],
    ['an adoption of nothing', '/v1/books/main/factor-sets', { reason: 'none' }, 400, 'request_invalid'],
  ])('%s is refused by name', async (_, path, body, status, code) => {
    const response = await company.post(path, body);
    expect([response.status, (response.body as { code: string }).code]).toEqual([status, code]);
  });
});
