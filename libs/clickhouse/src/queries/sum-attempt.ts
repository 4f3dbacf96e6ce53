import { z } from 'zod';
import { decimalText, int64Text } from '../columns';
import { query } from '../query';

/** Number and kgCO2e of the rows that an attempt has written, committed or not: one row. */
export const sumAttempt = query(
  {
    name: 'sum-attempt',
    parameters: z.object({ tenantId: z.uuid(), bookId: z.uuid(), runId: z.uuid(), attempt: z.uuid() }),
    row: z.object({ entries: int64Text, kgco2e: decimalText }),
  },
  `select toInt64(count()) as entries, sum(kgco2e) as kgco2e
from ledger_entries
where tenant_id = {tenantId:UUID} and book_id = {bookId:UUID} and run_id = {runId:UUID} and attempt = {attempt:UUID}`,
);
