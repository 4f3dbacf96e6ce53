import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import request from 'supertest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database';
import { startTestGateway, type TestGateway } from '../../test/gateway';

interface Caller {
  readonly tenantId: string;
  readonly apiKey: string;
}

/** The real gateway over real Postgres as its own role; no worker is asked here. */
describe('the organisation of a tenant', () => {
  let database: TestDatabase;
  let gateway: TestGateway;
  let owner: Client;
  let ours: Caller;
  let theirs: Caller;

  const addTenant = async (name: string): Promise<Caller> => {
    const tenantId = randomUUID();
    const apiKey = `sbk_${randomBytes(32).toString('base64url')}`;
    await owner.query('insert into gateway.tenants (id, name) values ($1, $2)', [tenantId, name]);
    await owner.query('insert into gateway.api_keys (tenant_id, name, key_hash) values ($1, $2, $3)', [
      tenantId,
      'test',
      createHash('sha256').update(apiKey).digest('hex'),
    ]);
    return { tenantId, apiKey };
  };
  const as = ({ apiKey }: Caller) => ({
    get: (path: string) => request(gateway.server).get(path).set('Authorization', `Bearer ${apiKey}`),
    put: (path: string, body: object) => request(gateway.server).put(path).set('Authorization', `Bearer ${apiKey}`).send(body),
  });
  const entity = (code: string, name = code, region: string | null = null) => ({ code, name, country: 'GB', region });
  const holding = (of: string, holder: string, share: string, validFrom = '2020-01-01', validTo: string | null = null) => ({
    entity: of,
    holder,
    share,
    relation: 'subsidiary',
    operationalControl: true,
    financialControl: true,
    validFrom,
    validTo,
  });
  const lease = (of: string, changes: object = {}) => ({
    entity: of,
    side: 'lessee',
    leaseClass: 'operating',
    lesseeControls: true,
    reason: 'term of three years',
    validFrom: '2020-01-01',
    validTo: null,
    ...changes,
  });
  const exclusion = (code: string, changes: object = {}) => ({
    code,
    entity: null,
    activityType: null,
    sourceClass: 'waste',
    reason: 'below the threshold',
    validFrom: '2020-01-01',
    validTo: null,
    ...changes,
  });

  beforeAll(async () => {
    database = await testDatabase('gateway');
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    gateway = await startTestGateway({}, { databaseUrl: database.urlFor('scopebook_gateway') });
    ours = await addTenant('Ours');
    theirs = await addTenant('Theirs');
  });
  afterAll(async () => {
    await gateway?.close();
    await owner?.end();
    await database?.drop();
  });

  it('belongs to the tenant of the key', async () => {
    await as(ours).get('/v1/tenant').expect(200, { id: ours.tenantId, name: 'Ours' });
    await as(theirs).get('/v1/tenant').expect(200, { id: theirs.tenantId, name: 'Theirs' });
  });

  it('is closed to a key from the moment it is revoked', async () => {
    const gone = await addTenant('Gone');
    await as(gone).get('/v1/tenant').expect(200);
    await owner.query('update gateway.api_keys set revoked_at = now() where tenant_id = $1', [gone.tenantId]);
    const { body } = await as(gone).get('/v1/tenant').expect(401);
    expect(body).toMatchObject({ code: 'api_key_unknown' });
  });

  it('is created, updated and read by pages', async () => {
    await as(ours)
      .put('/v1/entities', [entity('root'), entity('b', 'B', 'GB-SCT'), entity('c')])
      .expect(200, { created: 3, updated: 0 });
    await as(ours)
      .put('/v1/entities', [entity('b', 'Bee'), entity('d')])
      .expect(200, { created: 1, updated: 1 });
    const first = await as(ours).get('/v1/entities?limit=3').expect(200);
    expect(first.body).toEqual({ items: [entity('b', 'Bee'), entity('c'), entity('d')], next: 'd' });
    await as(ours)
      .get('/v1/entities?limit=3&after=d')
      .expect(200, { items: [entity('root')], next: null });
    await as(ours).get('/v1/entities/b').expect(200, entity('b', 'Bee'));
    const { body } = await as(ours).get('/v1/entities/nobody').expect(404);
    expect(body).toMatchObject({ code: 'entity_unknown' });
  });

  it('takes a thousand entities and not one more', async () => {
    const many = await addTenant('Many');
    const entities = Array.from({ length: 1001 }, (_, index) => entity(`e${index}`));
    await as(many).put('/v1/entities', entities).expect(400);
    await as(many).put('/v1/entities', entities.slice(1)).expect(200, { created: 1000, updated: 0 });
    await as(many).put('/v1/entities', entities.slice(1)).expect(200, { created: 0, updated: 1000 });
  });

  it('takes the same entities from many callers at once', async () => {
    const busy = await addTenant('Busy');
    const entities = Array.from({ length: 50 }, (_, index) => entity(`e${index}`));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, turn) => as(busy).put('/v1/entities', turn % 2 ? entities : [...entities].reverse())),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers.reduce((sum, { body }) => sum + (body as { created: number }).created, 0)).toBe(50);
  });

  it('has holdings that are replaced as a whole', async () => {
    await as(ours)
      .put('/v1/holdings', [holding('b', 'root', '0.600000000001', '2020-01-01', '2024-12-31'), holding('c', 'b', '1')])
      .expect(200, { holdings: 2 });
    const { body } = await as(ours).get('/v1/holdings').expect(200);
    expect((body as { items: { entity: string }[] }).items.sort((x, y) => (x.entity < y.entity ? -1 : 1))).toEqual([
      holding('b', 'root', '0.600000000001', '2020-01-01', '2024-12-31'),
      holding('c', 'b', '1'),
    ]);
    await as(ours)
      .put('/v1/holdings', [holding('d', 'root', '0.5')])
      .expect(200, { holdings: 1 });
    await as(ours)
      .get('/v1/holdings')
      .expect(200, { items: [holding('d', 'root', '0.5')], next: null });
  });

  it.each([
    ['an unknown entity', [holding('b', 'nobody', '1')], 404, 'entity_unknown', 'body[0].holder'],
    ['shares above 1', [holding('b', 'root', '0.6'), holding('b', 'c', '0.6')], 409, 'holding_conflict', 'body[0].share'],
    ['a period that is reversed', [holding('b', 'root', '1', '2020-01-02', '2020-01-01')], 400, 'request_invalid', 'body[0].validTo'],
    ['a share above 1', [holding('b', 'root', '1.01')], 400, 'request_invalid', 'body[0].share'],
    [
      'a joint venture that one alone controls',
      [{ ...holding('b', 'root', '0.5'), relation: 'joint-venture' }],
      400,
      'request_invalid',
      'body[0].financialControl',
    ],
  ])('keeps its holdings when the new ones have %s', async (_, holdings, status, code, at) => {
    const before = (await as(ours).get('/v1/holdings')).body as object;
    const { body } = await as(ours).put('/v1/holdings', holdings).expect(status);
    expect(body).toMatchObject({ code, places: [{ at }] });
    await as(ours).get('/v1/holdings').expect(200, before);
  });

  it.each([
    ['a subsidiary that is run', {}, { relation: 'subsidiary', financialControl: true }],
    ['a subsidiary that is not run', { operationalControl: false }, { relation: 'subsidiary', financialControl: false }],
    ['a joint venture that is run', { relation: 'joint-venture' }, { relation: 'joint-venture', financialControl: false }],
    ['a subsidiary that others run', { operationalControl: false, financialControl: true }, { financialControl: true }],
  ])('fills in what a holding leaves open: %s', async (_, given, expected) => {
    const open = await addTenant('Open');
    await as(open)
      .put('/v1/entities', [entity('root'), entity('b')])
      .expect(200);
    const bare = { entity: 'b', holder: 'root', share: '0.5', operationalControl: true, validFrom: '2020-01-01' };
    await as(open)
      .put('/v1/holdings', [{ ...bare, ...given }])
      .expect(200);
    const { body } = await as(open).get('/v1/holdings').expect(200);
    expect(body).toMatchObject({ items: [expected] });
  });

  it('has leases that are replaced as a whole', async () => {
    const set = [lease('b', { validTo: '2020-12-31' }), lease('b', { side: 'lessor', leaseClass: 'finance', validFrom: '2021-01-01' })];
    await as(ours).put('/v1/leases', set).expect(200, { leases: 2 });
    const { body } = await as(ours).get('/v1/leases').expect(200);
    const { items } = body as { items: { validFrom: string }[] };
    expect(items.sort((x, y) => (x.validFrom < y.validFrom ? -1 : 1))).toEqual(set);
    const first = (await as(ours).get('/v1/leases?limit=1').expect(200)).body as { items: object[]; next: string };
    const second = (await as(ours).get(`/v1/leases?limit=1&after=${first.next}`).expect(200)).body as { items: object[]; next: null };
    expect([...first.items, ...second.items]).toHaveLength(2);
    expect(second.next).toBeNull();
  });

  it.each([
    ['an unknown entity', [lease('nobody')], 404, 'entity_unknown', 'body[0].entity'],
    ['two at once of one asset', [lease('b'), lease('b', { validFrom: '2021-05-01' })], 409, 'lease_conflict', 'body[1].validFrom'],
    ['the same one twice', [lease('b'), lease('b')], 409, 'lease_conflict', 'body[0].validFrom'],
    [
      'no reason for a lessee without control',
      [lease('b', { lesseeControls: false, reason: ' ' })],
      400,
      'request_invalid',
      'body[0].reason',
    ],
    ['a class that is none', [lease('b', { leaseClass: 'capital' })], 400, 'request_invalid', 'body[0].leaseClass'],
  ])('keeps its leases when the new ones have %s', async (_, leases, status, code, at) => {
    const before = (await as(ours).get('/v1/leases')).body as object;
    const { body } = await as(ours).put('/v1/leases', leases).expect(status);
    expect(body).toMatchObject({ code, places: [{ at }] });
    await as(ours).get('/v1/leases').expect(200, before);
  });

  it('has a register of exclusions that is replaced as a whole', async () => {
    const set = [exclusion('E1', { entity: 'c', activityType: 'refrigerant.top-up', sourceClass: null, validTo: '2024-12-31' })];
    await as(ours)
      .put('/v1/exclusions', [exclusion('E2'), ...set])
      .expect(200, { exclusions: 2 });
    await as(ours).put('/v1/exclusions', set).expect(200, { exclusions: 1 });
    await as(ours).get('/v1/exclusions').expect(200, { items: set, next: null });
  });

  it.each([
    ['an unknown entity', [exclusion('E', { entity: 'nobody' })], 404, 'entity_unknown', 'body[0].entity'],
    ['one code twice', [exclusion('E'), exclusion('E')], 409, 'exclusion_conflict', 'body[1].code'],
    ['no reason', [exclusion('E', { reason: '  ' })], 400, 'request_invalid', 'body[0].reason'],
    ['an unknown activity type', [exclusion('E', { activityType: 'magic' })], 400, 'request_invalid', 'body[0].activityType'],
    ['an unknown source class', [exclusion('E', { sourceClass: 'magic' })], 400, 'request_invalid', 'body[0].sourceClass'],
  ])('keeps its exclusions when the new ones have %s', async (_, exclusions, status, code, at) => {
    const before = (await as(ours).get('/v1/exclusions')).body as object;
    const { body } = await as(ours).put('/v1/exclusions', exclusions).expect(status);
    expect(body).toMatchObject({ code, places: [{ at }] });
    await as(ours).get('/v1/exclusions').expect(200, before);
  });

  it('has one whole set of holdings after many replacements at once', async () => {
    const busy = await addTenant('Busy holdings');
    await as(busy)
      .put('/v1/entities', [entity('root'), entity('b'), entity('c')])
      .expect(200);
    const sets = Array.from({ length: 8 }, (_, turn) => [holding('b', 'root', `0.${turn + 1}`), holding('c', 'root', `0.${turn + 1}`)]);
    const answers = await Promise.all(sets.map((set) => as(busy).put('/v1/holdings', set)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const { body } = await as(busy).get('/v1/holdings').expect(200);
    const { items } = body as { items: { share: string }[] };
    expect(items).toHaveLength(2);
    expect(items[0]?.share).toBe(items[1]?.share);
  });

  it('is not to be seen by another tenant', async () => {
    await as(theirs).get('/v1/entities').expect(200, { items: [], next: null });
    for (const set of ['holdings', 'leases', 'exclusions']) await as(theirs).get(`/v1/${set}`).expect(200, { items: [], next: null });
    await as(theirs).get('/v1/entities/b').expect(404);
    await as(theirs)
      .put('/v1/holdings', [holding('b', 'root', '1')])
      .expect(404);
    await as(theirs)
      .put('/v1/entities', [entity('b', 'Theirs')])
      .expect(200, { created: 1, updated: 0 });
    await as(ours).get('/v1/entities/b').expect(200, entity('b', 'Bee'));
  });

  describe('seen by the role of the gateway, past its code', () => {
    let role: Client;
    beforeAll(async () => {
      role = new Client({ connectionString: database.urlFor('scopebook_gateway') });
      await role.connect();
    });
    afterAll(() => role.end());

    const TABLES = ['gateway.tenants', 'gateway.api_keys', 'gateway.entities', 'gateway.holdings', 'gateway.leases', 'gateway.exclusions'];

    it.each(TABLES)('%s is empty without a tenant', async (table) => {
      expect((await role.query(`select * from ${table}`)).rows).toEqual([]);
    });

    it('another tenant’s rows are not there, and cannot be written', async () => {
      await role.query('begin');
      await role.query("select set_config('app.tenant', $1, true)", [theirs.tenantId]);
      const { rows } = await role.query('select distinct tenant_id from gateway.entities');
      expect(rows).toEqual([{ tenant_id: theirs.tenantId }]);
      await expect(
        role.query("insert into gateway.entities (tenant_id, code, name, country) values ($1, 'x', 'x', 'GB')", [ours.tenantId]),
      ).rejects.toThrow('row-level security');
      await role.query('rollback');
    });

    it('a key’s hash shows that key and no other', async () => {
      const keyHash = createHash('sha256').update(ours.apiKey).digest('hex');
      await role.query('begin');
      await role.query("select set_config('app.key_hash', $1, true)", [keyHash]);
      expect((await role.query('select key_hash from gateway.api_keys')).rows).toEqual([{ key_hash: keyHash }]);
      await role.query('rollback');
    });

    it('rows of other services are out of reach', async () => {
      await expect(role.query('select * from ingestion.activities')).rejects.toThrow('permission denied');
    });
  });
});
