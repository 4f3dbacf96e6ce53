import { Injectable } from '@nestjs/common';
import { Refused } from '#contracts';
import { Database } from '../shared/database';
import type { EntityView } from './entity';
import { upsertEntities } from './upsert-entities';

const VIEW = { code: true, name: true, country: true, region: true } as const;

/** The nodes of the reporting organisation. Entities are never deleted: activities and books refer to them. */
@Injectable()
export class Entities {
  constructor(private readonly database: Database) {}

  put(tenantId: string, entities: readonly EntityView[]): Promise<{ created: number; updated: number }> {
    return this.database.inTenant(tenantId, (transaction) => upsertEntities(transaction, tenantId, entities));
  }

  async list(tenantId: string, { after, limit }: { after?: string | undefined; limit: number }) {
    const found = await this.database.inTenant(tenantId, (transaction) =>
      transaction.entity.findMany({
        where: { tenantId, ...(after === undefined ? {} : { code: { gt: after } }) },
        orderBy: { code: 'asc' },
        take: limit + 1,
        select: VIEW,
      }),
    );
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.code ?? null) : null };
  }

  /** Refuses `entity_unknown`, also for another tenant's entity. */
  async get(tenantId: string, code: string): Promise<EntityView> {
    const entity = await this.database.inTenant(tenantId, (transaction) =>
      transaction.entity.findUnique({ where: { tenantId_code: { tenantId, code } }, select: VIEW }),
    );
    if (!entity) throw new Refused('entity_unknown');
    return entity;
  }
}
