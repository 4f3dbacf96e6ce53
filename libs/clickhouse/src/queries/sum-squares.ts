import { z } from 'zod';
import { bookAsOf, day, decimalText, int64Text, keyId, OF_BOOK } from '../columns';
import { query } from '../query';

/**
 * Net quantity and squares of a year per entity, rate and activity type: what the kernel reads the quality of an inventory from (libs/ghg, QualityCell). Entries are
 * netted per activity and segment first: a reversal must take its square away, not add it again. What pools post has no activity and no square;
 * `surveys` are the pools whose postings are extrapolations. Entities in `changing` are kept apart by period, pool and key, as in sum-cells. A quantity has twelve
 * decimals, so its square fits the same 76 digits with twenty-four.
 */
export const sumSquares = query(
  {
    name: 'sum-squares',
    parameters: z.object({ ...bookAsOf, year: z.int(), changing: z.array(z.string()), surveys: z.array(z.string()) }),
    row: z.object({
      entityCode: z.string(),
      rateId: int64Text,
      year: z.int(),
      periodStart: day.nullable(),
      periodEnd: day.nullable(),
      quantity: decimalText,
      kgco2e: decimalText,
      rowQuantity: decimalText,
      rowSquares: decimalText,
      extrapolated: decimalText,
      activityType: z.string(),
      pool: z.string(),
      matchKeyId: keyId,
    }),
  },
  `select
  entityCode,
  rateId,
  {year:Int16} as year,
  periodStart,
  periodEnd,
  sum(n.q) as quantity,
  sum(n.kg) as kgco2e,
  sumIf(n.q, n.postedBy = '') as rowQuantity,
  sumIf(n.q * n.q, n.postedBy = '') as rowSquares,
  sumIf(n.q, has({surveys:Array(String)}, n.postedBy)) as extrapolated,
  n.activityType as activityType,
  if(has({changing:Array(String)}, n.entityCode), n.postedBy, '') as pool,
  n.matchKeyId as matchKeyId
from (
  select
    entity_code as entityCode,
    rate_id as rateId,
    if(has({changing:Array(String)}, entity_code), period_start, null) as periodStart,
    if(has({changing:Array(String)}, entity_code), period_end, null) as periodEnd,
    e.activity_type as activityType,
    if(has({changing:Array(String)}, entity_code), e.match_key_id, 0) as matchKeyId,
    e.pool as postedBy,
    sum(e.quantity) as q,
    sum(e.kgco2e) as kg
  from ledger_committed as e
  where ${OF_BOOK} and e.year = {year:Int16}
  group by entityCode, rateId, periodStart, periodEnd, activityType, matchKeyId, postedBy, activity_id, segment
  having q <> 0
) as n
group by entityCode, rateId, periodStart, periodEnd, activityType, pool, matchKeyId
having quantity <> 0 or rowSquares <> 0`,
);
