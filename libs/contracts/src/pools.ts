import { z } from 'zod';
import { QUALITY_CRITERIA, type Instrument } from '#ghg';
import { basis, bigId, decimalText, entityCode, isoDate, name, page, pageRequest, tenantId } from './common';
import { request, work } from './message';

/** A refusal of the kernel, with its sentence and what it is about. */
const refusal = z.object({ refusal: z.string(), detail: z.string(), at: z.string().optional() });

const text = (max: number) => z.string().min(1).max(max);
const wholeYear = z.number().int().min(1990).max(2200);
/** A quantity of the fixed scale that is no less than nothing. */
const amount = z.string().regex(/^\d{1,30}(\.\d{1,12})?$/, 'must be a plain decimal without sign, at most 12 decimals');

export const instrumentCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** One criterion of the Scope 2 Guidance, table 7.1. */
const criterion = z.strictObject({
  criterion: z.number().int().min(1).max(20).describe('number in the Scope 2 Guidance, table 7.1'),
  finding: z.enum(['pass', 'fail', 'not-applicable']),
  evidence: z.string().max(2_000).describe('where it can be seen; a criterion that passes without evidence fails'),
});

/** `certificate: 1, 2, 3`: what the Scope 2 Guidance asks of each kind, as the kernel reads it. */
const criteriaAsked = (['certificate', 'contract', 'supplier-rate'] satisfies Instrument['kind'][])
  .map((kind) => `${kind}: ${QUALITY_CRITERIA.flatMap(({ criterion, of }) => (of.includes(kind) ? [criterion] : [])).join(', ')}`)
  .join('; ');

/** A contractual instrument as it is put: the shape of `Instrument` in libs/ghg, without its code. */
export const instrumentBody = z.strictObject({
  kind: z.enum(['certificate', 'contract', 'supplier-rate']).describe('in this order one takes precedence over the other'),
  registryId: text(200).describe('serial number or number of the contract: unique within the tenant'),
  covers: z.enum(['purchased-electricity', 'purchased-heat']).optional().describe('electricity unless said otherwise'),
  energySource: z.enum(['fossil', 'nuclear', 'renewable', 'unknown']),
  technology: text(100),
  market: text(20).describe('country or grid region within which it may be claimed'),
  markets: z.array(text(20)).max(50).optional().describe('further countries or grid regions of a joint market'),
  vintageStart: isoDate,
  vintageEnd: isoDate,
  retiredMwh: amount.describe('retired, cancelled or redeemed on behalf of the tenant'),
  retiredOn: isoDate,
  gases: z
    .array(z.strictObject({ gas: text(40), kg: z.string().regex(/^\d{1,12}(\.\d{1,18})?$/, 'must be a plain decimal') }))
    .max(40)
    .default([])
    .describe('kg per kWh; none: zero'),
  criteria: z
    .array(criterion)
    .max(20)
    .describe(
      `the quality criteria, each with its finding and evidence. Asked of a ${criteriaAsked}. One without finding or evidence has failed`,
    ),
});
export type InstrumentBody = z.infer<typeof instrumentBody>;

export const instrumentAllocation = z.strictObject({ entity: entityCode, year: wholeYear, mwh: amount });

export const instrumentView = z.object({
  code: instrumentCode,
  ...instrumentBody.shape,
  allocatedMwh: decimalText,
  freeMwh: decimalText.describe('retired and not allocated'),
  allocations: z.array(instrumentAllocation),
  wouldCount: z.boolean().describe('nothing is known that would keep it from counting; its consumption is looked at by the next run'),
  warnings: z.array(refusal).describe('why it would not count, or not for every year that it is allocated to'),
});

export const profileOf = z.enum(['entity', 'instrument']);
const profilePlace = { of: profileOf, code: entityCode, year: wholeYear };

/** The shape of a year, hour by hour. */
export const profileBody = z.strictObject({
  timeZone: text(64).describe('IANA name; the hours are counted from the local start of the reporting year'),
  kwh: z
    .array(amount)
    .min(8_730)
    .max(8_790)
    .describe('kWh per hour: 8,760 values, 8,784 in a reporting year with a 29th of February; as many as the time zone has hours in it'),
});
export const profileView = z.object({ ...profilePlace, version: z.number().int(), ...profileBody.shape });

const attributes = z.record(z.string().max(50), z.string().max(200));
const memberSelector = z.strictObject({
  activityTypes: z.array(text(100)).min(1).max(100),
  attributes: attributes.optional(),
  entities: z.array(entityCode).max(1_000).optional(),
  years: z.array(wholeYear).max(100).optional(),
});

const allocationReceiver = z
  .strictObject({
    name: text(100),
    entityCode: entityCode.nullable(),
    weight: amount.optional().describe('holds for every year'),
    years: z
      .array(z.strictObject({ year: wholeYear, weight: amount }))
      .min(1)
      .max(100)
      .optional()
      .describe('weights per year; in a year that is not among them it takes nothing'),
    unit: text(40),
  })
  .refine(({ weight, years }) => (weight === undefined) !== (years === undefined), 'a receiver has either a weight or weights per year');

