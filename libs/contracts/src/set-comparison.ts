import { z } from 'zod';
import { decimalText, gwpSet, name, page, pageRequest, tenantId } from './common';
import { request } from './message';
import { namedSet } from './set-adoption';

const count = z.number().int().nonnegative();
const source = z.object({ table: z.string(), row: z.string(), printed: z.string().optional() });

/** A figure that stands out against the edition before. */
export const figureFlag = z.object({
  flag: z.enum(['unit_changed', 'sign_changed', 'became_zero', 'ten_times', 'a_tenth', 'other_than_shared']),
  code: z.string(),
  codeBefore: z.string().optional().describe('where the code changed and the meaning did not'),
  before: decimalText.nullable().describe('null: the values are withheld'),
  after: decimalText.nullable(),
  unitBefore: z.string(),
  unitAfter: z.string(),
  ratio: decimalText.nullable().describe('after ÷ before'),
  source: source.describe('of the new figure'),
  sheet: z.string().optional(),
  row: count.optional(),
});

export const listSetFlags = request(
  'calculation.list-set-flags',
  z.object({ tenantId, setId: z.uuid(), ...pageRequest }),
  page(figureFlag).extend({ against: namedSet.nullable().describe('the edition before; null: there was none when the set came') }),
);

/** One statement of either edition: what it says, and what of a book rests on it. */
export const setDifference = z.object({
  kind: z.enum(['changed', 'gone', 'added']),
  code: z.string(),
  codeBefore: z.string().nullable().describe('where the code changed and the meaning did not'),
  label: z.string(),
  unit: z.string(),
  before: decimalText.nullable(),
  after: decimalText.nullable(),
  percent: decimalText.nullable().describe('after ÷ before − 1, in percent, to two decimals'),
  jump: z.boolean().describe('more than ten times as much, or less than a tenth'),
  use: z
    .object({
      keys: count,
      activities: count,
      kgco2e: decimalText
        .nullable()
        .describe('null where it is withheld; what of the book rests on the older figure: every leg on every basis, all entities at 100 %'),
    })
    .nullable()
    .describe('of the older edition; null: nothing of the book rests on it, or no book was named'),
});

export const setComparison = page(setDifference).extend({
  before: namedSet,
  after: namedSet,
  gwpSet: z.object({ before: gwpSet, after: gwpSet }),
  counts: z.object({ same: count, changed: count, gone: count, added: count }),
  codesReused: z.array(z.string()).describe('codes that mean something else now; the first hundred'),
  effect: z
    .object({
      change: z.enum(['adopt', 'none']).describe('`none`: the book holds the newer edition already'),
      kgco2e: z
        .object({ before: decimalText.nullable(), after: decimalText.nullable(), difference: decimalText.nullable() })
        .describe('null, all of them, where figures behind the book or the newer edition are withheld'),
      rows: count.describe('activities whose entries would be reversed and posted anew'),
      poolsApart: count.describe('pools that would be calculated again and are not in the figure; `what-if` names them'),
    })
    .nullable()
    .describe('what adopting the newer edition would do to the book, location-based; null: no book was named'),
});

export const compareFactorSets = request(
  'calculation.compare-factor-sets',
  z.object({
    tenantId,
    setId: z.uuid(),
    with: z.uuid().optional(),
    book: name.optional(),
    kind: setDifference.shape.kind.optional(),
    ...pageRequest,
  }),
  setComparison,
);
