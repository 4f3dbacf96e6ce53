/** Stores the factors of a set in their order. `$1` tenant, `$2` set, `$3` factors as JSON. */
export const INSERT_FACTORS = `
insert into calculation.factors (tenant_id, factor_set_id, code, body)
select $1, $2, f ->> 'code', f from unnest($3::jsonb[]) with ordinality as t (f, n) order by n`;

/**
 * A page of factors, the tenant's own and the catalogue's. `$1` tenant, `$2` catalogue tenant, `$3` set or null, `$4` activity type or null, `$5` id after
 * which to go on, `$6` limit.
 */
export const LIST_FACTORS = `
select f.id, f.factor_set_id, f.body from calculation.factors f
where f.tenant_id in ($1, $2) and ($3::uuid is null or f.factor_set_id = $3) and ($4::text is null or f.body ->> 'activityType' = $4)
  and f.id > $5::bigint
order by f.id limit $6`;

/** All factors of the pinned sets. `$1` tenants and `$2` ids of the sets, pairwise. */
export const READ_FACTORS = `
select s.tenant_id, s.id as set_id, s.publisher, s.edition, s.version, s.title, s.licence, s.attribution, s.gwp_set, s.invented, f.body
from calculation.factor_sets s join calculation.factors f on f.tenant_id = s.tenant_id and f.factor_set_id = s.id
where (s.tenant_id, s.id) in (select * from unnest($1::uuid[], $2::uuid[]))
order by s.publisher, s.edition, s.version, f.code`;

/** What the pinned sets know beside factors. `$1` tenants and `$2` ids of the sets, pairwise. */
export const READ_FACTOR_TABLES = `
select s.tenant_id, s.id as set_id, s.publisher, s.edition, s.version, s.title, s.licence, s.attribution, s.gwp_set, s.invented,
  s.properties, s.exchange_rates, s.price_indices
from calculation.factor_sets s
where (s.tenant_id, s.id) in (select * from unnest($1::uuid[], $2::uuid[]))
  and not (s.properties = '[]' and s.exchange_rates = '[]' and s.price_indices = '[]')
order by s.publisher, s.edition, s.version`;
