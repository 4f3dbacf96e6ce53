-- Factors, decisions, and the ledger. Entries are only ever added: the engine's role can neither change nor remove one.
set local role scopebook_owner;

-- A set of the starter catalogue belongs to the nil tenant, which everybody may read and nobody but the loader writes.
create table calculation.factor_sets (
  tenant_id   uuid    not null,
  id          uuid    not null,                                           -- a UUID made of the digest: content, not chance, names a set
  publisher   text    not null,
  edition     text    not null,
  version     text    not null,
  title       text    not null,
  licence     text    not null,
  attribution text    not null,
  gwp_set     text    not null,                                           -- the GWP set behind every CO2e figure that the publisher prints
  invented    boolean not null default false,                             -- openly invented figures: counted apart in every inventory
  digest      text    not null,                                           -- sha-256 of the canonical content
  current     boolean not null default true,                              -- the version of this publisher's edition that new runs pin
  factors     integer not null,
  properties     jsonb not null default '[]',                             -- of fuels and grids: what leads from one dimension to another
  exchange_rates jsonb not null default '[]',                             -- yearly means
  price_indices  jsonb not null default '[]',
  withheld    boolean not null default false,                             -- its licence forbids to show its values
  figures_key text,                                                       -- of a withheld set: what the digests of its figures are made with; never shown
  report      jsonb,                                                      -- of a publisher's file: what became of its rows, counted
  read_with   uuid,                                                       -- the set of the same upload that the report and the omissions stand with
  flags          jsonb not null default '[]',                             -- figures that stand out against the edition before, as of the upload
  flagged_against uuid,                                                   -- that edition; null: there was none
  file_digest text,                                                       -- of the starter catalogue: what the next start knows its file by
  created_at  timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, publisher, edition, version),
  check (withheld = (figures_key is not null))
);

create table calculation.factors (
  tenant_id     uuid     not null,
  id            bigint   generated always as identity,
  factor_set_id uuid     not null,
  number        integer  not null check (number >= 0),                    -- its place in the set; what the search counts by
  code          text     not null,                                        -- the publisher's own row id, or a stable one of ours
  body          jsonb    not null,                                        -- the factor as the kernel reads it (libs/ghg, Factor)
  primary key (tenant_id, id),
  unique (tenant_id, factor_set_id, code),
  unique (tenant_id, factor_set_id, number),
  foreign key (tenant_id, factor_set_id) references calculation.factor_sets (tenant_id, id)
);

-- Which factors of a set a word or a property leads to. An index kept as rows: a row policy lets only leakproof operators into an index, which text
-- search and trigrams are not, and would read every factor of the tenant instead.
create table calculation.factor_terms (
  tenant_id     uuid     not null,
  field         text     collate "C" not null,                            -- strong | word | prefix: of the text; else the property that is filtered by
  term          text     collate "C" not null,
  factor_set_id uuid     not null,
  block         smallint not null check (block >= 0),                     -- of 16,384 numbers
  numbers       bytea    not null,                                        -- which of them (engine, factor-sets/search/postings.ts)
  primary key (tenant_id, field, term, factor_set_id, block),
  foreign key (tenant_id, factor_set_id) references calculation.factor_sets (tenant_id, id)
);

-- The words of all sets, for a search that no word fits: words of about the same length are compared.
create table calculation.factor_words (
  tenant_id uuid     not null,
  letters   smallint not null check (letters > 0),
  word      text     collate "C" not null,
  primary key (tenant_id, letters, word)
);

-- What an upload left out, every row of it, by name.
create table calculation.factor_set_omissions (
  tenant_id     uuid    not null,
  factor_set_id uuid    not null,
  number        integer not null check (number >= 0),                     -- in the order of the file
  sheet         text    not null,
  row           integer not null,
  "column"      text,
  reason        text    not null,
  detail        text    not null,
  primary key (tenant_id, factor_set_id, number),
  foreign key (tenant_id, factor_set_id) references calculation.factor_sets (tenant_id, id)
);
create index factor_set_omissions_by_reason on calculation.factor_set_omissions (tenant_id, factor_set_id, reason, number);

