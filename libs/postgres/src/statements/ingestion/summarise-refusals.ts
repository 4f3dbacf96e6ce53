/** An import's refusals by code and column, most first. `$1` tenant, `$2` import, `$3` how many lines of it. `total`: of all of them. */
export const SUMMARISE_REFUSALS = `
select code, nullif("column", '') as "column", sum(records) as records, sum(sum(records)) over () as total
from ingestion.refusal_counts where tenant_id = $1 and import_id = $2
group by code, "column" order by sum(records) desc, code, "column" limit $3`;
