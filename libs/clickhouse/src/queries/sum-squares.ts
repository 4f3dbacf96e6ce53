import { z } from 'zod';
import { bookAsOf, day, decimalText, int64Text, OF_BOOK } from '../columns';
import { query } from '../query';

/**
 * Net quantity and squares of a year per entity and rate: what the kernel reads the quality of an inventory from (libs/ghg, QualityCell). Entries are
 * netted per activity and segment first: a reversal must take its square away, not add it again. What pools post has no activity and no square;
 * `surveys` are the pools whose postings are extrapolations. Entities in `changing` are kept apart by period, as in sum-cells. A quantity has twelve
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
  sumIf(n.q, n.pool = '') as rowQuantity,
  sumIf(n.q * n.q, n.pool = '') as rowSquares,
  sumIf(n.q, has({surveys:Array(String)}, n.pool)) as extrapolated
from (
  select
    entity_code as entityCode,
    rate_id as rateId,
    if(has({changing:Array(String)}, entity_code), period_start, null) as periodStart,
    if(has({changing:Array(String)}, entity_code), period_end, null) as periodEnd,
    e.pool as pool,
    sum(e.quantity) as q,
    sum(e.kgco2e) as kg
  from entries_unconsolidated as e
  where ${OF_BOOK} and e.year = {year:Int16}
  group by entityCode, rateId, periodStart, periodEnd, pool, activity_id, segment
  having q <> 0
) as n
group by entityCode, rateId, periodStart, periodEnd
having quantity <> 0 or rowSquares <> 0`,
);
