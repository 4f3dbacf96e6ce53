import { Client } from 'pg';
import { testDatabase, type ServiceRole, type TestDatabase } from './support/database';

const SCHEMAS = ['gateway', 'ingestion', 'calculation', 'reporting', 'messaging'];
const SERVICES: Readonly<Record<ServiceRole, string>> = {
  scopebook_gateway: 'gateway',
  scopebook_ingestion: 'ingestion',
  scopebook_calculation: 'calculation',
  scopebook_reporting: 'reporting',
};
const ROLES = Object.keys(SERVICES);

/** Ids only; a worker must find its work before it knows the tenant (design: named exception). */
const WITHOUT_POLICY = ['messaging.outbox'];
/** The tenant itself, which is its own id. */
const TENANT_IS_ID = ['gateway.tenants'];
/** Never changed, only added to. */
const APPEND_ONLY = [
  'entries',
  'rates',
  'decisions',
  'key_sums',
  'run_imports',
  'run_changed_keys',
  'factors',
  'factor_terms',
  'factor_words',
  'factor_set_omissions',
  'profiles',
  'pools',
  'pool_inputs',
  'pool_results',
  'pool_postings',
  'set_adoptions',
  'factor_choices',
  'decision_inputs',
  'classifications',
  'suggestion_policies',
];

/** What each service may read of the others: their versioned views. A new grant is a new line here. */
const FOREIGN: Readonly<Record<ServiceRole, readonly string[]>> = {
  scopebook_gateway: [],
  scopebook_ingestion: ['gateway.entities_v1'],
  scopebook_calculation: [
    'gateway.entities_v1',
    'ingestion.activities_v1',
    'ingestion.import_keys_v1',
    'ingestion.imports_v1',
    'ingestion.mappings_v1',
    'ingestion.match_keys_v1',
    'ingestion.reporting_years_v1',
    'ingestion.tags_v1',
  ],
  scopebook_reporting: [
    'calculation.books_v1',
    'calculation.decisions_v1',
    'calculation.entries_v1',
    'calculation.factor_sets_v1',
    'calculation.key_sums_v1',
    'calculation.pool_postings_v1',
    'calculation.rates_v1',
    'calculation.run_imports_v1',
    'calculation.runs_v1',
    'gateway.entities_v1',
    'gateway.exclusions_v1',
    'gateway.holdings_v1',
    'gateway.leases_v1',
    'ingestion.activities_v1',
    'ingestion.imports_v1',
    'ingestion.mappings_v1',
    'ingestion.match_keys_v1',
    'ingestion.reporting_years_v1',
    'ingestion.tags_v1',
  ],
};

/** Grants on a relation or on one of its columns, to a service role or to everybody. */
const GRANTS = `
select coalesce(r.rolname, 'public') as role, n.nspname as schema, c.relname as name, x.privilege_type as privilege
from pg_class c join pg_namespace n on n.oid = c.relnamespace
cross join lateral (
  select (aclexplode(c.relacl)).*
  union all
  select (aclexplode(a.attacl)).* from pg_attribute a where a.attrelid = c.oid and a.attacl is not null) x
left join pg_roles r on r.oid = x.grantee
where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'S') and x.grantee <> c.relowner
order by 1, 2, 3, 4`;

/** At least one row in every schema, written past the policies. */
const SEED = `
insert into gateway.tenants (id, name) values ('0198f000-0000-7000-8000-000000000001', 'One') on conflict do nothing;
insert into gateway.entities (tenant_id, code, name, country) select id, 'HQ', 'HQ', 'DE' from gateway.tenants on conflict do nothing;
insert into ingestion.tags (tenant_id, name, type) select id, 'project', 'text' from gateway.tenants on conflict do nothing;
insert into calculation.books (tenant_id, name, method_pack, gwp_set) select id, 'main', 'm', 'AR5' from gateway.tenants on conflict do nothing;
insert into calculation.factor_sets (tenant_id, id, publisher, edition, version, title, licence, attribution, gwp_set, digest, factors)
  select id, id, 'p', 'e', 'v', 't', 'l', 'a', 'AR5', 'd', 0 from gateway.tenants on conflict do nothing;
insert into reporting.projections (tenant_id, run_id, book_id, run_ordinal, status)
  select id, id, id, 1, 'projecting' from gateway.tenants on conflict do nothing;`;

interface Grant {
  readonly role: string;
  readonly schema: string;
  readonly name: string;
  readonly privilege: string;
}