create table calculation.books (
  tenant_id   uuid not null,
  id          uuid not null default gen_random_uuid(),
  name        text not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  method_pack text not null,
  gwp_set     text not null,
  catalogue   boolean not null default true,                              -- whether its runs pin the starter catalogue beside the tenant's own factor sets
  adoption    text not null default 'automatic' check (adoption in ('automatic', 'on-request')), -- how factor sets enter it; set_adoptions says who decided
  editions    text not null default 'blended' check (editions in ('blended', 'majority')), -- whose year's factors parts of a reporting year take
  created_at  timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

-- How factor sets came into a book and left it. Of an edition the last row of each set counts; nothing is changed or removed.
create table calculation.set_adoptions (
  tenant_id      uuid   not null,
  id             bigint generated always as identity,
  book_id        uuid   not null,
  action         text   not null check (action in ('adopt', 'drop', 'automatic', 'on-request')),
  set_tenant_id  uuid,                                                    -- the tenant's own or the starter catalogue's
  factor_set_id  uuid,
  author         text   not null check (length(author) between 1 and 500),
  reason         text   not null check (length(reason) between 1 and 1000),
  decided_at     timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, book_id) references calculation.books (tenant_id, id),
  foreign key (set_tenant_id, factor_set_id) references calculation.factor_sets (tenant_id, id),
  check ((action in ('adopt', 'drop')) = (factor_set_id is not null)),
  check ((factor_set_id is null) = (set_tenant_id is null))
);

create table calculation.runs (
  tenant_id        uuid    not null,
  id               uuid    not null,
  book_id          uuid    not null,
  ordinal          integer,                                               -- given by the seal: the book as of seal N is the sum over runs 1..N
  status           text    not null check (status in ('deciding', 'posting', 'pooling', 'sealing', 'sealed', 'failed')),
  failure          text,
  engine_version   text    not null,
  pins             jsonb   not null,                                      -- factor sets with their digests, GWP set, method pack, what its pools read, what people decided
  keys_decided     bigint  not null default 0,
  keys_changed     bigint  not null default 0,
  entries          bigint  not null default 0,
  reversals        bigint  not null default 0,
  activities       bigint  not null default 0,                            -- of the whole book as of this seal, counted from the activities themselves
  calculated       bigint  not null default 0,                            -- these four from the key sums and the decisions
  partly           bigint  not null default 0,
  refused          bigint  not null default 0,
  excluded         bigint  not null default 0,
  pool_refusals    bigint  not null default 0,                            -- in what the book's pools came to, as of this seal
  kgco2e           numeric not null default 0,                            -- control sum of this run's entries, all legs and bases
  content_digest   text,                                                  -- Merkle root over this run's entries in canonical order
  previous_seal    text,
  seal             text,                                                  -- sha-256 over (previous seal, ordinal, inputs, decisions of people, content digest, control sum)
  started_at       timestamptz not null default now(),
  sealed_at        timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, book_id, ordinal),
  foreign key (tenant_id, book_id) references calculation.books (tenant_id, id),
  check (status <> 'sealed' or (ordinal is not null and seal is not null and activities = calculated + partly + refused + excluded))
);
-- A failed run is open too: it is taken up again where it stood, and no other may begin meanwhile.
create unique index runs_one_open on calculation.runs (tenant_id, book_id) where status <> 'sealed';

-- The imports that a run adds to its book; a book's input is the union over its runs.
create table calculation.run_imports (
  tenant_id      uuid    not null,
  book_id        uuid    not null,
  import_id      uuid    not null,
  import_ordinal integer not null,
  run_id         uuid    not null,
  primary key (tenant_id, book_id, import_id),
  foreign key (tenant_id, run_id) references calculation.runs (tenant_id, id)
);

-- What was decided for a key, and when: never changed, only followed by a later decision.
create table calculation.decisions (
  tenant_id    uuid   not null,
  id           bigint generated always as identity,
  book_id      uuid   not null,
  run_id       uuid   not null,
  match_key_id bigint not null,
  outcome      text   not null check (outcome in ('calculated', 'partly', 'refused', 'excluded')),
  digest       text   not null,                                           -- sha-256 of the canonical decision with its whole lineage
  effect       text   not null,                                           -- sha-256 of what its rates do to the ledger: equal effects, nothing moves
  body         jsonb  not null,                                           -- refusals per leg, candidates and why each lost
  primary key (tenant_id, id),
  unique (tenant_id, book_id, match_key_id, run_id)
);

