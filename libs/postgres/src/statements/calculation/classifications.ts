/**
 * Classifications that stand now: those that no later row takes back, of several for the same selector the last, in the order of their writing. The time has
 * a fixed width, so that its text orders like the time itself. `$1` tenant.
 */
export const STANDING_CLASSIFICATIONS = `
with standing as (
  select distinct on (c.body - 'to') c.*
  from calculation.classifications c
  where c.tenant_id = $1 and c.withdraws is null
    and not exists (select from calculation.classifications w where w.tenant_id = c.tenant_id and w.withdraws = c.id)
  order by c.body - 'to', c.ordinal desc
)
select s.body || jsonb_strip_nulls(jsonb_build_object('id', s.id, 'author', s.author, 'reason', s.reason, 'source', s.source,
    'score', trim_scale(s.score)::text, 'decidedAt', to_char(s.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))) as classification
from standing s order by s.ordinal`;

/** Adds classifications, one JSON document each. `$1` tenant, `$2` author, `$3` source, `$4` documents. */
export const ADD_CLASSIFICATIONS = `
insert into calculation.classifications (tenant_id, id, body, source, score, author, reason)
select $1, (c ->> 'id')::uuid, c -> 'body', $3, (c ->> 'score')::numeric, $2, c ->> 'reason'
from unnest($4::jsonb[]) with ordinality as t (c, n) order by n`;

/** Takes a classification back. `$1` tenant, `$2` id of this row, `$3` the classification, `$4` author, `$5` reason. */
export const WITHDRAW_CLASSIFICATION = `
insert into calculation.classifications (tenant_id, id, withdraws, source, author, reason)
select $1, $2, c.id, 'person', $4, $5 from calculation.classifications c
where c.tenant_id = $1 and c.id = $3 and c.withdraws is null
on conflict (tenant_id, withdraws) do nothing
returning withdraws`;

/**
 * A page of classifications in the order of their writing, withdrawn ones too. `$1` tenant, `$2` one id or null, `$3` normalised text or null, `$4` ordinal after
 * which to go on, `$5` limit.
 */
export const LIST_CLASSIFICATIONS = `
select c.ordinal, c.id, c.body, c.source, trim_scale(c.score)::text as score, c.author, c.reason, c.decided_at,
  w.author as withdrawn_by, w.reason as withdrawn_because, w.decided_at as withdrawn_at
from calculation.classifications c
left join calculation.classifications w on w.tenant_id = c.tenant_id and w.withdraws = c.id
where c.tenant_id = $1 and c.withdraws is null and ($2::uuid is null or c.id = $2) and ($3::text is null or c.body ->> 'description' = $3)
  and c.ordinal > $4::bigint
order by c.ordinal limit $5`;

/**
 * A page of the texts of a book that nobody has classified, or not as what their rows could be: those with the most activities first, then by text. Rows are
 * counted at their first part; a text of which only later parts are open has quantities alone. `$1` tenant, `$2` book, `$3` activities and `$4` a key of the
 * text after which to go on, both null for the first page, `$5` limit.
 */
export const LIST_UNCLASSIFIED = `
with open_keys as materialized (
  select k.id, k.attributes ->> 'description' as description, k.attributes ->> 'account' as account, k.unit, k.country, k.supplier,
    d.body -> 'refusal' ->> 'code' as refusal, s.activities, s.quantity
  from calculation.book_keys bk
  join ingestion.match_keys_v1 k on k.tenant_id = $1 and k.id = bk.match_key_id and k.activity_type = 'unclassified'
  join calculation.decisions d on d.tenant_id = $1 and d.id = bk.decision_id and d.body ? 'refusal'
  join lateral (
    select coalesce(sum(s.activities), 0) as activities, coalesce(sum(s.quantity), 0) as quantity from calculation.key_sums s
    where s.tenant_id = $1 and s.book_id = $2 and s.match_key_id = k.id) s on s.activities <> 0 or s.quantity <> 0
  where bk.tenant_id = $1 and bk.book_id = $2
), texts as (
  select description, min(id) as first_key, sum(activities)::bigint as activities, array_agg(distinct refusal) as refusals,
    (array_agg(distinct country))[1:20] as countries, (array_agg(distinct supplier) filter (where supplier is not null))[1:20] as suppliers,
    (array_agg(distinct account) filter (where account is not null))[1:20] as accounts
  from open_keys group by description
), shown as (
  select * from texts
  where $3::bigint is null or activities < $3::bigint or (activities = $3::bigint and description collate "C" > (
    select k.attributes ->> 'description' from ingestion.match_keys_v1 k where k.tenant_id = $1 and k.id = $4::bigint))
  order by activities desc, description collate "C" limit $5
)
select t.description, t.first_key, t.activities, t.refusals, t.countries, coalesce(t.suppliers, '{}') as suppliers, coalesce(t.accounts, '{}') as accounts, q.quantities
from shown t cross join lateral (
  select jsonb_agg(jsonb_build_object('unit', u.unit, 'quantity', u.quantity) order by u.unit) as quantities
  from (select o.unit, trim_scale(sum(o.quantity))::text as quantity from open_keys o where o.description = t.description group by o.unit) u
) q
order by t.activities desc, t.description collate "C"`;

/** The policy of the tenant on suggestions, as a new version, unless it is the one that stands. `$1` tenant, `$2` threshold, `$3` author, `$4` reason. */
export const PUT_SUGGESTION_POLICY = `
insert into calculation.suggestion_policies (tenant_id, version, threshold, author, reason)
select $1, coalesce(last.version, 0) + 1, $2, $3, $4
from (select) as one left join lateral (
  select p.version, p.threshold from calculation.suggestion_policies p where p.tenant_id = $1 order by p.version desc limit 1) last on true
where last.version is null or last.threshold is distinct from $2::numeric`;

/** The policy that stands. `$1` tenant. */
export const GET_SUGGESTION_POLICY = `
select p.version, trim_scale(p.threshold)::text as threshold, p.author, p.reason, p.decided_at
from calculation.suggestion_policies p where p.tenant_id = $1 order by p.version desc limit 1`;

/**
 * One factor for each target of some sets and each row that names it: the words of the publisher, without the figures. `$1` tenants and `$2` ids of the sets,
 * pairwise.
 */
export const READ_DISTINCT_TARGETS = `
select distinct on (f.body ->> 'activityType', f.body -> 'attributes', f.body -> 'source' ->> 'row') f.body
from calculation.factors f
where (f.tenant_id, f.factor_set_id) in (select * from unnest($1::uuid[], $2::uuid[]))
order by f.body ->> 'activityType', f.body -> 'attributes', f.body -> 'source' ->> 'row', f.code`;

/** Texts of which a person took back a suggestion that a run had taken. `$1` tenant. */
export const REJECTED_SUGGESTIONS = `
select distinct c.body ->> 'description' as description, c.body ->> 'unitDimension' as unit_dimension
from calculation.classifications c join calculation.classifications w on w.tenant_id = c.tenant_id and w.withdraws = c.id
where c.tenant_id = $1 and c.source = 'suggestion'`;
