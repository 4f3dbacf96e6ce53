import type { ExchangeRate, Factor, FactorSet, FuelProperty, PriceIndex } from '#ghg';
import { READ_FACTOR_TABLES, READ_FACTORS, type TenantTransaction } from '#postgres';
import type { PinnedSet } from './book-sets';
import type { FactorSetRow } from './rows';

interface TablesRow {
  readonly properties: readonly FuelProperty[];
  readonly exchange_rates: readonly ExchangeRate[];
  readonly price_indices: readonly PriceIndex[];
}

/** A stored set as it was uploaded. */
export async function readFactorSet({ client }: TenantTransaction, row: FactorSetRow): Promise<FactorSet> {
  const set: readonly [readonly string[], readonly string[]] = namesOf([row]);
  const factors = await client.query<{ body: Factor }>(READ_FACTORS, [...set, null]);
  const [tables] = (await client.query<TablesRow>(READ_FACTOR_TABLES, [...set])).rows;
  const { publisher, edition, version, title, licence, attribution, gwpSet, invented } = row;
  return {
    publisher,
    edition,
    version,
    title,
    licence,
    attribution,
    gwpSet,
    invented,
    factors: factors.rows.map(({ body }) => body),
    properties: tables?.properties ?? [],
    exchangeRates: tables?.exchange_rates ?? [],
    priceIndices: tables?.price_indices ?? [],
  };
}

function namesOf(sets: readonly PinnedSet[]): readonly [readonly string[], readonly string[]] {
  return [sets.map(({ tenantId }) => tenantId), sets.map(({ id }) => id)];
}
