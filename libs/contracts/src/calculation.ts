import { z } from 'zod';
import { METHOD_PACK_DEFAULT } from '#ghg';
import { basis, bigId, decimalText, editionsRule, gwpSet, isoDate, name, page, pageRequest, tenantId } from './common';
import { appliedClassification } from './classification';
import { choiceMade } from './factor-choices';
import { setValues } from './factor-set';
import { request, work } from './message';
import { adoptionMode } from './set-adoption';
import { figureFlag } from './set-comparison';
import { poolAdjustment, pooledExplanation, poolRefusal } from './pools';

const count = z.number().int().nonnegative();

export const factorSetView = z.object({
  id: z.uuid(),
  own: z.boolean().describe('uploaded by the tenant; otherwise of the starter catalogue'),
  publisher: z.string(),
  edition: z.string(),
  version: z.string(),
  title: z.string(),
  licence: z.string(),
  attribution: z.string(),
  gwpSet,
  invented: z.boolean(),
  values: setValues.describe('`withheld`: the licence forbids to show the figures; a digest stands in the place of each'),
  factors: count,
  digest: z.string(),
});

export const factorSource = z.object({ table: z.string(), row: z.string(), printed: z.string().optional() });
/** Of every figure of a factor set. */
export const withheldFigure = {
  withheld: z.boolean().describe('its licence forbids to show the figure'),
  figuresDigest: z.string().nullable().describe('of a withheld figure: what a holder of the licence can make again from the set'),
};

export const factorView = z.object({
  setId: z.uuid(),
  code: z.string(),
  activityType: z.string(),
  leg: z.string(),
  region: z.string(),
  supplier: z.string().nullable(),
  year: z.number().int(),
  attributes: z.record(z.string(), z.string()),
  unit: z.string(),
  gases: z
    .array(z.object({ gas: z.string(), kg: decimalText.optional(), kgco2e: decimalText.optional() }))
    .describe('each with its mass or its CO2e; with neither where the values are withheld'),
  kgco2e: decimalText.nullable(),
  gsd: decimalText.nullable().describe('geometric standard deviation, where it is stated'),
  partial: z.boolean().describe('leaves out gases that the activity has'),
  source: factorSource,
  ...withheldFigure,
});

export const bookView = z.object({
  id: z.uuid(),
  name,
  methodPack: name.describe('the rules that its figures are made by, as `/v1/method-packs` lists them'),
  gwpSet,
  catalogue: z.boolean().describe('whether the starter catalogue is among the factor sets of its runs'),
  editions: editionsRule,
  adoption: adoptionMode,
});

export const runView = z.object({
  id: z.uuid(),
  book: name,
  ordinal: z.number().int().nullable(),
  status: z.enum(['deciding', 'posting', 'pooling', 'sealing', 'sealed', 'failed']),
  failure: z.string().nullable(),
  progress: z.object({ chunks: count, chunksDone: count }),
  keysDecided: count,
  keysChanged: count,
  entries: count.describe('entries of this run, reversals included'),
  reversals: count,
  activities: count.describe('of the whole book as of this seal = calculated + partly + refused + excluded'),
  calculated: count,
  partly: count.describe('at least one required leg was refused'),
  refused: count.describe('no required leg has a rate, or only a pool can count it and none has'),
  excluded: count,
  poolRefusals: count.describe(
    'refusals that stand in the results of the book’s pools as of this seal; `/v1/pools/{code}/results` shows them',
  ),
  kgco2e: decimalText
    .nullable()
    .describe('control sum of the entries of this run, over all legs and bases; null where figures of the book are withheld'),
  contentDigest: z.string().nullable(),
  previousSeal: z.string().nullable(),
  seal: z.string().nullable(),
  startedAt: z.iso.datetime(),
  sealedAt: z.iso.datetime().nullable(),
});
export type RunView = z.infer<typeof runView>;

/** A key that got no number, or not all of them: what to do about it stands in the refusals. */
export const openKeyView = z.object({
  matchKeyId: bigId,
  outcome: z.enum(['partly', 'refused']),
  activities: count,
  activityType: z.string(),
  unit: z.string(),
  year: z.number().int().describe('the calendar year'),
  reportingYear: z.number().int(),
  country: z.string(),
  region: z.string().nullable(),
  supplier: z.string().nullable(),
  attributes: z.record(z.string(), z.string()),
  classifiedAs: z
    .object({ id: z.uuid(), activityType: z.string(), attributes: z.record(z.string(), z.string()) })
    .nullable()
    .describe('of free text that was classified, and still lacks a factor'),
  refusals: z.array(
    z.object({ leg: z.string().nullable().describe('null: of the key as a whole'), basis, code: z.string(), detail: z.string() }),
  ),
});

