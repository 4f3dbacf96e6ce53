/**
 * Stores what a pool came to. `$1` tenant, `$2` book, `$3` run, `$4` pool, `$5` kind, `$6` entity code or null, `$7` year or null, `$8` digest, `$9` effect,
 * `$10` body.
 */
export const INSERT_POOL_RESULT = `
insert into calculation.pool_results (tenant_id, book_id, run_id, pool, kind, entity_id, year, digest, effect, body)
values ($1, $2, $3, $4, $5, (select id from gateway.entities_v1 where tenant_id = $1 and code = $6::text), $7, $8, $9, $10)
returning id`;

/** Rates that a pool made, and their ids in the order of the documents. `$1` tenant, `$2` result, `$3` documents. */
export const INSERT_POOL_RATES = `
insert into calculation.rates (tenant_id, pool_result_id, leg, basis, source_class, kgco2e, biogenic_kgco2, digest, effect, body)
select $1, $2, r ->> 'leg', r ->> 'basis', r ->> 'sourceClass', (r ->> 'kgco2e')::numeric, (r ->> 'biogenicKgco2')::numeric,
  r ->> 'digest', r ->> 'effect', r -> 'body'
from unnest($3::jsonb[]) with ordinality as t (r, n) order by n
returning id, digest`;

/** The lines of a result, in their order. `$1` tenant, `$2` result, `$3` documents. */
export const INSERT_POOL_POSTINGS = `
insert into calculation.pool_postings
  (tenant_id, pool_result_id, posting, entity_id, year, period_start, period_end, match_key_id, activity_type, country, unit, rate_id, quantity, because)
select $1, $2, n, e.id, (p ->> 'year')::smallint, (p ->> 'periodStart')::date, (p ->> 'periodEnd')::date, (p ->> 'matchKeyId')::bigint,
  p ->> 'activityType', coalesce(p ->> 'country', e.country), p ->> 'unit', (p ->> 'rateId')::bigint, (p ->> 'quantity')::numeric, p ->> 'because'
from unnest($3::jsonb[]) with ordinality as t (p, n)
join gateway.entities_v1 e on e.tenant_id = $1 and e.code = p ->> 'entityCode'`;

/** Posts the lines of a result, quantity × rate, exactly as `POST_CHUNK` posts rows. `$1` tenant, `$2` book, `$3` run, `$4` result. */
export const POST_POOL = `
insert into calculation.entries (tenant_id, book_id, run_id, pool_result_id, posting, rate_id, quantity, kgco2e, biogenic_kgco2)
select $1, $2, $3, p.pool_result_id, p.posting, r.id, p.quantity, p.quantity * r.kgco2e, p.quantity * r.biogenic_kgco2
from calculation.pool_postings p join calculation.rates r on r.tenant_id = $1 and r.id = p.rate_id
where p.tenant_id = $1 and p.pool_result_id = $4
order by p.posting`;

/**
 * Takes back what earlier results of a pool at one place have posted and nobody has taken back yet. `$1` tenant, `$2` book, `$3` run, `$4` results.
 *
 * Whether a line was taken back is asked line by line, of an index: as `not exists` the planner may read the whole ledger for it.
 */
export const REVERSE_POOL = `
insert into calculation.entries (tenant_id, book_id, run_id, pool_result_id, posting, rate_id, quantity, kgco2e, biogenic_kgco2, reverses)
select $1, $2, $3, e.pool_result_id, e.posting, e.rate_id, -e.quantity, -e.kgco2e, -e.biogenic_kgco2, e.id
from calculation.entries e
where e.tenant_id = $1 and e.pool_result_id = any ($4::bigint[]) and e.reverses is null
  and (select gone.id from calculation.entries gone where gone.tenant_id = $1 and gone.reverses = e.id) is null
order by e.id`;
