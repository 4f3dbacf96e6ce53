/** One decision on the factor sets of a book. `$1` tenant, `$2` book, `$3` action, `$4` tenant and `$5` id of the set or nulls, `$6` author, `$7` reason. */
export const ADD_SET_ADOPTION = `
insert into calculation.set_adoptions (tenant_id, book_id, action, set_tenant_id, factor_set_id, author, reason)
values ($1, $2, $3, $4, $5, $6, $7)`;

/** The sets that a book has adopted and not dropped. `$1` tenant, `$2` book. */
export const ADOPTED_SETS = `
select f.tenant_id, f.id, f.digest, f.publisher, f.edition, f.version
from (
  select distinct on (set_tenant_id, factor_set_id) set_tenant_id, factor_set_id, action
  from calculation.set_adoptions
  where tenant_id = $1 and book_id = $2 and factor_set_id is not null
  order by set_tenant_id, factor_set_id, id desc) last
join calculation.factor_sets f on f.tenant_id = last.set_tenant_id and f.id = last.factor_set_id
where last.action = 'adopt'
order by f.publisher, f.edition, f.version, f.tenant_id`;

/** A page of how factor sets came into a book and left it, the newest first. `$1` tenant, `$2` book, `$3` id before which to go on, `$4` limit. */
export const LIST_SET_ADOPTIONS = `
select a.id, a.action, a.author, a.reason, a.decided_at, a.factor_set_id, f.publisher, f.edition, f.version
from calculation.set_adoptions a
left join calculation.factor_sets f on f.tenant_id = a.set_tenant_id and f.id = a.factor_set_id
where a.tenant_id = $1 and a.book_id = $2 and a.id < $3::bigint
order by a.id desc limit $4`;
