import { In, type DataSource } from 'typeorm';
import { inTenant } from '#postgres';
import { RunRow } from './rows';

/**
 * A run whose work used up its attempts says so; the next start of a run takes it up again where it stood. The last attempt may have succeeded without
 * our learning of it: a run that is sealed stays sealed.
 */
export async function markFailed(dataSource: DataSource, tenantId: string, runId: string, reason: string): Promise<void> {
  await inTenant(dataSource, tenantId, ({ manager }) =>
    manager.update(
      RunRow,
      { tenantId, id: runId, status: In(['deciding', 'posting', 'pooling', 'sealing']) },
      { status: 'failed', failure: reason },
    ),
  );
}