-- Contractual instruments as they stand now. What a run read of them is kept in pool_inputs, whatever becomes of them later.
create table calculation.instruments (
  tenant_id   uuid    not null,
  code        text    not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  registry_id text    not null check (length(registry_id) between 1 and 200),
  retired_mwh numeric not null check (retired_mwh >= 0 and scale(retired_mwh) <= 12),
  body        jsonb   not null,                                           -- the instrument as the kernel reads it (libs/ghg, Instrument)
  digest      text    not null,                                           -- sha-256 of the canonical body
  updated_at  timestamptz not null default now(),
  primary key (tenant_id, code),
  unique (tenant_id, registry_id)                                         -- the same certificate is never entered twice
);

-- So many MWh of an instrument claimed for an entity's year. A claim that is taken back stays, with 0 MWh.
create table calculation.instrument_allocations (
  tenant_id  uuid     not null,
  instrument text     not null,
  entity_id  uuid     not null,
  year       smallint not null check (year between 1990 and 2200),
  mwh        numeric  not null check (mwh >= 0 and scale(mwh) <= 12),
  primary key (tenant_id, instrument, entity_id, year),
  foreign key (tenant_id, instrument) references calculation.instruments (tenant_id, code)
);

-- The shape of an entity's consumption or of an instrument's supply over the hours of a year. A new profile is a new version; the old ones stay.
create table calculation.profiles (
  tenant_id uuid     not null,
  of_kind   text     not null check (of_kind in ('entity', 'instrument')),
  of_code   text     not null,
  year      smallint not null check (year between 1990 and 2200),
  version   integer  not null check (version > 0),
  time_zone text     not null,                                            -- IANA name
  kwh       jsonb    not null check (jsonb_array_length(kwh) in (8760, 8784)),
  digest    text     not null,
  primary key (tenant_id, of_kind, of_code, year, version)
);

-- Declared pools. A new spec is a new version; the old ones stay.
create table calculation.pools (
  tenant_id  uuid    not null,
  code       text    not null check (code ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  version    integer not null check (version > 0),
  kind       text    not null check (kind in ('instruments', 'allocation', 'mass-balance', 'survey')),
  spec       jsonb   not null,
  digest     text    not null,                                            -- sha-256 of the canonical spec: an unchanged spec makes no version
  created_at timestamptz not null default now(),
  primary key (tenant_id, code, version)
);

-- What the pools of a run read, pinned when it starts: instruments, allocations, specs, versions of profiles. Content names it, so equal input is kept once.
create table calculation.pool_inputs (
  tenant_id uuid  not null,
  digest    text  not null,                                               -- sha-256 of the canonical body
  body      jsonb not null,
  primary key (tenant_id, digest)
);

-- What a person decided about the factor of some keys. A decision is taken back by a later row, never changed and never removed.
create table calculation.factor_choices (
  tenant_id  uuid   not null,
  id         uuid   not null,
  ordinal    bigint generated always as identity,                         -- in the order of writing
  action     text   not null check (action in ('pin', 'override', 'refuse', 'withdraw')),
  withdraws  uuid,                                                        -- the decision that this row takes back
  body       jsonb,                                                       -- keys, leg, basis and factor (libs/ghg, FactorChoice)
  author     text   not null check (length(author) between 1 and 500),
  reason     text   not null check (length(reason) between 1 and 1000),
  decided_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, ordinal),
  unique (tenant_id, withdraws),
  foreign key (tenant_id, withdraws) references calculation.factor_choices (tenant_id, id),
  check ((action = 'withdraw') = (withdraws is not null)),
  check ((action = 'withdraw') = (body is null))
);

-- What free text is, said once for all equal lines. A classification is taken back by a later row, never changed and never removed.
create table calculation.classifications (
  tenant_id  uuid   not null,
  id         uuid   not null,
  ordinal    bigint generated always as identity,                         -- in the order of writing
  withdraws  uuid,                                                        -- the classification that this row takes back
  body       jsonb,                                                       -- what it is for, and as what (libs/ghg, Classification)
  source     text   not null check (source in ('person', 'suggestion')),
  score      numeric check (score between 0 and 1),                       -- of a suggestion that was taken by the tenant's policy
  author     text   not null check (length(author) between 1 and 500),
  reason     text   not null check (length(reason) between 1 and 1000),
  decided_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, ordinal),
  unique (tenant_id, withdraws),
  foreign key (tenant_id, withdraws) references calculation.classifications (tenant_id, id),
  check ((withdraws is null) = (body is not null)),
  check ((score is not null) = (source = 'suggestion'))
);
create index classifications_of_text on calculation.classifications (tenant_id, (body ->> 'description'));

