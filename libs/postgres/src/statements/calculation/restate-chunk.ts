import { IN_FORCE } from './in-force';

/**
 * Reverses and re-posts what a run changes among the activities of an earlier import. Parameters as in `POST_CHUNK`.
 *
 * Touched are the activities that were in force and (a) got a later version by an import of this run: all their entries are reversed, or (b) have
 * a key whose decision changed: the legs whose rate became another one are reversed, the new rates posted. A rate of the same effect moves nothing.
 */
export const RESTATE_CHUNK = `
with ${IN_FORCE}, before as materialized (
  select n.origin, max(n.version) as version
  from ingestion.activities_v1 n join inputs i on i.import_id = n.import_id and i.run_id <> $3
  where n.tenant_id = $1 and n.origin is not null group by n.origin
), segments as materialized (
  select a.id, a.segment, i.import_ordinal, a.line, a.slot, a.entity_id, a.match_key_id, a.quantity, c.previous_decision_id,
    coalesce(l.version > a.version, false) as superseded
  from ingestion.activities_v1 a
  join inputs i on i.import_id = a.import_id and i.run_id <> $3
  left join latest l on l.origin = coalesce(a.origin, a.id)
  left join before b on b.origin = coalesce(a.origin, a.id)
  left join calculation.run_changed_keys c on c.tenant_id = $1 and c.run_id = $3 and c.match_key_id = a.match_key_id
  where a.tenant_id = $1 and a.import_id = $5 and a.id between $6 and $7
    and (b.version is null or b.version = a.version)
    and (l.version > a.version or c.match_key_id is not null)
), reversed as (
  insert into calculation.entries
    (tenant_id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, rate_id, quantity, kgco2e, biogenic_kgco2, reverses)
  select $1, $2, $3, e.activity_id, e.segment, e.import_ordinal, e.line, e.slot, e.rate_id, -e.quantity, -e.kgco2e, -e.biogenic_kgco2, e.id
  from segments s
  join calculation.entries e on e.tenant_id = $1 and e.book_id = $2 and e.activity_id = s.id and e.segment = s.segment
  join calculation.rates r on r.tenant_id = $1 and r.id = e.rate_id
  where e.reverses is null and e.run_id <> $3
    and not exists (select from calculation.entries gone where gone.tenant_id = $1 and gone.reverses = e.id)
    and (s.superseded or not exists (
      select from calculation.book_keys k join calculation.rates kept on kept.tenant_id = $1 and kept.decision_id = k.decision_id
      where k.tenant_id = $1 and k.book_id = $2 and k.match_key_id = s.match_key_id and kept.effect = r.effect))
  returning 1
), posted as (
  insert into calculation.entries
    (tenant_id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, rate_id, quantity, kgco2e, biogenic_kgco2)
  select $1, $2, $3, s.id, s.segment, s.import_ordinal, s.line, s.slot, r.id, s.quantity, s.quantity * r.kgco2e, s.quantity * r.biogenic_kgco2
  from segments s
  join calculation.book_keys k on k.tenant_id = $1 and k.book_id = $2 and k.match_key_id = s.match_key_id
  join calculation.rates r on r.tenant_id = $1 and r.decision_id = k.decision_id
  where not s.superseded
    and not exists (
      select from calculation.rates kept
      where kept.tenant_id = $1 and kept.decision_id = s.previous_decision_id and kept.effect = r.effect)
  returning 1
), summed as (
  insert into calculation.key_sums (tenant_id, book_id, run_id, chunk, match_key_id, entity_id, year, quantity, activities)
  select $1, $2, $3, $4, s.match_key_id, s.entity_id, k.reporting_year, -s.quantity, -s.activities
  from (
    select match_key_id, entity_id, sum(quantity) as quantity, count(*) filter (where segment = 1) as activities
    from segments where superseded group by match_key_id, entity_id
  ) s
  join ingestion.match_keys_v1 k on k.tenant_id = $1 and k.id = s.match_key_id
  returning 1
)
select (select count(*) from posted) + (select count(*) from reversed) as entries, (select count(*) from reversed) as reversals,
  (select count(*) from summed) as sums`;
