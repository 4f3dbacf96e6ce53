import { z } from 'zod';
import {
  approach,
  basis,
  bigId,
  decimalText,
  editionsRule,
  gwpSet,
  isoDate,
  methodPackHead,
  name,
  page,
  pageRequest,
  reportingPeriod,
  tenantId,
} from './common';
import { request, work } from './message';

const count = z.number().int().nonnegative();
const tonnes = decimalText.nullable().describe('t CO2e, exact; null: rests on one figure alone that its licence forbids to show');

/** What a reading is broken down by. `tag:<name>` is one of the tenant's own tags. */
export const groupBy = z.union([
  z.enum(['entity', 'country', 'activity-type', 'leg']),
  z.templateLiteral(['tag:', z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)]),
]);

const directFigures = { scope1: tonnes, scope2Location: tonnes, scope2Market: tonnes };
const figures = {
  ...directFigures,
  scope3: tonnes.describe('of the location-based reading: upstream and losses of energy by location'),
  scope3Market: tonnes.describe('of the market-based reading; never added to the other'),
  biogenic: tonnes.describe('t CO2 of biogenic origin, outside the scopes, of the location-based reading'),
  marketBiogenic: tonnes.describe('the same of the market-based reading; never added to the other'),
};

/** Tonnes that rest on something, in the two readings of the whole: never added to each other. */
const reliance = {
  tco2e: tonnes.describe('of scopes 1, 2 location-based and 3, t CO2e'),
  marketTco2e: tonnes.describe('of scopes 1, 2 market-based and 3, t CO2e'),
};
const reconciliation = z.object({ gross: tonnes, reported: tonnes, apart: tonnes, othersShare: tonnes, excluded: tonnes });
const structureOn = isoDate
  .optional()
  .describe('lays the structure of this day over the whole year, as the all-year rule of a base year has it; without it: as dated');
const share = decimalText.describe('0 to 1');
const lease = z.object({ side: z.enum(['lessee', 'lessor']), leaseClass: z.enum(['finance', 'operating']), lesseeControls: z.boolean() });

/** What is reported beside the scopes: CO2 of biogenic origin, gases of the Montreal Protocol. */
export const outsideFigure = z.enum(['biogenic', 'montreal']);

/** Of the whole book, all years, as of the run that a reading stands on: activities = calculated + partly + refused + excluded. */
const completeness = z.object({
  activities: count,
  calculated: count,
  partly: count.describe('calculated in some of their legs only'),
  refused: count.describe('without any number, and so in no figure'),
  excluded: count,
  poolRefusals: count.describe('what the pools of the book could not count'),
  openKeys: z.string().describe('path of the keys that got no number, or not all of them, and why'),
});

/** The lines of a report. */
export const reportedLine = z.enum([
  'scope1',
  'scope2',
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const).map((category) => `scope3.${category}` as const),
  'outside-of-scopes',
  'apart.projected',
  'apart.investee-scope-3',
]);

