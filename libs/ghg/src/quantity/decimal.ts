import { Decimal as DecimalJs } from 'decimal.js';

/**
 * Exact decimals. Every amount of mass, energy, distance and money in scopebook is one of these or its plain text; JavaScript's `number`
 * never carries an amount. The precision is far above what the fixed scales can need, so that sums and products never round by themselves.
 */
export const Decimal = DecimalJs.clone({ precision: 200, rounding: DecimalJs.ROUND_HALF_EVEN, toExpNeg: -1000, toExpPos: 1000 });
export type Decimal = DecimalJs;

/** Decimals of a quantity, checked by the database. */
export const QUANTITY_SCALE = 12;
/** Digits of a quantity or a rate before the decimal point: their product fits `numeric(76,30)`. */
export const INTEGER_DIGITS_MAX = 20;
/** Decimals of a rate, checked by the database. */
export const RATE_SCALE = 18;
/** Decimals of an amount: quantity × rate needs exactly their sum, so applying a rate never rounds. */
export const AMOUNT_SCALE = QUANTITY_SCALE + RATE_SCALE;

const ONE = new Decimal(1);
const DIGITS_LIMIT = new Decimal(10).pow(INTEGER_DIGITS_MAX);

/** Whether the value can be stored with this many decimals without changing it. */
export function fitsScale(value: Decimal, scale: number): boolean {
  return value.decimalPlaces() <= scale;
}

/** Whether the value has no more digits before the decimal point than the database keeps. */
export function fitsDigits(value: Decimal): boolean {
  return value.abs().lt(DIGITS_LIMIT);
}

/** The one spelling of a number: no exponent, no trailing zeros, no negative zero. Digests and equality rest on it. */
export function plain(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

/** A quotient at a fixed scale, and whether it had to be rounded to get there. */
export interface Quotient {
  readonly value: Decimal;
  readonly rounded: boolean;
}

/**
 * The one place where scopebook divides: half-even at the given scale. The caller notes `rounded` in the lineage.
 * The divisor must not be zero; callers refuse that case by name before they come here.
 */
export function divide(dividend: Decimal, divisor: Decimal, scale: number = RATE_SCALE): Quotient {
  if (divisor.isZero()) throw new RangeError('divide: the divisor is zero');
  // Most conversions are by 1: nothing is divided then, and a book decides a great many rates.
  if (divisor.eq(ONE)) return rounded(dividend, scale);
  const value = dividend.div(divisor).toDecimalPlaces(scale, DecimalJs.ROUND_HALF_EVEN);
  return { value, rounded: !value.mul(divisor).eq(dividend) };
}

function rounded(exact: Decimal, scale: number): Quotient {
  if (exact.decimalPlaces() <= scale) return { value: exact, rounded: false };
  return { value: exact.toDecimalPlaces(scale, DecimalJs.ROUND_HALF_EVEN), rounded: true };
}

/** The one rounding for people, at the report and nowhere else: half-even, fixed number of decimals, as text. */
export function roundForPeople(value: Decimal, decimals: number): string {
  const rounded = value.toDecimalPlaces(decimals, DecimalJs.ROUND_HALF_EVEN);
  return (rounded.isZero() ? new Decimal(0) : rounded).toFixed(decimals);
}
