/** Names of the base years whose policy in force is about the book of a run. `$1` tenant, `$2` run. */
export const BASE_YEARS_OF_RUN = `
select y.name, y.version
from calculation.runs_v1 r
join calculation.books_v1 b on b.tenant_id = r.tenant_id and b.id = r.book_id
join reporting.base_years y on y.tenant_id = r.tenant_id and y.policy ->> 'book' = b.name
where r.tenant_id = $1 and r.id = $2
  and not exists (select from reporting.base_years later where later.tenant_id = y.tenant_id and later.name = y.name and later.version > y.version)
order by y.name`;
