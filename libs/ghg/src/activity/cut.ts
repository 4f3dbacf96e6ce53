import { Decimal, divide, QUANTITY_SCALE } from '../quantity/decimal';
import { daysBetween, yearOf } from './dates';

/** A quantity that was counted over a period, days inclusive. */
export interface PeriodQuantity {
  readonly start: string;
  readonly end: string;
  readonly quantity: Decimal;
}

/** The part of it that falls into one calendar year. Segments count from 1. */
export interface Segment extends PeriodQuantity {
  readonly segment: number;
  readonly segments: number;
  readonly year: number;
}

/**
 * Cuts a quantity at the ends of calendar years: each part = quantity × days of the part ÷ days of the whole, rounded half-even at 12 decimals;
 * the last part takes the remainder, so that the parts sum to the whole exactly. The period must not be reversed.
 */
export function cutAtYearEnds({ start, end, quantity }: PeriodQuantity): Segment[] {
  const first = yearOf(start);
  const segments = yearOf(end) - first + 1;
  const days = new Decimal(daysBetween(start, end));
  let rest = quantity;
  return Array.from({ length: segments }, (_, i) => {
    const year = first + i;
    const from = i === 0 ? start : `${year}-01-01`;
    const to = i === segments - 1 ? end : `${year}-12-31`;
    const part = i === segments - 1 ? rest : divide(quantity.mul(daysBetween(from, to)), days, QUANTITY_SCALE).value;
    rest = rest.sub(part);
    return { segment: i + 1, segments, year, start: from, end: to, quantity: part };
  });
}