/** An entry taken apart: everything that made the number, down to the line of the file. */
export const explanation = z.object({
  entry: z.object({
    id: bigId,
    book: name,
    run: z.number().int(),
    seal: z.string(),
    leg: z.string(),
    basis,
    sourceClass: z.string(),
    quantity: decimalText,
    unit: z.string(),
    kgco2e: decimalText.nullable().describe('null where it is withheld'),
    biogenicKgco2: decimalText.nullable(),
    reverses: bigId.nullable(),
    reversedBy: bigId.nullable(),
  }),
  file: z
    .object({
      importId: z.uuid(),
      name: z.string(),
      sha256: z.string(),
      line: count,
      slot: count,
      mapping: z.object({ name, version: z.number().int() }),
    })
    .nullable()
    .describe('null for an entry of a pool: its members lead to their files'),
  activity: z
    .object({
      id: bigId,
      version: z.number().int(),
      supersedes: bigId.nullable(),
      segment: z.number().int(),
      segments: z.number().int(),
      entity: z
        .object({ code: z.string(), name: z.string(), country: z.string(), region: z.string().nullable() })
        .describe('country and region as the factor was decided on, also where the entity has moved since'),
      activityType: z.string(),
      periodStart: isoDate,
      periodEnd: isoDate,
      reportingYear: z.number().int().describe('name of the reporting year that this segment counts in'),
      stated: z.array(z.object({ operand: z.string(), text: z.string(), unit: z.string() })),
      quantity: decimalText,
      unit: z.string(),
      quantitySteps: z
        .array(z.string())
        .describe('how the quantity came from what was stated: the product of the operands, the cut at the end of a year'),
      supplier: z.string().nullable(),
      attributes: z.record(z.string(), z.string()),
      flags: z.array(z.string()),
      tags: z.record(z.string(), z.union([z.string(), z.boolean()])),
    })
    .nullable()
    .describe('null for an entry of a pool'),
  pool: pooledExplanation.nullable().describe('null for an entry of a row'),
  poolRefusals: z
    .array(poolRefusal)
    .describe(
      'of an entry of a row: what was refused in the pools that its key is in, or that its entity and year claim for; the first 100',
    ),
  adjustedBy: z
    .array(poolAdjustment)
    .describe('of an entry of a row: what pools posted on top of its key, entity, year and leg; the first 100'),
  rate: z.unknown().describe('the rate as the kernel made it: gases, factor with edition and row, conversion steps, fallbacks'),
  classification: appliedClassification.nullable().describe('of free text: what it was classified as, and by whom'),
  candidates: z
    .array(z.object({ setId: z.string(), code: z.string(), reason: z.string(), choice: choiceMade.optional() }))
    .describe('factors that were looked at, and why each lost; `choice`: the decision of a person that refuses it'),
  choice: choiceMade
    .nullable()
    .describe('the decision of a person by which the factor was taken, or by which the one before it was not; null: the cascade alone'),
  gwpSet,
  editions: editionsRule,
  method: z.string(),
  engineVersion: z.string(),
  formula: z.string().describe('the equation with its numbers filled in'),
  amount: z
    .object({
      kgco2e: decimalText,
      tco2e: decimalText,
      biogenicKgco2: decimalText.describe('outside the scopes'),
      biogenicTco2: decimalText,
    })
    .nullable()
    .describe('null where it is withheld'),
  withheld: z
    .boolean()
    .describe('the rate rests on a figure that its licence forbids to show: the digest of the figure stands with factor or input'),
});

/** What came of a publisher's file: rows read = rows used + rows left out, each by name. */
export const factorFileReport = z.object({
  recognised: z.object({
    publisher: z.string(),
    edition: z.string(),
    version: z.string(),
    newerThanKnown: z.boolean().describe('newer than any layout that is known: read as the last known one'),
  }),
  rowsRead: count,
  rowsUsed: count.describe('rows that are in a factor or a table'),
  omitted: z.array(z.object({ reason: z.string(), rows: count, meaning: z.string() })).describe('rows left out, by reason'),
  omissions: z
    .array(z.object({ sheet: z.string(), row: count, column: z.string().nullable(), reason: z.string(), detail: z.string() }))
    .describe('a hundred of them, some of every reason'),
});
/** What stands out in the figures of an upload against the editions before. */
export const receivedFlags = z
  .array(
    z.object({
      set: z.uuid(),
      against: z.uuid().nullable().describe('the edition before; null: none is here'),
      count,
      items: z.array(figureFlag).describe('the first fifty; `/v1/factor-sets/{id}/flags` has all'),
    }),
  )
  .describe('of each set of the upload');
export const receiveFactorSet = request(
  'calculation.receive-factor-set',
  z.object({
    tenantId,
    fileId: z.string(),
    sha256: z.string(),
    fileName: z.string().optional().describe("given: a publisher's own file; else a factor set in our form"),
    licence: z.string().optional(),
    values: setValues.optional().describe('of a publisher’s file'),
    refuseFlagged: z.boolean().default(false),
  }),
  z.object({
    factorSet: factorSetView,
    further: z.array(factorSetView),
    repeated: z.boolean(),
    report: factorFileReport.nullable(),
    flags: receivedFlags,
  }),
);
export const listFactorSets = request('calculation.list-factor-sets', z.object({ tenantId, ...pageRequest }), page(factorSetView));
export const listBooks = request('calculation.list-books', z.object({ tenantId, ...pageRequest }), page(bookView));
export const putBook = request(
  'calculation.put-book',
  z.object({
    tenantId,
    name,
    gwpSet,
    methodPack: name.default(METHOD_PACK_DEFAULT),
    catalogue: z.boolean().default(true),
    editions: editionsRule.default('blended'),
    adoption: adoptionMode.optional(),
  }),
  bookView,
);
export const startRun = request('calculation.start-run', z.object({ tenantId, book: name }), runView);
export const getRun = request('calculation.get-run', z.object({ tenantId, runId: z.uuid() }), runView);
export const listRuns = request('calculation.list-runs', z.object({ tenantId, ...pageRequest }), page(runView));
export const listOpenKeys = request('calculation.list-open-keys', z.object({ tenantId, book: name, ...pageRequest }), page(openKeyView));
export const explainEntry = request('calculation.explain-entry', z.object({ tenantId, entryId: bigId }), explanation);

export const decideRun = work('calculation.decide-run', z.object({ tenantId, runId: z.uuid() }));
export const postChunk = work('calculation.post-chunk', z.object({ tenantId, runId: z.uuid(), chunk: z.number().int() }));
export const sealRun = work('calculation.seal-run', z.object({ tenantId, runId: z.uuid() }));
