/** The pools of a book that have posted, each with its kind. `$1` tenant, `$2` book. */
export const READ_POOL_KINDS = `
select distinct pool, kind from calculation.pool_postings_v1 where tenant_id = $1 and book_id = $2`;
