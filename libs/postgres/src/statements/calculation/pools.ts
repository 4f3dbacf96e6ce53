/** A pool's spec as a new version, unless it is the one that stands. `$1` tenant, `$2` code, `$3` kind, `$4` spec, `$5` digest. */
export const PUT_POOL = `
insert into calculation.pools (tenant_id, code, version, kind, spec, digest)
select $1, $2, coalesce(last.version, 0) + 1, $3, $4, $5
from (select) as one left join lateral (
  select p.version, p.digest from calculation.pools p where p.tenant_id = $1 and p.code = $2 order by p.version desc limit 1) last on true
where last.digest is distinct from $5`;

/** A page of pools, each as it stands. `$1` tenant, `$2` one code or null, `$3` code after which to go on, `$4` limit. */
export const LIST_POOLS = `
select distinct on (p.code) p.code, p.version, p.kind, p.spec, p.created_at
from calculation.pools p
where p.tenant_id = $1 and ($2::text is null or p.code = $2) and p.code > $3::text
order by p.code, p.version desc limit $4`;

/**
 * What the pools of a run read, as it stands now: pools, instruments, claims on them, the versions of profiles with their digests. Entities by code, everything in one
 * order, so that equal input is one text. `$1` tenant.
 */
export const READ_POOL_INPUTS = `
select jsonb_build_object(
  'pools', (select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'version', p.version, 'kind', p.kind, 'spec', p.spec) order by p.code), '[]')
    from (select distinct on (code) code, version, kind, spec from calculation.pools where tenant_id = $1 order by code, version desc) p),
  'instruments', (select coalesce(jsonb_agg(i.body order by i.code), '[]') from calculation.instruments i where i.tenant_id = $1),
  'allocations', (select coalesce(jsonb_agg(jsonb_build_object('instrument', a.instrument, 'entityCode', n.code, 'year', a.year,
      'mwh', trim_scale(a.mwh)::text) order by a.instrument, n.code, a.year), '[]')
    from calculation.instrument_allocations a join gateway.entities_v1 n on n.tenant_id = a.tenant_id and n.id = a.entity_id
    where a.tenant_id = $1 and a.mwh > 0),
  'profiles', (select coalesce(jsonb_agg(jsonb_build_object('ofKind', p.of_kind, 'ofCode', p.of_code, 'year', p.year, 'version', p.version, 'digest', p.digest)
      order by p.of_kind, p.of_code, p.year), '[]')
    from (select distinct on (of_kind, of_code, year) of_kind, of_code, year, version, digest from calculation.profiles where tenant_id = $1
      order by of_kind, of_code, year, version desc) p)
) as body`;

/** Keeps what a run pinned. `$1` tenant, `$2` digest, `$3` body. */
export const KEEP_POOL_INPUTS = `
insert into calculation.pool_inputs (tenant_id, digest, body) values ($1, $2, $3) on conflict do nothing`;

/** What a run pinned. `$1` tenant, `$2` digest. */
export const PINNED_POOL_INPUTS = `select body from calculation.pool_inputs where tenant_id = $1 and digest = $2`;

/** Profiles by their pinned versions. `$1` tenant, `$2` documents. */
export const PINNED_PROFILES = `
select p.of_kind, p.of_code, p.year, p.time_zone, p.kwh
from unnest($2::jsonb[]) as t (w)
join calculation.profiles p on p.tenant_id = $1 and p.of_kind = w ->> 'ofKind' and p.of_code = w ->> 'ofCode' and p.year = (w ->> 'year')::smallint
  and p.version = (w ->> 'version')::integer
order by p.of_kind, p.of_code, p.year`;

/**
 * Net quantities per key × entity × reporting year of a book, each with the decision that stands for the key: what pools see of the rows. Wanted are the rows of
 * some activity types, of free text those that it was classified as, and at some places purchased energy. Cells that were corrected to nothing are left out. `$1` tenant, `$2` book, `$3` activity
 * types, `$4` entity codes and `$5` years of the places, pairwise, `$6` activity types of purchased energy.
 */
