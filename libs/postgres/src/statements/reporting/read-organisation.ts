/** Codes of the tenant's entities. `$1` tenant. */
export const READ_ENTITY_CODES = `select code from gateway.entities_v1 where tenant_id = $1 order by code`;

/** Who holds what, and who runs it. `$1` tenant. */
export const READ_HOLDINGS = `
select entity_code, holder_code, share::text as share, operational_control, valid_from, valid_to
from gateway.holdings_v1 where tenant_id = $1 order by entity_code, holder_code, valid_from`;
