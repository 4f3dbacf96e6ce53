const COLUMNS = `
select a.id, a.segment, a.segments, a.import_id, a.line, a.slot, a.version, a.supersedes, e.code as entity, k.activity_type, coalesce(k.reporting_year, k.year) as reporting_year,
       a.period_start, a.period_end,
       trim_scale(a.quantity) as quantity, k.unit, k.country, k.region, k.supplier, k.attributes, a.stated, a.flags, a.tags
from ingestion.activities a
join ingestion.match_keys k on k.tenant_id = a.tenant_id and k.id = a.match_key_id
join gateway.entities_v1 e on e.tenant_id = a.tenant_id and e.id = a.entity_id`;

/**
 * A page of activities, segment by segment, in the order of their ids. `$1` tenant, `$2` id and `$3` segment after which to go on, `$4` limit.
 */
export const LIST_ACTIVITIES = `${COLUMNS}
where a.tenant_id = $1 and (a.id, a.segment) > ($2::bigint, $3::smallint)
order by a.id, a.segment limit $4`;

/** As `LIST_ACTIVITIES`, of one import: `$5`. */
export const LIST_ACTIVITIES_OF_IMPORT = `${COLUMNS}
where a.tenant_id = $1 and a.import_id = $5 and a.id >= $2::bigint and (a.id, a.segment) > ($2::bigint, $3::smallint)
order by a.id, a.segment limit $4`;

/** As `LIST_ACTIVITIES`, the segments of one activity: `$5`. */
export const LIST_SEGMENTS_OF_ACTIVITY = `${COLUMNS}
where a.tenant_id = $1 and a.id = $5::bigint and (a.id, a.segment) > ($2::bigint, $3::smallint)
order by a.id, a.segment limit $4`;

/** As `LIST_ACTIVITIES`, of one match key: `$5`; at one entity (`$6`, its code) and in one reporting year (`$7`), or null for all. */
export const LIST_ACTIVITIES_OF_KEY = `${COLUMNS}
where a.tenant_id = $1 and a.match_key_id = $5::bigint and ($6::text is null or e.code = $6) and ($7::int is null or coalesce(k.reporting_year, k.year) = $7)
  and a.id >= $2::bigint and (a.id, a.segment) > ($2::bigint, $3::smallint)
order by a.id, a.segment limit $4`;
