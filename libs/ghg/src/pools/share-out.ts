import { Decimal, divide, QUANTITY_SCALE } from '../quantity/decimal';
import { refuse, type Refusal } from '../refusals';

/**
 * Shares a total out by weight: part = total × weight ÷ Σ weights (Scope 3 Standard, chapter 8, allocation by a physical relationship).
 *
 * Each part is rounded half-even at the scale; what the parts before it left is shared over the weights that are left, so that the last part with
 * a weight takes the remainder: the parts sum to the total exactly, none changes its sign, and no part is larger than its weight where the total is
 * not larger than the weights together and nothing has more decimals than the scale. The caller puts the weights into a canonical order.
 * Refusals: `allocation_weight_negative`, `allocation_without_weight`.
 */
export function shareOut(total: Decimal, weights: readonly Decimal[], scale: number = QUANTITY_SCALE): readonly Decimal[] | Refusal {
  const negative = weights.find((weight) => weight.lt(0));
  if (negative) return refuse('allocation_weight_negative', `${negative.toFixed()} is no weight`);
  let weightLeft = weights.reduce((sum, weight) => sum.add(weight), new Decimal(0));
  if (weightLeft.isZero()) return refuse('allocation_without_weight', `${weights.length} weights add up to zero`);
  let left = total;
  return weights.map((weight) => {
    if (weight.isZero()) return new Decimal(0);
    const part = weight.eq(weightLeft) ? left : divide(left.mul(weight), weightLeft, scale).value;
    left = left.sub(part);
    weightLeft = weightLeft.sub(weight);
    return part;
  });
}
