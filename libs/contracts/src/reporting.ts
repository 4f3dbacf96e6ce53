import { z } from 'zod';
import { approach, basis, bigId, decimalText, gwpSet, isoDate, name, page, pageRequest, tenantId } from './common';
import { request, work } from './message';

const count = z.number().int().nonnegative();
const tonnes = decimalText.describe('t CO2e, exact');

/** What a reading is broken down by. `tag:<name>` is one of the tenant's own tags. */
export const groupBy = z.union([
  z.enum(['entity', 'country', 'activity-type', 'leg']),
  z.templateLiteral(['tag:', z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)]),
]);

const figures = { scope1: tonnes, scope2Location: tonnes, scope2Market: tonnes, scope3: tonnes, biogenic: tonnes };

/** Tonnes that rest on something, in the two readings of the whole: never added to each other. */
const reliance = {
  tco2e: tonnes.describe('of scopes 1, 2 location-based and 3, t CO2e'),
  marketTco2e: tonnes.describe('of scopes 1, 2 market-based and 3, t CO2e'),
};

/** What is reported beside the scopes: CO2 of biogenic origin, gases of the Montreal Protocol. */
export const outsideFigure = z.enum(['biogenic', 'montreal']);

/** The lines of a report. */
export const reportedLine = z.enum([
  'scope1',
  'scope2',
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const).map((category) => `scope3.${category}` as const),
  'outside-of-scopes',
]);

export const inventoryView = z.object({
  book: name,
  asOfRun: z.number().int().describe('ordinal of the last seal that the reading contains'),
  asOf: z.iso.datetime(),
  year: z.number().int(),
  approach,
  gwp: gwpSet,
  unit: z.literal('tCO2e'),
  ...figures,
  scope3ByCategory: z.record(z.string(), tonnes),
  montreal: tonnes,
  biogenicEntries: z.string().describe('path of the entries behind `biogenic`'),
  montrealEntries: z.string().describe('path of the entries behind `montreal`'),
  lines: z.array(
    z.object({ line: z.string(), basis, tco2e: tonnes, entries: z.string().describe('path of the entries behind this figure') }),
  ),
  fallbacks: z.array(z.object({ fallback: z.string(), ...reliance })),
  factorSets: z.array(z.object({ setId: z.string(), title: z.string(), invented: z.boolean(), ...reliance })),
  notConvertible: tonnes.describe('of the location-based reading, what stands on another GWP set than was asked for'),
  marketNotConvertible: tonnes.describe('the same of the market-based reading'),
  reconciliation: z
    .object({ gross: tonnes, reported: tonnes, othersShare: tonnes, excluded: tonnes })
    .describe('of the location-based reading: gross = reported + others’ share + excluded'),
  groups: z.array(z.object({ group: z.string(), ...figures })).optional(),
});
export type InventoryView = z.infer<typeof inventoryView>;

export const entryView = z.object({
  id: bigId,
  run: z.number().int(),
  activityId: bigId,
  segment: z.number().int(),
  entity: z.string(),
  country: z.string(),
  activityType: z.string(),
  leg: z.string(),
  basis,
  sourceClass: z.string(),
  year: z.number().int(),
  periodStart: isoDate,
  periodEnd: isoDate,
  quantity: decimalText,
  unit: z.string(),
  kgco2e: decimalText,
  biogenicKgco2: decimalText,
  reverses: bigId.nullable(),
  factor: z.object({ setId: z.string().nullable(), code: z.string() }),
  fallbacks: z.array(z.string()),
  flags: z.array(z.string()),
  tags: z.record(z.string(), z.union([z.string(), z.boolean()])),
});

export const entryFilter = {
  year: z.number().int().optional(),
  line: reportedLine.optional().describe('only what stands behind this line of the report, as `approach` draws it'),
  outside: outsideFigure.optional().describe('only what stands behind this figure outside the scopes, as `approach` draws it'),
  approach: approach.default('operational-control').describe('decides what stands behind a `line` or a figure `outside`'),
  sourceClass: z.string().optional(),
  basis: basis.optional(),
  leg: z.string().optional(),
  activityType: z.string().optional(),
  entity: z.string().optional(),
  tag: z.object({ name: z.string(), value: z.string() }).optional(),
};

export const conservationView = z.object({
  book: name,
  run: z.number().int(),
  imports: z.object({ imports: count, lines: count, records: count, accepted: count, refused: count, duplicate: count }),
  activities: count,
  calculated: count,
  partly: count,
  refused: count,
  excluded: count,
  ledgerKgco2e: decimalText.describe('sum over all entries and bases in Postgres'),
  projectionKgco2e: decimalText.describe('the same sum in ClickHouse'),
  ledgerEntries: count,
  projectionEntries: count,
  holds: z.boolean().describe('every equation holds; false is an alarm'),
});

export const readInventory = request(
  'reporting.read-inventory',
  z.object({ tenantId, book: name, year: z.number().int(), approach, gwp: gwpSet, by: groupBy.optional() }),
  inventoryView,
);
export const listYears = request(
  'reporting.list-years',
  z.object({ tenantId, book: name }),
  z.object({ years: z.array(z.number().int()) }),
);
export const listEntries = request(
  'reporting.list-entries',
  z.object({ tenantId, book: name, ...entryFilter, ...pageRequest }),
  page(entryView),
);
export const readConservation = request('reporting.read-conservation', z.object({ tenantId, book: name }), conservationView);

export const projectRun = work('reporting.project-run', z.object({ tenantId, runId: z.uuid() }));
