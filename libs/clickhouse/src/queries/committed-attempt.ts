import { z } from 'zod';
import { decimalText, int64Text } from '../columns';
import { query } from '../query';

/** The attempt of a run that counts, if one was committed: at most one row. The same choice as the view makes. */
export const committedAttempt = query(
  {
    name: 'committed-attempt',
    parameters: z.object({ tenantId: z.uuid(), runId: z.uuid() }),
    row: z.object({ attempt: z.uuid(), entries: int64Text, kgco2e: decimalText }),
  },
  `select attempt, entries, kgco2e
from ledger_attempts
where tenant_id = {tenantId:UUID} and run_id = {runId:UUID}
order by committed_at, attempt
limit 1`,
);
