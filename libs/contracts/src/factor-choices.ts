import { z } from 'zod';
import { basis, page, pageRequest, tenantId } from './common';
import { request } from './message';

const text = (max: number) => z.string().min(1).max(max);
const year = z.number().int().min(1990).max(2100);

/** Which keys a decision is about. What fits the vocabulary, the kernel says. */
const keyPattern = z.strictObject({
  activityType: text(100),
  unit: text(40).optional(),
  year: z.strictObject({ from: year.optional(), to: year.optional() }).optional().describe('both ends inclusive; one may be left open'),
  country: text(2).optional().describe('ISO 3166-1 alpha-2'),
  region: text(20).optional().describe('a subregion such as US-CAMX'),
  supplier: text(200).optional(),
  attributes: z
    .record(z.string().min(1).max(50), text(200))
    .optional()
    .describe('each one must be as the activity states it; a default is not stated'),
});

/** A decision about the factor of some keys: the shape of `FactorChoice` in libs/ghg, without its author, reason and time. */
export const factorChoiceBody = z.strictObject({
  action: z
    .enum(['pin', 'override', 'refuse'])
    .describe(
      '`pin`: this factor, over every rule of preference; `override`: this factor, although it would not serve; `refuse`: anything but this factor',
    ),
  keys: keyPattern.describe('of one activity type; every further field that is given must be equal, and makes the decision more specific'),
  leg: text(40),
  basis: basis.optional().describe('left out: every basis that the leg has'),
  factor: z.strictObject({ publisher: text(200), edition: text(200), version: text(200), code: text(200) }),
});

const made = { author: z.string(), reason: z.string(), decidedAt: z.iso.datetime() };

/** Which decision of a person turned the choice of a factor. */
export const choiceMade = z.object({ id: z.uuid(), action: factorChoiceBody.shape.action, ...made });

export const factorChoiceView = z.object({
  id: z.uuid(),
  ...factorChoiceBody.shape,
  ...made,
  withdrawn: z.object(made).nullable().describe('who took it back, and why; null: it stands'),
});

const signature = { author: text(500), reason: text(1_000) };

export const chooseFactor = request(
  'calculation.choose-factor',
  z.object({ tenantId, choice: factorChoiceBody, ...signature }),
  z.object({ choice: factorChoiceView, repeated: z.boolean() }),
);
export const withdrawFactorChoice = request(
  'calculation.withdraw-factor-choice',
  z.object({ tenantId, choiceId: z.uuid(), ...signature }),
  factorChoiceView,
);
export const listFactorChoices = request('calculation.list-factor-choices', z.object({ tenantId, ...pageRequest }), page(factorChoiceView));
