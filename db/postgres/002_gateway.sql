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
  operational_control boolean not null,
  valid_from          date    not null,
  valid_to            date,                                              -- last day, inclusive; null: until further notice
  primary key (tenant_id, id),
  unique (tenant_id, entity_id, holder_id, valid_from),
  foreign key (tenant_id, entity_id) references gateway.entities (tenant_id, id),
  foreign key (tenant_id, holder_id) references gateway.entities (tenant_id, id),
  check (entity_id <> holder_id),
  check (valid_to is null or valid_to >= valid_from)
);
alter table gateway.holdings enable row level security;
alter table gateway.holdings force row level security;
create policy tenant on gateway.holdings using (tenant_id = (select messaging.current_tenant()));
grant select, insert, delete on gateway.holdings to scopebook_gateway;

create view gateway.entities_v1 as select tenant_id, id, code, name, country, region from gateway.entities;
create view gateway.holdings_v1 as
  select h.tenant_id, e.code as entity_code, o.code as holder_code, h.share, h.operational_control, h.valid_from, h.valid_to
  from gateway.holdings h
  join gateway.entities e on (e.tenant_id, e.id) = (h.tenant_id, h.entity_id)
  join gateway.entities o on (o.tenant_id, o.id) = (h.tenant_id, h.holder_id);
grant select on gateway.entities_v1 to scopebook_ingestion, scopebook_calculation, scopebook_reporting;
grant select on gateway.holdings_v1 to scopebook_reporting;
