-- The columnar projection of the ledger. Rows of an attempt count only once the attempt is committed, so a replay or half a run never shows.
create table if not exists {database}.ledger_attempts (
  tenant_id      UUID,
  book_id        UUID,
  run_id         UUID,
  run_ordinal    UInt32,
  attempt        UUID,
  -- UInt8 as a flag would invite arithmetic; a row in this table is the commitment itself.
  committed_at   DateTime64(3, 'UTC')
) engine = MergeTree order by (tenant_id, book_id, run_id, attempt)
  settings non_replicated_deduplication_window = 1000;

create table if not exists {database}.ledger_entries (
  tenant_id      UUID,
  book_id        UUID,
  run_id         UUID,
  attempt        UUID,
  entry_id       Int64,
  activity_id    Int64,
  segment        Int16,
  import_ordinal Int32,
  line           Int64,
  slot           Int16,
  match_key_id   Int64,
  rate_id        Int64,
  reverses       Nullable(Int64),
  entity_code    LowCardinality(String),
  country        LowCardinality(String),
  activity_type  LowCardinality(String),
  leg            LowCardinality(String),
  basis          LowCardinality(String),   -- all | location | market: sum one basis with 'all', never both
  source_class   LowCardinality(String),   -- the boundary turns it into the reported line at reading
  year           Int16,
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
  tags_boolean   Map(LowCardinality(String), Bool)
) engine = MergeTree
  partition by tenant_id
  order by (tenant_id, book_id, year, source_class, entity_code, leg, activity_type, period_start, entry_id);

-- What data teams query: every committed entry, before consolidation, which its name says.
create or replace view {database}.entries_unconsolidated as
  select e.* except (attempt), a.run_ordinal
  from {database}.ledger_entries e
  inner join (select distinct tenant_id, run_id, run_ordinal, attempt from {database}.ledger_attempts) a
    on a.tenant_id = e.tenant_id and a.run_id = e.run_id and a.attempt = e.attempt;
