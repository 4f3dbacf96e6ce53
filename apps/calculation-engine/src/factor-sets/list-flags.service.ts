import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { z } from 'zod';
import { pageOf, Refused, type listSetFlags } from '#contracts';
import { CATALOGUE_TENANT, inTenant } from '#postgres';
import { FactorSetRow } from '../shared/rows';
import { flagViewOf } from './set-flags';

/** What stands out in the figures of a set, as it was found when the set came. */
@Injectable()
export class ListFlagsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Refuses: `request_invalid` (not the `next` of a page), `factor_set_unknown`. */
  async list(tenantId: string, setId: string, after: string | undefined, limit: number): Promise<z.infer<typeof listSetFlags.reply>> {
    if (after !== undefined && !/^\d{1,9}$/.test(after)) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const set = await manager
        .createQueryBuilder(FactorSetRow, 's')
        .addSelect('s.flags')
        .where({ tenantId: In([tenantId, CATALOGUE_TENANT]), id: setId })
        .orderBy('s.tenantId', 'DESC')
        .getOne();
      if (!set) throw new Refused('factor_set_unknown');
      const against = set.flaggedAgainst === null ? null : await manager.findOneBy(FactorSetRow, { id: set.flaggedAgainst });
      const first = Number(after ?? '0');
      const rows = set.flags.slice(first, first + limit).map((flag, i) => ({ flag, place: first + i + 1 }));
      const page = pageOf(
        rows,
        limit,
        ({ flag }) => flagViewOf(flag),
        ({ place }) => String(place),
      );
      const isLast = first + page.items.length >= set.flags.length;
      return { items: page.items, next: isLast ? null : page.next, against: against && namedOf(against) };
    });
  }
}

function namedOf({ id, publisher, edition, version }: FactorSetRow) {
  return { id, publisher, edition, version };
}
