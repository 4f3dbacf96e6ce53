/**
 * The rated legs behind some cells, with the keys that they were decided for; a pool's own rate has none. A key of free text is of the activity type that it
 * was classified as, and keeps its text beside the attributes: keys that were classified alike stay apart. `$1` tenant, `$2` ids of rates.
 */
export const READ_LEGS = `
select r.id, r.leg, r.basis, r.source_class, r.body, coalesce(r.body #>> '{classification,activityType}', k.activity_type) as activity_type, k.unit, k.year,
  k.reporting_year, k.country, k.region, k.supplier, k.attributes || coalesce(r.body #> '{classification,attributes}', '{}') as attributes
from calculation.rates_v1 r
left join ingestion.match_keys_v1 k on k.tenant_id = r.tenant_id and k.id = r.match_key_id
where r.tenant_id = $1 and r.id = any ($2::bigint[])`;

/** Rates under which a gas of the register's kind is released. `$1` tenant, `$2` ids of gases. */
export const READ_RATES_WITH_GASES = `
select id from calculation.rates_v1
where tenant_id = $1 and exists (select from jsonb_array_elements(body -> 'gases') as released where released ->> 'gas' = any ($2::text[]))`;

/** Titles of factor sets, of the tenant's own and of the catalogue's. `$1` ids. */
export const READ_SET_TITLES = `select id, title from calculation.factor_sets_v1 where id = any ($1::uuid[])`;