export const inventoryView = z.object({
  book: name,
  asOfRun: z.number().int().describe('ordinal of the last seal that the reading contains'),
  asOf: z.iso.datetime(),
  completeness: completeness.describe('how much of the book has a number at all, over all years, as of that run'),
  methodPack: methodPackHead,
  editions: editionsRule,
  year: z.number().int().describe('the reporting year, by its name'),
  period: reportingPeriod,
  approach,
  gwp: gwpSet,
  structureOn: isoDate.nullable().describe('the day whose structure is laid over the whole year; null: as dated'),
  unit: z.literal('tCO2e'),
  ...figures,
  scope3ByCategory: z.record(z.string(), tonnes),
  categories: z
    .array(
      z.object({
        category: z.string(),
        ...reliance,
        minimum: tonnes.describe('within the minimum boundary of the category'),
        optional: tonnes.describe('beyond it'),
        marketMinimum: tonnes,
        marketOptional: tonnes,
      }),
    )
    .describe('scope 3 in both readings; each total is minimum + optional'),
  montreal: tonnes,
  projected: tonnes.describe('lifetime emissions of projects financed in the year: in no total'),
  investeeScope3: tonnes.describe('scope 3 of investees: in no total'),
  radiativeForcing: tonnes.describe('of flights counted with radiative forcing: inside the totals of scope 3, in no gas'),
  biogenicEntries: z.string().describe('path of the entries behind `biogenic`'),
  montrealEntries: z.string().describe('path of the entries behind `montreal`'),
  lines: z.array(
    z.object({
      line: z.string(),
      basis,
      tco2e: tonnes,
      biogenic: tonnes.describe('t CO2, outside the scopes'),
      entries: z.string().describe('path of the entries behind this figure'),
    }),
  ),
  gases: z
    .array(
      z.object({
        scope: z.enum(['scope1', 'scope2Location', 'scope2Market', 'scope3', 'scope3Market']),
        gas: z.string().nullable().describe('null: CO2e that no gas explains'),
        family: z.string().describe('one of the seven of the Kyoto Protocol, or beside them'),
        tonnes: decimalText.nullable().describe('of the gas itself'),
        tco2e: tonnes,
      }),
    )
    .describe('the gases of each scope; they add up to its figure'),
  energy: z
    .array(
      z.object({
        source: z.enum(['fossil', 'nuclear', 'renewable', 'unknown']),
        origin: z.enum(['fuel', 'purchased', 'self-generated']),
        mwh: decimalText.nullable().describe('net calorific, with the sources of the grid’s mix'),
        marketMwh: decimalText.nullable().describe('net calorific, with the sources that contractual instruments vouch for'),
      }),
    )
    .describe('energy used in own operations'),
  accountingGroup: z.object(directFigures).describe('of what the accounting group consolidates wholly'),
  otherInvestees: z.object(directFigures).describe('of all other consolidated investees'),
  heldByNobody: z
    .array(z.string())
    .describe(
      'entities with figures in the year that are counted whole because no holding names them as held: the reporting company itself',
    ),
  apportioned: z
    .array(
      z.object({
        entity: z.string(),
        from: isoDate,
        to: isoDate,
        days: z.number().int(),
        consolidated: share,
        invested: share,
        franchised: share,
        inAccountingGroup: z.boolean().describe('the accounting group consolidates it wholly'),
        lease: lease.nullable(),
      }),
    )
    .describe('entities that changed inside the year, and the days by which their figures were apportioned'),
  leftOut: z
    .array(z.object({ reason: z.string(), code: z.string().nullable(), detail: z.string(), ...reliance }))
    .describe('what stands in no line of the report, and why'),
  intraGroup: z
    .array(z.object({ entity: z.string(), supplier: z.string(), line: z.string(), ...reliance }))
    .describe(
      'purchased energy and scope 3 that one member of the organisation bought from another: reported here, and once more by the supplier',
    ),
  fallbacks: z.array(z.object({ fallback: z.string(), ...reliance })),
  factorSets: z.array(z.object({ setId: z.string(), title: z.string(), invented: z.boolean(), ...reliance })),
  notConvertible: tonnes.describe('of the location-based reading, what stands on another GWP set than was asked for'),
  marketNotConvertible: tonnes.describe('the same of the market-based reading'),
  reconciliation: reconciliation.describe(
    'of the location-based reading: gross = reported in scopes 1 to 3 + apart + others’ share + excluded',
  ),
  marketReconciliation: reconciliation.describe('the same of the market-based reading'),
  reconciliations: z
    .array(z.object({ sourceClass: z.string(), location: reconciliation, market: reconciliation }))
    .describe('the same per kind of source'),
  groups: z.array(z.object({ group: z.string(), ...figures })).optional(),
});
export type InventoryView = z.infer<typeof inventoryView>;

