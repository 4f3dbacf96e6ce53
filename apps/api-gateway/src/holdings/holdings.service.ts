import { Injectable } from '@nestjs/common';
import { Refused } from '#contracts';
import { Decimal, plain } from '#ghg';
import { Database } from '../shared/database';
import { behind, datesOf, daysOf, entityIds, lockSet, pageById, type PageById } from '../shared/dated';
import { wholeHolding, type HoldingView } from './holding';
import { conflictsOf } from './holding-conflicts';

/** The shares of the organisation, kept and replaced as one set: only the whole of them can be free of contradictions. */
@Injectable()
export class Holdings {
  constructor(private readonly database: Database) {}

  /** Refuses `entity_unknown` and `holding_conflict`, each with the holdings that it is about; then nothing is replaced. */
  async replace(tenantId: string, given: readonly HoldingView[]): Promise<{ holdings: number }> {
    const holdings = given.map(wholeHolding);
    const conflicts = conflictsOf(holdings);
    if (conflicts.length > 0) throw new Refused('holding_conflict', conflicts[0]?.detail, conflicts);
    const named = holdings.flatMap(({ entity, holder }, index) => [
      { at: `body[${index}].entity`, code: entity },
      { at: `body[${index}].holder`, code: holder },
    ]);
    return this.database.inTenant(tenantId, async (transaction) => {
      const ids = await entityIds(transaction, tenantId, named);
      await lockSet(transaction, 'holdings', tenantId);
      await transaction.holding.deleteMany({ where: { tenantId } });
      const { count } = await transaction.holding.createMany({
        data: holdings.map(({ entity, holder, validFrom, validTo, ...rest }) => ({
          ...rest,
          tenantId,
          entityId: ids.get(entity)!,
          holderId: ids.get(holder)!,
          ...datesOf({ validFrom, validTo }),
        })),
      });
      return { holdings: count };
    });
  }

  async list(tenantId: string, page: PageById) {
    const found = await this.database.inTenant(tenantId, (transaction) =>
      transaction.holding.findMany({
        ...behind(tenantId, page),
        include: { entity: { select: { code: true } }, holder: { select: { code: true } } },
      }),
    );
    return pageById(
      found,
      page.limit,
      ({ entity, holder, share, relation, operationalControl, financialControl, ...dates }): HoldingView => ({
        entity: entity.code,
        holder: holder.code,
        share: plain(new Decimal(share.toFixed())),
        relation: relation as HoldingView['relation'],
        operationalControl,
        financialControl,
        ...daysOf(dates),
      }),
    );
  }
}
