/** Keys with a refused required leg, those with activities in force only. `$1` tenant, `$2` book, `$3` key after which to go on, `$4` limit. */
export const LIST_OPEN_KEYS = `
select k.id, d.outcome, d.body, s.activities, k.activity_type, k.unit, k.year, k.country, k.region, k.supplier, k.attributes
from calculation.book_keys bk
join calculation.decisions d on d.tenant_id = bk.tenant_id and d.id = bk.decision_id and d.outcome in ('partly', 'refused')
join ingestion.match_keys_v1 k on k.tenant_id = bk.tenant_id and k.id = bk.match_key_id
join lateral (
  select sum(activities) as activities from calculation.key_sums s
  where s.tenant_id = bk.tenant_id and s.book_id = bk.book_id and s.match_key_id = bk.match_key_id) s on s.activities > 0
where bk.tenant_id = $1 and bk.book_id = $2 and bk.match_key_id > $3::bigint
order by bk.match_key_id limit $4`;
