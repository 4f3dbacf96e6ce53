import { z } from 'zod';
import { bookAsOf, day, decimalText, int64Text, OF_BOOK } from '../columns';
import { query } from '../query';
import { HAS_TAG, TAG_TEXT } from './tag-text';

/** Each filter that is given adds its condition. */
const FILTERS = {
  after: 'entry_id > {after:Int64}',
  year: 'year = {year:Int16}',
  sourceClass: 'source_class = {sourceClass:String}',
  // Class and entity as one text: no code holds a blank.
  sources: "concat(source_class, ' ', entity_code) in {sources:Array(String)}",
  // A second reading of the same kilowatt-hours counts nothing outside the scopes.
  biogenic: "biogenic_kgco2 <> 0 and basis <> 'market'",
  rates: "toString(rate_id) in {rates:Array(String)} and basis <> 'market'",
  basis: 'basis = {basis:String}',
  leg: 'leg = {leg:String}',
  activityType: 'activity_type = {activityType:String}',
  entity: 'entity_code = {entity:String}',
  pool: 'pool = {pool:String}',
  tag: `(${HAS_TAG}) and ${TAG_TEXT} = {tagValue:String}`,
} as const;

const filters = {
  after: int64Text.optional(),
  year: z.int().optional(),
  sourceClass: z.string().optional(),
  sources: z.array(z.string()).optional(),
  biogenic: z.literal('only').optional(),
  rates: z.array(int64Text).optional(),
  basis: z.string().optional(),
  leg: z.string().optional(),
  activityType: z.string().optional(),
  entity: z.string().optional(),
  pool: z.string().optional(),
  tag: z.string().optional(),
};

const names = Object.keys(FILTERS) as (keyof typeof FILTERS)[];

const row = z.object({
  id: int64Text,
  run: z.int(),
  activityId: int64Text,
  segment: z.int(),
  entity: z.string(),
  country: z.string(),
  activityType: z.string(),
  rateId: int64Text,
  leg: z.string(),
  basis: z.string(),
  sourceClass: z.string(),
  year: z.int(),
  periodStart: day,
  periodEnd: day,
  quantity: decimalText,
  unit: z.string(),
  kgco2e: decimalText,
  biogenicKgco2: decimalText,
  reverses: int64Text.nullable(),
  factorSetId: z.uuid().nullable(),
  factorCode: z.string(),
  fallbacks: z.array(z.string()),
  flags: z.array(z.string()),
  tagsText: z.record(z.string(), z.string()),
  tagsDecimal: z.record(z.string(), decimalText),
  tagsDate: z.record(z.string(), day),
  tagsBoolean: z.record(z.string(), z.boolean()),
  pool: z.string(),
  withheld: z.string(),
});
export type LedgerEntry = z.infer<typeof row>;

/** Entries of a book as of a seal in the order of their ids, from behind `after`. */
export const listEntries = query(
  {
    name: 'list-entries',
    parameters: z.object({ ...bookAsOf, ...filters, tagValue: z.string().optional(), limit: z.int().min(1).max(1001) }),
    row,
  },
  (given) => `select
  entry_id as id, run_ordinal as run, activity_id as activityId, segment, entity_code as entity, country, activity_type as activityType, rate_id as rateId, leg, basis,
  source_class as sourceClass, year, period_start as periodStart, period_end as periodEnd, quantity, unit, kgco2e, biogenic_kgco2 as biogenicKgco2,
  reverses, factor_set_id as factorSetId, factor_code as factorCode, fallbacks, flags, tags_text as tagsText, tags_decimal as tagsDecimal,
  tags_date as tagsDate, tags_boolean as tagsBoolean, pool, withheld
from ledger_committed
where ${[OF_BOOK, ...names.filter((name) => given[name] !== undefined).map((name) => FILTERS[name])].join('\n  and ')}
order by entry_id
limit {limit:UInt32}`,
);
