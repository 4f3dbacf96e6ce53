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
  value_missing: 'A required value is empty.',
  number_malformed: 'The value is not a number in the declared locale.',
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
