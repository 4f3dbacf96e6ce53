/** `$1` tenant, `$2` import, `$3` chunk, `$4` counts by code and column as JSON. */
export const COUNT_REFUSALS = `
insert into ingestion.refusal_counts (tenant_id, import_id, chunk, code, "column", records)
select $1, $2, $3, c.code, c."column", c.records from jsonb_to_recordset($4::jsonb) as c (code text, "column" text, records bigint)`;

/** `$1` tenant, `$2` import, `$3` refusals as JSON. */
export const STORE_REFUSALS = `
insert into ingestion.refusals (tenant_id, import_id, line, slot, "column", code, detail, value)
select $1, $2, r.line, r.slot, r."column", r.code, r.detail, r.value
from jsonb_to_recordset($3::jsonb) as r (line bigint, slot smallint, "column" text, code text, detail text, value text)`;
