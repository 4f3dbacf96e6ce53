/** Adds the key sums of a run that is being sealed to those of its book. `$1` tenant, `$2` book, `$3` run. */
export const ADD_SEALED_SUMS = `
insert into calculation.sealed_sums as s (tenant_id, book_id, match_key_id, entity_id, year, quantity, activities)
select $1, $2, k.match_key_id, k.entity_id, k.year, sum(k.quantity), sum(k.activities)
from calculation.key_sums k where k.tenant_id = $1 and k.book_id = $2 and k.run_id = $3
group by k.match_key_id, k.entity_id, k.year
on conflict (tenant_id, book_id, match_key_id, entity_id, year) do update
  set quantity = s.quantity + excluded.quantity, activities = s.activities + excluded.activities`;

/** Net quantities of a book as of its last seal; cells that were corrected to nothing are left out. `$1` tenant, `$2` book. */
export const READ_SEALED_SUMS = `
select s.match_key_id, n.code as entity, s.year, trim_scale(s.quantity)::text as quantity, s.activities::int as activities
from calculation.sealed_sums s join gateway.entities_v1 n on n.tenant_id = s.tenant_id and n.id = s.entity_id
where s.tenant_id = $1 and s.book_id = $2 and (s.quantity <> 0 or s.activities <> 0)
order by s.match_key_id`;

/**
 * The decisions on which a book stands as of its last seal: where an open run has moved a key already, the one before. A key that only the open run
 * has brought is left out, as it has no sealed sums. To be read inside `with`. `$1` tenant, `$2` book.
 */
const SEALED_DECISIONS = `sealed_decisions as materialized (
  select bk.match_key_id, coalesce(c.previous_decision_id, bk.decision_id) as decision_id
  from calculation.book_keys bk
  left join calculation.runs open on open.tenant_id = bk.tenant_id and open.book_id = bk.book_id and open.status <> 'sealed'
  left join calculation.run_changed_keys c on c.tenant_id = bk.tenant_id and c.run_id = open.id and c.match_key_id = bk.match_key_id
  where bk.tenant_id = $1 and bk.book_id = $2
)`;

/** The keys of a book as of its last seal, each with the outcome of its decision. `$1` tenant, `$2` book. */
export const READ_SEALED_KEYS = `
with ${SEALED_DECISIONS}
select k.id, k.activity_type, k.unit, k.year, k.reporting_year, k.country, k.region, k.supplier, k.attributes, s.decision_id, d.outcome
from sealed_decisions s
join calculation.decisions d on d.tenant_id = $1 and d.id = s.decision_id
join ingestion.match_keys_v1 k on k.tenant_id = $1 and k.id = s.match_key_id`;

/** The rates of those decisions, without their lineage. `$1` tenant, `$2` book. */
export const READ_SEALED_RATES = `
with ${SEALED_DECISIONS}
select r.decision_id, r.leg, r.basis, r.source_class, trim_scale(r.kgco2e)::text as kgco2e, trim_scale(r.biogenic_kgco2)::text as biogenic_kgco2, r.effect,
  case when k.activity_type = 'unclassified' then r.body #>> '{classification,activityType}' else k.activity_type end as activity_type
from sealed_decisions s
join ingestion.match_keys_v1 k on k.tenant_id = $1 and k.id = s.match_key_id
join calculation.rates r on r.tenant_id = $1 and r.decision_id = s.decision_id`;

/**
 * What of a book rests on each figure of some factor sets, as of its last seal: a factor, or a property, exchange rate or price index that a rate used.
 * Every leg on every basis counts. `$1` tenant, `$2` book, `$3` sets.
 */
export const READ_SET_USE = `
with ${SEALED_DECISIONS}, used as materialized (
  select s.match_key_id, r.kgco2e, r.withheld, f.code
  from sealed_decisions s
  join calculation.rates r on r.tenant_id = $1 and r.decision_id = s.decision_id
  cross join lateral (
    select r.body #>> '{factor,code}' as code where r.body #>> '{factor,setId}' = any ($3::text[])
    union
    select i ->> 'code' from jsonb_array_elements(coalesce(r.body -> 'inputs', '[]')) i
    where i ->> 'setId' = any ($3::text[]) and i ->> 'kind' <> 'rate') f
), sums as materialized (
  select match_key_id, sum(quantity) as quantity, sum(activities) as activities
  from calculation.sealed_sums where tenant_id = $1 and book_id = $2 group by match_key_id
)
select u.code, count(distinct u.match_key_id)::int as keys, case when not bool_or(u.withheld) then trim_scale(sum(m.quantity * u.kgco2e))::text end as kgco2e,
  (select sum(one.activities) from sums one where one.match_key_id = any (array_agg(distinct u.match_key_id)))::int as activities
from used u join sums m on m.match_key_id = u.match_key_id
group by u.code`;

/** The last seal of a book. `$1` tenant, `$2` book. */
export const LAST_SEAL = `
select id, book_id as "bookId", ordinal, pins from calculation.runs
where tenant_id = $1 and book_id = $2 and status = 'sealed' order by ordinal desc limit 1`;

/**
 * What the pools of a book came to that have some keys among their members, with what stands of it. `$1` tenant, `$2` book, `$3` keys, null for all
 * pools.
 */
export const POOLS_OF_KEYS = `
with latest as materialized (
  select distinct on (p.pool, p.entity_id, p.year) p.id, p.pool, p.kind, p.entity_id, p.year, p.body
  from calculation.pool_results p
  join calculation.runs run on run.tenant_id = p.tenant_id and run.id = p.run_id and run.status = 'sealed'
  where p.tenant_id = $1 and p.book_id = $2
  order by p.pool, p.entity_id, p.year, p.id desc
), standing as (
  select p.pool, p.entity_id, p.year, trim_scale(coalesce(sum(e.kgco2e), 0))::text as kgco2e
  from calculation.pool_results p
  join calculation.entries e on e.tenant_id = p.tenant_id and e.pool_result_id = p.id
  join calculation.runs run on run.tenant_id = e.tenant_id and run.id = e.run_id and run.status = 'sealed'
  where p.tenant_id = $1 and p.book_id = $2
  group by p.pool, p.entity_id, p.year
)
select l.pool, l.kind, n.code as entity, l.year, coalesce(s.kgco2e, '0') as kgco2e
from latest l
left join standing s on s.pool = l.pool and s.entity_id is not distinct from l.entity_id and s.year is not distinct from l.year
left join gateway.entities_v1 n on n.tenant_id = $1 and n.id = l.entity_id
where $3::bigint[] is null
  or exists (select from jsonb_array_elements(l.body -> 'members') m where (m ->> 'matchKeyId')::bigint = any ($3::bigint[]))
order by l.pool, n.code, l.year`;
