/** On which day of the year a tenant's reporting years begin, if it was stated. `$1` tenant. */
export const READ_REPORTING_YEAR = 'select starts_on from ingestion.reporting_years where tenant_id = $1';

/** The same, as other services read it. `$1` tenant. */
export const READ_REPORTING_YEAR_OF_TENANT = 'select starts_on from ingestion.reporting_years_v1 where tenant_id = $1';

/** States it, or states it anew. `$1` tenant, `$2` `MM-DD`. */
export const PUT_REPORTING_YEAR = `
insert into ingestion.reporting_years (tenant_id, starts_on) values ($1, $2)
on conflict (tenant_id) do update set starts_on = excluded.starts_on, stated_at = now()`;

/** Whether anything of the tenant was read, or is to be, beside files that were refused as a whole. `$1` tenant. */
export const HAS_IMPORTS = `select exists (select from ingestion.imports where tenant_id = $1 and status <> 'refused') as imported`;

/** Nobody restates the reporting year while a file is received, nor the other way; held to the end of the transaction. */
export const reportingYearLock = (tenantId: string): string => `reporting year|${tenantId}`;
