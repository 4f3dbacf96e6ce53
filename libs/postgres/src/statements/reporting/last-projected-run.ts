/**
 * A book by its name with its latest projected run; the run's columns are null where there is none, `starts_on` where the tenant stated no reporting
 * year. `$1` tenant, `$2` name of the book.
 */
export const LAST_PROJECTED_RUN = `
select b.id as book_id, b.gwp_set, b.method_pack, b.editions, y.starts_on, r.run_id, r.ordinal, r.sealed_at, r.activities, r.calculated, r.partly, r.refused, r.excluded,
  r.pool_refusals
from calculation.books_v1 b
left join lateral (
  select r.id as run_id, r.ordinal, r.sealed_at, r.activities, r.calculated, r.partly, r.refused, r.excluded, r.pool_refusals
  from reporting.projections p
  join calculation.runs_v1 r on r.tenant_id = p.tenant_id and r.id = p.run_id
  where p.tenant_id = b.tenant_id and p.book_id = b.id and p.status = 'projected'
  order by r.ordinal desc limit 1
) r on true
left join ingestion.reporting_years_v1 y on y.tenant_id = b.tenant_id
where b.tenant_id = $1 and b.name = $2`;
