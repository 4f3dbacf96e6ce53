/** Stores factors of a set in their order. `$1` tenant, `$2` set, `$3` factors as JSON, `$4` number of the first of them. */
export const INSERT_FACTORS = `
insert into calculation.factors (tenant_id, factor_set_id, number, code, body)
select $1, $2, $4::integer + n - 1, f ->> 'code', f from unnest($3::jsonb[]) with ordinality as t (f, n) order by n`;

/** How much a set holds beside its factors. `$1` tenant that owns it, `$2` set. */
export const COUNT_IN_SET = `
select jsonb_array_length(s.properties) as properties, jsonb_array_length(s.exchange_rates) as exchange_rates,
  jsonb_array_length(s.price_indices) as price_indices
from calculation.factor_sets s where s.tenant_id = $1 and s.id = $2`;

const pageOfTable = (column: string): string => `
select t.n::integer as n, t.figure
from calculation.factor_sets s cross join lateral jsonb_array_elements(s.${column}) with ordinality as t (figure, n)
where s.tenant_id = $1 and s.id = $2 and t.n > $3::integer
order by t.n limit $4`;

/** A page of what a set holds beside factors, in its order. `$1` tenant that owns it, `$2` set, `$3` place after which to go on, `$4` limit. */
export const LIST_PROPERTIES = pageOfTable('properties');
export const LIST_EXCHANGE_RATES = pageOfTable('exchange_rates');
export const LIST_PRICE_INDICES = pageOfTable('price_indices');

/** Stores what an upload left out. `$1` tenant, `$2` set, `$3` omissions as JSON in the order of the file, `$4` number of the first of them. */
export const INSERT_OMISSIONS = `
insert into calculation.factor_set_omissions (tenant_id, factor_set_id, number, sheet, row, "column", reason, detail)
select $1, $2, $4::integer + n - 1, o ->> 'sheet', (o ->> 'row')::integer, o ->> 'column', o ->> 'reason', o ->> 'detail'
from unnest($3::jsonb[]) with ordinality as t (o, n) order by n`;

/** A page of it. `$1` tenant that owns the set, `$2` set, `$3` reason or null, `$4` number after which to go on, `$5` limit. */
export const LIST_OMISSIONS = `
select o.number, o.sheet, o.row, o."column", o.reason, o.detail from calculation.factor_set_omissions o
where o.tenant_id = $1 and o.factor_set_id = $2 and ($3::text is null or o.reason = $3) and o.number > $4::integer
order by o.number limit $5`;

/** The factors of the pinned sets. `$1` tenants and `$2` ids of the sets, pairwise, `$3` activity types, null for all. */
export const READ_FACTORS = `
select s.tenant_id, s.id as set_id, s.publisher, s.edition, s.version, s.title, s.licence, s.attribution, s.gwp_set, s.invented, s.figures_key,
  f.body
from calculation.factor_sets s join calculation.factors f on f.tenant_id = s.tenant_id and f.factor_set_id = s.id
where (s.tenant_id, s.id) in (select * from unnest($1::uuid[], $2::uuid[])) and ($3::text[] is null or f.body ->> 'activityType' = any ($3))
order by s.publisher, s.edition, s.version, f.code`;

/** For which activity types, legs, places and suppliers some sets hold something, one row per set. `$1` tenants and `$2` ids of the sets, pairwise. */
export const READ_SET_REACH = `
select
  coalesce((select jsonb_agg(distinct jsonb_strip_nulls(jsonb_build_object('activityType', f.body -> 'activityType', 'leg', f.body -> 'leg',
      'region', f.body -> 'region', 'supplier', f.body -> 'supplier')))
    from calculation.factors f where f.tenant_id = s.tenant_id and f.factor_set_id = s.id), '[]') as factors,
  coalesce((select jsonb_agg(distinct jsonb_build_object('activityType', p -> 'activityType')) from jsonb_array_elements(s.properties) p), '[]') as properties,
  s.exchange_rates <> '[]' or s.price_indices <> '[]' as money
from calculation.factor_sets s
where (s.tenant_id, s.id) in (select * from unnest($1::uuid[], $2::uuid[]))`;

/** What the pinned sets know beside factors. `$1` tenants and `$2` ids of the sets, pairwise. */
export const READ_FACTOR_TABLES = `
select s.tenant_id, s.id as set_id, s.publisher, s.edition, s.version, s.title, s.licence, s.attribution, s.gwp_set, s.invented, s.figures_key,
  s.properties, s.exchange_rates, s.price_indices
from calculation.factor_sets s
where (s.tenant_id, s.id) in (select * from unnest($1::uuid[], $2::uuid[]))
  and not (s.properties = '[]' and s.exchange_rates = '[]' and s.price_indices = '[]')
order by s.publisher, s.edition, s.version`;
