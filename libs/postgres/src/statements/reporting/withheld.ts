/** Whether any rate of a book has ever rested on a withheld figure: then its control sums are not shown. `$1` tenant, `$2` book. */
export const IS_PROJECTED_BOOK_WITHHELD = `
select exists (select from calculation.rates_v1 r where r.tenant_id = $1 and r.withheld and r.book_id = $2) as withheld`;
