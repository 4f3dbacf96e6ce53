-- The columnar projection of the ledger. Rows are written under an attempt and count only once that attempt is committed, so that half a run,
-- a crashed attempt or a replay never shows.
create table if not exists {database}.ledger_attempts (
  tenant_id      UUID,
  book_id        UUID,
  run_id         UUID,
  run_ordinal    UInt32,
  attempt        UUID,                     -- a row in here is the commitment; there is no flag that could be half set
  entries        Int64,                    -- as counted and summed in ledger_entries before the commitment
  kgco2e         Decimal(76, 30),
  committed_at   DateTime64(3, 'UTC')
) engine = MergeTree order by (tenant_id, book_id, run_id, attempt);

create table if not exists {database}.ledger_entries (
  tenant_id      UUID,
  book_id        UUID,
  run_id         UUID,
  run_ordinal    Int32,                    -- the book as of seal N is the sum over run_ordinal <= N
  attempt        UUID,
  entry_id       Int64,
  activity_id    Int64,                    -- 0: of a pool
  segment        Int16,
  import_ordinal Int32,
  line           Int64,
  slot           Int16,
  match_key_id   Int64,                    -- of a pool's entry: the key that it adjusts, 0 where it is of no single one
  rate_id        Int64,
  reverses       Nullable(Int64),
  entity_code    LowCardinality(String),
  country        LowCardinality(String),   -- of the match key: where the activity happened
  activity_type  LowCardinality(String),
  leg            LowCardinality(String),
  basis          LowCardinality(String),   -- all | location | market: sum one basis with 'all', never both
  source_class   LowCardinality(String),   -- the boundary turns it into the reported line at reading
  year           Int16,                    -- the reporting year, by its name
  period_start   Date32,
  period_end     Date32,                   -- last day, inclusive
  quantity       Decimal(76, 12),          -- signed, in `unit`
  unit           LowCardinality(String),
  kgco2e         Decimal(76, 30),          -- under the book's GWP set, gross: before any consolidation
  biogenic_kgco2 Decimal(76, 30),          -- outside the scopes
  factor_set_id  Nullable(UUID),
  factor_code    String,
  fallbacks      Array(LowCardinality(String)),
  flags          Array(LowCardinality(String)),
  tags_text      Map(LowCardinality(String), String),
  tags_decimal   Map(LowCardinality(String), Decimal(38, 12)),
  tags_date      Map(LowCardinality(String), Date32),
  tags_boolean   Map(LowCardinality(String), Bool),
  pool           LowCardinality(String),   -- code of the pool that posted it; empty: of a row
  withheld       LowCardinality(String)    -- digests of the figures behind it that a licence forbids to show; empty: none
) engine = MergeTree
  order by (tenant_id, book_id, year, source_class, entity_code, leg, activity_type, period_start, entry_id);

-- Every committed entry with its exact amounts; for the product alone. One attempt counts per run, also if a replica that was taken for dead has
-- committed a second one: both hold the same rows, the first commitment wins.
create or replace view {database}.ledger_committed as
  select * except (attempt)
  from {database}.ledger_entries
  where (tenant_id, run_id, attempt) in (
    select tenant_id, run_id, argMin(attempt, (committed_at, attempt)) from {database}.ledger_attempts group by tenant_id, run_id);

-- What data teams query: every committed entry, before consolidation, which its name says. Quantity and amount together give a figure away: where a
-- licence forbids to show it the amount is null, and `withheld` says so.
create or replace view {database}.entries_unconsolidated as
  select * replace (if(withheld = '', kgco2e, null) as kgco2e, if(withheld = '', biogenic_kgco2, null) as biogenic_kgco2)
  from {database}.ledger_committed;

-- Sums without quantities, the withheld amounts among them: net amounts as of the last seal. A sum that rests on one withheld figure alone would give it
-- away to whoever knows the quantity. Where one would, the withheld amounts of that year, source class and basis are added up over all places (leg, type,
-- country and entity are empty), so that no difference of sums gives it away either; the sum is null only where even there they rest on one figure.
create or replace view {database}.sums_unconsolidated as
  select tenant_id, book_id, year, source_class, basis,
    if(pooled, '', leg_of_cell) as leg,
    if(pooled, '', type_of_cell) as activity_type,
    if(pooled, '', country_of_cell) as country,
    if(pooled, '', entity_of_cell) as entity_code,
    pooled and (uniqExactIf(figures, kg <> 0) = 1 or uniqExactIf(figures, biogenic <> 0) = 1) as withheld,
    if(withheld, null, sum(kg)) as kgco2e,
    if(withheld, null, sum(biogenic)) as biogenic_kgco2
  from (
    select *, figures != '' and max(alone) over (partition by tenant_id, book_id, year, source_class, basis) as pooled
    from (
      select *,
        uniqExactIf(figures, figures != '' and kg <> 0) over cell = 1 or uniqExactIf(figures, figures != '' and biogenic <> 0) over cell = 1 as alone
      from (
        select tenant_id, book_id, year, source_class, basis, leg as leg_of_cell, activity_type as type_of_cell, country as country_of_cell,
          entity_code as entity_of_cell, ledger.withheld as figures, sum(ledger.kgco2e) as kg, sum(ledger.biogenic_kgco2) as biogenic
        from {database}.ledger_committed as ledger
        group by tenant_id, book_id, year, source_class, basis, leg, activity_type, country, entity_code, figures
        having kg <> 0 or biogenic <> 0)
      window cell as (partition by tenant_id, book_id, year, source_class, basis, leg_of_cell, type_of_cell, country_of_cell, entity_of_cell)))
  group by tenant_id, book_id, year, source_class, basis, leg, activity_type, country, entity_code, pooled;
