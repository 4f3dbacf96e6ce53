/** Takes every finished import that the book has not seen into a run. `$1` tenant, `$2` book, `$3` run. */
export const PIN_IMPORTS = `
insert into calculation.run_imports (tenant_id, book_id, import_id, import_ordinal, run_id)
select i.tenant_id, $2, i.id, i.ordinal, $3 from ingestion.imports_v1 i
where i.tenant_id = $1 and not exists (
  select from calculation.run_imports seen where seen.tenant_id = $1 and seen.book_id = $2 and seen.import_id = i.id)
returning import_id`;
