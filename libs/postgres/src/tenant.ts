import type { DataSource, EntityManager } from 'typeorm';
import type { PoolClient } from 'pg';

export interface TenantTransaction {
  readonly tenantId: string;
  /** For workflow state. */
  readonly manager: EntityManager;
  /** For bulk statements and COPY, on the same connection and in the same transaction. */
  readonly client: PoolClient;
}

/** Owner of the starter catalogue, which every tenant may read. */
export const CATALOGUE_TENANT = '00000000-0000-0000-0000-000000000000';

/**
 * Everything that touches a tenant's rows happens in here: the tenant is set for this transaction alone, and the row policies do the rest.
 * Outside of it a service sees no row of anybody.
 */
export async function inTenant<T>(
  dataSource: DataSource,
  tenantId: string,
  work: (transaction: TenantTransaction) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    await runner.startTransaction();
    await client.query("select set_config('app.tenant', $1, true)", [tenantId]);
    const result = await work({ tenantId, manager: runner.manager, client });
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
