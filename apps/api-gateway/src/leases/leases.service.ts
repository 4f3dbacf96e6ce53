import { Injectable } from '@nestjs/common';
import { Refused } from '#contracts';
import { Database } from '../shared/database';
import { behind, datesOf, daysOf, entityIds, lockSet, pageById, type PageById } from '../shared/dated';
import type { LeaseView } from './lease';
import { leaseConflicts } from './lease-conflicts';

/** The leases of the organisation, kept and replaced as one set. */
@Injectable()
export class Leases {
  constructor(private readonly database: Database) {}

  /** Refuses `entity_unknown` and `lease_conflict`, each with the leases that it is about; then nothing is replaced. */
  async replace(tenantId: string, leases: readonly LeaseView[]): Promise<{ leases: number }> {
    const conflicts = leaseConflicts(leases);
    if (conflicts.length > 0) throw new Refused('lease_conflict', conflicts[0]?.detail, conflicts);
    const named = leases.map(({ entity }, index) => ({ at: `body[${index}].entity`, code: entity }));
    return this.database.inTenant(tenantId, async (transaction) => {
      const ids = await entityIds(transaction, tenantId, named);
      await lockSet(transaction, 'leases', tenantId);
      await transaction.lease.deleteMany({ where: { tenantId } });
      const { count } = await transaction.lease.createMany({
        data: leases.map(({ entity, validFrom, validTo, ...rest }) => ({
          ...rest,
          tenantId,
          entityId: ids.get(entity)!,
          ...datesOf({ validFrom, validTo }),
        })),
      });
      return { leases: count };
    });
  }

  async list(tenantId: string, page: PageById) {
    const found = await this.database.inTenant(tenantId, (transaction) =>
      transaction.lease.findMany({ ...behind(tenantId, page), include: { entity: { select: { code: true } } } }),
    );
    return pageById(found, page.limit, ({ entity, side, leaseClass, lesseeControls, reason, ...dates }): LeaseView => ({
      entity: entity.code,
      side: side as LeaseView['side'],
      leaseClass: leaseClass as LeaseView['leaseClass'],
      lesseeControls,
      reason,
      ...daysOf(dates),
    }));
  }
}
