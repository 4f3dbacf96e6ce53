/**
 * Cuts a run's work into ranges of activity ids, one transaction each. `$1` tenant, `$2` run, `$3` book, `$4` activities per chunk.
 * `post`: every activity of the imports that the run adds. `restate`: activities of earlier imports that got a later version by one of them, or
 * whose key's decision changed.
 */
export const CUT_CHUNKS = `
with inputs as materialized (
  select import_id, import_ordinal, run_id = $2 as added from calculation.run_imports where tenant_id = $1 and book_id = $3
), corrected as materialized (
  select distinct a.origin from inputs i join ingestion.activities_v1 a on a.tenant_id = $1 and a.import_id = i.import_id
  where i.added and a.origin is not null
), posted as (
  -- Ids of one import rise without great gaps: ranges of them are cut by their ends, without a look at the rows between.
  select i.import_ordinal, i.import_id, cut.first_id, least(cut.first_id + $4::int - 1, ends.last_id) as last_id
  from inputs i
  cross join lateral (
    select min(a.id) as first_id, max(a.id) as last_id from ingestion.activities_v1 a where a.tenant_id = $1 and a.import_id = i.import_id
  ) ends
  cross join lateral generate_series(ends.first_id, ends.last_id, $4::int) cut (first_id)
  where i.added
), touched as (
  select i.import_ordinal, a.import_id, a.id
  from corrected c
  join ingestion.activities_v1 a on a.tenant_id = $1 and a.id = c.origin and a.segment = 1
  join inputs i on i.import_id = a.import_id and not i.added
  union
  select i.import_ordinal, a.import_id, a.id
  from corrected c
  join ingestion.activities_v1 a on a.tenant_id = $1 and a.origin = c.origin and a.segment = 1
  join inputs i on i.import_id = a.import_id and not i.added
  union
  select i.import_ordinal, a.import_id, a.id
  from calculation.run_changed_keys k
  -- Any segment: an activity that was cut has its later parts on keys of their own.
  join ingestion.activities_v1 a on a.tenant_id = $1 and a.match_key_id = k.match_key_id
  join inputs i on i.import_id = a.import_id and not i.added
  where k.tenant_id = $1 and k.run_id = $2
), numbered as (
  select import_ordinal, import_id, id, (row_number() over (partition by import_id order by id) - 1) / $4::int as part from touched
), ranges as (
  select 'post' as kind, import_ordinal, import_id, first_id, last_id from posted
  union all
  select 'restate', import_ordinal, import_id, min(id), max(id) from numbered group by import_ordinal, import_id, part
)
insert into calculation.run_chunks (tenant_id, run_id, chunk, kind, import_id, first_id, last_id)
select $1, $2, row_number() over (order by import_ordinal, kind, first_id), kind, import_id, first_id, last_id from ranges
returning chunk`;
