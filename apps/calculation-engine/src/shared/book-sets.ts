import { In } from 'typeorm';
import { Refused } from '#contracts';
import { ADOPTED_SETS, CATALOGUE_TENANT, type TenantTransaction } from '#postgres';
import { FactorSetRow, type BookRow, type RunPins } from './rows';

/** A factor set by whose it is and what it is. */
export type PinnedSet = RunPins['factorSets'][number];

/** A set with the names by which one edition is told from another. */
export type NamedSet = Pick<FactorSetRow, 'tenantId' | 'id' | 'digest' | 'publisher' | 'edition' | 'version'>;

/**
 * The factor sets that the next run of a book pins: by itself every set that the tenant reads, of each edition the newest version; on request what
 * was adopted and not dropped. In the order of publisher, edition and version.
 */
export async function setsOfBook(transaction: TenantTransaction, book: BookRow): Promise<NamedSet[]> {
  const { manager, client, tenantId } = transaction;
  if (book.adoption === 'on-request') {
    const { rows } = await client.query<Omit<NamedSet, 'tenantId'> & { tenant_id: string }>(ADOPTED_SETS, [tenantId, book.id]);
    return rows.map(({ tenant_id, id, digest, publisher, edition, version }) => ({
      tenantId: tenant_id,
      id,
      digest,
      publisher,
      edition,
      version,
    }));
  }
  return manager.find(FactorSetRow, {
    where: { tenantId: book.catalogue ? In([tenantId, CATALOGUE_TENANT]) : tenantId, current: true },
    order: { publisher: 'asc', edition: 'asc', version: 'asc', tenantId: 'asc' },
  });
}

/** Sets by their ids, the tenant's own before the starter catalogue's. Refuses: `factor_set_unknown`. */
export async function setsById({ manager, tenantId }: TenantTransaction, ids: readonly string[]): Promise<FactorSetRow[]> {
  const rows = await manager.findBy(FactorSetRow, { id: In([...ids]), tenantId: In([tenantId, CATALOGUE_TENANT]) });
  return [...new Set(ids)].map((id) => {
    const found = rows.filter((row) => row.id === id).sort((a, b) => Number(b.tenantId === tenantId) - Number(a.tenantId === tenantId));
    if (!found[0]) throw new Refused('factor_set_unknown', `No factor set has the id ${id}.`);
    return found[0];
  });
}

export interface SetChange {
  readonly after: readonly NamedSet[];
  readonly adopted: readonly NamedSet[];
  /** Those that were asked for, and other versions of the editions that were adopted: a book holds one version of an edition. */
  readonly dropped: readonly NamedSet[];
}

/**
 * The sets of a book after some come and some go. Refuses, in order: `factor_set_not_in_book` (dropped, but not there), `factor_set_in_book`
 * (adopted, but there), `factor_set_versions_clash` (two versions of one edition at once).
 */
export function changeSets(standing: readonly NamedSet[], adopt: readonly NamedSet[], drop: readonly NamedSet[]): SetChange {
  const holds = (set: NamedSet): boolean => standing.some((other) => isSame(set, other));
  for (const set of drop) if (!holds(set)) throw new Refused('factor_set_not_in_book', `${nameOf(set)} is not in the book.`);
  for (const set of adopt) if (holds(set)) throw new Refused('factor_set_in_book', `${nameOf(set)} is in the book already.`);
  const editions = new Map<string, NamedSet>();
  for (const set of adopt) {
    if (editions.has(editionOf(set)))
      throw new Refused('factor_set_versions_clash', `${nameOf(set)} is another version of the same edition.`);
    editions.set(editionOf(set), set);
  }
  const goes = (set: NamedSet): boolean => drop.some((other) => isSame(set, other)) || editions.has(editionOf(set));
  const after = [...standing.filter((set) => !goes(set)), ...adopt].sort(byName);
  return { after, adopted: adopt, dropped: standing.filter(goes) };
}

export function isSame(a: Pick<PinnedSet, 'tenantId' | 'id'>, b: Pick<PinnedSet, 'tenantId' | 'id'>): boolean {
  return a.tenantId === b.tenantId && a.id === b.id;
}

export function nameOf({ publisher, edition, version }: NamedSet): string {
  return `${publisher}, ${edition}, version ${version}`;
}

function editionOf({ tenantId, publisher, edition }: NamedSet): string {
  return JSON.stringify([tenantId, publisher, edition]);
}

function byName(a: NamedSet, b: NamedSet): number {
  const [one, other] = [a, b].map(({ publisher, edition, version, tenantId }) => JSON.stringify([publisher, edition, version, tenantId]));
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}
