import { Decimal, fitsDigits, fitsScale, INTEGER_DIGITS_MAX, QUANTITY_SCALE } from '../quantity/decimal';
import { parseUnit, productOf, type Dimension, type Unit } from '../quantity/units';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { activityType } from './activity-types';
import { daysBetween } from './dates';
import { LONG_PERIOD_DAYS, type Flag } from './flags';
import type { ActivityType, AttributeSpec, OperandSpec } from './vocabulary';

/** One operand of the quantity formula as the file states it. */
export interface StatedOperand {
  readonly name: string;
  readonly value: Decimal;
  readonly unit: string;
}

/** What a mapping declares for a number with more decimals than the scale keeps. */
export type Rounding = 'refuse' | 'half-even';

export interface RecordQuantity {
  readonly quantity: Decimal;
  /** The product of the stated units in canonical order: nothing is converted at staging. */
  readonly unit: string;
  readonly dimension: string;
  readonly flags: readonly Flag[];
}

/** A record as the mapping read it, before the rules of its activity type. */
export interface StatedRecord {
  readonly activityType: string;
  readonly operands: readonly StatedOperand[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly rounding: Rounding;
}

export interface AcceptedRecord extends RecordQuantity {
  readonly type: ActivityType;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Years that a factor or a price can be of. */
export const FACTOR_YEARS = { first: 1990, last: 2100 } as const;

/** Ten years, leap days included. */
const PERIOD_DAYS_MAX = 3653;

/**
 * What is counted and in which unit, or the first reason why not.
 * Refusals in order of precedence: `activity_type_unknown`, those of `checkPeriod`, those of `quantityOf`, those of `checkAttributes`.
 */
export function recordOf(stated: StatedRecord): AcceptedRecord | Refusal {
  const type = activityType(stated.activityType);
  if (!type) return refuse('activity_type_unknown', `"${stated.activityType}" is not in the vocabulary`, stated.activityType);
  const period = checkPeriod(stated.periodStart, stated.periodEnd);
  if (isRefusal(period)) return period;
  const counted = quantityOf(type, stated.operands, stated.rounding);
  if (isRefusal(counted)) return counted;
  const attributes = checkAttributes(type, stated.attributes, counted.dimension);
  if (isRefusal(attributes)) return attributes;
  return { ...counted, type, attributes, flags: [...counted.flags, ...period] };
}

/** Flags of a period, days inclusive. Refusals: `period_reversed`, `period_too_long`. */
export function checkPeriod(start: string, end: string): Flag[] | Refusal {
  const days = daysBetween(start, end);
  if (days < 1) return refuse('period_reversed', `${start} is after ${end}`);
  if (days > PERIOD_DAYS_MAX) return refuse('period_too_long', `${days} days`);
  return days > LONG_PERIOD_DAYS ? ['long_period'] : [];
}

/**
 * quantity = product of all operands, exactly, in the product of their units (`12 lb × 800 mi` is 9,600 `lb.mi`).
 * Refusals: `value_missing` (an operand), `attribute_unknown` (an operand that the type does not have), `unit_unknown`,
 * `unit_dimension_mismatch`, `number_too_large`, `number_too_precise` (more than 12 decimals and no rounding declared).
 */
export function quantityOf(
  type: ActivityType,
  operands: readonly StatedOperand[],
  rounding: Rounding = 'refuse',
): RecordQuantity | Refusal {
  const extra = operands.find((operand) => !type.operands.some((spec) => spec.name === operand.name));
  if (extra) return refuse('attribute_unknown', `${type.id} has no operand "${extra.name}"`, extra.name);
  let product = new Decimal(1);
  const units: Unit[] = [];
  for (const spec of type.operands) {
    const operand = operands.find((candidate) => candidate.name === spec.name);
    if (!operand) return refuse('value_missing', `${type.id} needs "${spec.name}"`, spec.name);
    const unit = operandUnit(spec, operand);
    if (isRefusal(unit)) return unit;
    product = product.mul(operand.value);
    units.push(unit);
  }
  // Two minus signs make a plus that nobody meant: the sign is looked at before the product.
  const negative = type.operands.some((spec) => operands.some(({ name, value }) => name === spec.name && value.lt(0)));
  return scaled(product, units, rounding, negative);
}

function operandUnit(spec: OperandSpec, operand: StatedOperand): Unit | Refusal {
  const parsed = parseUnit(operand.unit);
  if (isRefusal(parsed)) return { ...parsed, at: spec.name };
  const dimensions = [spec.dimension].flat();
  const unit = parsed.parts[0];
  if (!unit || parsed.parts.length > 1 || !dimensions.includes(unit.dimension))
    return refuse('unit_dimension_mismatch', `${parsed.id} measures ${parsed.dimension}, not ${dimensions.join(' or ')}`, spec.name);
  return unit;
}

function scaled(product: Decimal, units: readonly Unit[], rounding: Rounding, negative: boolean): RecordQuantity | Refusal {
  const unit = productOf(units);
  if (!fitsDigits(product))
    return refuse('number_too_large', `more than ${INTEGER_DIGITS_MAX} digits before the decimal point`, 'quantity');
  const fits = fitsScale(product, QUANTITY_SCALE);
  if (!fits && rounding === 'refuse')
    return refuse('number_too_precise', `${product.decimalPlaces()} decimals; the scale keeps ${QUANTITY_SCALE}`, 'quantity');
  const quantity = product.toDecimalPlaces(QUANTITY_SCALE, Decimal.ROUND_HALF_EVEN);
  const flags: Flag[] = [];
  if (negative) flags.push('negative_quantity');
  if (!fits) flags.push('rounded');
  return { quantity, unit: unit.id, dimension: unit.dimension, flags };
}

/**
 * The attributes that decide the factor. An empty value counts as not given; an attribute that matters only for another dimension is left
 * out, since no factor in this unit can depend on it. Defaults are not filled in here: a default that was used is a fallback of the match.
 * Refusals: `attribute_unknown`, `attribute_missing`.
 */
export function checkAttributes(
  type: ActivityType,
  attributes: Readonly<Record<string, string>>,
  dimension: string,
): Readonly<Record<string, string>> | Refusal {
  const stated = Object.entries(attributes).filter(([, value]) => value !== '');
  for (const [name, value] of stated) {
    const spec = type.attributes.find((candidate) => candidate.name === name);
    if (!spec) return refuse('attribute_unknown', `${type.id} has no attribute "${name}"`, name);
    const wrong = wrongValue(spec, value);
    if (wrong) return refuse('attribute_unknown', wrong, name);
  }
  const applicable = type.attributes.filter((spec) => appliesTo(spec, dimension));
  const missing = applicable.find((spec) => spec.required && !stated.some(([name]) => name === spec.name));
  if (missing) return refuse('attribute_missing', `${type.id} needs "${missing.name}"`, missing.name);
  return Object.fromEntries(stated.filter(([name]) => applicable.some((spec) => spec.name === name)));
}

/** Why an attribute cannot have this value; null: it can. */
export function wrongValue(spec: AttributeSpec, value: string): string | null {
  if (spec.values && !spec.values.includes(value)) return `"${value}" is none of ${spec.values.join(', ')}`;
  if (spec.format === 'year' && !isYear(value)) return `"${value}" is no year between ${FACTOR_YEARS.first} and ${FACTOR_YEARS.last}`;
  return null;
}

function isYear(text: string): boolean {
  return /^\d{4}$/.test(text) && Number(text) >= FACTOR_YEARS.first && Number(text) <= FACTOR_YEARS.last;
}

/** Whether the attribute is asked for when the quantity is of this dimension. */
export function appliesTo(spec: AttributeSpec, dimension: Dimension | string): boolean {
  return spec.onlyFor === undefined || spec.onlyFor === dimension;
}