-- Whether suggestions are taken without a look, from which score on. A new policy is a new version; the old ones stay.
create table calculation.suggestion_policies (
  tenant_id  uuid    not null,
  version    integer not null check (version > 0),
  threshold  numeric check (threshold between 0 and 1),                   -- null: a person takes them, or nobody
  author     text    not null check (length(author) between 1 and 500),
  reason     text    not null check (length(reason) between 1 and 1000),
  decided_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, version)
);

-- What people decided, as a run read it: pinned when it starts. Content names it, so equal input is kept once.
create table calculation.decision_inputs (
  tenant_id uuid  not null,
  digest    text  not null,                                               -- sha-256 of the canonical body
  body      jsonb not null,
  primary key (tenant_id, digest)
);

-- What a pool came to in a run. Only a result that differs from the one before leaves a row.
create table calculation.pool_results (
  tenant_id uuid     not null,
  id        bigint   generated always as identity,
  book_id   uuid     not null,
  run_id    uuid     not null,
  pool      text     not null,
  kind      text     not null check (kind in ('instruments', 'allocation', 'mass-balance', 'survey')),
  entity_id uuid,                                                         -- null: of several entities
  year      smallint,                                                     -- the reporting year; null: of several years
  digest    text     not null,                                            -- sha-256 over the pool's input and what came of it
  effect    text     not null,                                            -- sha-256 of what its postings do to the ledger: equal effects, nothing moves
  body      jsonb    not null,                                            -- spec, members, figures, refusals (libs/ghg, PoolResult)
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, run_id, pool, entity_id, year),
  foreign key (tenant_id, run_id) references calculation.runs (tenant_id, id)
);

-- A rate is one leg of a decision; or a pool has made it.
create table calculation.rates (
  tenant_id     uuid    not null,
  id            bigint  generated always as identity,
  decision_id   bigint,
  pool_result_id bigint,
  leg           text    not null,
  basis         text    not null check (basis in ('all', 'location', 'market')),
  source_class  text    not null,
  kgco2e        numeric not null check (scale(kgco2e) <= 18),             -- per unit of the key, under the book's GWP set
  biogenic_kgco2 numeric not null check (scale(biogenic_kgco2) <= 18),    -- per unit of the key, outside the scopes
  digest        text    not null,                                         -- sha-256 of the canonical rate with its whole lineage: what a seal covers
  effect        text    not null,                                         -- sha-256 of what the rate does to the ledger
  body          jsonb   not null,                                         -- the rate with its whole lineage (libs/ghg, Rate)
  withheld      boolean not null generated always as                      -- rests on a figure that its licence forbids to show
    (coalesce(body -> 'factor' ? 'withheld', false) or jsonb_path_exists(body, '$.inputs[*].withheld')) stored,
  primary key (tenant_id, id),
  unique (tenant_id, decision_id, leg, basis),
  foreign key (tenant_id, decision_id) references calculation.decisions (tenant_id, id),
  foreign key (tenant_id, pool_result_id) references calculation.pool_results (tenant_id, id),
  check (num_nonnulls(decision_id, pool_result_id) = 1)
);
create index rates_withheld on calculation.rates (tenant_id) where withheld;
create index rates_of_pool on calculation.rates (tenant_id, pool_result_id) where pool_result_id is not null;

-- The lines that a pool adds to the ledger, in their canonical order.
create table calculation.pool_postings (
  tenant_id      uuid     not null,
  pool_result_id bigint   not null,
  posting        integer  not null check (posting > 0),
  entity_id      uuid     not null,
  year           smallint not null,                                       -- the reporting year, and its days:
  period_start   date     not null,
  period_end     date     not null,                                       -- last day, inclusive
  match_key_id   bigint,                                                  -- the key whose rows it adjusts; null: of the pool as a whole
  activity_type  text     not null,
  country        text     not null,
  unit           text     not null,
  rate_id        bigint   not null,
  quantity       numeric  not null check (scale(quantity) <= 12),
  because        text     not null,                                       -- the rule that made it, with its numbers
  primary key (tenant_id, pool_result_id, posting),
  foreign key (tenant_id, pool_result_id) references calculation.pool_results (tenant_id, id),
  foreign key (tenant_id, rate_id) references calculation.rates (tenant_id, id),
  check (period_end >= period_start)
);
create index pool_postings_of_key on calculation.pool_postings (tenant_id, match_key_id, entity_id);

