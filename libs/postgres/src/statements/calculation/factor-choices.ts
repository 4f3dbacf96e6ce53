/**
 * The factor of a name, in any set that the tenant reads, its own first. `$1` tenant, `$2` catalogue tenant, `$3` publisher, `$4` edition, `$5`
 * version, `$6` code.
 */
export const FIND_NAMED_FACTOR = `
select f.body ->> 'activityType' as activity_type, f.body ->> 'leg' as leg, f.body ->> 'supplier' as supplier,
  coalesce(f.body -> 'attributes', '{}') as attributes
from calculation.factor_sets s
join calculation.factors f on f.tenant_id = s.tenant_id and f.factor_set_id = s.id and f.code = $6
where s.tenant_id in ($1, $2) and s.publisher = $3 and s.edition = $4 and s.version = $5
order by s.tenant_id = $1 desc limit 1`;

/**
 * A standing decision that says exactly the same and still counts: no later one about the same keys, leg and basis stands that takes a factor, or that
 * refuses this one. Which is later, is as the kernel tells it. `$1` tenant, `$2` action, `$3` body, `$4` author, `$5` reason.
 */
export const FIND_SAME_CHOICE = `
select c.id from calculation.factor_choices c
where c.tenant_id = $1 and c.action = $2 and c.body = $3::jsonb and c.author = $4 and c.reason = $5
  and not exists (select from calculation.factor_choices w where w.tenant_id = c.tenant_id and w.withdraws = c.id)
  and not exists (
    select from calculation.factor_choices l
    where l.tenant_id = c.tenant_id and l.withdraws is null and (l.decided_at, l.id) > (c.decided_at, c.id)
      and l.body - 'factor' = c.body - 'factor'
      and (l.action <> 'refuse' or (l.body -> 'factor') - 'version' = (c.body -> 'factor') - 'version')
      and not exists (select from calculation.factor_choices w where w.tenant_id = l.tenant_id and w.withdraws = l.id))
order by c.ordinal limit 1`;

/** A decision, and whether it has been taken back. `$1` tenant, `$2` id. */
export const FIND_CHOICE = `
select exists (select from calculation.factor_choices w where w.tenant_id = c.tenant_id and w.withdraws = c.id) as withdrawn
from calculation.factor_choices c where c.tenant_id = $1 and c.id = $2 and c.withdraws is null`;

/** `$1` tenant, `$2` id, `$3` action, `$4` body, `$5` author, `$6` reason. */
export const INSERT_CHOICE = `
insert into calculation.factor_choices (tenant_id, id, action, body, author, reason) values ($1, $2, $3, $4, $5, $6)`;

/** Nothing comes back where it has been taken back before. `$1` tenant, `$2` id of this row, `$3` the decision, `$4` author, `$5` reason. */
export const INSERT_WITHDRAWAL = `
insert into calculation.factor_choices (tenant_id, id, action, withdraws, author, reason) values ($1, $2, 'withdraw', $3, $4, $5)
on conflict (tenant_id, withdraws) do nothing returning id`;

const TIME = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Decisions in the order of their writing, also those that were taken back, with who did and why. `$1` tenant, `$2` one id or null, `$3` ordinal after
 * which to go on, `$4` limit.
 */
export const LIST_CHOICES = `
select c.id, c.ordinal, c.action, c.body, c.author, c.reason, ${TIME('c.decided_at')} as decided_at,
  case when w.id is not null then jsonb_build_object('author', w.author, 'reason', w.reason, 'decidedAt', ${TIME('w.decided_at')}) end as withdrawn
from calculation.factor_choices c
left join calculation.factor_choices w on w.tenant_id = c.tenant_id and w.withdraws = c.id
where c.tenant_id = $1 and c.withdraws is null and ($2::uuid is null or c.id = $2) and c.ordinal > $3::bigint
order by c.ordinal limit $4`;
