import { canonicalJson, type FactorSet } from '#ghg';
import { sha256Hex, sha256Uuid } from '#platform';
import { INSERT_FACTORS, INSERT_OMISSIONS, type TenantTransaction } from '#postgres';
import { figuresKey, type Omission } from '#factor-files';
import { Refused } from '#contracts';
import { compareEditions } from '../shared/previous-edition';
import { FactorSetRow } from '../shared/rows';
import { storeTerms } from './search/store-terms';
import { NO_FLAGS, type SetFlags } from './set-flags';

const FACTORS_PER_STATEMENT = 2_000;
const OMISSIONS_PER_STATEMENT = 5_000;

/** What is kept beside a set of a publisher's file: what became of the rows of its upload, or the set of the same upload that says so. */
export interface ReadFrom {
  readonly report: object | null;
  readonly omissions: readonly Omission[];
  readonly readWith: string | null;
  /** Of a file of the starter catalogue alone. */
  readonly fileDigest?: string;
}

export const FROM_NO_FILE: ReadFrom = { report: null, omissions: [], readWith: null };

export interface StoredFactorSet {
  readonly row: FactorSetRow;
  readonly repeated: boolean;
}

/**
 * Stores a valid set under the tenant of the transaction. A set never changes: the same content again is the same set, other content under the
 * same publisher, edition and version is refused, and a newer version of an edition becomes the one that new runs pin.
 * Refuses: `factor_set_exists`.
 */
export async function storeFactorSet(
  { manager, client, tenantId }: TenantTransaction,
  set: FactorSet,
  { report, omissions, readWith, fileDigest }: ReadFrom = FROM_NO_FILE,
  { flags, flaggedAgainst }: SetFlags = NO_FLAGS,
): Promise<StoredFactorSet> {
  const { factors, properties = [], exchangeRates = [], priceIndices = [], values } = set;
  const { publisher, edition, version, title, licence, attribution, gwpSet, invented } = set;
  const head = { publisher, edition, version, title, licence, attribution, gwpSet, invented };
  const secrecy = { withheld: values === 'withheld', figuresKey: values === 'withheld' ? figuresKey(set) : null };
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
  // The newest by its number, not by its arrival: the same sets in any order leave the same one current.
  const versions = await manager.findBy(FactorSetRow, { tenantId, publisher: head.publisher, edition: head.edition });
  const current = versions.every((other) => compareEditions(other, head) <= 0);
  if (current) await manager.update(FactorSetRow, { tenantId, publisher: head.publisher, edition: head.edition }, { current: false });
  const id = sha256Uuid(`factor set|${digest}`);
  await manager.insert(FactorSetRow, {
    ...head,
    ...tables,
    ...secrecy,
    flags: [...flags],
    flaggedAgainst,
    report,
    readWith,
    fileDigest: fileDigest ?? null,
    tenantId,
    id,
    digest,
    current,
    factors: factors.length,
  });
  for (let first = 0; first < factors.length; first += FACTORS_PER_STATEMENT) {
    const part = factors.slice(first, first + FACTORS_PER_STATEMENT).map((factor) => JSON.stringify(factor));
    await client.query(INSERT_FACTORS, [tenantId, id, part, first]);
  }
  for (let first = 0; first < omissions.length; first += OMISSIONS_PER_STATEMENT) {
    const part = omissions.slice(first, first + OMISSIONS_PER_STATEMENT).map((omission) => JSON.stringify(omission));
    await client.query(INSERT_OMISSIONS, [tenantId, id, part, first]);
  }
  await storeTerms({ manager, client, tenantId }, id, set);
  return { row: await manager.findOneByOrFail(FactorSetRow, { tenantId, id }), repeated: false };
}
