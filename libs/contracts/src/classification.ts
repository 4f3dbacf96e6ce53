import { z } from 'zod';
import { decimalText, name, page, pageRequest, tenantId } from './common';
import { request } from './message';

const text = z.string().trim().min(1);
const shortText = text.max(200);
const count = z.number().int().nonnegative();

/** Between 0 and 1: a measure of confidence, no amount. */
export const score = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/)
  .describe('0 to 1, as decimal text');

export const classificationTarget = z.strictObject({
  activityType: shortText,
  attributes: z
    .record(z.string().min(1).max(64), z.string().max(200))
    .default({})
    .describe('those that the rows do not state themselves; a row’s own price year, price basis and data quality go before them'),
});

/** What is wanted of a new classification. Texts are taken in any spelling and kept as match keys keep them. */
export const classificationWish = z.strictObject({
  description: text
    .max(2_000)
    .describe('the free text; equal spellings are one (no format characters, NFKC, lower case, single spaces, 200 characters)'),
  account: shortText.optional().describe('only for rows of this ledger account'),
  supplier: shortText.optional().describe('only for rows of this supplier'),
  country: z.string().length(2).optional().describe('only for rows of this country, ISO 3166-1 alpha-2'),
  unitDimension: z.string().min(1).max(64).optional().describe('only for quantities that measure this: `money`, `mass`, `mass·distance`'),
  to: classificationTarget,
  reason: text.max(1_000).describe('why; shown wherever the classification shows'),
});
export type ClassificationWish = z.infer<typeof classificationWish>;

export const classificationView = z.object({
  id: z.uuid(),
  description: z.string(),
  account: z.string().nullable(),
  supplier: z.string().nullable(),
  country: z.string().nullable(),
  unitDimension: z.string().nullable(),
  to: z.object({ activityType: z.string(), attributes: z.record(z.string(), z.string()) }),
  author: z.string(),
  reason: z.string(),
  decidedAt: z.iso.datetime(),
  source: z.enum(['person', 'suggestion']).describe('`suggestion`: taken by a run, under the tenant’s policy'),
  score: score.nullable().describe('of a suggestion'),
  withdrawn: z
    .object({ author: z.string(), reason: z.string(), decidedAt: z.iso.datetime() })
    .nullable()
    .describe('who took it back, and why; null: it stands'),
});
export type ClassificationView = z.infer<typeof classificationView>;

/** What an explanation says of the classification behind a rate. */
export const appliedClassification = z.object({
  id: z.uuid(),
  activityType: z.string(),
  attributes: z.record(z.string(), z.string()),
  author: z.string(),
  reason: z.string(),
  decidedAt: z.string(),
  source: z.enum(['person', 'suggestion']),
  score: score.nullable(),
});

/** A text of a book that is not classified yet, or not as what its rows could be. */
export const unclassifiedView = z.object({
  description: z.string(),
  activities: count,
  quantities: z.array(z.object({ unit: z.string(), quantity: decimalText })),
  countries: z.array(z.string()).describe('at most 20'),
  suppliers: z.array(z.string()).describe('at most 20'),
  accounts: z.array(z.string()).describe('at most 20'),
  refusals: z.array(z.string()).describe('why its keys have no figure: `classification_missing`, or what is wrong with its classification'),
});
export type UnclassifiedView = z.infer<typeof unclassifiedView>;

export const suggestLine = z.strictObject({
  text: text.max(2_000),
  unit: z.string().min(1).max(100).optional().describe('as the register spells it: excludes what is not counted in it'),
  country: z.string().length(2).optional(),
  supplier: shortText.optional(),
});
export const suggestionView = z.object({
  activityType: z.string(),
  attributes: z.record(z.string(), z.string()),
  score,
  reasons: z.array(z.string()),
});
export type SuggestionView = z.infer<typeof suggestionView>;

export const suggestionPolicyView = z.object({
  threshold: score.nullable().describe('null: nothing is taken without a person'),
  author: z.string().nullable().describe('null: nobody has set a policy'),
  reason: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
});
export type SuggestionPolicyView = z.infer<typeof suggestionPolicyView>;

export const CLASSIFICATIONS_MAX = 1_000;
/** A reply is one message: with at most ten suggestions a line this many lines fit into it. */
export const SUGGEST_LINES_PER_MESSAGE = 50;
export const SUGGESTIONS_MAX = 10;

export const addClassifications = request(
  'calculation.add-classifications',
  z.object({ tenantId, author: z.string(), classifications: z.array(classificationWish).min(1).max(CLASSIFICATIONS_MAX) }),
  z.object({ ids: z.array(z.uuid()).describe('in the order of the body') }),
);
export const listClassifications = request(
  'calculation.list-classifications',
  z.object({ tenantId, description: z.string().optional(), ...pageRequest }),
  page(classificationView),
);
export const withdrawClassification = request(
  'calculation.withdraw-classification',
  z.object({ tenantId, id: z.uuid(), author: z.string(), reason: z.string() }),
  classificationView,
);
export const listUnclassified = request(
  'calculation.list-unclassified',
  z.object({ tenantId, book: name, ...pageRequest }),
  page(unclassifiedView),
);
export const suggest = request(
  'calculation.suggest',
  z.object({
    tenantId,
    lines: z.array(suggestLine).min(1).max(SUGGEST_LINES_PER_MESSAGE),
    perLine: z.number().int().min(1).max(SUGGESTIONS_MAX),
  }),
  z.object({ method: z.string().describe('name and version of what suggested'), lines: z.array(z.array(suggestionView)) }),
);
export const putSuggestionPolicy = request(
  'calculation.put-suggestion-policy',
  z.object({ tenantId, threshold: score.nullable(), author: z.string(), reason: z.string() }),
  suggestionPolicyView,
);
export const getSuggestionPolicy = request('calculation.get-suggestion-policy', z.object({ tenantId }), suggestionPolicyView);
