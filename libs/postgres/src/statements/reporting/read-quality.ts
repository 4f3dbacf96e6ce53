/** Codes of the pools that extrapolate a survey. `$1` tenant, `$2` book. */
export const READ_SURVEY_POOLS = `
select distinct pool from calculation.pool_postings_v1 where tenant_id = $1 and book_id = $2 and kind = 'survey' order by pool`;

/** Keys of a reporting year that carry a PCAF score. `$1` tenant, `$2` year. */
export const READ_SCORED_KEYS = `
select id from ingestion.match_keys_v1 where tenant_id = $1 and reporting_year = $2 and attributes ? 'pcaf_score'`;

/**
 * What the activities of these keys state as outstanding, in the numbers of their mapping, as far as they stand in the book as of a seal.
 * `$1` tenant, `$2` book, `$3` ordinal of the run, `$4` ids of keys.
 */
export const READ_FINANCED = `
select distinct on (a.id) n.code as entity_code, k.activity_type, k.unit, k.year, k.reporting_year, k.country, k.region, k.supplier, k.attributes,
  o ->> 'text' as text, o ->> 'unit' as currency, m.spec -> 'locale' as locale
from ingestion.match_keys_v1 k
join ingestion.activities_v1 a on a.tenant_id = k.tenant_id and a.match_key_id = k.id
join ingestion.imports_v1 i on i.tenant_id = a.tenant_id and i.id = a.import_id
join ingestion.mappings_v1 m on m.tenant_id = i.tenant_id and m.name = i.mapping_name and m.version = i.mapping_version
join gateway.entities_v1 n on n.tenant_id = a.tenant_id and n.id = a.entity_id
cross join lateral jsonb_array_elements(a.stated) o
where k.tenant_id = $1 and k.id = any ($4::bigint[]) and o ->> 'operand' = 'outstanding'
  and exists (
    select from calculation.entries_v1 e
    join calculation.runs_v1 r on r.tenant_id = e.tenant_id and r.id = e.run_id and r.ordinal <= $3
    where e.tenant_id = a.tenant_id and e.book_id = $2 and e.activity_id = a.id and e.segment = a.segment
    group by e.rate_id having sum(e.quantity) <> 0)
order by a.id, a.segment`;
