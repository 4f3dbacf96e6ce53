import { IN_FORCE } from './in-force';
import { POOLED_CELLS, STANDING_RESULTS } from './pools';

/**
 * The leaves of a run's content digest, in canonical order: import ordinal, line, slot, segment, leg, basis. No generated id and no time goes in, so
 * the digest is the same whatever the chunks, the order of work, or the number of replicas. Entity and period go in with the amounts: whoever moves
 * an activity to another place or time breaks the seal. A leaf covers 4,096 lines of one import. `$1` tenant, `$2` run.
 */
export const RUN_LEAVES = `
select encode(sha256(convert_to(string_agg(
    concat_ws('|', e.import_ordinal, e.line, e.slot, e.segment, r.leg, r.basis, case when e.reverses is null then '+' else '-' end,
      trim_scale(e.quantity), trim_scale(e.kgco2e), trim_scale(e.biogenic_kgco2), n.code, a.period_start, a.period_end, r.digest),
    e'\\n' order by e.line, e.slot, e.segment, r.leg, r.basis, e.reverses is null, r.digest), 'UTF8')), 'hex') as leaf
from calculation.entries e
join calculation.rates r on r.tenant_id = e.tenant_id and r.id = e.rate_id
join ingestion.activities_v1 a on a.tenant_id = e.tenant_id and a.id = e.activity_id and a.segment = e.segment
join gateway.entities_v1 n on n.tenant_id = a.tenant_id and n.id = a.entity_id
where e.tenant_id = $1 and e.run_id = $2
group by e.import_ordinal, e.line / 4096
order by e.import_ordinal, e.line / 4096`;

/**
 * The leaves of what a run's pools posted, behind those of the rows: one per pool, entity and year, its lines in the order in which the pool put them.
 * `$1` tenant, `$2` run.
 */
export const RUN_POOL_LEAVES = `
select encode(sha256(convert_to(string_agg(
    concat_ws('|', p.pool, coalesce(s.code, ''), coalesce(p.year, 0), e.posting, r.leg, r.basis, case when e.reverses is null then '+' else '-' end,
      trim_scale(e.quantity), trim_scale(e.kgco2e), trim_scale(e.biogenic_kgco2), n.code, g.period_start, g.period_end, r.digest, p.digest),
    e'\\n' order by e.reverses is null, p.digest, e.posting), 'UTF8')), 'hex') as leaf
from calculation.entries e
join calculation.pool_results p on p.tenant_id = e.tenant_id and p.id = e.pool_result_id
join calculation.pool_postings g on g.tenant_id = e.tenant_id and g.pool_result_id = e.pool_result_id and g.posting = e.posting
join calculation.rates r on r.tenant_id = e.tenant_id and r.id = e.rate_id
join gateway.entities_v1 n on n.tenant_id = g.tenant_id and n.id = g.entity_id
left join gateway.entities_v1 s on s.tenant_id = p.tenant_id and s.id = p.entity_id
where e.tenant_id = $1 and e.run_id = $2 and e.import_ordinal is null
group by p.pool, s.code, p.year
order by p.pool collate "C", s.code collate "C", p.year`;

/** What the run's pools came to, also where they posted nothing: a refusal is sealed like a figure. `$1` tenant, `$2` run. */
export const RUN_POOLS = `
select p.pool, n.code as entity, p.year, p.digest
from calculation.pool_results p left join gateway.entities_v1 n on n.tenant_id = p.tenant_id and n.id = p.entity_id
where p.tenant_id = $1 and p.run_id = $2 order by p.pool collate "C", n.code collate "C", p.year`;

/** The files that a run took in, by their bytes and the mapping under which they were read: what the seal covers beside the entries. `$1` tenant, `$2` run. */
export const RUN_INPUTS = `
select i.ordinal, i.sha256, i.mapping_name, i.mapping_version
from calculation.run_imports r join ingestion.imports_v1 i on i.tenant_id = r.tenant_id and i.id = r.import_id
where r.tenant_id = $1 and r.run_id = $2 order by i.ordinal`;

/** What a run decided, refusals with their reasons among it, key by key in the order of the keys' own digests. `$1` tenant, `$2` run. */
export const RUN_DECISIONS = `
select encode(sha256(convert_to(coalesce(string_agg(k.digest::text || ' ' || d.digest, e'\\n' order by k.digest), ''), 'UTF8')), 'hex') as digest
from calculation.decisions d join ingestion.match_keys_v1 k on k.tenant_id = d.tenant_id and k.id = d.match_key_id
where d.tenant_id = $1 and d.run_id = $2`;

/** Control figures of one run's entries. `$1` tenant, `$2` run. */
export const RUN_CONTROL = `
select count(*) as entries, count(reverses) as reversals, trim_scale(coalesce(sum(kgco2e), 0)) as kgco2e
from calculation.entries where tenant_id = $1 and run_id = $2`;

/** Activities in force in the book, counted from the activities themselves. `$1` tenant, `$2` book. */
export const COUNT_ACTIVITIES = `
with ${IN_FORCE}
select count(*) as activities
from ingestion.activities_v1 a
join inputs i on i.import_id = a.import_id
left join latest l on l.origin = coalesce(a.origin, a.id)
where a.tenant_id = $1 and a.segment = 1 and (l.version is null or l.version = a.version)`;

/**
 * The same activities, counted by what was decided for their keys, from the key sums: the other side of the equation. What only a pool can count, and
 * no pool has counted, is refused. `$1` tenant, `$2` book.
 */
export const COUNT_OUTCOMES = `
with ${STANDING_RESULTS}, ${POOLED_CELLS}
select case when p.counted = false then 'refused' else d.outcome end as outcome, sum(s.activities)::bigint as activities
from calculation.key_sums s
join calculation.book_keys k on k.tenant_id = s.tenant_id and k.book_id = s.book_id and k.match_key_id = s.match_key_id
join calculation.decisions d on d.tenant_id = k.tenant_id and d.id = k.decision_id
left join pooled_cells p on p.match_key_id = s.match_key_id and p.entity_id = s.entity_id and p.year = s.year
where s.tenant_id = $1 and s.book_id = $2
group by 1`;
