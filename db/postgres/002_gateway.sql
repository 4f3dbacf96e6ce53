-- The control plane: who the tenants are, who may call, and what the reporting organisation looks like.
set local role scopebook_owner;

create table gateway.tenants (
  id         uuid primary key,
  name       text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);
alter table gateway.tenants enable row level security;
alter table gateway.tenants force row level security;
create policy tenant on gateway.tenants using (id = (select messaging.current_tenant()));
grant select, insert on gateway.tenants to scopebook_gateway;

create table gateway.api_keys (
  id         uuid primary key default gen_random_uuid(),
  tenant_id  uuid not null references gateway.tenants (id),
  name       text not null check (length(name) between 1 and 200),
  key_hash   text not null unique check (key_hash ~ '^[0-9a-f]{64}$'), -- sha-256: the key itself is shown once and never stored
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
alter table gateway.api_keys enable row level security;
alter table gateway.api_keys force row level security;
create policy tenant on gateway.api_keys using (tenant_id = (select messaging.current_tenant()));
-- A caller is recognised before its tenant is known: whoever holds a key sees the one row with that key's hash, and no other.
create policy bearer on gateway.api_keys for select using (key_hash = (select nullif(current_setting('app.key_hash', true), '')));
grant select, insert, update (revoked_at) on gateway.api_keys to scopebook_gateway;

create table gateway.entities (
  tenant_id  uuid not null references gateway.tenants (id),
  id         uuid not null default gen_random_uuid(),
  code       text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  name       text not null check (length(name) between 1 and 200),
  country    text not null check (country ~ '^[A-Z]{2}$'),             -- ISO 3166-1 alpha-2
  region     text check (region ~ '^[A-Z]{2}-[A-Z0-9]{1,12}$'),         -- grid subregion or ISO 3166-2; null: the country as a whole
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, code)
);
alter table gateway.entities enable row level security;
alter table gateway.entities force row level security;
create policy tenant on gateway.entities using (tenant_id = (select messaging.current_tenant()));
grant select, insert, update (name, country, region) on gateway.entities to scopebook_gateway;

-- Who holds what, and who runs it, from when to when. The reporting company itself has no holding row. Chains multiply, several chains sum.
create table gateway.holdings (
  tenant_id           uuid    not null,
  id                  uuid    not null default gen_random_uuid(),
  entity_id           uuid    not null,
  holder_id           uuid    not null,
  share               numeric not null check (share >= 0 and share <= 1 and scale(share) <= 12),
  relation            text    not null check (relation in ('subsidiary', 'joint-venture', 'associate', 'fixed-asset-investment', 'franchise')),
  operational_control boolean not null,
  financial_control   boolean not null,                                  -- alone: joint control is the relation of a joint venture
  valid_from          date    not null,
  valid_to            date,                                              -- last day, inclusive; null: until further notice
  primary key (tenant_id, id),
  unique (tenant_id, entity_id, holder_id, valid_from),
  foreign key (tenant_id, entity_id) references gateway.entities (tenant_id, id),
  foreign key (tenant_id, holder_id) references gateway.entities (tenant_id, id),
  check (entity_id <> holder_id),
  check (valid_to is null or valid_to >= valid_from),
  check (not financial_control or relation in ('subsidiary', 'franchise'))
);

-- Assets that are leased in or out, each an entity of its own. The class is a decision with its reason, not the label of the accounts.
create table gateway.leases (
  tenant_id       uuid    not null,
  id              uuid    not null default gen_random_uuid(),
  entity_id       uuid    not null,
  side            text    not null check (side in ('lessee', 'lessor')),         -- who the reporting company is in it
  lease_class     text    not null check (lease_class in ('finance', 'operating')),
  lessee_controls boolean not null,
  reason          text    not null check (length(reason) <= 2000),
  valid_from      date    not null,
  valid_to        date,                                                  -- last day, inclusive; null: until further notice
  primary key (tenant_id, id),
  unique (tenant_id, entity_id, valid_from),
  foreign key (tenant_id, entity_id) references gateway.entities (tenant_id, id),
  check (valid_to is null or valid_to >= valid_from),
  check (lessee_controls or reason <> '')
);

-- What is knowingly left out of the inventory. A null leaves its column open: all entities, all types, all classes.
create table gateway.exclusions (
  tenant_id     uuid not null references gateway.tenants (id),
  id            uuid not null default gen_random_uuid(),
  code          text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  entity_id     uuid,
  activity_type text check (length(activity_type) <= 100),
  source_class  text check (length(source_class) <= 100),
  reason        text not null check (length(reason) between 1 and 2000),
  valid_from    date not null,
  valid_to      date,                                                    -- last day, inclusive; null: until further notice
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, entity_id) references gateway.entities (tenant_id, id),
  check (valid_to is null or valid_to >= valid_from)
);

-- Each of these sets is replaced as a whole: only the whole of it can be free of contradictions.
do $$
declare t text;
begin
  foreach t in array array['holdings', 'leases', 'exclusions'] loop
    execute format('alter table gateway.%I enable row level security', t);
    execute format('alter table gateway.%I force row level security', t);
    execute format('create policy tenant on gateway.%I using (tenant_id = (select messaging.current_tenant()))', t);
    execute format('grant select, insert, delete on gateway.%I to scopebook_gateway', t);
  end loop;
end $$;

create view gateway.entities_v1 as select tenant_id, id, code, name, country, region from gateway.entities;
create view gateway.holdings_v1 as
  select h.tenant_id, e.code as entity_code, o.code as holder_code, h.share, h.relation, h.operational_control, h.financial_control, h.valid_from,
         h.valid_to
  from gateway.holdings h
  join gateway.entities e on (e.tenant_id, e.id) = (h.tenant_id, h.entity_id)
  join gateway.entities o on (o.tenant_id, o.id) = (h.tenant_id, h.holder_id);
grant select on gateway.entities_v1 to scopebook_ingestion, scopebook_calculation, scopebook_reporting;
create view gateway.leases_v1 as
  select l.tenant_id, e.code as entity_code, l.side, l.lease_class, l.lessee_controls, l.reason, l.valid_from, l.valid_to
  from gateway.leases l join gateway.entities e on (e.tenant_id, e.id) = (l.tenant_id, l.entity_id);
create view gateway.exclusions_v1 as
  select x.tenant_id, x.code, e.code as entity_code, x.activity_type, x.source_class, x.reason, x.valid_from, x.valid_to
  from gateway.exclusions x left join gateway.entities e on (e.tenant_id, e.id) = (x.tenant_id, x.entity_id);
grant select on gateway.holdings_v1, gateway.leases_v1, gateway.exclusions_v1 to scopebook_reporting;
