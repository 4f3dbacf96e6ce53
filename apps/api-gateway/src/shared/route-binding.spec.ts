import request from 'supertest';
import { Refused } from '#contracts';
import { QUESTION_BYTES_MAX } from '#messaging';
import { API_KEY, startTestGateway, TENANT, type TestGateway } from '../../test/gateway';
import { OWN_BODY_BYTES_MAX } from './route';

const RUN = '0198f000-0000-7000-8000-0000000000aa';

/** A mapping with an attribute of this name. */
const mappingWith = (attribute: string) => ({
  source: 's',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: [],
  entity: { constant: 'HQ' },
  period: { start: { column: 'day' } },
  slots: [{ slot: 1, activityType: { constant: 't' }, operands: {}, attributes: { [attribute]: { constant: 'c' } } }],
});

describe('what comes in', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({
      'calculation.list-runs': () => ({ items: [], next: null }),
      'calculation.start-run': () => ({ id: RUN }),
      'ingestion.put-mapping': () => ({ name: 'm', version: 1, created: true }),
      'calculation.put-book': () => ({ id: RUN }),
      'calculation.get-run': () => {
        throw new Refused('run_unknown');
      },
      'calculation.list-books': () => {
        throw new Error('select secret from table');
      },
      'reporting.list-entries': () => ({ items: [], next: null }),
    });
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.asked.splice(0));

  const get = (path: string) => request(gateway.server).get(path).set('Authorization', `Bearer ${API_KEY}`);
  const put = (path: string) => request(gateway.server).put(path).set('Authorization', `Bearer ${API_KEY}`);
  const post = (path: string) => request(gateway.server).post(path).set('Authorization', `Bearer ${API_KEY}`);

  it('reaches the worker converted, completed, and with the tenant of the key', async () => {
    await get('/v1/entries?year=2025&limit=7&tag=cost_centre:a:b').expect(200, { items: [], next: null });
    expect(gateway.asked).toEqual([
      {
        subject: 'reporting.list-entries',
        question: {
          tenantId: TENANT,
          book: 'main',
          year: 2025,
          approach: 'operational-control',
          limit: 7,
          tag: { name: 'cost_centre', value: 'a:b' },
        },
      },
    ]);
  });

  it.each([
    ['/v1/entries?yaer=2025', 'query'],
    ['/v1/entries?year=2025.5', 'query.year'],
    ['/v1/entries?year=', 'query.year'],
    ['/v1/entries?year=2025&year=2024', 'query.year'],
    ['/v1/entries?limit=1001', 'query.limit'],
    ['/v1/entries?tag=nocolon', 'query.tag'],
    ['/v1/runs/nonsense', 'path.id'],
    ['/v1/entries/9999999999999999999/explanation', 'path.id'],
    ['/v1/activities/9223372036854775808', 'path.id'],
    ['/v1/entities?after=a%00', 'query.after'],
    ['/v1/holdings?after=x', 'query.after'],
    ['/v1/inventories?by=tag:UPPER', 'query.by'],
  ])('is refused at its place: %s', async (path, at) => {
    const { body } = await get(path)
      .expect(400)
      .expect('Content-Type', /^application\/problem\+json/);
    expect(body).toMatchObject({ type: '/problems/request_invalid', status: 400, code: 'request_invalid', places: [{ at }] });
    expect(gateway.asked).toEqual([]);
  });

  it('may leave out an optional body, and is answered with status and Location', async () => {
    await post('/v1/runs').expect(202).expect('Location', `/v1/runs/${RUN}`);
    expect(gateway.asked[0]?.question).toEqual({ tenantId: TENANT, book: 'main' });
  });

  it.each([
    ['{"gwpSet":', 400, 'request_invalid'],
    ['{"gwpSet":"AR7"}', 400, 'request_invalid'],
    ['{"gwpSet":"AR5","more":1}', 400, 'request_invalid'],
    ['null', 400, 'request_invalid'],
    ['', 400, 'body_empty'],
    [`"${'x'.repeat(QUESTION_BYTES_MAX)}"`, 413, 'body_too_large'],
  ])('has a body that is refused: %.20s', async (text, status, code) => {
    const { body } = await put('/v1/books/main').set('Content-Type', 'application/json').send(text).expect(status);
    expect(body).toMatchObject({ code, instance: '/v1/books/main' });
    expect(JSON.stringify(body)).not.toContain('Unexpected');
  });

  const oneEntity = (more: object) => JSON.stringify([{ code: 'A', name: 'A', country: 'GB', ...more }]);
  it.each([
    ['a NUL in a text', '/v1/entities', oneEntity({ name: 'a\u0000b' }), 'body[0].name'],
    ['another control character', '/v1/entities', oneEntity({ name: 'a\u001bb' }), 'body[0].name'],
    ['half a surrogate pair', '/v1/entities', oneEntity({ name: 'a' }).replace('"a"', '"\\ud800"'), 'body[0].name'],
    ['a NUL in a name of its own', '/v1/mappings/m', JSON.stringify(mappingWith('a\u0000b')), 'body.slots[0].attributes'],
    ['a country that is none', '/v1/entities', oneEntity({ country: 'UK' }), 'body[0].country'],
    ['a region of another country', '/v1/entities', oneEntity({ region: 'US-CAMX' }), 'body[0].region'],
  ])('is refused at its place: %s', async (_what, path, text, at) => {
    const { body } = await put(path).set('Content-Type', 'application/json').send(text).expect(400);
    expect(body).toMatchObject({ code: 'request_invalid', places: [{ at }] });
    expect(gateway.asked).toEqual([]);
  });

  it('may hold tabs and line ends, and the characters of every script', async () => {
    const given = mappingWith('Zähler\t😀\r\n');
    await put('/v1/mappings/m').set('Content-Type', 'application/json').send(JSON.stringify(given)).expect(201);
    expect(gateway.asked[0]?.question).toMatchObject({ spec: { slots: given.slots } });
  });

  it('may be larger where the gateway keeps it itself', async () => {
    const text = (bytes: number) => oneEntity({ name: 'x'.repeat(bytes) });
    const send = (body: string) => put('/v1/entities').set('Content-Type', 'application/json').send(body);
    expect((await send(text(QUESTION_BYTES_MAX)).expect(400)).body).toMatchObject({ places: [{ at: 'body[0].name' }] });
    expect((await send(text(OWN_BODY_BYTES_MAX)).expect(413)).body).toMatchObject({ code: 'body_too_large' });
  });

  it('has a body of another type', async () => {
    const { body } = await put('/v1/books/main').set('Content-Type', 'text/xml').send('<a/>').expect(415);
    expect(body).toMatchObject({ code: 'media_type_unsupported' });
  });

  it.each([
    ['get', '/v1/nowhere', 404, 'not_found', undefined],
    ['delete', '/v1/runs', 405, 'method_not_allowed', 'POST, GET'],
    ['post', `/v1/runs/${RUN}`, 405, 'method_not_allowed', 'GET'],
    ['post', '/v1/imports/refusalsXcsv/refusals.csv', 405, 'method_not_allowed', 'GET'],
    ['get', '/v1/runs/%E0%A4%A', 400, 'request_invalid', undefined],
  ] as const)('%s %s is answered %i %s', async (method, path, status, code, allow) => {
    const answer = await request(gateway.server)[method](path).set('Authorization', `Bearer ${API_KEY}`).expect(status);
    expect(answer.body).toMatchObject({ code });
    expect(answer.headers['allow']).toBe(allow);
  });

  it('meets a refusal of a worker, passed on under its name', async () => {
    const { body } = await get(`/v1/runs/${RUN}`).expect(404);
    expect(body).toEqual({
      type: '/problems/run_unknown',
      title: 'No run has this id.',
      status: 404,
      detail: 'No run has this id.',
      code: 'run_unknown',
      instance: `/v1/runs/${RUN}`,
    });
  });

  it('meets a worker that is away', async () => {
    const { body } = await get('/v1/imports').expect(503);
    expect(body).toMatchObject({ code: 'service_unavailable' });
  });

  it('meets an error of ours, of which no word leaves the house', async () => {
    const { text, body } = await get('/v1/books').expect(500);
    expect(body).toMatchObject({ code: 'unexpected' });
    expect(text).not.toMatch(/secret|select|\.ts|stack/);
  });

  it('needs a known key', async () => {
    const none = await request(gateway.server).get('/v1/runs').expect(401).expect('WWW-Authenticate', 'Bearer');
    expect(none.body).toMatchObject({ code: 'api_key_missing' });
    const other = await request(gateway.server)
      .get('/v1/runs')
      .set('Authorization', `Bearer sbk_${'x'.repeat(43)}`)
      .expect(401);
    expect(other.body).toMatchObject({ code: 'api_key_unknown' });
  });

  it('is answered with safe headers', async () => {
    const { headers } = await get('/v1/runs').expect(200);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('may ask for the documentation without a key', async () => {
    await request(gateway.server)
      .get('/docs')
      .expect(200)
      .expect('Content-Type', /html/)
      .expect(/swagger-ui-bundle/);
    await request(gateway.server)
      .get('/docs/swagger-ui-bundle.js')
      .expect(200)
      .expect('Content-Type', /javascript/);
    await request(gateway.server).get('/docs/package.json').expect(400);
    await request(gateway.server)
      .get('/problems/body_empty')
      .expect(200, { code: 'body_empty', status: 400, title: 'The request has no body.' });
    const { body } = await request(gateway.server).get('/openapi.json').expect(200);
    expect(body).toMatchObject({ openapi: '3.1.0' });
  });

  it('is told who is not ready', async () => {
    await request(gateway.server).get('/health/live').expect(200);
    const { body } = await request(gateway.server).get('/health/ready').expect(503);
    expect(body).toEqual({ ready: false, postgres: true, workers: { ingestion: false, 'calculation-engine': false, reporting: false } });
  });
});