-- The decision that each key of a book stands on now; moved only while the book's one open run decides.
create table calculation.book_keys (
  tenant_id    uuid   not null,
  book_id      uuid   not null,
  match_key_id bigint not null,
  decision_id  bigint not null,
  primary key (tenant_id, book_id, match_key_id),
  foreign key (tenant_id, decision_id) references calculation.decisions (tenant_id, id)
);

-- Keys that had a decision before this run and got one of another effect by it: the legs whose rate differs are reversed and posted anew.
create table calculation.run_changed_keys (
  tenant_id            uuid   not null,
  run_id               uuid   not null,
  match_key_id         bigint not null,
  previous_decision_id bigint not null,
  primary key (tenant_id, run_id, match_key_id)
);

-- Work of a run: a range of activity ids, one transaction each, claimable by any replica.
create table calculation.run_chunks (
  tenant_id uuid    not null,
  run_id    uuid    not null,
  chunk     integer not null,
  kind      text    not null check (kind in ('post', 'restate')),
  import_id uuid    not null,
  first_id  bigint  not null,
  last_id   bigint  not null,
  entries   bigint,
  reversals bigint,
  done_at   timestamptz,
  primary key (tenant_id, run_id, chunk),
  foreign key (tenant_id, run_id) references calculation.runs (tenant_id, id)
);

-- An entry is of an activity segment, or of one posting of a pool.
create table calculation.entries (
  tenant_id      uuid     not null,
  id             bigint   generated always as identity,
  book_id        uuid     not null,
  run_id         uuid     not null,
  activity_id    bigint,
  segment        smallint,
  import_ordinal integer,
  line           bigint,
  slot           smallint,
  pool_result_id bigint,
  posting        integer,
  rate_id        bigint   not null,
  quantity       numeric  not null check (scale(quantity) <= 12),         -- signed: a reversal carries the opposite sign
  kgco2e         numeric(76, 30) not null,                                -- quantity × rate, exactly
  biogenic_kgco2 numeric(76, 30) not null,                                -- quantity × rate, exactly; outside the scopes
  reverses       bigint,
  primary key (tenant_id, id),
  check (case when pool_result_id is null
    then activity_id is not null and segment is not null and import_ordinal is not null and line is not null and slot is not null and posting is null
    else activity_id is null and segment is null and import_ordinal is null and line is null and slot is null and posting is not null end)
);
create index entries_of_activity on calculation.entries (tenant_id, book_id, activity_id);
create index entries_of_run on calculation.entries (tenant_id, run_id, import_ordinal, line);
create unique index entries_reversed_once on calculation.entries (tenant_id, reverses) where reverses is not null;
create unique index entries_posted_once on calculation.entries (tenant_id, run_id, activity_id, segment, rate_id) where reverses is null;
create unique index entries_of_pool on calculation.entries (tenant_id, pool_result_id, posting) where reverses is null and pool_result_id is not null;

-- Net quantity and net number of activities per key × entity × reporting year, written with each chunk: enough to answer any linear question.
create table calculation.key_sums (
  tenant_id    uuid     not null,
  book_id      uuid     not null,
  run_id       uuid     not null,
  chunk        integer  not null,
  match_key_id bigint   not null,
  entity_id    uuid     not null,
  year         smallint not null,
  quantity     numeric  not null check (scale(quantity) <= 12),
  activities   bigint   not null,                                         -- records are counted at their first segment
  primary key (tenant_id, run_id, chunk, match_key_id, entity_id, year)
);

-- The same net sums of a book as of its last seal, added up as each run is sealed: as many rows as keys × entities × years, however many rows and chunks.
create table calculation.sealed_sums (
  tenant_id    uuid     not null,
  book_id      uuid     not null,
  match_key_id bigint   not null,
  entity_id    uuid     not null,
  year         smallint not null,
  quantity     numeric  not null check (scale(quantity) <= 12),
  activities   bigint   not null,
  primary key (tenant_id, book_id, match_key_id, entity_id, year)
);

