import { Injectable } from '@nestjs/common';
import { Refused, type ProblemPlace } from '#contracts';
import { Decimal, plain } from '#ghg';
import { Database, type Transaction } from '../shared/database';
import type { HoldingView } from './holding';
import { conflictsOf } from './holding-conflicts';

/** The shares of the organisation, kept and replaced as one set: only the whole of them can be free of contradictions. */
@Injectable()
export class Holdings {
  constructor(private readonly database: Database) {}

  /** Refuses `entity_unknown` and `holding_conflict`, each with the holdings that it is about; then nothing is replaced. */
  async replace(tenantId: string, holdings: readonly HoldingView[]): Promise<{ holdings: number }> {
    const conflicts = conflictsOf(holdings);
    if (conflicts.length > 0) throw new Refused('holding_conflict', conflicts[0]?.detail, conflicts);
    return this.database.inTenant(tenantId, async (transaction) => {
      const ids = await entityIds(transaction, tenantId, holdings);
      // Two replacements at once would otherwise both see the old set only, and leave the union of the new ones.
      await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`holdings ${tenantId}`}, 0))`;
      await transaction.holding.deleteMany({ where: { tenantId } });
      const { count } = await transaction.holding.createMany({
        data: holdings.map(({ entity, holder, share, operationalControl, validFrom, validTo }) => ({
          tenantId,
          entityId: ids.get(entity)!,
          holderId: ids.get(holder)!,
          share,
          operationalControl,
          validFrom: dateOf(validFrom),
          validTo: validTo === null ? null : dateOf(validTo),
        })),
      });
      return { holdings: count };
    });
  }

  async list(tenantId: string, { after, limit }: { after?: string | undefined; limit: number }) {
    const found = await this.database.inTenant(tenantId, (transaction) =>
      transaction.holding.findMany({
        where: { tenantId, ...(after === undefined ? {} : { id: { gt: after } }) },
        orderBy: { id: 'asc' },
        take: limit + 1,
        include: { entity: { select: { code: true } }, holder: { select: { code: true } } },
      }),
    );
    const items = found.slice(0, limit);
    return {
      items: items.map(({ entity, holder, share, operationalControl, validFrom, validTo }): HoldingView => ({
        entity: entity.code,
        holder: holder.code,
        share: plain(new Decimal(share.toFixed())),
        operationalControl,
        validFrom: textOf(validFrom),
        validTo: validTo && textOf(validTo),
      })),
      next: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  }
}

async function entityIds(transaction: Transaction, tenantId: string, holdings: readonly HoldingView[]): Promise<Map<string, string>> {
  const codes = [...new Set(holdings.flatMap(({ entity, holder }) => [entity, holder]))];
  const entities = await transaction.entity.findMany({ where: { tenantId, code: { in: codes } }, select: { id: true, code: true } });
  const ids = new Map(entities.map(({ id, code }) => [code, id]));
  const unknown = holdings.flatMap((holding, index) =>
    (['entity', 'holder'] as const)
      .filter((end) => !ids.has(holding[end]))
      .map((end): ProblemPlace => ({
        at: `body[${index}].${end}`,
        code: 'entity_unknown',
        detail: `No entity has the code ${holding[end]}.`,
      })),
  );
  if (unknown.length > 0) throw new Refused('entity_unknown', unknown[0]?.detail, unknown.slice(0, 100));
  return ids;
}

/** A day is a day: Postgres' `date` travels as midnight UTC. */
const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const textOf = (date: Date): string => date.toISOString().slice(0, 10);
