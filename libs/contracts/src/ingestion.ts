import { z } from 'zod';
import { bigId, decimalText, entityCode, isoDate, monthDay, name, page, pageRequest, reportingPeriod, tenantId } from './common';
import { fileEncoding, fileKind, fileQuote, mappingSpec } from './mapping';
import { request, work } from './message';

const count = z.number().int().nonnegative();

/** What a file was read as: stated by the mapping, or detected. */
export const fileFormat = z.object({
  kind: fileKind,
  compression: z.enum(['none', 'gzip']),
  encoding: fileEncoding.nullable(),
  delimiter: z.string().nullable(),
  quote: fileQuote.nullable(),
  sheet: z.string().nullable(),
  detected: z.array(z.enum(['kind', 'encoding', 'delimiter', 'quote', 'sheet'])).describe('what the mapping left open'),
});
export type FileFormat = z.infer<typeof fileFormat>;

export const importView = z.object({
  id: z.uuid(),
  ordinal: z.number().int().nullable().describe('order of finishing within the tenant'),
  fileName: z.string(),
  sha256: z.string(),
  bytes: count,
  mapping: z.object({ name, version: z.number().int() }),
  status: z.enum(['received', 'staging', 'finished', 'refused', 'failed']),
  format: fileFormat.nullable().describe('what the file was read as; null until it has been looked at'),
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
export const refusalCount = z.object({
  code: z.string(),
  sentence: z.string().describe('what the code means'),
  column: z.string().nullable(),
  records: count,
});
export const refusalSummary = z.object({
  refused: count.describe('records so far; all of them once the import is finished'),
  counts: z.array(refusalCount).describe('by code and column, most first; at most 1,000, of which the rest is `others`'),
  others: count,
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
  reportingYear: z.number().int().describe('name of the reporting year that this segment counts in'),
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

/** When the tenant's reporting years begin. */
export const reportingYearView = z.object({
  startsOn: monthDay,
  fixed: z.boolean().describe('something has been imported: records are cut by it, and it stays'),
  example: reportingPeriod
    .extend({ year: z.number().int() })
    .describe('a reporting year is named by the calendar year in which most of its months fall, of two halves by the later'),
});
export type ReportingYearView = z.infer<typeof reportingYearView>;
export const getReportingYear = request('ingestion.get-reporting-year', z.object({ tenantId }), reportingYearView);
export const putReportingYear = request('ingestion.put-reporting-year', z.object({ tenantId, startsOn: monthDay }), reportingYearView);

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
export const summariseRefusals = request('ingestion.summarise-refusals', z.object({ tenantId, importId: z.uuid() }), refusalSummary);
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

/** A record as it would be accepted, segment by segment as the years cut it. */
export const dryRecord = z.object({
  line: count,
  slot: count,
  entity: z.string(),
  periodStart: isoDate,
  periodEnd: isoDate,
  flags: z.array(z.string()),
  stated: z.array(z.object({ operand: z.string(), text: z.string(), unit: z.string() })),
  tags: z.record(z.string(), z.union([z.string(), z.boolean()])),
  segments: z.array(
    z.object({
      start: isoDate,
      end: isoDate,
      quantity: decimalText,
      key: z
        .looseObject({
          activityType: z.string(),
          unit: z.string(),
          year: z.number().int(),
          country: z.string(),
          region: z.string().nullable(),
          supplier: z.string().nullable(),
          attributes: z.record(z.string(), z.string()),
        })
        .describe('what will decide the factor'),
    }),
  ),
});
export const dryRunResult = z.object({
  mapping: z.object({ name: name.nullable(), version: z.number().int().nullable() }),
  format: fileFormat.nullable(),
  header: z.array(z.string()).describe('the columns of the file'),
  refusal: z
    .object({ code: z.string(), detail: z.string(), line: count, column: z.string().nullable() })
    .nullable()
    .describe('why the whole file would be refused'),
  lines: count.describe('that were looked at: some 50,000 at most'),
  accepted: count,
  refused: count,
  records: z.array(dryRecord).describe('the first of them'),
  refusals: z.array(refusalView).describe('as many as one answer holds'),
  counts: z.array(refusalCount),
});
export type DryRunResult = z.infer<typeof dryRunResult>;

/** The bytes ride in the message, compressed: nothing of a dry run is kept anywhere. */
export const dryRun = request(
  'ingestion.dry-run',
  z.object({
    tenantId,
    mapping: z.union([z.strictObject({ name }), z.strictObject({ spec: mappingSpec })]),
    gzipBase64: z.string(),
  }),
  dryRunResult,
);

export const stageImport = work('ingestion.stage-import', z.object({ tenantId, importId: z.uuid() }));
