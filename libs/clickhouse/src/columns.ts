import { z } from 'zod';

/** A bigint of the ledger, as text. */
export const int64Text = z.string().regex(/^-?\d+$/);
/** A decimal as ClickHouse writes it: plain, no exponent, no trailing zeros. */
export const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/);
export const day = z.iso.date();

/** A key of the ledger; it says 0 where there is none. */
export const keyId = int64Text.transform((id) => (id === '0' ? null : id));

/** Which entries a question is about: those of one book as of one of its seals. */
export const bookAsOf = {
  tenantId: z.uuid(),
  bookId: z.uuid(),
  runOrdinal: z.int().positive(),
};

/** The same as a condition; first columns of the sorting key. */
export const OF_BOOK = 'tenant_id = {tenantId:UUID} and book_id = {bookId:UUID} and run_ordinal <= {runOrdinal:Int32}';
