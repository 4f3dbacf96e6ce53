/** Codes of the tenant's entities. `$1` tenant. */
export const READ_ENTITY_CODES = `select code from gateway.entities_v1 where tenant_id = $1 order by code`;

/** Who holds what, and who runs it. `$1` tenant. */
export const READ_HOLDINGS = `
select entity_code, holder_code, share::text as share, relation, operational_control, financial_control, valid_from, valid_to
from gateway.holdings_v1 where tenant_id = $1 order by entity_code, holder_code, valid_from`;

/** What is leased in or out. `$1` tenant. */
export const READ_LEASES = `
select entity_code, side, lease_class, lessee_controls, reason, valid_from, valid_to
from gateway.leases_v1 where tenant_id = $1 order by entity_code, valid_from`;

/** What is knowingly left out. `$1` tenant. */
export const READ_EXCLUSIONS = `
select code, entity_code, activity_type, source_class, reason, valid_from, valid_to
from gateway.exclusions_v1 where tenant_id = $1 order by code`;
