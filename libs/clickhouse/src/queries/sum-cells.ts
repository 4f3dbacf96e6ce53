import { z } from 'zod';
import { bookAsOf, day, decimalText, int64Text, keyId, OF_BOOK } from '../columns';
import { query } from '../query';
import { TAG_TEXT } from './tag-text';

const GROUPS = {
  none: 'cast(null as Nullable(String))',
  entity: 'entity_code',
  country: 'country',
  'activity-type': 'activity_type',
  leg: 'leg',
  tag: TAG_TEXT,
} as const;

/**
 * Net quantity and kgCO2e of a year per entity, rate and activity type: what the kernel makes an inventory of (libs/ghg, Cell). Entities in `changing`
 * have shares that change inside the year: theirs are kept apart by period, so that the change can be apportioned by days, and by pool and key, so
 * that what a pool posted of a key can follow its rows. Cells that were reversed to nothing are left out: no quantity, no amount.
 */
export const sumCells = query(
  {
    name: 'sum-cells',
    parameters: z.object({
      ...bookAsOf,
      year: z.int(),
      changing: z.array(z.string()),
      group: z.enum(['none', 'entity', 'country', 'activity-type', 'leg', 'tag']),
      tag: z.string(),
    }),
    row: z.object({
      entityCode: z.string(),
      rateId: int64Text,
      year: z.int(),
      periodStart: day.nullable(),
      periodEnd: day.nullable(),
      group: z.string().nullable(),
      activityType: z.string(),
      pool: z.string(),
      matchKeyId: keyId,
      quantity: decimalText,
      kgco2e: decimalText,
    }),
  },
  ({ group }) => `select
  entity_code as entityCode,
  rate_id as rateId,
  {year:Int16} as year,
  if(has({changing:Array(String)}, entity_code), period_start, null) as periodStart,
  if(has({changing:Array(String)}, entity_code), period_end, null) as periodEnd,
  ${GROUPS[group]} as group,
  e.activity_type as activityType,
  if(has({changing:Array(String)}, entity_code), e.pool, '') as pool,
  if(has({changing:Array(String)}, entity_code), e.match_key_id, 0) as matchKeyId,
  sum(e.quantity) as quantity,
  sum(e.kgco2e) as kgco2e
from ledger_committed as e
where ${OF_BOOK} and e.year = {year:Int16}
group by entityCode, rateId, periodStart, periodEnd, group, activityType, pool, matchKeyId
having quantity <> 0`,
);
