/**
 * Choices of factors that stand now: those that no later row takes back, in the order of their writing. The time has a fixed width, so that its text
 * orders like the time itself. `$1` tenant.
 */
export const STANDING_CHOICES = `
select c.body || jsonb_build_object('id', c.id, 'action', c.action, 'author', c.author, 'reason', c.reason,
    'decidedAt', to_char(c.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as choice
from calculation.factor_choices c
where c.tenant_id = $1 and c.withdraws is null
  and not exists (select from calculation.factor_choices w where w.tenant_id = c.tenant_id and w.withdraws = c.id)
order by c.ordinal`;

/** Keeps what a run pinned of the decisions of people. `$1` tenant, `$2` digest, `$3` body. */
export const KEEP_DECISION_INPUTS = `
insert into calculation.decision_inputs (tenant_id, digest, body) values ($1, $2, $3) on conflict do nothing`;

/** What a run pinned of the decisions of people. `$1` tenant, `$2` digest. */
export const PINNED_DECISION_INPUTS = `select body from calculation.decision_inputs where tenant_id = $1 and digest = $2`;
