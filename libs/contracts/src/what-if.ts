import { z } from 'zod';
import { basis, bigId, decimalText, editionsRule, gwpSet, name, pageRequest, tenantId } from './common';
import { factorChoiceBody } from './factor-choices';
import { request } from './message';

const count = z.number().int().nonnegative();
const CHANGES_MAX = 200;

/** What is to be tried: any of it, together. */
export const whatIfBody = z.strictObject({
  adopt: z
    .array(z.uuid())
    .max(CHANGES_MAX)
    .default([])
    .describe('factor sets that come into the book; each takes the place of other versions of its edition'),
  drop: z.array(z.uuid()).max(CHANGES_MAX).default([]).describe('factor sets that leave it'),
  gwpSet: gwpSet.optional(),
  methodPack: name.optional(),
  editions: editionsRule.optional(),
  choices: z.array(factorChoiceBody).max(CHANGES_MAX).default([]).describe('decisions about factors, as `/v1/factor-choices` takes them'),
  withdrawChoices: z.array(z.uuid()).max(CHANGES_MAX).default([]).describe('decisions about factors that are taken back'),
  reading: z
    .enum(['location', 'market'])
    .default('location')
    .describe('which reading of scope 2 the figures by entity, activity type, year and key are of; the total has both'),
  limit: pageRequest.limit.describe('items of each list; all others are one sum beside them'),
});

/** Kilograms of CO2e, exactly; unconsolidated: the whole book, every entity at 100 %. Null, all of them, where figures behind the book or the change are withheld. */
const amount = decimalText.nullable();
const figure = { before: amount, after: amount, difference: amount };
const listOf = <S extends z.ZodRawShape>(shape: S) =>
  z
    .object({ items: z.array(z.object({ ...shape, ...figure })), others: z.object({ count, ...figure }) })
    .describe(
      'the largest differences first; `others` is the sum of what is not shown (of keys also of those that stay as they are), so that all of it adds up',
    );

const outcome = z.enum(['calculated', 'partly', 'refused', 'excluded']);

export const whatIfView = z.object({
  book: name,
  run: z.number().int().describe('the seal as of which it was asked: the sums of quantities are those of this run'),
  sets: z.object({
    adopted: z.array(z.uuid()),
    dropped: z.array(z.uuid()).describe('those that were asked for, and older versions of the editions that were adopted'),
  }),
  total: z.object({
    posted: z.object(figure).describe('every leg on every basis: by this much the control sum of the next run would move'),
    location: z.object(figure),
    market: z.object(figure),
    biogenic: z.object(figure).describe('CO2 outside the scopes'),
  }),
  lines: z.array(z.object({ sourceClass: z.string(), leg: z.string(), basis, ...figure })),
  entities: listOf({ entity: z.string() }),
  activityTypes: listOf({ activityType: z.string() }),
  years: z.array(z.object({ year: z.number().int(), ...figure })),
  keys: listOf({
    matchKeyId: bigId,
    activityType: z.string(),
    unit: z.string(),
    year: z.number().int(),
    country: z.string(),
    region: z.string().nullable(),
    supplier: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    activities: count,
    moves: z.boolean().describe('its entries would be reversed and posted anew; else only its outcome changes'),
    outcome: z.object({ before: outcome, after: outcome }),
    newly: z.enum(['rated', 'refused']).nullable().describe('more of it gets a rate than before, or less'),
    refusals: z
      .array(z.object({ leg: z.string().nullable(), basis, code: z.string(), detail: z.string() }))
      .describe('of the decision after the change'),
  }),
  counts: z.object({
    keys: count.describe('keys of the book'),
    decided: count.describe('keys that were decided anew; for all others the change can mean nothing'),
    changed: count,
    newlyRated: count,
    newlyRefused: count,
    rows: count.describe('activities whose entries would be reversed and posted anew'),
  }),
  refusals: z.array(z.object({ code: z.string(), keys: count, activities: count })).describe('of the keys of which less gets a rate'),
  pools: z
    .array(
      z.object({
        pool: z.string(),
        kind: z.string(),
        entity: z.string().nullable(),
        year: z.number().int().nullable(),
        kgco2e: amount.describe('what stands of it in the book, every leg on every basis'),
      }),
    )
    .describe(
      'pools that would be calculated again, since they read a key that changes or the rules change: what they post is not linear, stands as it is, and is in no figure of this answer',
    ),
});

export const whatIf = request('calculation.what-if', z.object({ tenantId, book: name, ...whatIfBody.shape }), whatIfView);
