import { z } from 'zod';
import { bigId, decimalText, entityCode, isoDate, name, page, pageRequest, tenantId } from './common';
import { mappingSpec } from './mapping';
import { request, work } from './message';

const count = z.number().int().nonnegative();

export const importView = z.object({
  id: z.uuid(),
  ordinal: z.number().int().nullable().describe('order of finishing within the tenant'),
  fileName: z.string(),
  sha256: z.string(),
  bytes: count,
  mapping: z.object({ name, version: z.number().int() }),
  status: z.enum(['received', 'staging', 'finished', 'refused', 'failed']),
  refusal: z.object({ code: z.string(), detail: z.string() }).nullable().describe('why the whole file was refused'),
  lines: count.describe('data lines of the file, without the header'),
  records: count.describe('lines × mapped slots = accepted + refused + duplicate'),
  accepted: count,
  refused: count,
  duplicate: count,
  corrected: count.describe('of the accepted: new versions of records known before'),
  flagged: count.describe('of the accepted: with at least one flag, for example negative_quantity'),
  receivedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const refusalView = z.object({
  line: count,
  slot: count,
  column: z.string().nullable(),
  code: z.string(),
  detail: z.string(),
  value: z.string().nullable(),
});
export const duplicateView = z.object({ line: count, slot: count, duplicateOf: bigId });
export const mappingView = z.object({ name, version: z.number().int(), spec: mappingSpec });

export const activityView = z.object({
  id: bigId,
  segment: z.number().int(),
  segments: z.number().int(),
  importId: z.uuid(),
  line: count,
  slot: count,
  version: z.number().int(),
  supersedes: bigId.nullable(),
  entity: z.string(),
  activityType: z.string(),
  periodStart: isoDate,
  periodEnd: isoDate,
  quantity: decimalText,
  unit: z.string(),
  country: z.string(),
  region: z.string().nullable(),
  supplier: z.string().nullable(),
  attributes: z.record(z.string(), z.string()),
  stated: z.array(z.object({ operand: z.string(), text: z.string(), unit: z.string() })),
  flags: z.array(z.string()),
  tags: z.record(z.string(), z.union([z.string(), z.boolean()])),
});
export type ActivityView = z.infer<typeof activityView>;

export const putMapping = request(
  'ingestion.put-mapping',
  z.object({ tenantId, name, spec: mappingSpec }),
  z.object({ name, version: z.number().int(), created: z.boolean() }),
);
export const getMapping = request('ingestion.get-mapping', z.object({ tenantId, name }), mappingView);
export const listMappings = request('ingestion.list-mappings', z.object({ tenantId, ...pageRequest }), page(mappingView));

/**
 * The bytes are in the file store already. `repeated`: these bytes were imported under this mapping before; that import is the answer. `again`: they are
 * to be read once more all the same, since what was refused for want of an entity may be accepted now.
 */
export const receiveImport = request(
  'ingestion.receive-import',
  z.object({
    tenantId,
    fileId: z.string(),
    fileName: z.string().max(255),
    sha256: z.string(),
    bytes: count,
    mapping: name,
    again: z.boolean().default(false),
  }),
  z.object({ import: importView, repeated: z.boolean() }),
);
export const getImport = request('ingestion.get-import', z.object({ tenantId, importId: z.uuid() }), importView);
export const listImports = request('ingestion.list-imports', z.object({ tenantId, ...pageRequest }), page(importView));
export const listRefusals = request(
  'ingestion.list-refusals',
  z.object({ tenantId, importId: z.uuid(), ...pageRequest }),
  page(refusalView),
);
export const listDuplicates = request(
  'ingestion.list-duplicates',
  z.object({ tenantId, importId: z.uuid(), ...pageRequest }),
  page(duplicateView),
);
export const listActivities = request(
  'ingestion.list-activities',
  z.object({
    tenantId,
    importId: z.uuid().optional(),
    activityId: bigId.optional(),
    matchKey: bigId.optional(),
    entity: entityCode.optional(),
    year: z.number().int().optional(),
    ...pageRequest,
  }),
  page(activityView),
);

export const stageImport = work('ingestion.stage-import', z.object({ tenantId, importId: z.uuid() }));
