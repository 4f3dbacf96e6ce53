import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Factor } from '#ghg';
import { bigId, factorSetView, factorView, pageOf, Refused } from '#contracts';
import { CATALOGUE_TENANT, inTenant, LIST_FACTORS } from '#postgres';
import type { z } from 'zod';
import { FactorSetRow } from '../shared/rows';

type FactorSetView = z.infer<typeof factorSetView>;
type FactorView = z.infer<typeof factorView>;

export function factorSetViewOf(row: FactorSetRow): FactorSetView {
  const { id, publisher, edition, version, title, licence, attribution, gwpSet, invented, factors, digest } = row;
  return {
    id,
    own: row.tenantId !== CATALOGUE_TENANT,
    publisher,
    edition,
    version,
    title,
    licence,
    attribution,
    gwpSet,
    invented,
    factors,
    digest,
  };
}

@Injectable()
export class ReadFactorsService {
  constructor(private readonly dataSource: DataSource) {}

  listSets(tenantId: string, after: string | undefined, limit: number): Promise<{ items: FactorSetView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const rows = await manager.find(FactorSetRow, {
        where: { tenantId: In([tenantId, CATALOGUE_TENANT]) },
        order: { publisher: 'asc', edition: 'asc', version: 'asc' },
      });
      const offset = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
      const page = rows.slice(offset, offset + limit);
      return { items: page.map(factorSetViewOf), next: offset + limit < rows.length ? page.at(-1)!.id : null };
    });
  }

  /** Refuses: `factor_set_unknown`. */
  listFactors(
    tenantId: string,
    filter: { setId?: string | undefined; activityType?: string | undefined },
    after: string | undefined,
    limit: number,
  ): Promise<{ items: FactorView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      if (filter.setId && !(await manager.existsBy(FactorSetRow, { id: filter.setId }))) throw new Refused('factor_set_unknown');
      if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
      const { rows } = await client.query<{ id: string; factor_set_id: string; body: Factor }>(LIST_FACTORS, [
        tenantId,
        CATALOGUE_TENANT,
        filter.setId ?? null,
        filter.activityType ?? null,
        after ?? '0',
        limit,
      ]);
      return pageOf(
        rows,
        limit,
        ({ factor_set_id, body }) => factorViewOf(factor_set_id, body),
        ({ id }) => id,
      );
    });
  }
}

function factorViewOf(setId: string, factor: Factor): FactorView {
  const { code, activityType, leg, region, year, attributes, unit, gases, source } = factor;
  return {
    setId,
    code,
    activityType,
    leg,
    region,
    supplier: factor.supplier ?? null,
    year,
    attributes,
    unit,
    gases: gases.map((amount) => ({ ...amount })),
    kgco2e: factor.kgco2e ?? null,
    gsd: factor.gsd ?? null,
    partial: factor.partial ?? false,
    source,
  };
}
