import { z } from 'zod';
import { bookAsOf, day, decimalText, int64Text, keyId, OF_BOOK } from '../columns';
import { query } from '../query';

/**
 * Net quantity and kgCO2e of a year per entity, rate and pool: what the kernel takes an inventory apart from (libs/ghg, StateCell). What a pool posted
 * stands apart from the rows that it adjusts, even under the same rate. Entities in `changing` are kept apart by period and key, as in `sumCells`.
 */
export const sumStateCells = query(
  {
    name: 'sum-state-cells',
    parameters: z.object({ ...bookAsOf, year: z.int(), changing: z.array(z.string()) }),
    row: z.object({
      entityCode: z.string(),
      rateId: int64Text,
      year: z.int(),
      periodStart: day.nullable(),
      periodEnd: day.nullable(),
      pool: z.string(),
      activityType: z.string(),
      country: z.string(),
      matchKeyId: keyId,
      quantity: decimalText,
      kgco2e: decimalText,
    }),
  },
  `select
  entity_code as entityCode,
  rate_id as rateId,
  {year:Int16} as year,
  if(has({changing:Array(String)}, entity_code), period_start, null) as periodStart,
  if(has({changing:Array(String)}, entity_code), period_end, null) as periodEnd,
  pool,
  activity_type as activityType,
  country,
  if(has({changing:Array(String)}, entity_code), e.match_key_id, 0) as matchKeyId,
  sum(e.quantity) as quantity,
  sum(e.kgco2e) as kgco2e
from ledger_committed as e
where ${OF_BOOK} and e.year = {year:Int16}
group by entityCode, rateId, periodStart, periodEnd, pool, activityType, country, matchKeyId
having quantity <> 0`,
);
