import { Injectable } from '@nestjs/common';
import { Refused, type ProblemPlace } from '#contracts';
import { Database } from '../shared/database';
import { behind, datesOf, daysOf, entityIds, lockSet, pageById, type PageById } from '../shared/dated';
import type { ExclusionView } from './exclusion';

/** The register of exclusions, kept and replaced as one set. */
@Injectable()
export class Exclusions {
  constructor(private readonly database: Database) {}

  /** Refuses `exclusion_without_selector`, `exclusion_conflict` (one code twice) and `entity_unknown`, each with its places; then nothing is replaced. */
  async replace(tenantId: string, exclusions: readonly ExclusionView[]): Promise<{ exclusions: number }> {
    const open = withoutSelector(exclusions);
    if (open.length > 0) throw new Refused('exclusion_without_selector', open[0]?.detail, open);
    const twice = codesGivenTwice(exclusions);
    if (twice.length > 0) throw new Refused('exclusion_conflict', twice[0]?.detail, twice);
    const named = exclusions.flatMap(({ entity }, index) => (entity === null ? [] : [{ at: `body[${index}].entity`, code: entity }]));
    return this.database.inTenant(tenantId, async (transaction) => {
      const ids = await entityIds(transaction, tenantId, named);
      await lockSet(transaction, 'exclusions', tenantId);
      await transaction.exclusion.deleteMany({ where: { tenantId } });
      const { count } = await transaction.exclusion.createMany({
        data: exclusions.map(({ entity, validFrom, validTo, ...rest }) => ({
          ...rest,
          tenantId,
          entityId: entity === null ? null : ids.get(entity)!,
          ...datesOf({ validFrom, validTo }),
        })),
      });
      return { exclusions: count };
    });
  }

  async list(tenantId: string, page: PageById) {
    const found = await this.database.inTenant(tenantId, (transaction) =>
      transaction.exclusion.findMany({ ...behind(tenantId, page), include: { entity: { select: { code: true } } } }),
    );
    return pageById(found, page.limit, ({ code, entity, activityType, sourceClass, reason, ...dates }): ExclusionView => ({
      code,
      entity: entity?.code ?? null,
      activityType,
      sourceClass: sourceClass as ExclusionView['sourceClass'],
      reason,
      ...daysOf(dates),
    }));
  }
}

function withoutSelector(exclusions: readonly ExclusionView[]): ProblemPlace[] {
  return exclusions.flatMap(({ code, entity, activityType, sourceClass }, index) => {
    if (entity !== null || activityType !== null || sourceClass !== null) return [];
    const detail = `${code} names no entity, no activity type and no source class: it would leave out everything`;
    return [{ at: `body[${index}]`, code: 'exclusion_without_selector', detail }];
  });
}

function codesGivenTwice(exclusions: readonly ExclusionView[]): ProblemPlace[] {
  const known = new Set<string>();
  return exclusions.flatMap(({ code }, index) => {
    if (known.has(code)) return [{ at: `body[${index}].code`, code: 'exclusion_conflict', detail: `${code} stands twice` }];
    known.add(code);
    return [];
  });
}