/** What the boundary does to a source, by days. */
const treatments = z.array(
  z.object({
    from: isoDate,
    to: isoDate,
    days: z.number().int(),
    portions: z.array(
      z.object({
        line: z.string().nullable().describe('null: in no line of the report'),
        share,
        reason: z.string(),
        exclusion: z.string().nullable().describe('code of the organisation’s own exclusion'),
      }),
    ),
    othersShare: share,
    energyShare: share.nullable().describe('of an entry that counts energy: the share of own use'),
  }),
);

export const entryView = z.object({
  id: bigId,
  run: z.number().int(),
  activityId: bigId.nullable().describe('null: posted by a pool'),
  pool: z.string().nullable().describe('code of the pool that posted it; null: of a row'),
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
  kgco2e: decimalText.nullable().describe('null where it is withheld'),
  biogenicKgco2: decimalText.nullable(),
  withheld: z.boolean().describe('rests on a figure that its licence forbids to show: quantity and amount together would give it away'),
  reverses: bigId.nullable(),
  factor: z.object({ setId: z.string().nullable(), code: z.string() }),
  fallbacks: z.array(z.string()),
  flags: z.array(z.string()),
  tags: z.record(z.string(), z.union([z.string(), z.boolean()])),
  underGwp: z
    .object({ gwp: gwpSet, kgco2e: decimalText.nullable() })
    .nullable()
    .describe(
      'the kilograms under the GWP set that `gwp` asks for, from the rate, beside the ledger’s own `kgco2e`; null: none was asked for',
    ),
  boundary: treatments.describe(
    'what the boundary makes of this entry under `approach`, by days of its period; what a pool posted of a key goes with the rows of that key instead',
  ),
});

export const entryFilter = {
  year: z.number().int().optional(),
  line: reportedLine.optional().describe('only what stands behind this line of the report, as `approach` draws it'),
  outside: outsideFigure.optional().describe('only what stands behind this figure outside the scopes, as `approach` draws it'),
  approach: approach
    .default('operational-control')
    .describe('decides what stands behind a `line` or a figure `outside`, and each entry’s `boundary`'),
  structureOn,
  gwp: gwpSet.optional().describe('shows the kilograms of each entry under this GWP set too'),
  sourceClass: z.string().optional(),
  basis: basis.optional(),
  leg: z.string().optional(),
  activityType: z.string().optional(),
  entity: z.string().optional(),
  pool: z.string().optional().describe('only what this pool posted'),
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
  ledgerKgco2e: decimalText
    .nullable()
    .describe(
      'sum over all entries and bases in Postgres; null where figures of the book are withheld: `holds` says whether the sums are equal',
    ),
  projectionKgco2e: decimalText.nullable().describe('the same sum in ClickHouse'),
  ledgerEntries: count,
  projectionEntries: count,
  holds: z.boolean().describe('every equation holds; false is an alarm'),
});

export const readInventory = request(
  'reporting.read-inventory',
  z.object({ tenantId, book: name, year: z.number().int(), approach, gwp: gwpSet, by: groupBy.optional(), structureOn }),
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
/** What becomes of one entry in a reading. */
export const entryBoundaryView = z.object({
  approach,
  gwp: gwpSet,
  kgco2e: decimalText.nullable().describe('under this GWP set, before the boundary; null where it is withheld'),
  reasons: z.record(z.string(), z.string()).describe('the sentence of each reason'),
  treatments: treatments.describe('by days of its period; what a pool posted of a key goes with the rows of that key instead'),
});
export const readEntryBoundary = request(
  'reporting.read-entry-boundary',
  z.object({ tenantId, book: name, entryId: bigId, approach, gwp: gwpSet.optional() }),
  entryBoundaryView,
);
export const readConservation = request('reporting.read-conservation', z.object({ tenantId, book: name }), conservationView);

export const projectRun = work('reporting.project-run', z.object({ tenantId, runId: z.uuid() }));