do $$
declare t text;
begin
  foreach t in array array['factor_sets', 'factors', 'books', 'runs', 'run_imports', 'decisions', 'rates', 'book_keys', 'run_changed_keys', 'run_chunks',
                           'entries', 'key_sums', 'instruments', 'instrument_allocations', 'profiles', 'pools', 'pool_inputs', 'pool_results',
                           'pool_postings', 'factor_choices', 'classifications', 'suggestion_policies', 'decision_inputs', 'set_adoptions', 'sealed_sums', 'factor_terms', 'factor_words',
                           'factor_set_omissions'] loop
    execute format('alter table calculation.%I enable row level security', t);
    execute format('alter table calculation.%I force row level security', t);
    execute format('create policy tenant on calculation.%I using (tenant_id = (select messaging.current_tenant()))', t);
    execute format('grant select, insert on calculation.%I to scopebook_calculation', t);
  end loop;
end $$;
-- A seal is for ever: nobody, not even the engine, changes the row of a sealed run.
create policy sealed_stay on calculation.runs as restrictive for update using (status <> 'sealed') with check (true);
create policy catalogue on calculation.factor_sets for select using (tenant_id = '00000000-0000-0000-0000-000000000000');
create policy catalogue on calculation.factors for select using (tenant_id = '00000000-0000-0000-0000-000000000000');
create policy catalogue on calculation.factor_terms for select using (tenant_id = '00000000-0000-0000-0000-000000000000');
create policy catalogue on calculation.factor_words for select using (tenant_id = '00000000-0000-0000-0000-000000000000');
create policy catalogue on calculation.factor_set_omissions for select using (tenant_id = '00000000-0000-0000-0000-000000000000');
grant update on calculation.runs, calculation.book_keys, calculation.run_chunks to scopebook_calculation;
-- Statistics right after decisions and postings by the thousand: see ingestion.activities.
grant maintain on calculation.book_keys, calculation.rates, calculation.entries to scopebook_calculation;
grant update (current) on calculation.factor_sets to scopebook_calculation;
grant update (adoption) on calculation.books to scopebook_calculation;
grant update (quantity, activities) on calculation.sealed_sums to scopebook_calculation;
grant update (registry_id, retired_mwh, body, digest, updated_at) on calculation.instruments to scopebook_calculation;
grant update (mwh) on calculation.instrument_allocations to scopebook_calculation;

create view calculation.runs_v1 as
  select tenant_id, id, book_id, ordinal, activities, calculated, partly, refused, excluded, pool_refusals, entries, reversals, kgco2e,
         content_digest, seal, sealed_at
  from calculation.runs where status = 'sealed';
create view calculation.books_v1 as select tenant_id, id, name, method_pack, gwp_set, editions from calculation.books;
create view calculation.rates_v1 as
  select r.tenant_id, r.id, coalesce(d.book_id, p.book_id) as book_id, coalesce(d.run_id, p.run_id) as run_id, d.match_key_id, r.leg, r.basis,
         r.source_class, r.kgco2e, r.biogenic_kgco2, r.body, r.withheld
  from calculation.rates r
  left join calculation.decisions d on (d.tenant_id, d.id) = (r.tenant_id, r.decision_id)
  left join calculation.pool_results p on (p.tenant_id, p.id) = (r.tenant_id, r.pool_result_id);
create view calculation.decisions_v1 as
  select bk.tenant_id, bk.book_id, bk.match_key_id, d.outcome, d.body
  from calculation.book_keys bk join calculation.decisions d on (d.tenant_id, d.id) = (bk.tenant_id, bk.decision_id);
create view calculation.entries_v1 as
  select tenant_id, id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, pool_result_id, posting, rate_id, quantity, kgco2e,
         biogenic_kgco2, reverses
  from calculation.entries;
create view calculation.pool_postings_v1 as
  select p.tenant_id, r.book_id, p.pool_result_id, p.posting, r.pool, r.kind, p.entity_id, p.year, p.period_start, p.period_end, p.match_key_id, p.activity_type,
         p.country, p.unit
  from calculation.pool_postings p join calculation.pool_results r on (r.tenant_id, r.id) = (p.tenant_id, p.pool_result_id);
create view calculation.key_sums_v1 as
  select tenant_id, book_id, run_id, match_key_id, entity_id, year, quantity, activities from calculation.key_sums;
create view calculation.factor_sets_v1 as
  select tenant_id, id, publisher, edition, version, title, licence, attribution, gwp_set, invented from calculation.factor_sets;
grant select on calculation.runs_v1, calculation.books_v1, calculation.rates_v1, calculation.decisions_v1, calculation.entries_v1, calculation.pool_postings_v1,
  calculation.key_sums_v1, calculation.factor_sets_v1 to scopebook_reporting;
