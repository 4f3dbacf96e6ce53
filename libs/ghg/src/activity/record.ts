import type { Dimension } from '../quantity/units';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { activityType } from './activity-types';
import { daysBetween } from './dates';
import { LONG_PERIOD_DAYS, type Flag } from './flags';
import { normaliseText } from './free-text';
import { quantityOf, type RecordQuantity, type Rounding, type StatedOperand } from './quantity';
import { isOriginAssumed, isOriginContradicted } from './types/fuel-origin';
import type { ActivityType, AttributeSpec, OperandSpec } from './vocabulary';

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

/**
 * What every activity type takes: how the number came about, and how good it is (pedigree: reliability, completeness, temporal, geographical and
 * technological fit, each from 1, best, to 5; Scope 3 Standard, chapter 7). Part of the key, so that rows never need re-keying; never a ground for
 * a factor.
 */
export const UNIVERSAL_ATTRIBUTES: readonly AttributeSpec[] = [
  { name: 'data_status', required: false, values: ['measured', 'invoiced', 'calculated', 'estimated', 'extrapolated'] },
  { name: 'data_quality', required: false, format: 'pedigree' },
];

/** Ten years, leap days included. */
const PERIOD_DAYS_MAX = 3653;
const PEDIGREE = /^[1-5](-[1-5]){4}$/;

/**
 * What is counted and in which unit, or the first reason why not.
 * Refusals in order of precedence: `activity_type_unknown`, those of `checkPeriod`, those of `quantityOf`, those of `checkAttributes`,
 * what an operand is refused beside (`distance_adjustment_on_actual`, `margin_beside_purchaser_price`), `fuel_origin_contradicted`.
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
  const misplaced = checkCompany(type, stated.operands, attributes);
  if (misplaced) return misplaced;
  if (isOriginContradicted(type, attributes))
    return refuse('fuel_origin_contradicted', `"${attributes.fuel}" is not ${attributes.origin}`, 'origin');
  return { ...counted, type, attributes, flags: [...counted.flags, ...period, ...flagsOf(type, attributes)] };
}

/** What the attributes say that must not go unsaid of the figure. A shipment of a pool takes no factor per distance. */
function flagsOf(type: ActivityType, attributes: Readonly<Record<string, string>>): Flag[] {
  const isRated = type.legs.some(({ leg }) => leg !== 'pooled');
  return [
    ...(isRated && attributes.distance_basis === 'actual' ? (['distance_actual'] as const) : []),
    ...(isOriginAssumed(type, attributes) ? (['fuel_origin_assumed'] as const) : []),
  ];
}

/** Flags of a period, days inclusive. Refusals: `period_reversed`, `period_too_long`. */
export function checkPeriod(start: string, end: string): Flag[] | Refusal {
  const days = daysBetween(start, end);
  if (days < 1) return refuse('period_reversed', `${start} is after ${end}`);
  if (days > PERIOD_DAYS_MAX) return refuse('period_too_long', `${days} days`);
  return days > LONG_PERIOD_DAYS ? ['long_period'] : [];
}

/**
 * Operands that do not stand beside a value of an attribute, stated or by default. Refusals: the one that the operand names
 * (`distance_adjustment_on_actual`, `margin_beside_purchaser_price`).
 */
function checkCompany(
  type: ActivityType,
  operands: readonly StatedOperand[],
  attributes: Readonly<Record<string, string>>,
): Refusal | null {
  const valueOf = (name: string): string | undefined => attributes[name] ?? type.attributes.find((spec) => spec.name === name)?.default;
  const isBeside = ({ name, notWith }: OperandSpec): boolean =>
    notWith !== undefined && operands.some((operand) => operand.name === name) && valueOf(notWith.attribute) === notWith.value;
  const spec = type.formulas.flatMap((formula) => formula.operands).find(isBeside);
  if (!spec?.notWith) return null;
  return refuse(spec.notWith.refusal, `"${spec.name}" stands beside ${spec.notWith.attribute} ${spec.notWith.value}`, spec.name);
}

/**
 * The attributes that decide the factor. An empty value counts as not given; an attribute that matters only for another dimension is left
 * out, since no factor in this unit can depend on it. Free text of the format `text` is normalised. Defaults are not filled in here: a default that was
 * used is a fallback of the match.
 * Refusals: `attribute_unknown`, `attribute_missing`.
 */
export function checkAttributes(
  type: ActivityType,
  attributes: Readonly<Record<string, string>>,
  dimension: string,
): Readonly<Record<string, string>> | Refusal {
  const stated = Object.entries(normalised(type, attributes)).filter(([, value]) => value !== '');
  for (const [name, value] of stated) {
    const spec = attributesOfType(type).find((candidate) => candidate.name === name);
    if (!spec) return refuse('attribute_unknown', `${type.id} has no attribute "${name}"`, name);
    const wrong = wrongValue(spec, value);
    if (wrong) return refuse('attribute_unknown', wrong, name);
  }
  const applicable = attributesOfType(type).filter((spec) => appliesTo(spec, dimension));
  const missing = applicable.find((spec) => spec.required && !stated.some(([name]) => name === spec.name));
  if (missing) return refuse('attribute_missing', `${type.id} needs "${missing.name}"`, missing.name);
  return Object.fromEntries(stated.filter(([name]) => applicable.some((spec) => spec.name === name)));
}

/** Free text as the key keeps it. Rows by the million have none: they are not looked through. */
function normalised(type: ActivityType, attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const ofText = type.attributes.filter(({ name, format }) => format === 'text' && attributes[name] !== undefined);
  if (ofText.length === 0) return attributes;
  return { ...attributes, ...Object.fromEntries(ofText.map(({ name }) => [name, normaliseText(attributes[name] ?? '')])) };
}

/** The attributes of the type itself and those that every type takes. */
export function attributesOfType(type: ActivityType): AttributeSpec[] {
  return [...type.attributes, ...UNIVERSAL_ATTRIBUTES];
}

/** Why an attribute cannot have this value; null: it can. */
export function wrongValue(spec: AttributeSpec, value: string): string | null {
  if (spec.values && !spec.values.includes(value)) return `"${value}" is none of ${spec.values.join(', ')}`;
  if (spec.format === 'year' && !isYear(value)) return `"${value}" is no year between ${FACTOR_YEARS.first} and ${FACTOR_YEARS.last}`;
  if (spec.format === 'pedigree' && !PEDIGREE.test(value)) return `"${value}" is not five digits from 1 to 5 such as 1-2-1-1-3`;
  return null;
}

function isYear(text: string): boolean {
  return /^\d{4}$/.test(text) && Number(text) >= FACTOR_YEARS.first && Number(text) <= FACTOR_YEARS.last;
}

/** Whether the attribute is asked for when the quantity is of this dimension. */
export function appliesTo(spec: AttributeSpec, dimension: Dimension | string): boolean {
  return spec.onlyFor === undefined || spec.onlyFor === dimension;
}
