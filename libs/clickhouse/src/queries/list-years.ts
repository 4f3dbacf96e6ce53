import { z } from 'zod';
import { bookAsOf, OF_BOOK } from '../columns';
import { query } from '../query';

/** The reporting years that a book has entries for, earliest first. */
export const listYears = query(
  { name: 'list-years', parameters: z.object(bookAsOf), row: z.object({ year: z.int() }) },
  `select distinct year
from ledger_committed
where ${OF_BOOK}
order by year`,
);
