import { IN_FORCE } from './in-force';

/**
 * Posts one range of one import's activities to the book, with their key sums: the hot path. Per row a join on integers and a product; every
 * thought has been had per key before. `$1` tenant, `$2` book, `$3` run, `$4` chunk, `$5` import, `$6` first and `$7` last activity id.
 *
 * Quantity (≤ 12 decimals) × rate (≤ 18) is the entry,
 * exactly: `numeric` neither rounds the product nor cuts it.
 */
export const POST_CHUNK = `
with ${IN_FORCE}, segments as materialized (
  select a.id, a.segment, i.import_ordinal, a.line, a.slot, a.entity_id, a.match_key_id, a.quantity
  from ingestion.activities_v1 a
  join inputs i on i.import_id = a.import_id
  left join latest l on l.origin = coalesce(a.origin, a.id)
  where a.tenant_id = $1 and a.import_id = $5 and a.id between $6 and $7 and (l.version is null or l.version = a.version)
), posted as (
  insert into calculation.entries
    (tenant_id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, rate_id, quantity, kgco2e, biogenic_kgco2)
  select $1, $2, $3, s.id, s.segment, s.import_ordinal, s.line, s.slot, r.id, s.quantity, s.quantity * r.kgco2e, s.quantity * r.biogenic_kgco2
  from segments s
  join calculation.book_keys k on k.tenant_id = $1 and k.book_id = $2 and k.match_key_id = s.match_key_id
  join calculation.rates r on r.tenant_id = $1 and r.decision_id = k.decision_id
  returning 1
), summed as (
  insert into calculation.key_sums (tenant_id, book_id, run_id, chunk, match_key_id, entity_id, year, quantity, activities)
  select $1, $2, $3, $4, s.match_key_id, s.entity_id, k.reporting_year, s.quantity, s.activities
  from (
    select match_key_id, entity_id, sum(quantity) as quantity, count(*) filter (where segment = 1) as activities
    from segments group by match_key_id, entity_id
  ) s
  join ingestion.match_keys_v1 k on k.tenant_id = $1 and k.id = s.match_key_id
  returning 1
)
select (select count(*) from posted) as entries, 0::bigint as reversals, (select count(*) from summed) as sums`;
