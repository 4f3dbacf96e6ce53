import { z } from 'zod';

export const tenantId = z.uuid();
/** A bigint of the database; text on the wire, since JavaScript numbers end at 2^53. */
export const bigId = z.string().regex(/^\d{1,19}$/);
/** An exact decimal as text: no exponent. */
export const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/);
export const isoDate = z.iso.date();
export const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
export const entityCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
export const approach = z.enum(['operational-control', 'equity-share']);
export const gwpSet = z.enum(['AR4', 'AR5', 'AR6']);
export const basis = z.enum(['all', 'location', 'market']);

/** Cursor paging: `after` is the `next` of the page before. */
export const pageRequest = { after: z.string().max(64).optional(), limit: z.number().int().min(1).max(1000).default(100) };
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
