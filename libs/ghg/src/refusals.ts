/**
 * Why a record or a leg got no number: the closed list. A refusal is never a bare error text; it has a code from here, a sentence for people,
 * and where it happened (line and column of the file, or the leg of a key).
 */
export const REFUSALS = {
  // a whole file
  file_empty: 'The file holds no line of data.',
  file_not_of_stated_kind: 'The file is not what it was said to be.',
  column_missing: 'A column that the mapping needs is not in the file.',
  column_unknown: 'The file has a column that the mapping neither reads nor names as ignored.',
  // a record
  line_malformed: 'The line cannot be split into the columns of the header.',
  no_slot_applies: 'No slot of the mapping applies to this line.',
  value_missing: 'A required value is empty.',
  number_malformed: 'The value is not a number in the declared locale.',
  number_too_large: 'The number has more digits before the decimal point than the fixed scale keeps.',
  number_too_precise: 'The number has more decimals than the fixed scale keeps, and the mapping does not declare rounding.',
  date_malformed: 'The value is not a date in the declared format.',
  period_reversed: 'The period ends before it begins.',
  period_too_long: 'The period is longer than ten years.',
  entity_unknown: 'No entity has this code.',
  activity_type_unknown: 'The activity type is not in the vocabulary.',
  unit_unknown: 'The unit is not in the register.',
  unit_dimension_mismatch: 'The unit does not measure what this activity type is measured in.',
  attribute_missing: 'The activity type needs an attribute that is not given.',
  attribute_unknown: 'The activity type has no such attribute, or the attribute no such value.',
  tag_malformed: 'The tag is not of its declared type.',
  // an organisation
  ownership_cyclic: 'The holdings run in a circle: an entity would own itself.',
  ownership_above_one: 'The shares of one entity add up to more than one.',
  // a leg
  factor_missing: 'No factor of any pinned set fits this leg.',
  factor_region_missing: 'Factors exist, but none for this region; this leg does not borrow from elsewhere.',
  factor_unit_mismatch: 'Factors exist, but none in a unit of this dimension.',
  factor_attribute_mismatch: 'Factors exist, but none for these attributes.',
  factor_supplier_missing: 'Factors exist, but only for other suppliers.',
  currency_without_rate: 'The amount is in a currency for which no factor and no exchange rate is pinned.',
  gas_unknown: 'The gas or blend is not in the pinned GWP set.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A named refusal: the code, what exactly is wrong, and the operand, attribute or entity that it is about. */
export interface Refusal {
  readonly refusal: RefusalCode;
  readonly detail: string;
  readonly at?: string;
}

/** A refusal with its place. `at` is the name of the operand, attribute or entity. */
export function refuse(refusal: RefusalCode, detail: string, at?: string): Refusal {
  return at === undefined ? { refusal, detail } : { refusal, detail, at };
}

/** Whether a kernel function refused. */
export function isRefusal<T>(result: T | Refusal): result is Refusal {
  return typeof result === 'object' && result !== null && 'refusal' in result && 'detail' in result;
}

/** What can be wrong with an uploaded factor set: the closed list. A set with one problem is refused whole. */
export const FACTOR_PROBLEMS = {
  gwp_set_unknown: 'The GWP set is not in the register.',
  code_empty: 'The factor has no code.',
  code_duplicate: 'Another factor of the set has the same code.',
  activity_type_unknown: 'The activity type is not in the vocabulary.',
  leg_unknown: 'The activity type has no such leg, or the leg takes no factor.',
  unit_unknown: 'The unit is not in the register.',
  unit_dimension_mismatch: 'The unit does not measure what the activity type is measured in.',
  region_malformed: 'The region is neither a country (GB), nor a subregion (US-CAMX), nor GLOBAL.',
  year_malformed: 'The year is not a whole year between 1990 and 2100.',
  attribute_unknown: 'The activity type has no such attribute, or the attribute no such value.',
  attribute_missing: 'A calorific basis must be stated for a factor per unit of energy.',
  gas_unknown: 'The gas has no entry in the register, or no GWP in the set of this publication.',
  gas_duplicate: 'The gas stands twice in one factor.',
  gas_amount_ambiguous: 'Exactly one of kg and kgco2e must be given for a gas.',
  amount_missing: 'The factor states no gas and no CO2e.',
  amount_malformed: 'The amount is not a plain decimal.',
  amount_negative: 'The amount is negative.',
  biogenic_misplaced: 'The biogenic leg states CO2_biogenic and nothing else.',
} as const;

export type FactorProblemCode = keyof typeof FACTOR_PROBLEMS;