export const POOL_MEMBERS = `
with places as materialized (
  select n.id as entity_id, t.year from unnest($4::text[], $5::smallint[]) as t (code, year) join gateway.entities_v1 n on n.tenant_id = $1 and n.code = t.code
), wanted as materialized (
  select k.id, bk.decision_id, c.classification, t.activity_type, t.activity_type = any ($3::text[]) as by_type
  from calculation.book_keys bk
  join ingestion.match_keys_v1 k on k.tenant_id = $1 and k.id = bk.match_key_id
  cross join lateral (
    select case when k.activity_type = 'unclassified'
      then (select d.body -> 'classification' from calculation.decisions d where d.tenant_id = $1 and d.id = bk.decision_id) end as classification) c
  cross join lateral (select coalesce(c.classification ->> 'activityType', k.activity_type) as activity_type) t
  where bk.tenant_id = $1 and bk.book_id = $2 and (t.activity_type = any ($3::text[]) or t.activity_type = any ($6::text[]))
), cells as materialized (
  select s.match_key_id, s.entity_id, s.year, w.decision_id, w.activity_type, w.classification, sum(s.quantity) as quantity,
    sum(s.activities) as activities
  from calculation.key_sums s
  join wanted w on w.id = s.match_key_id
  where s.tenant_id = $1 and s.book_id = $2 and (w.by_type or (s.entity_id, s.year) in (select entity_id, year from places))
  group by s.match_key_id, s.entity_id, s.year, w.decision_id, w.activity_type, w.classification
  having sum(s.quantity) <> 0 or sum(s.activities) <> 0
)
select c.match_key_id, n.code as entity_code, c.year, k.year as calendar_year, c.activity_type, k.unit,
  k.attributes || coalesce(c.classification -> 'attributes', '{}') as attributes, k.country, k.region, k.supplier,
  trim_scale(c.quantity)::text as quantity, c.activities, c.decision_id
from cells c
join ingestion.match_keys_v1 k on k.tenant_id = $1 and k.id = c.match_key_id
join gateway.entities_v1 n on n.tenant_id = $1 and n.id = c.entity_id
order by k.digest, n.code, c.year`;

/** The rates of some decisions, each once, however many cells stand under it. `$1` tenant, `$2` decisions. */
export const POOL_RATES = `
select r.id, r.decision_id, r.body from calculation.rates r
where r.tenant_id = $1 and r.decision_id = any ($2::bigint[]) order by r.decision_id, r.leg, r.basis`;

/** The latest result of each pool of a book at each place, with the ids of all its results there. `$1` tenant, `$2` book. */
export const LATEST_POOL_RESULTS = `
select distinct on (p.pool, p.entity_id, p.year) p.pool, n.code as entity_code, p.year, p.digest, p.effect,
  array_agg(p.id::text) over (partition by p.pool, p.entity_id, p.year) as ids
from calculation.pool_results p
left join gateway.entities_v1 n on n.tenant_id = p.tenant_id and n.id = p.entity_id
where p.tenant_id = $1 and p.book_id = $2
order by p.pool, p.entity_id, p.year, p.id desc`;

/**
 * A page of what the pools of a book came to, each as it stands. `$1` tenant, `$2` book, `$3` pool, `$4` id after which to go on, `$5` limit.
 */
