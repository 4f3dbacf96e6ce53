/** The sealed runs of a run's book, up to itself, that are not projected yet, in the order of their seals. `$1` tenant, `$2` run. */
export const RUNS_TO_PROJECT = `
select r.id, r.book_id, r.ordinal, r.entries, trim_scale(r.kgco2e)::text as kgco2e
from calculation.runs_v1 asked
join calculation.runs_v1 r on r.tenant_id = asked.tenant_id and r.book_id = asked.book_id and r.ordinal <= asked.ordinal
left join reporting.projections p on p.tenant_id = r.tenant_id and p.run_id = r.id
where asked.tenant_id = $1 and asked.id = $2 and p.status is distinct from 'projected'
order by r.ordinal`;

/** One replica at a time projects into a book; held to the end of the transaction. `$1` book. */
export const LOCK_PROJECTION = `select pg_advisory_xact_lock(7368, hashtext($1))`;
