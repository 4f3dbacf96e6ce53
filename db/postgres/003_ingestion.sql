-- From a file's bytes to activities. A line of the file and one of its mapped slots make a record; every record ends accepted, refused or duplicate.
set local role scopebook_owner;

create table ingestion.mappings (
  tenant_id  uuid    not null,
  name       text    not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  version    integer not null check (version > 0),
  spec       jsonb   not null,
  digest     text    not null,                                            -- sha-256 of the canonical spec: an unchanged spec makes no version
  created_at timestamptz not null default now(),
  primary key (tenant_id, name, version)
);

-- On which day of the year the tenant's reporting years begin; without a row on 1 January. Fixed by the first import: records are cut by it.
create table ingestion.reporting_years (
  tenant_id  uuid        not null primary key,
  starts_on  text        not null check (starts_on ~ '^[0-9]{2}-[0-9]{2}$' and starts_on <> '02-29'),   -- MM-DD
  stated_at  timestamptz not null default now()
);

create table ingestion.imports (
  tenant_id       uuid    not null,
  id              uuid    not null,
  ordinal         integer,                                                -- 1, 2, 3 ... per tenant in the order of finishing: the ledger's canonical order
  file_id         text    not null,
  file_name       text    not null,
  sha256          text    not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes           bigint  not null,
  mapping_name    text    not null,
  mapping_version integer not null,
  round           integer not null default 1 check (round > 0),           -- the n-th time that these bytes are read under this mapping on request
  status          text    not null check (status in ('received', 'staging', 'finished', 'refused', 'failed')),
  format          jsonb,                                                  -- what the file is read as, and its columns: found once, so that a resumed import reads the same
  refusal_code    text,
  refusal_detail  text,
  lines           bigint  not null default 0,
  records         bigint  not null default 0,
  accepted        bigint  not null default 0,
  refused         bigint  not null default 0,
  duplicate       bigint  not null default 0,
  corrected       bigint  not null default 0,                             -- of the accepted: new versions of a record known before
  flagged         bigint  not null default 0,                             -- of the accepted: with at least one flag
  received_at     timestamptz not null default now(),
  finished_at     timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, ordinal),
  foreign key (tenant_id, mapping_name, mapping_version) references ingestion.mappings (tenant_id, name, version),
  check (status <> 'finished' or (ordinal is not null and records = accepted + refused + duplicate))
);
-- The same bytes under the same mapping are the same import, also when ten arrive at once, unless they are to be read again: an entity may have been
-- added since, and what was refused for its absence is accepted then, while everything else proves a duplicate.
create unique index imports_same_bytes on ingestion.imports (tenant_id, sha256, mapping_name, mapping_version, round)
  where status not in ('refused', 'failed');

-- A chunk is staged in one transaction with this row: a killed import resumes after the last chunk that is here.
create table ingestion.import_chunks (
  tenant_id  uuid    not null,
  import_id  uuid    not null,
  chunk      integer not null,
  first_line bigint  not null,
  last_line  bigint  not null,
  records    bigint  not null,
  accepted   bigint  not null,
  refused    bigint  not null,
  duplicate  bigint  not null,
  corrected  bigint  not null,
  flagged    bigint  not null,
  primary key (tenant_id, import_id, chunk),
  foreign key (tenant_id, import_id) references ingestion.imports (tenant_id, id),
  check (records = accepted + refused + duplicate)
);

create table ingestion.match_keys (
  tenant_id     uuid     not null,
  id            bigint   generated always as identity,
  digest        uuid     not null,                                        -- a UUID made of sha-256 over the canonical text of the key
  activity_type text     not null,
  unit          text     not null,
  year          smallint not null,                                        -- the calendar year
  reporting_year smallint check (reporting_year <> year),                 -- name of the reporting year; null: it is the calendar year
  country       text     not null,
  region        text,
  supplier      text,
  attributes    jsonb    not null,
  primary key (tenant_id, id),
  unique (tenant_id, digest)
);

-- One row per record × segment; a record whose period crosses the end of a calendar year or of a reporting year is cut there by days.
create table ingestion.activities (
  tenant_id    uuid     not null,
  id           bigint   not null,
  segment      smallint not null,
  segments     smallint not null,
  import_id    uuid     not null,
  line         bigint   not null,
  slot         smallint not null,
  version      integer  not null,
  supersedes   bigint,                                                    -- the activity whose place this version takes
  origin       bigint,                                                    -- version 1 of the same identity; null on version 1 itself
  entity_id    uuid     not null,
  match_key_id bigint   not null,
  period_start date     not null,
  period_end   date     not null,                                         -- last day, inclusive
  quantity     numeric  not null check (scale(quantity) <= 12),           -- in the key's unit, this segment's part
  stated       jsonb    not null,                                         -- operands as the file states them: [{operand, text, unit}]
  flags        text[]   not null default '{}',
  tags         jsonb    not null default '{}',
  primary key (tenant_id, id, segment),
  check (period_end >= period_start),
  check (segment between 1 and segments),
  check ((version = 1) = (supersedes is null)),
  check ((version = 1) = (origin is null))
);
create sequence ingestion.activity_ids;
create index activities_of_import on ingestion.activities (tenant_id, import_id, id);
-- From a pool's member to its rows.
create index activities_of_key on ingestion.activities (tenant_id, match_key_id, id);
-- Corrections are few, so this index is small. A reading of a set of imports asks it for the latest version *within that set*: the versions in
-- between may belong to an import that has not finished yet.
create index activities_corrected on ingestion.activities (tenant_id, origin, version) where origin is not null;

