/**
 * Stores an instrument or takes its new body. A new body that retires less than is allocated, or another's registry id, is refused before.
 * `$1` tenant, `$2` code, `$3` registry id, `$4` MWh retired, `$5` body, `$6` digest.
 */
export const PUT_INSTRUMENT = `
insert into calculation.instruments (tenant_id, code, registry_id, retired_mwh, body, digest) values ($1, $2, $3, $4, $5, $6)
on conflict (tenant_id, code) do update set registry_id = excluded.registry_id, retired_mwh = excluded.retired_mwh, body = excluded.body,
  digest = excluded.digest, updated_at = now()`;

/** One instrument, held until the end of the transaction: allocations of it are counted against what it retired. `$1` tenant, `$2` code. */
export const LOCK_INSTRUMENT = `
select i.code, i.retired_mwh from calculation.instruments i where i.tenant_id = $1 and i.code = $2 for update`;

/** What is allocated of an instrument. `$1` tenant, `$2` code. */
export const SUM_ALLOCATIONS = `
select trim_scale(coalesce(sum(mwh), 0))::text as mwh from calculation.instrument_allocations where tenant_id = $1 and instrument = $2`;

/** The instrument that bears a registry id under another code. `$1` tenant, `$2` registry id, `$3` code. */
export const FIND_REGISTRY_ID = `
select code from calculation.instruments where tenant_id = $1 and registry_id = $2 and code <> $3`;

/** Replaces the allocations of an instrument; one that is not among the new ones falls to 0 MWh. `$1` tenant, `$2` code, `$3` documents. */
export const REPLACE_ALLOCATIONS = `
with wished as (
  select n.id as entity_id, (w ->> 'year')::smallint as year, (w ->> 'mwh')::numeric as mwh
  from unnest($3::jsonb[]) as t (w)
  join gateway.entities_v1 n on n.tenant_id = $1 and n.code = w ->> 'entity'
), every_one as (
  select entity_id, year, mwh from wished
  union all
  select a.entity_id, a.year, 0 from calculation.instrument_allocations a
  where a.tenant_id = $1 and a.instrument = $2 and not exists (select from wished w where w.entity_id = a.entity_id and w.year = a.year)
)
insert into calculation.instrument_allocations (tenant_id, instrument, entity_id, year, mwh)
select $1, $2, entity_id, year, mwh from every_one
on conflict (tenant_id, instrument, entity_id, year) do update set mwh = excluded.mwh`;

/** Those of some codes that no entity bears. `$1` tenant, `$2` codes. */
export const UNKNOWN_ENTITIES = `
select code from unnest($2::text[]) as t (code)
where not exists (select from gateway.entities_v1 n where n.tenant_id = $1 and n.code = t.code) order by code`;

/** A page of instruments with what is allocated of them. `$1` tenant, `$2` one code or null, `$3` code after which to go on, `$4` limit. */
export const LIST_INSTRUMENTS = `
select i.code, i.body, trim_scale(i.retired_mwh)::text as retired_mwh, i.updated_at, a.allocated_mwh, a.allocations
from calculation.instruments i
cross join lateral (
  select trim_scale(coalesce(sum(a.mwh), 0))::text as allocated_mwh,
    coalesce(jsonb_agg(jsonb_build_object('entity', n.code, 'year', a.year, 'mwh', trim_scale(a.mwh)::text) order by n.code, a.year), '[]') as allocations
  from calculation.instrument_allocations a
  join gateway.entities_v1 n on n.tenant_id = a.tenant_id and n.id = a.entity_id
  where a.tenant_id = i.tenant_id and a.instrument = i.code and a.mwh > 0) a
where i.tenant_id = $1 and ($2::text is null or i.code = $2) and i.code > $3::text
order by i.code limit $4`;

/**
 * A profile as a new version, unless it is the one that stands. `$1` tenant, `$2` `entity` or `instrument`, `$3` its code, `$4` year, `$5` time zone,
 * `$6` kWh per hour, `$7` digest.
 */
export const PUT_PROFILE = `
insert into calculation.profiles (tenant_id, of_kind, of_code, year, version, time_zone, kwh, digest)
select $1, $2, $3, $4, coalesce(last.version, 0) + 1, $5, $6, $7
from (select) as one left join lateral (
  select p.version, p.digest from calculation.profiles p
  where p.tenant_id = $1 and p.of_kind = $2 and p.of_code = $3 and p.year = $4 order by p.version desc limit 1) last on true
where last.digest is distinct from $7`;

/** The profile that stands. `$1` tenant, `$2` `entity` or `instrument`, `$3` its code, `$4` year. */
export const GET_PROFILE = `
select p.of_kind, p.of_code, p.year, p.version, p.time_zone, p.kwh from calculation.profiles p
where p.tenant_id = $1 and p.of_kind = $2 and p.of_code = $3 and p.year = $4 order by p.version desc limit 1`;

/** The countries and grid regions where a tenant has entities. `$1` tenant. */
export const MARKETS_OF_TENANT = `
select distinct place from gateway.entities_v1 n cross join lateral (values (n.country), (n.region)) as t (place)
where n.tenant_id = $1 and place is not null order by place`;
