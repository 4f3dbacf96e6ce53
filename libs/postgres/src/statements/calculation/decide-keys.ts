/** The keys that a run must decide: those of the imports that it adds, and every key of the book. `$1` tenant, `$2` book, `$3` run. */
export const KEYS_TO_DECIDE = `
select k.id, k.activity_type, k.unit, k.year, k.reporting_year, k.country, k.region, k.supplier, k.attributes, bk.decision_id, d.digest
from ingestion.match_keys_v1 k
left join calculation.book_keys bk on bk.tenant_id = $1 and bk.book_id = $2 and bk.match_key_id = k.id
left join calculation.decisions d on d.tenant_id = $1 and d.id = bk.decision_id
where k.tenant_id = $1 and (bk.match_key_id is not null or k.id in (
  select n.match_key_id from ingestion.import_keys_v1 n
  join calculation.run_imports i on i.tenant_id = $1 and i.book_id = $2 and i.run_id = $3 and i.import_id = n.import_id
  where n.tenant_id = $1))
order by k.id`;

/** Moves the book's keys to their new decisions, remembering those whose decision moves something. `$1` tenant, `$2` book, `$3` run. */
export const MOVE_BOOK_KEYS = `
with fresh as (
  select match_key_id, id, effect from calculation.decisions where tenant_id = $1 and book_id = $2 and run_id = $3
), changed as (
  insert into calculation.run_changed_keys (tenant_id, run_id, match_key_id, previous_decision_id)
  select $1, $3, f.match_key_id, k.decision_id
  from fresh f
  join calculation.book_keys k on k.tenant_id = $1 and k.book_id = $2 and k.match_key_id = f.match_key_id
  join calculation.decisions before on before.tenant_id = $1 and before.id = k.decision_id and before.effect <> f.effect
  returning 1
), moved as (
  insert into calculation.book_keys (tenant_id, book_id, match_key_id, decision_id)
  select $1, $2, match_key_id, id from fresh
  on conflict (tenant_id, book_id, match_key_id) do update set decision_id = excluded.decision_id
  returning 1
)
select (select count(*) from changed) as changed, (select count(*) from moved) as moved`;

/** Statistics on what was just decided; of the rates only what they are joined by, since their bodies are large. */
export const ANALYZE_DECIDED = 'analyze calculation.book_keys, calculation.rates (tenant_id, decision_id)';