describe('tenants are kept apart by the database', () => {
  let database: TestDatabase;
  let owner: Client;
  const ask = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => (await owner.query<T>(sql, values)).rows;

  beforeAll(async () => {
    database = await testDatabase('tenancy');
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await database?.drop();
  });

  const tables = (): Promise<{ table: string; tenant: boolean; enabled: boolean; forced: boolean; policies: string[] }[]> =>
    ask(
      `select n.nspname || '.' || c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
              exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull) as tenant,
              array(select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant') as policies
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = any ($1) and c.relkind in ('r', 'p') order by 1`,
      [SCHEMAS],
    );

  it('there are no tables but those in the five schemas and the record of migrations', async () => {
    const others = await ask(
      `select n.nspname || '.' || c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'm', 'f') and n.nspname <> all ($1) and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
      [SCHEMAS],
    );
    expect(others).toEqual([{ table: 'public.schema_migrations' }]);
  });

  it('every table names its tenant, never null', async () => {
    const without = (await tables()).filter(({ tenant }) => !tenant).map(({ table }) => table);
    expect(without).toEqual(TENANT_IS_ID);
  });

  it('every table forces row security, with the tenant policy, but for the named exception', async () => {
    const all = await tables();
    const open = all.filter(({ enabled, forced, policies }) => !enabled || !forced || policies.length !== 1).map(({ table }) => table);
    expect(open).toEqual(WITHOUT_POLICY);
    const policies = new Set(all.flatMap(({ policies }) => policies.map((text) => text.replace(/\s+/g, ' '))));
    // A sub-select, so that it is evaluated once per statement and not once per row.
    expect([...policies].sort()).toEqual([
      '(id = ( SELECT messaging.current_tenant() AS current_tenant))',
      '(tenant_id = ( SELECT messaging.current_tenant() AS current_tenant))',
    ]);
  });

  it('every other policy that opens something lets somebody read, and nobody write', async () => {
    const others = await ask(
      `select p.polrelid::regclass::text as table, p.polname as name, p.polcmd as command from pg_policy p where p.polname <> 'tenant' and p.polpermissive order by 1`,
    );
    expect(others).toEqual([
      { table: 'calculation.factor_set_omissions', name: 'catalogue', command: 'r' },
      { table: 'calculation.factor_sets', name: 'catalogue', command: 'r' },
      { table: 'calculation.factor_terms', name: 'catalogue', command: 'r' },
      { table: 'calculation.factor_words', name: 'catalogue', command: 'r' },
      { table: 'calculation.factors', name: 'catalogue', command: 'r' },
      { table: 'gateway.api_keys', name: 'bearer', command: 'r' },
    ]);
  });

  it.each([...ROLES, 'scopebook_owner'])('%s is no superuser, bypasses no policy, and may become nobody else', async (role) => {
    const [flags] = await ask(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
              array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid) as member_of
       from pg_roles r where rolname = $1`,
      [role],
    );
    expect(flags).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      member_of: [],
    });
  });

  it('everything belongs to the owner, who is no service, cannot log in, and is bound by the policies itself', async () => {
    const owners = await ask(
      `select distinct r.rolname::text as owner, r.rolcanlogin as login from pg_class c
       join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner where n.nspname = any ($1)
       union select r.rolname::text, r.rolcanlogin from pg_namespace n join pg_roles r on r.oid = n.nspowner where n.nspname = any ($1)
       union select r.rolname::text, r.rolcanlogin from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       join pg_roles r on r.oid = p.proowner where n.nspname = any ($1)`,
      [SCHEMAS],
    );
    expect(owners).toEqual([{ owner: 'scopebook_owner', login: false }]);
  });

  it('no function runs with the rights of its owner', async () => {
    const definers = await ask(
      `select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1) and p.prosecdef`,
      [SCHEMAS],
    );
    expect(definers).toEqual([]);
  });

  describe('grants', () => {
    const grants = (): Promise<Grant[]> => ask<Grant>(GRANTS, [SCHEMAS]);

    it('go to the four services and nobody else, everybody least of all', async () => {
      const grantees = new Set((await grants()).map(({ role }) => role));
      expect([...grantees].sort()).toEqual([...ROLES].sort());
    });

    it.each(Object.entries(SERVICES))('%s reads of other schemas exactly the named `_v1` views', async (role, own) => {
      const foreign = (await grants()).filter((grant) => grant.role === role && grant.schema !== own && grant.schema !== 'messaging');
      expect(foreign.map(({ schema, name, privilege }) => `${privilege} ${schema}.${name}`)).toEqual(
        FOREIGN[role as ServiceRole].map((view) => `SELECT ${view}`),
      );
      for (const { name } of foreign) expect(name).toMatch(/_v\d+$/);
    });

    it('on the outbox: the workers read, add and mark; nobody deletes, and the gateway does not see it', async () => {
      const outbox = (await grants()).filter(({ schema }) => schema === 'messaging');
      const workers = ['scopebook_calculation', 'scopebook_ingestion', 'scopebook_reporting'];
      expect(outbox.map(({ role, name, privilege }) => `${role} ${privilege} ${name}`)).toEqual(
        workers.flatMap((role) => ['INSERT', 'SELECT', 'UPDATE'].map((privilege) => `${role} ${privilege} outbox`)),
      );
    });

    it('let nobody change or remove what is only ever added', async () => {
      const may = (await grants()).filter(
        ({ schema, name, privilege }) => schema === 'calculation' && APPEND_ONLY.includes(name) && privilege !== 'MAINTAIN',
      );
      expect(may.length).toBe(APPEND_ONLY.length * 2);
      expect([...new Set(may.map(({ role, privilege }) => `${role} ${privilege}`))].sort()).toEqual([
        'scopebook_calculation INSERT',
        'scopebook_calculation SELECT',
      ]);
    });

    it('let nobody change what was said of a base year', async () => {
      const may = (await grants()).filter(({ schema, name }) => schema === 'reporting' && name.startsWith('base_year'));
      expect(may.map(({ role, privilege, name }) => `${role} ${privilege} ${name}`)).toEqual(
        ['base_year_evaluations', 'base_year_figures', 'base_years'].flatMap((name) =>
          ['INSERT', 'SELECT'].map((privilege) => `scopebook_reporting ${privilege} ${name}`),
        ),
      );
    });

    it('let nobody empty a table, hang triggers on it, or refer to it', async () => {
      const harmless = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE', 'MAINTAIN'];
      const mighty = (await grants()).filter(({ privilege }) => !harmless.includes(privilege));
      expect(mighty).toEqual([]);
    });

    it('let statistics be gathered by the service that loads the table, of what is loaded in bulk and nothing else', async () => {
      const maintained = (await grants()).filter(({ privilege }) => privilege === 'MAINTAIN');
      expect(maintained.map(({ role, schema, name }) => `${role} ${schema}.${name}`)).toEqual([
        'scopebook_calculation calculation.book_keys',
        'scopebook_calculation calculation.entries',
        'scopebook_calculation calculation.rates',
        'scopebook_ingestion ingestion.activities',
        'scopebook_ingestion ingestion.identities',
      ]);
    });

    it('let rows be deleted only where a set is replaced as a whole', async () => {
      const deletes = (await grants()).filter(({ privilege }) => privilege === 'DELETE');
      expect(deletes.map(({ role, schema, name }) => `${role} ${schema}.${name}`)).toEqual(
        ['exclusions', 'holdings', 'leases'].map((table) => `scopebook_gateway gateway.${table}`),
      );
    });

    it('on schemas: everybody uses, nobody creates', async () => {
      const create = await ask(
        `select n.nspname, r.rolname from pg_namespace n cross join pg_roles r
         where n.nspname = any ($1) and r.rolname = any ($2) and has_schema_privilege(r.oid, n.oid, 'create')`,
        [[...SCHEMAS, 'public'], ROLES],
      );
      expect(create).toEqual([]);
    });
  });

  it.each(['entries', 'rates', 'decisions'])('refuses the engine an UPDATE, a DELETE and a TRUNCATE of calculation.%s', async (table) => {
    const engine = new Client({ connectionString: database.urlFor('scopebook_calculation') });
    await engine.connect();
    try {
      for (const sql of [
        `update calculation.${table} set tenant_id = tenant_id`,
        `delete from calculation.${table}`,
        `truncate calculation.${table}`,
      ]) {
        await expect(engine.query(sql)).rejects.toThrow(`permission denied for table ${table}`);
      }
    } finally {
      await engine.end();
    }
  });

  it.each(ROLES)('%s sees no row of any tenant outside a tenant’s transaction, in table or view', async (role) => {
    await owner.query(SEED);
    const seen = (await ask<Grant>(GRANTS, [SCHEMAS])).filter(
      (grant) => grant.role === role && grant.privilege === 'SELECT' && !WITHOUT_POLICY.includes(`${grant.schema}.${grant.name}`),
    );
    const service = new Client({ connectionString: database.urlFor(role as ServiceRole) });
    await service.connect();
    try {
      expect(seen.length).toBeGreaterThan(0);
      for (const { schema, name } of seen) expect((await service.query(`select * from ${schema}.${name} limit 1`)).rows).toEqual([]);
    } finally {
      await service.end();
    }
  });
});
