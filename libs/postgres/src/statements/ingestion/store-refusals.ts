/** `$1` tenant, `$2` import, `$3` refusals as JSON. */
export const STORE_REFUSALS = `
insert into ingestion.refusals (tenant_id, import_id, line, slot, "column", code, detail, value)
select $1, $2, r.line, r.slot, r."column", r.code, r.detail, r.value
from jsonb_to_recordset($3::jsonb) as r (line bigint, slot smallint, "column" text, code text, detail text, value text)`;