/** A pool as it is declared: the shapes of `PoolSpec` in libs/ghg, without the code. */
export const poolSpec = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('instruments'),
      vintage: z.enum(['overlaps', 'within']).default('overlaps').describe('`within`: every day of the vintage lies in the reporting year'),
      toleranceDays: z.number().int().min(0).max(366).default(0),
    })
    .describe('rules for the pool `instruments`, which is there without being declared'),
  z.strictObject({
    kind: z.literal('allocation'),
    sources: memberSelector.describe('rows whose quantities are shared out'),
    basis: z.enum([
      'driven-tonne-kilometres',
      'direct-tonne-kilometres',
      'passenger-equivalent-kilometres',
      'teu',
      'teu-kilometres',
      'mass',
      'throughput',
      'area',
      'volume',
      'items',
    ]),
    receivers: z
      .array(allocationReceiver)
      .max(1_000)
      .describe('who takes a part; without an entity it is somebody else, and the part leaves the book'),
    receivingMembers: memberSelector.optional().describe('rows that receive too, each weighing its own quantity'),
  }),
  z.strictObject({ kind: z.literal('mass-balance'), select: memberSelector }),
  z.strictObject({
    kind: z.literal('survey'),
    select: memberSelector,
    populations: z
      .array(z.strictObject({ entityCode, year: wholeYear, heads: amount, respondents: amount }))
      .min(1)
      .max(1_000),
  }),
]);

const kind = z.enum(['instruments', 'allocation', 'mass-balance', 'survey']);
export const poolView = z.object({
  code: name,
  version: z.number().int(),
  kind,
  retired: z.boolean().describe('selects nothing any more; declared anew it is in force again'),
  spec: z.unknown(),
});

const members = z
  .array(
    z.object({
      matchKeyId: bigId,
      entityCode: z.string(),
      year: z.number().int().describe('the reporting year'),
      calendarYear: z.number().int().optional().describe('of the key, where it is another'),
      activityType: z.string(),
      unit: z.string(),
      attributes: z.record(z.string(), z.string()),
      quantity: decimalText.describe('net of corrections and of the kinds of pools before, as of the run'),
      activities: z.number().int(),
      refusal: z.string().optional().describe('why the pool counts nothing of it'),
      path: z.string().describe('the rows behind it, each with its line of a file'),
    }),
  )
  .describe('the rows behind it by their keys, the first 200');
const figures = z.record(z.string(), z.string()).describe('what the pool came to, by name');

export const poolPosting = z.object({
  posting: z.number().int(),
  entity: z.string(),
  matchKeyId: bigId.nullable().describe('the key whose rows it adjusts'),
  leg: z.string(),
  basis,
  quantity: decimalText,
  unit: z.string(),
  kgco2e: decimalText.nullable().describe('null where it is withheld'),
  because: z.string(),
});
export const poolResultView = z.object({
  id: bigId,
  pool: name,
  kind,
  entity: z.string().nullable(),
  year: z.number().int().nullable(),
  run: z.number().int().describe('ordinal of the run that came to it; it stands since'),
  digest: z.string(),
  memberCount: z.number().int(),
  members,
  figures,
  refusals: z.array(refusal),
  postings: z.array(poolPosting).describe('the first 200'),
  postingCount: z.number().int(),
});

/** The pool behind an entry. */
export const pooledExplanation = z.object({
  code: name,
  kind,
  entity: z.string().nullable(),
  year: z.number().int().nullable(),
  posting: z.number().int(),
  because: z.string().describe('the rule that made the line, with its numbers'),
  memberCount: z.number().int(),
  members,
  figures,
  refusals: z.array(refusal),
  input: z.unknown().describe('the instruments with their evidence, the claims on them, the profiles'),
  digest: z.string(),
});

/** What a pool refused that a row is in. */
export const poolRefusal = z.object({ pool: name, ...refusal.shape });

/** A line by which a pool adjusted what a row was posted with. */
export const poolAdjustment = z.object({
  entryId: bigId,
  pool: name,
  quantity: decimalText,
  kgco2e: decimalText.nullable().describe('null where it is withheld'),
  because: z.string(),
});

export const putInstrument = request(
  'calculation.put-instrument',
  z.object({ tenantId, code: instrumentCode, instrument: instrumentBody }),
  instrumentView,
);
export const getInstrument = request('calculation.get-instrument', z.object({ tenantId, code: instrumentCode }), instrumentView);
export const listInstruments = request('calculation.list-instruments', z.object({ tenantId, ...pageRequest }), page(instrumentView));
export const putAllocations = request(
  'calculation.put-allocations',
  z.object({ tenantId, code: instrumentCode, allocations: z.array(instrumentAllocation).max(5_000) }),
  instrumentView,
);
export const putProfile = request('calculation.put-profile', z.object({ tenantId, ...profilePlace, profile: profileBody }), profileView);
export const getProfile = request('calculation.get-profile', z.object({ tenantId, ...profilePlace }), profileView);
export const putPool = request('calculation.put-pool', z.object({ tenantId, code: name, spec: poolSpec }), poolView);
export const getPool = request('calculation.get-pool', z.object({ tenantId, code: name }), poolView);
export const retirePool = request('calculation.retire-pool', z.object({ tenantId, code: name }), poolView);
export const listPools = request('calculation.list-pools', z.object({ tenantId, ...pageRequest }), page(poolView));
export const listPoolResults = request(
  'calculation.list-pool-results',
  z.object({ tenantId, book: name, code: name, ...pageRequest }),
  page(poolResultView),
);

export const calculatePools = work('calculation.calculate-pools', z.object({ tenantId, runId: z.uuid() }));
