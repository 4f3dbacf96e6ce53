import { z } from 'zod';
import { CAUSES, NON_TRIGGERS, TRIGGERS, type Cause, type NonTrigger, type Trigger } from '#ghg';
import {
  approach,
  basis,
  decimalText,
  editionsRule,
  entityCode,
  gwpSet,
  isoDate,
  methodPackHead,
  name,
  reportingPeriod,
  tenantId,
} from './common';
import { request, work } from './message';

const wholeYear = z.number().int().min(1900).max(2200);
const ordinal = z.number().int().positive();
const tonnes = decimalText.nullable().describe('t CO2e, exact; null: rests on one figure alone that its licence forbids to show');
const share = decimalText.nullable().describe('of the stated total; null: nothing was stated');

const TRIGGER_NAMES = Object.keys(TRIGGERS) as [Trigger, ...Trigger[]];
const NON_TRIGGER_NAMES = Object.keys(NON_TRIGGERS) as [NonTrigger, ...NonTrigger[]];
const CAUSE_NAMES = Object.keys(CAUSES) as [Cause, ...Cause[]];
export const trigger = z.enum(TRIGGER_NAMES);
/** What a figure is restated for: a trigger, or a policy that draws another total. */
export const restatementTrigger = z.enum([...TRIGGER_NAMES, 'policy-changed']);
export const reading = z.enum(['location', 'market']);

/** What a company has decided about its base year: `BaseYearPolicy` in libs/ghg. */
export const baseYearPolicy = z.strictObject({
  baseYear: wholeYear,
  book: name.default('main'),
  approach: approach.default('operational-control'),
  gwp: gwpSet,
  reading: reading.default('location').describe('the scope 2 figure in the base year total'),
  scope3: z.boolean().default(false).describe('whether scope 3 is in the base year total'),
  threshold: z.string().max(20).describe('share of the stated total at which a cumulative effect is significant, 0 to 1'),
  midYear: z
    .enum(['all-year', 'pro-rata'])
    .default('all-year')
    .describe('how a structural change within a year is laid over the base year'),
  triggers: z.array(trigger).default(TRIGGER_NAMES).describe('what counts; without it: all'),
});
export type BaseYearPolicyBody = z.infer<typeof baseYearPolicy>;

export const baseYearFigureView = z.object({
  ordinal,
  kind: z.enum(['stated', 'restated']),
  policyVersion: ordinal,
  asOfRun: ordinal.describe('ordinal of the last seal that the figure contains'),
  structureOn: isoDate.describe('the day whose structure it was read under'),
  tco2e: tonnes.describe('the total that the policy draws'),
  trigger: restatementTrigger.nullable(),
  reason: z.string(),
  statedBy: z.string(),
  statedAt: z.iso.datetime(),
});
export const baseYearView = z.object({
  name,
  version: ordinal.describe('of the policy; earlier ones are kept'),
  policy: baseYearPolicy,
  figures: z.array(baseYearFigureView).describe('previously stated and restated, in the order in which they were stated'),
  lastEvaluation: z
    .object({
      outcome: z.enum(['recalculate', 'below-threshold', 'refused']),
      refusal: z.string().nullable().describe('why nothing could be said'),
      asOfRun: ordinal.describe('the run of the book after which it was evaluated'),
      policyVersion: ordinal,
      figure: ordinal.nullable().describe('the stated figure that was compared'),
      structureOn: isoDate,
      absolute: tonnes.nullable().describe('sum of the sizes of the effects, t CO2e'),
      evaluatedAt: z.iso.datetime(),
    })
    .nullable()
    .describe('what came of it when the last run of its book was projected; null: none was yet'),
});

const effect = <N extends string>(names: readonly [N, ...N[]]) =>
  z.object({
    trigger: z.enum(names),
    because: z.string(),
    tco2e: tonnes,
    share,
    entities: z.array(z.object({ entity: entityCode, tco2e: tonnes })),
    exclusions: z.array(z.string()).describe('codes of the exclusions that have a part in it; `because` names them too'),
  });

