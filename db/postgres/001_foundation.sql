-- Schemas, their owner, and the outbox.
--
-- Every object belongs to scopebook_owner, a role that cannot log in, is no superuser and has no BYPASSRLS. Row policies are FORCEd, so they
-- bind the owner too: a view that runs with its owner's rights still shows one tenant only, whoever ran the migration.

do $$
begin
  if not exists (select from pg_roles where rolname = 'scopebook_owner') then
    create role scopebook_owner nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of the same cluster was quicker
end $$;
grant scopebook_owner to current_user;

-- Similar words for the search of factors. A trusted extension: who may create in the database may create it.
create extension if not exists pg_trgm with schema public;

create schema gateway authorization scopebook_owner;
create schema ingestion authorization scopebook_owner;
create schema calculation authorization scopebook_owner;
create schema reporting authorization scopebook_owner;
create schema messaging authorization scopebook_owner;

set local role scopebook_owner;

grant usage on schema gateway to scopebook_gateway, scopebook_ingestion, scopebook_calculation, scopebook_reporting;
grant usage on schema ingestion to scopebook_ingestion, scopebook_calculation, scopebook_reporting;
grant usage on schema calculation to scopebook_calculation, scopebook_reporting;
grant usage on schema reporting to scopebook_reporting;
grant usage on schema messaging to scopebook_ingestion, scopebook_calculation, scopebook_reporting;

-- The tenant of the running transaction; null outside one. Policies wrap the call in a sub-select, so that it runs once per statement.
create function messaging.current_tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.tenant', true), '')::uuid;
grant usage on schema messaging to scopebook_gateway;

-- One row is one delivery of one message to one consumer, written in the transaction of the state change that causes it. The relay publishes
-- unpublished rows; the consumer claims the row, works, and marks it done. The broker may lose everything: rows that are not done are
-- published again. Ids only, no row policy: a worker must find its work before it knows the tenant (design README, section 3).
create table messaging.outbox (
  id           bigint generated always as identity primary key,
  subject      text        not null,
  tenant_id    uuid        not null,
  payload      jsonb       not null,
  created_at   timestamptz not null default now(),
  published_at timestamptz,
  attempts     integer     not null default 0,
  done_at      timestamptz,
  failed_at    timestamptz,
  failure      text,
  check (pg_column_size(payload) < 4096)
);
create index outbox_open on messaging.outbox (subject, id) where done_at is null and failed_at is null;
grant select, insert, update on messaging.outbox to scopebook_ingestion, scopebook_calculation, scopebook_reporting;
