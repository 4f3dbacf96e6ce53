import { z } from 'zod';
import { decimalText, entityCode, isoDate } from '#contracts';
import { PERIOD_REVERSED, periodInOrder } from '../shared/dated';

const MAY_BE_CONTROLLED: readonly string[] = ['subsidiary', 'franchise'];

/** A dated holding, as it comes in and goes out: the kernel's `Holding` in the words of the API. */
export const holding = z
  .strictObject({
    entity: entityCode.describe('what is held; an entity that no holding ever names here is the reporting company itself, counted whole'),
    holder: entityCode,
    share: decimalText.regex(/^(0(\.\d{1,12})?|1(\.0{1,12})?)$/, 'must be between 0 and 1, with at most 12 decimals').describe('0 to 1'),
    relation: z
      .enum(['subsidiary', 'joint-venture', 'associate', 'fixed-asset-investment', 'franchise'])
      .default('subsidiary')
      .describe('what the entity is to its holder; a joint venture is under joint financial control'),
    operationalControl: z.boolean().describe('the holder runs it'),
    financialControl: z
      .boolean()
      .optional()
      .describe('the holder alone directs its finances; without it: as operationalControl for a subsidiary or franchise, else false'),
    validFrom: isoDate,
    validTo: isoDate.nullable().default(null).describe('last day, inclusive; null: until further notice'),
  })
  .refine(periodInOrder, PERIOD_REVERSED)
  .refine(({ relation, financialControl }) => !financialControl || MAY_BE_CONTROLLED.includes(relation), {
    path: ['financialControl'],
    message: 'only a subsidiary or a franchise is controlled by its holder alone',
  })
  .meta({ id: 'Holding' });
export type HoldingView = z.output<typeof holding>;

/** A holding with nothing left open. */
export type WholeHolding = HoldingView & { readonly financialControl: boolean };

export function wholeHolding(given: HoldingView): WholeHolding {
  const { relation, operationalControl, financialControl = operationalControl && MAY_BE_CONTROLLED.includes(relation) } = given;
  return { ...given, financialControl };
}
