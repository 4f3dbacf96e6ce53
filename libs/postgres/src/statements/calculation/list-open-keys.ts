import { POOLED_CELLS, STANDING_RESULTS } from './pools';

/**
 * Keys with a refused required leg, and those that only a pool can count and no pool has counted, with the refusals of their pools; those with
 * activities in force only. `$1` tenant, `$2` book, `$3` key after which to go on, `$4` limit.
 */
export const LIST_OPEN_KEYS = `
with ${STANDING_RESULTS}, ${POOLED_CELLS}, uncounted as materialized (
  select match_key_id, sum(activities) as activities,
    jsonb_agg(distinct jsonb_build_object('code', coalesce(refusal, 'pool_missing'), 'pool', pool)) as pools
  from pooled_cells where not counted and activities > 0 group by match_key_id
)
select k.id, case when u.match_key_id is null then d.outcome else 'refused' end as outcome, d.body, coalesce(u.activities, s.activities) as activities,
  k.activity_type, k.unit, k.year, k.reporting_year, k.country, k.region, k.supplier, k.attributes, u.pools
from calculation.book_keys bk
join calculation.decisions d on d.tenant_id = bk.tenant_id and d.id = bk.decision_id
left join uncounted u on u.match_key_id = bk.match_key_id
join ingestion.match_keys_v1 k on k.tenant_id = bk.tenant_id and k.id = bk.match_key_id
join lateral (
  select sum(activities) as activities from calculation.key_sums s
  where s.tenant_id = bk.tenant_id and s.book_id = bk.book_id and s.match_key_id = bk.match_key_id) s on s.activities > 0
where bk.tenant_id = $1 and bk.book_id = $2 and bk.match_key_id > $3::bigint and (d.outcome in ('partly', 'refused') or u.match_key_id is not null)
order by bk.match_key_id limit $4`;
