/**
 * Moves a staged chunk into the activities: decides for each record, in the order of the file, whether it repeats what stands for its identity
 * (a duplicate), says something else (a new version), or is new. `$1` tenant, `$2` import. Runs under the tenant's staging lock, so that what
 * stands cannot change meanwhile.
 *
 * A record is compared with the one before it of the same identity, in this chunk or else in the books; so chunks of any size give the same
 * result. What another import has staged and not finished counts as a version, never as the reason for a duplicate: a book may never read it. Both
 * then hold the record, and a book takes the latest version within its imports, so it stands there once, whichever finish.
 * Bytes that are read again undo nothing: a record that they delivered before, and that another file has corrected since, is a duplicate of the
 * correction.
 * Ids rise with line and slot: they are handed out over a sorted sub-select.
 */
export const RESOLVE_CHUNK = `
with unfinished as materialized (
  select i.id from ingestion.imports i
  where i.tenant_id = $1 and i.status <> 'finished' and i.id <> $2
    and exists (select from ingestion.import_chunks c where c.tenant_id = $1 and c.import_id = i.id)
), same_bytes as materialized (
  select e.id from ingestion.imports i
  join ingestion.imports e on e.tenant_id = $1 and e.sha256 = i.sha256 and e.mapping_name = i.mapping_name and e.mapping_version = i.mapping_version
    and e.round < i.round
  where i.tenant_id = $1 and i.id = $2
), records as (
  select s.line, s.slot, s.identity, s.content, cardinality(s.flags) > 0 as flagged,
         i.activity_id as standing_id, i.origin as standing_origin, coalesce(i.version, 0) as standing_version,
         overtaken.is or coalesce(coalesce(lag(s.content) over earlier, case when not unsure.is then i.content end) = s.content, false) as repeated
  from staged_segments s
  left join ingestion.identities i on i.tenant_id = $1 and i.identity = s.identity
  cross join lateral (
    select exists (select from unfinished) and exists (
      select from ingestion.activities a
      where a.tenant_id = $1 and a.id = i.activity_id and a.segment = 1 and a.import_id in (select id from unfinished)) as is
  ) unsure
  cross join lateral (
    select exists (select from same_bytes) and exists (
      select from ingestion.activities a
      where a.tenant_id = $1 and a.segment = 1 and a.import_id in (select id from same_bytes) and a.line = s.line and a.slot = s.slot
    ) and not exists (
      select from ingestion.activities a
      where a.tenant_id = $1 and a.id = i.activity_id and a.segment = 1 and a.import_id in (select id from same_bytes)) as is
  ) overtaken
  where s.segment = 1
  window earlier as (partition by s.identity order by s.line, s.slot)
), numbered as materialized (
  select r.*, case when not r.repeated then nextval('ingestion.activity_ids') end as id
  from (select * from records order by line, slot) r
), judged as materialized (
  select line, slot, identity, content, flagged, repeated, id,
         (standing_version + count(id) over so_far)::integer as version,
         coalesce(max(id) over before, standing_id) as previous_id,
         coalesce(standing_origin, min(id) over (partition by identity)) as origin
  from numbered
  window so_far as (partition by identity order by line, slot),
         before as (partition by identity order by line, slot rows between unbounded preceding and 1 preceding)
), activities as (
  insert into ingestion.activities
    (tenant_id, id, segment, segments, import_id, line, slot, version, supersedes, origin, entity_id, match_key_id, period_start, period_end, quantity,
     stated, flags, tags)
  select $1, j.id, s.segment, s.segments, $2, s.line, s.slot, j.version, j.previous_id, case when j.version > 1 then j.origin end, s.entity_id,
         s.match_key_id, s.period_start, s.period_end, s.quantity, s.stated, s.flags, s.tags
  from judged j join staged_segments s on s.line = j.line and s.slot = j.slot
  where not j.repeated
  order by j.id, s.segment
), identities as (
  insert into ingestion.identities as known (tenant_id, identity, content, activity_id, origin, version)
  select distinct on (identity) $1::uuid, identity, content, id, origin, version from judged where not repeated order by identity, version desc
  on conflict (tenant_id, identity) do update set content = excluded.content, activity_id = excluded.activity_id, version = excluded.version
), keys as (
  insert into ingestion.import_keys (tenant_id, import_id, match_key_id)
  select distinct $1::uuid, $2::uuid, s.match_key_id from judged j join staged_segments s on s.line = j.line and s.slot = j.slot where not j.repeated
  on conflict do nothing
), duplicates as (
  insert into ingestion.duplicates (tenant_id, import_id, line, slot, duplicate_of)
  select $1, $2, line, slot, previous_id from judged where repeated
)
select count(*) filter (where not repeated) as accepted,
       count(*) filter (where repeated) as duplicate,
       count(*) filter (where not repeated and version > 1) as corrected,
       count(*) filter (where not repeated and flagged) as flagged
from judged`;

/** What `RESOLVE_CHUNK` answers. */
export interface ResolvedChunk {
  readonly accepted: string;
  readonly duplicate: string;
  readonly corrected: string;
  readonly flagged: string;
}
