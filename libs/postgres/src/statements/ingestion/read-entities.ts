/** The entities of the tenant as they stand now. `$1` tenant. */
export const READ_ENTITIES = 'select id, code, country, region from gateway.entities_v1 where tenant_id = $1';
