/** The rated legs behind some cells. `$1` tenant, `$2` ids of rates. */
export const READ_LEGS = `
select id, leg, basis, source_class, body from calculation.rates_v1 where tenant_id = $1 and id = any ($2::bigint[])`;

/** Rates under which a gas of the register's kind is released. `$1` tenant, `$2` ids of gases. */
export const READ_RATES_WITH_GASES = `
select id from calculation.rates_v1
where tenant_id = $1 and exists (select from jsonb_array_elements(body -> 'gases') as released where released ->> 'gas' = any ($2::text[]))`;

/** Titles of factor sets, of the tenant's own and of the catalogue's. `$1` ids. */
export const READ_SET_TITLES = `select id, title from calculation.factor_sets_v1 where id = any ($1::uuid[])`;
