import { Decimal, divide } from '../quantity/decimal';

/** A score and what it weighs: tonnes, an outstanding amount. */
export interface Weighed {
  readonly weight: Decimal;
  readonly score: Decimal;
}

/**
 * score = Σ (weight × score) ÷ Σ weight. With outstanding amounts and the scores 1 to 5 it is the weighted data quality score of financed emissions
 * (PCAF Global GHG Standard, part A, 2nd edition, chapter 6); with tonnes it is the data quality of a line. Weights count by size. Null: nothing
 * has any weight.
 */
export function weightedScore(parts: Iterable<Weighed>): Decimal | null {
  let weights = new Decimal(0);
  let sum = new Decimal(0);
  for (const { weight, score } of parts) {
    weights = weights.add(weight.abs());
    sum = sum.add(weight.abs().mul(score));
  }
  return weights.isZero() ? null : divide(sum, weights).value;
}