export const LIST_POOL_RESULTS = `
select p.id, p.pool, p.kind, n.code as entity_code, p.year, p.digest, p.body, run.ordinal as run,
  coalesce((select jsonb_agg(jsonb_build_object('posting', g.posting, 'entity', m.code, 'matchKeyId', g.match_key_id::text, 'leg', r.leg, 'basis', r.basis,
      'quantity', trim_scale(g.quantity)::text, 'unit', g.unit, 'kgco2e', case when r.withheld then null else trim_scale(g.quantity * r.kgco2e)::text end, 'because', g.because) order by g.posting)
    from calculation.pool_postings g
    join calculation.rates r on r.tenant_id = g.tenant_id and r.id = g.rate_id
    join gateway.entities_v1 m on m.tenant_id = g.tenant_id and m.id = g.entity_id
    where g.tenant_id = p.tenant_id and g.pool_result_id = p.id), '[]') as postings
from calculation.pool_results p
join calculation.runs run on run.tenant_id = p.tenant_id and run.id = p.run_id and run.status = 'sealed'
left join gateway.entities_v1 n on n.tenant_id = p.tenant_id and n.id = p.entity_id
where p.tenant_id = $1 and p.book_id = $2 and p.pool = $3 and p.id > $4::bigint
  and not exists (
    select from calculation.pool_results later
    join calculation.runs sealed on sealed.tenant_id = later.tenant_id and sealed.id = later.run_id and sealed.status = 'sealed'
    where later.tenant_id = p.tenant_id and later.book_id = p.book_id and later.pool = p.pool and later.id > p.id
      and later.entity_id is not distinct from p.entity_id and later.year is not distinct from p.year)
order by p.id limit $5`;

/**
 * What the latest results of a book's pools at each place are. `$1` tenant, `$2` book. To be read inside `with`.
 */
export const STANDING_RESULTS = `standing as materialized (
  select distinct on (p.pool, p.entity_id, p.year) p.id, p.pool, p.kind, p.body
  from calculation.pool_results p
  where p.tenant_id = $1 and p.book_id = $2
  order by p.pool, p.entity_id, p.year, p.id desc
)`;

/**
 * Cells of keys that only a pool can count (decided, and without any rate of their own), each with whether a pool has counted it: a standing mass
 * balance or allocation that cites it without a refusal. `$1` tenant, `$2` book. To be read inside `with`, after the results that stand.
 */
export const POOLED_CELLS = `pooled_keys as materialized (
  select bk.match_key_id from calculation.book_keys bk
  join calculation.decisions d on d.tenant_id = bk.tenant_id and d.id = bk.decision_id and d.outcome = 'calculated'
  where bk.tenant_id = $1 and bk.book_id = $2
    and not exists (select from calculation.rates r where r.tenant_id = bk.tenant_id and r.decision_id = bk.decision_id)
), cited as materialized (
  select (m ->> 'matchKeyId')::bigint as match_key_id, m ->> 'entityCode' as entity_code, (m ->> 'year')::smallint as year,
    bool_or(not m ? 'refusal') as counted, min(m ->> 'refusal') as refusal, min(s.pool) filter (where m ? 'refusal') as pool
  from standing s cross join lateral jsonb_array_elements(s.body -> 'members') m
  where s.kind in ('allocation', 'mass-balance') and exists (select from pooled_keys)
  group by 1, 2, 3
), pooled_cells as materialized (
  select s.match_key_id, s.entity_id, s.year, sum(s.activities) as activities, coalesce(bool_or(c.counted), false) as counted,
    min(c.refusal) as refusal, min(c.pool) as pool
  from pooled_keys k
  join calculation.key_sums s on s.tenant_id = $1 and s.book_id = $2 and s.match_key_id = k.match_key_id
  join gateway.entities_v1 n on n.tenant_id = $1 and n.id = s.entity_id
  left join cited c on c.match_key_id = s.match_key_id and c.entity_code = n.code and c.year = s.year
  group by s.match_key_id, s.entity_id, s.year
)`;

/** How many refusals stand in what the pools of a book came to. `$1` tenant, `$2` book. */
export const COUNT_POOL_REFUSALS = `
with ${STANDING_RESULTS}
select coalesce(sum(jsonb_array_length(body -> 'refusals')), 0)::bigint as refusals from standing`;