export const evaluationView = z.object({
  baseYear: name,
  year: wholeYear,
  figure: ordinal.describe('the stated figure that was compared'),
  statedAsOfRun: ordinal,
  asOfRun: ordinal,
  structureOn: isoDate,
  outcome: z.enum(['recalculate', 'below-threshold']),
  statedTco2e: tonnes,
  currentTco2e: tonnes,
  effects: z.array(effect(TRIGGER_NAMES)),
  notCounted: z.array(effect([...TRIGGER_NAMES, ...NON_TRIGGER_NAMES])).describe('what changed and does not count'),
  policyChanged: z
    .object({
      from: ordinal.describe('version of the policy that the figure was stated under'),
      to: ordinal.describe('version in force'),
      changed: z.array(z.string()).describe('the choices that differ'),
      tco2e: tonnes.describe(
        'what approach, reading, scope 3 and mid-year rule of the policy in force make of the same records: in no trigger',
      ),
      inEffects: z.array(z.string()).describe('those of the choices whose effect cannot be told apart and stands among the effects'),
    })
    .nullable()
    .describe('the policy is another version than the figure was stated under; effects are compared as it was stated'),
  withoutBaseYearRecords: z
    .array(entityCode)
    .describe('entities that joined after the base year and have no records in it: they did not exist, or their records are missing'),
  remainder: tonnes.describe('what the rounding of divisions leaves'),
  cumulative: z
    .object({ net: tonnes, absolute: tonnes, netShare: share, absoluteShare: share })
    .describe('`absolute`, the sum of the sizes per trigger and entity, decides: effects in opposite directions do not cancel'),
  threshold: decimalText,
  thresholdTco2e: tonnes,
});

export const statedFigureView = baseYearFigureView.extend({
  inventory: z.record(z.string(), z.unknown()).describe('the whole inventory as it was stated'),
  evaluation: evaluationView
    .nullable()
    .describe('of a restatement, what was compared when it was made; null: no figure of this year had been stated'),
});

const bridged = {
  from: tonnes,
  to: tonnes,
  causes: z.partialRecord(z.enum(CAUSE_NAMES), tonnes).describe('from + Σ causes = to, exactly'),
};
export const bridgeView = z.object({
  book: name,
  methodPack: methodPackHead,
  editions: editionsRule,
  fromYear: wholeYear.describe('the reporting year, by its name'),
  fromPeriod: reportingPeriod,
  toYear: wholeYear,
  toPeriod: reportingPeriod,
  approach,
  reading,
  gwp: gwpSet,
  fromGwp: gwpSet,
  scope3: z.boolean(),
  asOfRun: ordinal,
  fromRun: ordinal.describe('seal of which the first year is read; an earlier one shows its restatement too, under today’s organisation'),
  order: z.string().describe('id of the order of substitution'),
  orderOfCauses: z.array(z.object({ cause: z.enum(CAUSE_NAMES), meaning: z.string() })),
  unit: z.literal('tCO2e'),
  ...bridged,
  steps: z
    .array(z.object({ comparison: z.enum(['restatement', 'years']), ...bridged }))
    .describe('the restatement of the first year, if an earlier seal of it was asked for; then the bridge between the years'),
  lines: z.array(z.object({ line: z.string(), basis, ...bridged })),
  sources: z.array(z.object({ entity: entityCode, activityType: z.string(), ...bridged })).describe('those that moved most'),
  otherSources: z.object({ sources: z.number().int().nonnegative(), ...bridged }).describe('all others together'),
});
export type BridgeView = z.infer<typeof bridgeView>;

/** Evaluates the base years of a run's book, once the run can be read. */
export const evaluateBaseYears = work('reporting.evaluate-base-years', z.object({ tenantId, runId: z.uuid() }));

const ofBaseYear = { tenantId, name };
export const putBaseYear = request('reporting.put-base-year', z.object({ ...ofBaseYear, policy: baseYearPolicy }), baseYearView);
export const getBaseYear = request('reporting.get-base-year', z.object(ofBaseYear), baseYearView);
export const stateBaseYear = request(
  'reporting.state-base-year',
  z.object({
    ...ofBaseYear,
    structureOn: isoDate,
    statedBy: z.string().min(1).max(200),
    trigger: restatementTrigger.optional(),
    reason: z.string().max(2_000).default(''),
  }),
  statedFigureView,
);
export const getBaseYearFigure = request('reporting.get-base-year-figure', z.object({ ...ofBaseYear, ordinal }), statedFigureView);
export const evaluateBaseYear = request('reporting.evaluate-base-year', z.object({ ...ofBaseYear, structureOn: isoDate }), evaluationView);
export const readBridge = request(
  'reporting.read-bridge',
  z.object({
    tenantId,
    book: name,
    from: wholeYear,
    to: wholeYear,
    approach,
    reading,
    scope3: z.boolean(),
    gwp: gwpSet.optional(),
    fromGwp: gwpSet.optional(),
    fromRun: ordinal.optional(),
  }),
  bridgeView,
);
