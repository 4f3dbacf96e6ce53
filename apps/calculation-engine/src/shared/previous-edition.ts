import { In } from 'typeorm';
import { CATALOGUE_TENANT, type TenantTransaction } from '#postgres';
import { FactorSetRow } from './rows';

/** What tells one set of a publisher from another. */
export type EditionName = Pick<FactorSetRow, 'publisher' | 'edition' | 'version'>;

/**
 * The edition before a set, among those of its publisher that the tenant reads; the tenant's own first. Editions and versions are compared with
 * their numbers as numbers. A publication that names its parts in its editions is compared part by part: editions that differ in more than numbers
 * are no predecessors of each other. Null: there is none.
 */
export async function previousEdition({ manager, tenantId }: TenantTransaction, set: EditionName): Promise<FactorSetRow | null> {
  const rows = await manager.findBy(FactorSetRow, { tenantId: In([tenantId, CATALOGUE_TENANT]), publisher: set.publisher });
  return latestBefore(set, rows, (row) => row.tenantId === tenantId);
}

export function latestBefore<S extends EditionName>(set: EditionName, candidates: readonly S[], isOwn: (set: S) => boolean): S | null {
  const before = candidates.filter((other) => seriesOf(other) === seriesOf(set) && compareEditions(other, set) < 0);
  const [latest] = before.sort((a, b) => compareEditions(b, a) || Number(isOwn(b)) - Number(isOwn(a)));
  return latest ?? null;
}

/** `Emission Factors Hub 2025, Table 9` and `Emission Factors Hub 2024, Table 9` are one series: only the year differs. */
function seriesOf({ publisher, edition }: EditionName): string {
  return JSON.stringify([publisher, edition.replace(/\d{4}(?!\d)/g, '#').replace(/\d+(\.\d+)*$/, '#')]);
}

/** By edition, then by version, their numbers as numbers: 1.10 is after 1.9. */
export function compareEditions(a: EditionName, b: EditionName): number {
  return NUMERIC.compare(a.edition, b.edition) || NUMERIC.compare(a.version, b.version);
}

/** Of no language: the order of two editions is the same on every machine. */
const NUMERIC = new Intl.Collator('und', { numeric: true });
