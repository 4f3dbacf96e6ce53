import { z } from 'zod';
import { query } from '../query';

/** Whether the projection's tables are there. Answers with one row; a `ClickhouseFailure` says that they are not, or that nobody answers. */
export const isReady = query(
  { name: 'is-ready', parameters: z.object({}), row: z.object({ ready: z.int() }) },
  'select 1 as ready from (select count() from ledger_committed where 0)',
);
