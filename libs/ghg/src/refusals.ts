/**
 * Why a record or a leg got no number: the closed list. A refusal is never a bare error text; it has a code from here, a sentence for people,
 * and where it happened (line and column of the file, or the leg of a key).
 */
export const REFUSALS = {
  // a whole file
  file_empty: 'The file holds no line of data.',
  file_not_of_stated_kind: 'The file is not what it was said to be.',
  file_unreadable: 'The file is damaged, or breaks off in the middle.',
  file_too_large: 'The file exceeds a limit that protects everybody else.',
  sheet_missing: 'The workbook has no such sheet.',
  column_type_unsupported: 'A column that the mapping needs is of a type that is not read.',
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
  volume_conditions_differ: 'A gas volume at reference conditions is no other volume without stated conditions.',
  operand_unknown: 'The activity type has no such operand, or no formula that takes these operands together.',
  formula_ambiguous: 'The stated operands fit more than one formula of the activity type.',
  divisor_zero: 'The quantity would be divided by zero.',
  share_above_one: 'The share is above 100 %.',
  coordinate_out_of_range: 'A latitude is beyond 90 degrees, or a longitude beyond 180.',
  distance_adjustment_on_actual: 'A distance adjustment belongs to a planned distance, not to an actual one.',
  ratio_out_of_range: 'The ratio, rate, part, stock or number of times is outside what it can be.',
  margin_beside_purchaser_price: 'A margin is taken off for a factor per basic price; a purchaser price holds it.',
  fuel_origin_contradicted: 'The fuel is stated to be of an origin that its name rules out.',
  attribute_missing: 'The activity type needs an attribute that is not given.',
  attribute_unknown: 'The activity type has no such attribute, or the attribute no such value.',
  tag_malformed: 'The tag is not of its declared type.',
  // an organisation
  ownership_cyclic: 'The holdings run in a circle: an entity would own itself.',
  ownership_above_one: 'The shares of one entity add up to more than one.',
  lease_conflict: 'An entity has two leases on one day.',
  lease_reason_missing: 'A lessee is said to lack control, and nothing says why.',
  // a method pack
  method_pack_unknown: 'No method pack has this name.',
  approach_not_in_pack: 'The method pack of the book does not know this approach.',
  gwp_set_not_in_pack: 'The method pack of the book does not know this GWP set.',
  bridge_order_unknown: 'No order of substitution has this id.',
  threshold_malformed: 'The significance threshold is not a share between 0 and 1.',
  // a key
  classification_missing: 'Nobody has said yet what this text is.',
  classification_target_unfit: 'The text cannot be classified as this activity type: it counts otherwise, or its rows are read by pools.',
  // a leg
  factor_missing: 'No factor of any pinned set fits this leg.',
  factor_region_missing: 'Factors exist, but none for this region; this leg does not borrow from elsewhere.',
  factor_unit_mismatch: 'Factors exist, but none in a unit of this dimension.',
  factor_attribute_mismatch: 'Factors exist, but none for these attributes.',
  factor_supplier_missing: 'Factors exist, but only for other suppliers.',
  factor_refused_by_person: 'Every factor that would serve was refused by a person.',
  chosen_factor_missing: 'The factor that a person chose is in no pinned set.',
  chosen_factor_unfit: 'The factor that a person chose does not serve this key.',
  currency_without_rate: 'The amount is in a currency for which no factor and no exchange rate is pinned.',
  price_year_without_index: 'No pinned price index has both the year of the price and the year of the factor.',
  property_unfit: 'The property does not lead from the one unit to the other.',
  gas_unknown: 'The gas or blend is not in the pinned GWP set.',
  gwp_set_unknown: 'The GWP set is not in the register.',
  factor_calorific_basis_other: 'Factors exist, but only on the other calorific basis, and no ratio of net to gross is pinned.',
  price_year_missing: 'The amount of money does not say of which year its prices are.',
  property_missing: 'No property of the fuel or the grid that leads from one figure to the other is pinned.',
  // a pool
  pool_without_members: 'No activity is in what the pool selects.',
  pool_overlaps: 'Another pool of the same kind takes these rows already.',
  pool_missing: 'Only a pool can count these rows, and none takes them.',
  instrument_unknown: 'Megawatt-hours of an instrument are allocated that is not there.',
  instrument_used_twice: 'The code or the registry id of the instrument stands on another instrument too.',
  instrument_over_allocated: 'More of the instrument is allocated than was retired.',
  instrument_criteria_failed: 'The instrument does not pass a quality criterion that is asked of its kind.',
  instrument_vintage_outside: 'The vintage of the instrument is too far from the year of the consumption.',
  instrument_retired_before_vintage: 'The instrument was retired before the vintage that it is of began.',
  instrument_member_unrated: 'The consumption has no market-based rate whose place an instrument could take.',
  instrument_market_differs: 'The instrument is of another market than the consumption.',
  time_zone_unknown: 'The time zone is not in the IANA database.',
  profile_missing: 'Matching by the hour needs an hourly profile that is not there.',
  profile_hours_wrong: 'The profile has not as many values as the year has hours.',
  profile_time_zones_differ: 'The hours of two profiles do not begin together.',
  profile_does_not_close: 'The hours of the profile do not sum to the amount that they are of.',
  allocation_source_unrated: 'What is to be shared out has no rate: nothing of it counts anywhere.',
  allocation_receiver_twice: 'A receiver of the shared total stands twice.',
  allocation_weight_negative: 'A weight is negative.',
  allocation_without_weight: 'All weights are zero: nothing says how to share out.',
  mass_balance_open: 'The opening or closing stock is not stated.',
  mass_balance_negative: 'The mass balance says that less than nothing has leaked.',
  survey_population_missing: 'Nothing says how many heads the survey stands for.',
  survey_population_twice: 'The heads of an entity and year are stated twice.',
  survey_respondents_above_heads: 'More heads answered than there are.',
  survey_without_respondents: 'Nobody answered: there is nothing to extrapolate from.',
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

/** What can be wrong with a person's decision about factors: the closed list. Such a decision could never have an effect. */
export const CHOICE_PROBLEMS = {
  activity_type_unknown: 'The activity type is not in the vocabulary.',
  leg_unknown: 'The activity type has no such leg, or the leg takes no factor.',
  basis_unknown: 'The leg has no such basis.',
  unit_unknown: 'The unit is not in the register.',
  unit_dimension_mismatch: 'The unit does not measure what the activity type is measured in.',
  year_malformed: 'The years are not whole years between 1990 and 2100 in their order, or none is given.',
  country_unknown: 'The country is no code of ISO 3166-1 alpha-2.',
  region_malformed: 'The region is not a subregion (US-CAMX), or not one of the stated country.',
  attribute_unknown: 'The activity type has no such attribute, or the attribute no such value.',
  factor_of_other_type: 'The factor is of another activity type: only an override takes it.',
  factor_of_other_leg: 'The factor is of another leg.',
  factor_of_market_side: 'The factor is of the market side (of one supplier, or a residual mix): the decision is for basis market alone.',
} as const;

export type ChoiceProblemCode = keyof typeof CHOICE_PROBLEMS;

/** What can be wrong with an uploaded factor set: the closed list. A set with one problem is refused whole. */
export const FACTOR_PROBLEMS = {
  gwp_set_unknown: 'The GWP set is not in the register.',
  code_empty: 'The factor has no code.',
  code_duplicate: 'Another factor of the set has the same code.',
  activity_type_unknown: 'The activity type is not in the vocabulary.',
  leg_unknown: 'The activity type has no such leg, or the leg takes no factor.',
  unit_unknown: 'The unit is not in the register.',
  unit_dimension_mismatch: 'The unit does not measure what the activity type is measured in.',
  region_malformed:
    'The region is neither a country of ISO 3166-1 (GB), nor a subregion of one (US-CAMX), nor a registered group of countries (EU, EEA), nor GLOBAL.',
  year_malformed: 'The year is not a whole year between 1990 and 2100.',
  attribute_unknown: 'The activity type has no such attribute, or the attribute no such value.',
  attribute_missing: 'The figure leaves open a decisive attribute of the activity type (calorific basis, fuel, treatment ...).',
  gas_unknown: 'The gas has no entry in the register, or no GWP in the set of this publication.',
  gas_duplicate: 'The gas stands twice in one factor.',
  gas_amount_ambiguous: 'Exactly one of kg and kgco2e must be given for a gas.',
  amount_missing: 'The factor states no gas and no CO2e.',
  amount_malformed: 'The amount is not a plain decimal.',
  amount_negative: 'The amount is negative.',
  biogenic_misplaced: 'The biogenic leg states CO2_biogenic and nothing else.',
  gases_above_total: 'The gases add up to more than the total that is given beside them.',
  residual_unclosed: 'The gases explain too little of the total: a unit may have slipped.',
  amount_too_precise: 'The amount has more than 18 decimals.',
  gsd_below_one: 'A geometric standard deviation is a plain decimal of at least 1.',
  set_empty: 'The set holds no factor, property, exchange rate or price index.',
  property_kind_unknown: 'The kind of property is none of the closed list.',
  property_unit_mismatch: 'The unit is not what a property of this kind is stated in.',
  ratio_out_of_range: 'The ratio is not between 0 and 1.',
  figure_not_positive: 'The figure is not a plain decimal above 0.',
  currency_unknown: 'The currency is not in the register.',
  currency_same: 'The exchange rate leads from a currency to itself.',
  exchange_rate_duplicate: 'Another exchange rate of the set has the same currencies and year.',
  price_index_duplicate: 'Another index of the set has the same series, currency, sector and year.',
} as const;

export type FactorProblemCode = keyof typeof FACTOR_PROBLEMS;
