import { canonicalJson, type FactorSet } from '#ghg';
import { sha256Hex, sha256Uuid } from '#platform';
import { INSERT_FACTORS, type TenantTransaction } from '#postgres';
import { Refused } from '#contracts';
import { FactorSetRow } from '../shared/rows';

const FACTORS_PER_STATEMENT = 2_000;

export interface StoredFactorSet {
  readonly row: FactorSetRow;
  readonly repeated: boolean;
}

/**
 * Stores a valid set under the tenant of the transaction. A set never changes: the same content again is the same set, other content under the
 * same publisher, edition and version is refused, and a newer version of an edition becomes the one that new runs pin.
 * Refuses: `factor_set_exists`.
 */
export async function storeFactorSet({ manager, client, tenantId }: TenantTransaction, set: FactorSet): Promise<StoredFactorSet> {
  const { factors, properties = [], exchangeRates = [], priceIndices = [], ...head } = set;
  const tables = { properties: [...properties], exchangeRates: [...exchangeRates], priceIndices: [...priceIndices] };
  const digest = sha256Hex(canonicalJson(set));
  // Two uploads of one edition at once wait for each other here instead of failing on the unique key.
  await client.query('select pg_advisory_xact_lock(hashtext($1))', [`factor set|${tenantId}|${head.publisher}|${head.edition}`]);
  const known = await manager.findOneBy(FactorSetRow, {
    tenantId,
    publisher: head.publisher,
    edition: head.edition,
    version: head.version,
  });
  if (known && known.digest !== digest) throw new Refused('factor_set_exists');
  if (known) return { row: known, repeated: true };
  await manager.update(FactorSetRow, { tenantId, publisher: head.publisher, edition: head.edition }, { current: false });
  const id = sha256Uuid(`factor set|${digest}`);
  await manager.insert(FactorSetRow, { ...head, ...tables, tenantId, id, digest, current: true, factors: factors.length });
  for (let first = 0; first < factors.length; first += FACTORS_PER_STATEMENT) {
    const part = factors.slice(first, first + FACTORS_PER_STATEMENT).map((factor) => JSON.stringify(factor));
    await client.query(INSERT_FACTORS, [tenantId, id, part]);
  }
  return { row: await manager.findOneByOrFail(FactorSetRow, { tenantId, id }), repeated: false };
}
