/** Whether any rate of a book has ever rested on a withheld figure: then its control sums are not shown. `$1` tenant, `$2` book. */
export const IS_BOOK_WITHHELD = `
select exists (
  select from calculation.rates r
  left join calculation.decisions d on d.tenant_id = r.tenant_id and d.id = r.decision_id
  left join calculation.pool_results p on p.tenant_id = r.tenant_id and p.id = r.pool_result_id
  where r.tenant_id = $1 and r.withheld and coalesce(d.book_id, p.book_id) = $2) as withheld`;
