/** What the imports of a book held, as of a seal. `$1` tenant, `$2` book, `$3` ordinal of the run. */
export const SUM_IMPORTS = `
select count(*) as imports, coalesce(sum(i.lines), 0)::bigint as lines, coalesce(sum(i.records), 0)::bigint as records,
  coalesce(sum(i.accepted), 0)::bigint as accepted, coalesce(sum(i.refused), 0)::bigint as refused, coalesce(sum(i.duplicate), 0)::bigint as duplicate
from calculation.run_imports_v1 ri
join calculation.runs_v1 r on r.tenant_id = ri.tenant_id and r.id = ri.run_id and r.ordinal <= $3
join ingestion.imports_v1 i on i.tenant_id = ri.tenant_id and i.id = ri.import_id
where ri.tenant_id = $1 and ri.book_id = $2`;

/** Number and kgCO2e of a book's entries as of a seal, summed anew from the entries themselves. `$1` tenant, `$2` book, `$3` ordinal. */
export const SUM_LEDGER = `
select count(*) as entries, trim_scale(coalesce(sum(e.kgco2e), 0))::text as kgco2e
from calculation.runs_v1 r
join calculation.entries_v1 e on e.tenant_id = r.tenant_id and e.run_id = r.id
where r.tenant_id = $1 and r.book_id = $2 and r.ordinal <= $3`;
