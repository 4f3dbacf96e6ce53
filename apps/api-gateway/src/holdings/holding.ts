import { z } from 'zod';
import { decimalText, entityCode, isoDate } from '#contracts';

/** A dated holding, as it comes in and goes out: the kernel's `Holding` in the words of the API. */
export const holding = z
  .strictObject({
    entity: entityCode,
    holder: entityCode,
    share: decimalText.regex(/^(0(\.\d{1,12})?|1(\.0{1,12})?)$/, 'must be between 0 and 1, with at most 12 decimals').describe('0 to 1'),
    operationalControl: z.boolean(),
    validFrom: isoDate,
    validTo: isoDate.nullable().default(null).describe('last day, inclusive; null: until further notice'),
  })
  .refine(({ validFrom, validTo }) => validTo === null || validTo >= validFrom, { path: ['validTo'], message: 'is before validFrom' })
  .meta({ id: 'Holding' });
export type HoldingView = z.output<typeof holding>;
