import { z } from 'zod';
import { entityCode, isoDate } from '#contracts';
import { activityType, EMITTING_CLASSES } from '#ghg';
import { PERIOD_REVERSED, periodInOrder } from '../shared/dated';

const SOURCE_CLASSES = [...EMITTING_CLASSES, 'energy-use'] as const;

/** What is knowingly left out, as it comes in and goes out: the kernel's `Exclusion` in the words of the API. */
export const exclusion = z
  .strictObject({
    code: entityCode.describe('its name in the register of exclusions'),
    entity: entityCode.nullable().default(null).describe('null: at every entity'),
    activityType: z
      .string()
      .max(100)
      .refine((id) => activityType(id) !== undefined, 'is not in the vocabulary')
      .nullable()
      .default(null)
      .describe('null: of every activity type'),
    sourceClass: z.enum(SOURCE_CLASSES).nullable().default(null).describe('null: of every source class'),
    reason: z.string().trim().min(1).max(2_000).describe('why it is left out; every inventory shows it beside the tonnes'),
    validFrom: isoDate,
    validTo: isoDate.nullable().default(null).describe('last day, inclusive; null: until further notice'),
  })
  .refine(periodInOrder, PERIOD_REVERSED)
  .meta({ id: 'Exclusion' });
export type ExclusionView = z.output<typeof exclusion>;