-- Which activity currently stands for an identity (source, the columns that the mapping names, slot).
create table ingestion.identities (
  tenant_id   uuid    not null,
  identity    uuid    not null,                                           -- a UUID made of sha-256
  content     uuid    not null,                                           -- a UUID made of sha-256 over everything the record states
  activity_id bigint  not null,
  origin      bigint  not null,                                           -- activity of version 1
  version     integer not null,
  primary key (tenant_id, identity)
);

create table ingestion.refusals (
  tenant_id uuid     not null,
  import_id uuid     not null,
  line      bigint   not null,
  slot      smallint not null,
  "column"  text,
  code      text     not null,
  detail    text     not null,
  value     text,                                                         -- the cell as the file has it, cut at 200 characters
  primary key (tenant_id, import_id, line, slot)
);

-- Counted with each chunk: the ten million refusals of a file need not be gone through to say what they are.
create table ingestion.refusal_counts (
  tenant_id uuid    not null,
  import_id uuid    not null,
  chunk     integer not null,                                             -- 0: the file as a whole
  code      text    not null,
  "column"  text    not null,                                             -- '': of no column
  records   bigint  not null,
  primary key (tenant_id, import_id, chunk, code, "column")
);

create table ingestion.duplicates (
  tenant_id          uuid     not null,
  import_id          uuid     not null,
  line               bigint   not null,
  slot               smallint not null,
  duplicate_of       bigint   not null,                                   -- the activity that this record repeats
  primary key (tenant_id, import_id, line, slot)
);

-- The keys of an import's records: thousands, where the records are millions. What must be decided for an import is read from here.
create table ingestion.import_keys (
  tenant_id    uuid   not null,
  import_id    uuid   not null,
  match_key_id bigint not null,
  primary key (tenant_id, import_id, match_key_id)
);

-- The tenant's tags and their types: the first mapping that declares a tag fixes its type.
create table ingestion.tags (
  tenant_id uuid not null,
  name      text not null check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  type      text not null check (type in ('text', 'decimal', 'date', 'boolean')),
  primary key (tenant_id, name)
);

do $$
declare t text;
begin
  foreach t in array array['mappings', 'reporting_years', 'imports', 'import_chunks', 'match_keys', 'activities', 'identities', 'refusals', 'refusal_counts', 'duplicates', 'tags', 'import_keys'] loop
    execute format('alter table ingestion.%I enable row level security', t);
    execute format('alter table ingestion.%I force row level security', t);
    execute format('create policy tenant on ingestion.%I using (tenant_id = (select messaging.current_tenant()))', t);
    execute format('grant select, insert on ingestion.%I to scopebook_ingestion', t);
  end loop;
end $$;
grant update on ingestion.imports, ingestion.identities to scopebook_ingestion;
grant update (starts_on, stated_at) on ingestion.reporting_years to scopebook_ingestion;
grant usage on sequence ingestion.activity_ids to scopebook_ingestion;
-- Statistics right after a large load: the planner takes a table that nobody has looked at for an empty one, and joins row by row.
grant maintain on ingestion.activities, ingestion.identities to scopebook_ingestion;

create view ingestion.imports_v1 as
  select tenant_id, id, ordinal, file_name, sha256, mapping_name, mapping_version, status, lines, records, accepted, refused, duplicate, finished_at
  from ingestion.imports where status = 'finished';
create view ingestion.match_keys_v1 as
  select tenant_id, id, digest, activity_type, unit, year, country, region, supplier, attributes, coalesce(reporting_year, year) as reporting_year
  from ingestion.match_keys;
create view ingestion.activities_v1 as
  select tenant_id, id, segment, segments, import_id, line, slot, version, supersedes, origin, entity_id, match_key_id, period_start, period_end, quantity,
         stated, flags, tags
  from ingestion.activities;
create view ingestion.import_keys_v1 as select tenant_id, import_id, match_key_id from ingestion.import_keys;
create view ingestion.mappings_v1 as select tenant_id, name, version, spec from ingestion.mappings;
create view ingestion.reporting_years_v1 as select tenant_id, starts_on from ingestion.reporting_years;
create view ingestion.tags_v1 as select tenant_id, name, type from ingestion.tags;
grant select on ingestion.imports_v1, ingestion.match_keys_v1, ingestion.activities_v1, ingestion.mappings_v1, ingestion.reporting_years_v1,
  ingestion.tags_v1
  to scopebook_calculation, scopebook_reporting;
grant select on ingestion.import_keys_v1 to scopebook_calculation;
