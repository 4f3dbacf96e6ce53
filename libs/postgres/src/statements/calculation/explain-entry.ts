/**
 * Everything that made one entry, from the ledger down to the line of the file. Country and region are the match key's: the factor was decided on
 * them, also where the entity has moved since. A decision of a person that changes no figure moves no entry: `standing_choice` is the one behind the
 * figure as it stands. `$1` tenant, `$2` entry.
 */
export const EXPLAIN_ENTRY = `
select e.id, b.name as book, run.ordinal as run, run.seal, run.engine_version, b.gwp_set, b.editions, b.method_pack,
  r.leg, r.basis, r.source_class, r.body as rate, d.body as decision, standing.choice as standing_choice,
  trim_scale(e.quantity)::text as quantity, trim_scale(e.kgco2e)::text as kgco2e, trim_scale(e.biogenic_kgco2)::text as biogenic_kgco2,
  e.reverses, (select gone.id from calculation.entries gone where gone.tenant_id = e.tenant_id and gone.reverses = e.id) as reversed_by,
  i.id as import_id, i.file_name, i.sha256, i.mapping_name, i.mapping_version,
  a.id as activity_id, a.line, a.slot, a.version, a.supersedes, a.segment, a.segments, a.period_start, a.period_end,
  trim_scale(a.quantity)::text as activity_quantity, a.stated, a.flags, a.tags,
  whole.period_start as whole_start, whole.period_end as whole_end, trim_scale(whole.quantity)::text as whole_quantity,
  k.activity_type, k.unit, k.reporting_year, k.supplier, k.attributes,
  n.code as entity_code, n.name as entity_name, k.country as entity_country, k.region as entity_region
from calculation.entries e
join calculation.books b on b.tenant_id = e.tenant_id and b.id = e.book_id
join calculation.runs run on run.tenant_id = e.tenant_id and run.id = e.run_id and run.status = 'sealed'
join calculation.rates r on r.tenant_id = e.tenant_id and r.id = e.rate_id
join calculation.decisions d on d.tenant_id = e.tenant_id and d.id = r.decision_id
join ingestion.activities_v1 a on a.tenant_id = e.tenant_id and a.id = e.activity_id and a.segment = e.segment
join ingestion.imports_v1 i on i.tenant_id = e.tenant_id and i.id = a.import_id
join ingestion.match_keys_v1 k on k.tenant_id = e.tenant_id and k.id = a.match_key_id
join gateway.entities_v1 n on n.tenant_id = e.tenant_id and n.id = a.entity_id
cross join lateral (
  select min(part.period_start) as period_start, max(part.period_end) as period_end, sum(part.quantity) as quantity
  from ingestion.activities_v1 part where part.tenant_id = a.tenant_id and part.id = a.id) whole
left join lateral (
  select s.body -> 'choice' as choice
  from calculation.book_keys bk
  join calculation.decisions sd on sd.tenant_id = bk.tenant_id and sd.id = bk.decision_id
  join calculation.runs sealed on sealed.tenant_id = sd.tenant_id and sealed.id = sd.run_id and sealed.status = 'sealed'
  join calculation.rates s on s.tenant_id = sd.tenant_id and s.decision_id = sd.id and s.leg = r.leg and s.basis = r.basis and s.effect = r.effect
  where bk.tenant_id = e.tenant_id and bk.book_id = e.book_id and bk.match_key_id = a.match_key_id) standing on true
where e.tenant_id = $1 and e.id = $2`;
