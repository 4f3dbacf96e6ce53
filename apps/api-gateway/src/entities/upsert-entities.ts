import type { Transaction } from '../shared/database';
import type { EntityView } from './entity';

/**
 * Stores entities by code in one statement and counts which were new. Sorted by code, so that two callers with overlapping sets wait for each
 * other instead of deadlocking. `xmax` is 0 on a row that no earlier version precedes.
 */
export async function upsertEntities(
  transaction: Transaction,
  tenantId: string,
  entities: readonly EntityView[],
): Promise<{ created: number; updated: number }> {
  const rows = await transaction.$queryRaw<{ created: boolean }[]>`
    insert into gateway.entities (tenant_id, code, name, country, region)
    select ${tenantId}::uuid, e.code, e.name, e.country, e.region
    from jsonb_to_recordset(${JSON.stringify(entities)}::jsonb) as e (code text, name text, country text, region text)
    order by e.code
    on conflict (tenant_id, code) do update set name = excluded.name, country = excluded.country, region = excluded.region
    returning xmax = 0 as created`;
  const created = rows.filter((row) => row.created).length;
  return { created, updated: rows.length - created };
}
