import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { mappingView, pageOf, Refused } from '#contracts';
import { inTenant } from '#postgres';
import { MappingRow } from '../shared/rows';

type MappingView = z.infer<typeof mappingView>;

const viewOf = ({ name, version, spec }: MappingRow): MappingView => ({ name, version, spec });

@Injectable()
export class ReadMappingsService {
  constructor(private readonly dataSource: DataSource) {}

  /** The latest version. Refuses: `mapping_unknown`. */
  get(tenantId: string, name: string): Promise<MappingView> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const latest = await manager.findOne(MappingRow, { where: { tenantId, name }, order: { version: 'desc' } });
      if (!latest) throw new Refused('mapping_unknown');
      return viewOf(latest);
    });
  }

  /** The latest version of each mapping, by name. */
  list(tenantId: string, after: string | undefined, limit: number): Promise<{ items: MappingView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const rows = await manager
        .createQueryBuilder(MappingRow, 'm')
        .distinctOn(['m.name'])
        .where('m.tenantId = :tenantId and m.name > :after', { tenantId, after: after ?? '' })
        .orderBy('m.name', 'ASC')
        .addOrderBy('m.version', 'DESC')
        .limit(limit)
        .getMany();
      return pageOf(rows, limit, viewOf, ({ name }) => name);
    });
  }
}
