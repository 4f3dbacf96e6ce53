import { Decimal, plain } from './decimal';

/** An exact ratio; it is divided out once, by `divide`, where a number with a fixed scale is wanted. */
export interface Ratio {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

const ONE = new Decimal(1);
/** A terminating ratio of two numbers of the register or of a source is shorter than this. */
const DECIMALS_MAX = 40;

export const UNITY: Ratio = { numerator: ONE, denominator: ONE };

/** The ratio in its shortest exact spelling: a plain decimal over one where it terminates, else whole numbers without a common divisor. */
export function ratioOf(numerator: Decimal, denominator: Decimal): Ratio {
  const quotient = numerator.div(denominator);
  if (quotient.decimalPlaces() <= DECIMALS_MAX && quotient.mul(denominator).eq(numerator)) return { numerator: quotient, denominator: ONE };
  const [above, below] = [numerator.decimalPlaces(), denominator.decimalPlaces()];
  const shift = new Decimal(10).pow(above > below ? above : below);
  const top = BigInt(plain(numerator.mul(shift)));
  const bottom = BigInt(plain(denominator.mul(shift)));
  const divisor = greatestCommonDivisor(top, bottom);
  return { numerator: new Decimal((top / divisor).toString()), denominator: new Decimal((bottom / divisor).toString()) };
}

/** a × b, in its shortest spelling. */
export function timesRatio(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator.mul(b.numerator), a.denominator.mul(b.denominator));
}

/** The other way round. The ratio must not be zero. */
export function inverted({ numerator, denominator }: Ratio): Ratio {
  return ratioOf(denominator, numerator);
}

/** Positive, whatever the signs: a ratio keeps its sign in the numerator. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  if (b === 0n) return a < 0n ? -a : a;
  return greatestCommonDivisor(b, a % b);
}
