import { z } from 'zod';
import { bookAsOf, decimalText, int64Text, OF_BOOK } from '../columns';
import { query } from '../query';

/** Control sum of a book as of a seal, over all entries and bases: one row. It is no inventory: location and market are added up. */
export const sumBook = query(
  { name: 'sum-book', parameters: z.object(bookAsOf), row: z.object({ entries: int64Text, kgco2e: decimalText }) },
  `select toInt64(count()) as entries, sum(kgco2e) as kgco2e
from ledger_committed
where ${OF_BOOK}`,
);
