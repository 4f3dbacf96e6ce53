/** A page of an import's duplicates in the order of the file. `$1` tenant, `$2` import, `$3` line and `$4` slot after which to go on, `$5` limit. */
export const LIST_DUPLICATES = `
select line, slot, duplicate_of from ingestion.duplicates
where tenant_id = $1 and import_id = $2 and (line, slot) > ($3::bigint, $4::smallint)
order by line, slot limit $5`;
