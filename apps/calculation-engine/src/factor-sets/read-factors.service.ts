import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Factor } from '#ghg';
import { factorSetView, factorView, pageOf, Refused } from '#contracts';
import { CATALOGUE_TENANT, inTenant } from '#postgres';
import type { z } from 'zod';
import { FactorSetRow } from '../shared/rows';

type FactorSetView = z.infer<typeof factorSetView>;
type FactorView = z.infer<typeof factorView>;

/** `$1` tenant, `$2` catalogue tenant, `$3` set or null, `$4` activity type or null, `$5` id after which to go on, `$6` limit. */
const LIST_FACTORS = `
select f.id, f.factor_set_id, f.body from calculation.factors f
where f.tenant_id in ($1, $2) and ($3::uuid is null or f.factor_set_id = $3) and ($4::text is null or f.body ->> 'activityType' = $4)
  and f.id > $5::bigint
order by f.id limit $6`;

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
      if (after !== undefined && !/^\d{1,19}$/.test(after)) throw new Refused('request_invalid', 'after: not the `next` of a page.');
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
    source,
  };
}
