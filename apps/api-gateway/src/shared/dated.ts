import { Refused, type ProblemPlace } from '#contracts';
import type { Transaction } from './database';

/** A day is a day: Postgres' `date` travels as midnight UTC. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const textOf = (date: Date): string => date.toISOString().slice(0, 10);

interface Dated {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The refinement of whatever is dated: a last day that is not before the first. */
export const periodInOrder = ({ validFrom, validTo }: Dated): boolean => validTo === null || validTo >= validFrom;
export const PERIOD_REVERSED: { path: string[]; message: string } = { path: ['validTo'], message: 'is before validFrom' };

export const datesOf = ({ validFrom, validTo }: Dated) => ({
  validFrom: dateOf(validFrom),
  validTo: validTo === null ? null : dateOf(validTo),
});
export const daysOf = ({ validFrom, validTo }: { validFrom: Date; validTo: Date | null }) => ({
  validFrom: textOf(validFrom),
  validTo: validTo && textOf(validTo),
});

/** Where a code of an entity stands in a body. */
export interface NamedEntity {
  readonly at: string;
  readonly code: string;
}

/** Ids of entities by code. Refuses `entity_unknown` with the first hundred places. */
export async function entityIds(
  transaction: Transaction,
  tenantId: string,
  named: readonly NamedEntity[],
): Promise<ReadonlyMap<string, string>> {
  const codes = [...new Set(named.map(({ code }) => code))];
  const entities = await transaction.entity.findMany({ where: { tenantId, code: { in: codes } }, select: { id: true, code: true } });
  const ids = new Map(entities.map(({ id, code }) => [code, id]));
  const unknown = named
    .filter(({ code }) => !ids.has(code))
    .map(({ at, code }): ProblemPlace => ({ at, code: 'entity_unknown', detail: `No entity has the code ${code}.` }));
  if (unknown.length > 0) throw new Refused('entity_unknown', unknown[0]?.detail, unknown.slice(0, 100));
  return ids;
}

/** Two replacements of a set at once would otherwise both see the old set only, and leave the union of the new ones. */
export async function lockSet(transaction: Transaction, set: string, tenantId: string): Promise<void> {
  await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${set} ${tenantId}`}, 0))`;
}

/** One page out of `limit + 1` rows in the order of their ids. */
export function pageById<Row extends { id: string }, View>(rows: readonly Row[], limit: number, viewOf: (row: Row) => View) {
  const items = rows.slice(0, limit);
  return { items: items.map(viewOf), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export interface PageById {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Of a set of one tenant, from behind `after`. */
export const behind = (tenantId: string, { after, limit }: PageById) => ({
  where: { tenantId, ...(after === undefined ? {} : { id: { gt: after } }) },
  orderBy: { id: 'asc' } as const,
  take: limit + 1,
});
