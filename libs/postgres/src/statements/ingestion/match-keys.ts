/**
 * Adds the keys that are not there yet, in the order of their digests: two imports that bring the same keys wait for each other instead of
 * deadlocking. `$1` tenant, `$2` keys as JSON.
 */
export const ADD_MATCH_KEYS = `
insert into ingestion.match_keys (tenant_id, digest, activity_type, unit, year, reporting_year, country, region, supplier, attributes)
select $1, k.digest, k."activityType", k.unit, k.year, k."reportingYear", k.country, k.region, k.supplier, k.attributes
from jsonb_to_recordset($2::jsonb)
  as k (digest uuid, "activityType" text, unit text, year smallint, "reportingYear" smallint, country text, region text, supplier text, attributes jsonb)
where not exists (select from ingestion.match_keys m where m.tenant_id = $1 and m.digest = k.digest)
order by k.digest
on conflict (tenant_id, digest) do nothing`;

/** The ids of keys by their digests. `$1` tenant, `$2` digests. */
export const READ_MATCH_KEY_IDS = 'select digest, id from ingestion.match_keys where tenant_id = $1 and digest = any ($2::uuid[])';
