/** Everything that made an entry of a pool: the line, the rate, what the pool came to and from which members. `$1` tenant, `$2` entry. */
export const EXPLAIN_POOL_ENTRY = `
select e.id, b.name as book, run.ordinal as run, run.seal, run.engine_version, b.gwp_set, b.editions, b.method_pack,
  r.leg, r.basis, r.source_class, r.body as rate,
  trim_scale(e.quantity)::text as quantity, trim_scale(e.kgco2e)::text as kgco2e, trim_scale(e.biogenic_kgco2)::text as biogenic_kgco2,
  e.reverses, (select gone.id from calculation.entries gone where gone.tenant_id = e.tenant_id and gone.reverses = e.id) as reversed_by,
  g.unit, g.posting, g.because, p.pool, p.kind, n.code as entity_code, p.year, p.digest, p.body
from calculation.entries e
join calculation.books b on b.tenant_id = e.tenant_id and b.id = e.book_id
join calculation.runs run on run.tenant_id = e.tenant_id and run.id = e.run_id and run.status = 'sealed'
join calculation.rates r on r.tenant_id = e.tenant_id and r.id = e.rate_id
join calculation.pool_results p on p.tenant_id = e.tenant_id and p.id = e.pool_result_id
join calculation.pool_postings g on g.tenant_id = e.tenant_id and g.pool_result_id = e.pool_result_id and g.posting = e.posting
left join gateway.entities_v1 n on n.tenant_id = p.tenant_id and n.id = p.entity_id
where e.tenant_id = $1 and e.id = $2`;

/**
 * What pools posted on top of a row's entry, as of its book's last seal: the standing lines of the same key, entity, year, leg and basis; on one that
 * both readings share, those of either reading too. `$1` tenant,
 * `$2` entry.
 */
export const POOL_ADJUSTMENTS = `
select line.id as entry_id, p.pool, trim_scale(line.quantity)::text as quantity, case when pr.withheld then null else trim_scale(line.kgco2e)::text end as kgco2e, g.because
from calculation.entries e
join ingestion.activities_v1 a on a.tenant_id = e.tenant_id and a.id = e.activity_id and a.segment = e.segment
join ingestion.match_keys_v1 k on k.tenant_id = a.tenant_id and k.id = a.match_key_id
join calculation.rates r on r.tenant_id = e.tenant_id and r.id = e.rate_id
join calculation.pool_postings g on g.tenant_id = e.tenant_id and g.match_key_id = a.match_key_id and g.entity_id = a.entity_id
  and g.year = k.reporting_year
join calculation.pool_results p on p.tenant_id = g.tenant_id and p.id = g.pool_result_id and p.book_id = e.book_id
join calculation.rates pr on pr.tenant_id = g.tenant_id and pr.id = g.rate_id and pr.leg = r.leg and (pr.basis = r.basis or r.basis = 'all')
join calculation.entries line on line.tenant_id = g.tenant_id and line.pool_result_id = g.pool_result_id and line.posting = g.posting
  and line.reverses is null
join calculation.runs run on run.tenant_id = line.tenant_id and run.id = line.run_id and run.status = 'sealed'
where e.tenant_id = $1 and e.id = $2
  and not exists (
    select from calculation.entries gone
    join calculation.runs sealed on sealed.tenant_id = gone.tenant_id and sealed.id = gone.run_id and sealed.status = 'sealed'
    where gone.tenant_id = line.tenant_id and gone.reverses = line.id)
order by p.pool, g.posting limit 100`;

/**
 * What was refused in the pools that a row's key is in at its entity and in its year, as of its book's last seal. `$1` tenant, `$2` entry.
 */
export const POOL_REFUSALS_OF_ENTRY = `
with place as materialized (
  select e.book_id, a.entity_id, n.code as entity_code, a.match_key_id, k.reporting_year as year
  from calculation.entries e
  join ingestion.activities_v1 a on a.tenant_id = e.tenant_id and a.id = e.activity_id and a.segment = e.segment
  join ingestion.match_keys_v1 k on k.tenant_id = a.tenant_id and k.id = a.match_key_id
  join gateway.entities_v1 n on n.tenant_id = a.tenant_id and n.id = a.entity_id
  where e.tenant_id = $1 and e.id = $2
), latest as materialized (
  select distinct on (p.pool, p.entity_id, p.year) p.pool, p.body, place.entity_code, place.match_key_id, place.year
  from place
  join calculation.pool_results p on p.tenant_id = $1 and p.book_id = place.book_id and p.year = place.year
    and (p.entity_id = place.entity_id or p.entity_id is null)
  join calculation.runs run on run.tenant_id = p.tenant_id and run.id = p.run_id and run.status = 'sealed'
  order by p.pool, p.entity_id, p.year, p.id desc
)
select l.pool, r ->> 'refusal' as refusal, r ->> 'detail' as detail, r ->> 'at' as at
from latest l cross join lateral jsonb_array_elements(l.body -> 'refusals') with ordinality as t (r, n)
where l.body -> 'members' @> jsonb_build_array(
  jsonb_build_object('matchKeyId', l.match_key_id::text, 'entityCode', l.entity_code, 'year', l.year))
order by l.pool, n limit 100`;
