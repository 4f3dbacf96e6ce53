import { z } from 'zod';
import { entityCode, isoDate } from '#contracts';
import { PERIOD_REVERSED, periodInOrder } from '../shared/dated';

/** A dated lease, as it comes in and goes out: the kernel's `Lease` in the words of the API. */
export const lease = z
  .strictObject({
    entity: entityCode.describe('the leased asset or site, an entity of its own'),
    side: z.enum(['lessee', 'lessor']).describe('who the reporting company is in it'),
    leaseClass: z
      .enum(['finance', 'operating'])
      .describe('finance-type counts as owned by the lessee; a decision, not the label of the accounts'),
    lesseeControls: z.boolean().default(true).describe('the lessee runs the asset; false needs a reason'),
    reason: z.string().trim().max(2_000).default('').describe('why it was classed so, and where the evidence is'),
    validFrom: isoDate,
    validTo: isoDate.nullable().default(null).describe('last day, inclusive; null: until further notice'),
  })
  .refine(periodInOrder, PERIOD_REVERSED)
  .refine(({ lesseeControls, reason }) => lesseeControls || reason !== '', {
    path: ['reason'],
    message: 'says why the lessee lacks control',
  })
  .meta({ id: 'Lease' });
export type LeaseView = z.output<typeof lease>;
