import type { Rate } from '../calculation/rate';
import { Decimal, divide } from '../quantity/decimal';

const ONE = new Decimal(1);

/**
 * Money of the factor per money of the activity: exchange rate × price index of the factor's year ÷ price index of the amount's year, as the steps of
 * the rate's conversion have it; rounded to the scale of a rate where it does not end. 1 where no price is behind the rate.
 */
export function priceRatioOf({ inputs = [], conversion }: Rate): Decimal {
  if (!inputs.some(({ kind }) => kind === 'exchange-rate' || kind === 'price-index')) return ONE;
  const product = (figures: readonly string[]) => figures.reduce((total, figure) => total.mul(figure), ONE);
  return divide(product(conversion.map(({ numerator }) => numerator)), product(conversion.map(({ denominator }) => denominator))).value;
}
