import type { MatchKey } from '../activity/vocabulary';
import type { FallbackCode, Rate } from '../calculation/rate';
import { parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';
import { parsePedigree, type Pedigree, type Score } from './indicators';

/** How a figure came about (universal attribute `data_status`); `not-stated` where a record says nothing. */
export const DATA_STATUSES = ['measured', 'invoiced', 'calculated', 'estimated', 'extrapolated', 'not-stated'] as const;
export type DataStatus = (typeof DATA_STATUSES)[number];

/** What was assumed where nobody stated a quality: never silent, counted in tonnes by every reading. The closed list. */
export const ASSUMPTIONS = {
  activity_quality_from_status: 'No pedigree is stated for the activity; it was taken from its data status.',
  activity_quality_not_stated:
    'Neither pedigree nor data status is stated for the activity; reliability and completeness count as unknown (5).',
  factor_quality_from_lineage: 'No uncertainty is stated for the factor; its pedigree was taken from publisher, year, region and match.',
  factor_fit_from_lineage:
    'The uncertainty of the factor is stated; how well it fits in time, place and technology was taken from year, region and match.',
  basic_uncertainty_not_stated: 'No basic uncertainty is documented for this gas from this class of source; 1 was used.',
  factor_quality_unknown: 'The factor set is invented; reliability and completeness of its factors count as unknown (5).',
  input_quality_assumed:
    'No uncertainty is stated for a property, exchange rate, price index or loss rate; the default 2-2-1-1-2 was used.',
  gwp_range_general: 'No uncertainty of this gas is printed for this GWP set; ±35 % (90 %) was used.',
} as const;
export type Assumption = keyof typeof ASSUMPTIONS;

/** A pedigree, and what had to be assumed for it; null: it is stated. */
export interface AssumedPedigree {
  readonly pedigree: Pedigree;
  readonly assumption: Assumption | null;
}

/**
 * What a data status says about reliability and completeness, in the words of the pedigree matrix: a reading or a bill is data based on
 * measurements that nobody has verified (2); what is calculated rests partly on estimates (3); an estimate is a qualified one (4).
 * An extrapolation stands on some of the sites or people only (completeness 4).
 */
const OF_STATUS: Readonly<Record<DataStatus, readonly [reliability: Score, completeness: Score]>> = {
  measured: [2, 1],
  invoiced: [2, 1],
  calculated: [3, 1],
  estimated: [4, 2],
  extrapolated: [4, 4],
  'not-stated': [5, 5],
};

/** The data status of a key; a rate that a pool has made (a mass balance, an instrument) has no key, and its quantity is `calculated`. */
export function dataStatusOf(key: MatchKey | null): DataStatus {
  if (key === null) return 'calculated';
  const stated = key.attributes['data_status'];
  return DATA_STATUSES.find((status) => status === stated) ?? 'not-stated';
}

/**
 * Quality of the activity data of a key: the stated pedigree (`data_quality`), else reliability and completeness by the data status. A record is
 * about its own period, entity and thing, so time, geography and technology are 1.
 */
export function activityPedigree(key: MatchKey | null, status: DataStatus = dataStatusOf(key)): AssumedPedigree {
  const stated = parsePedigree(key?.attributes['data_quality'] ?? '');
  if (!isRefusal(stated)) return { pedigree: stated, assumption: null };
  const [reliability, completeness] = OF_STATUS[status];
  const assumption = status === 'not-stated' ? 'activity_quality_not_stated' : 'activity_quality_from_status';
  return { pedigree: { reliability, completeness, time: 1, geography: 1, technology: 1 }, assumption };
}

/**
 * Quality of the factor of a rate for this key, from its lineage: time by the years between factor and activity, geography by the region fallback,
 * technology by supplier and attributes; reliability and completeness 2 for a published figure, 5 for an invented set. The bounds are those of the
 * pedigree matrix (Weidema and Wesnæs 1996).
 */
export function factorPedigree(rate: Rate, key: MatchKey | null): AssumedPedigree {
  const { factor, fallbacks } = rate;
  const known: Score = factor?.invented ? 5 : 2;
  const years = factor && key ? key.year - factor.year : 0;
  const pedigree: Pedigree = {
    reliability: known,
    completeness: known,
    time: timeScore(years < 0 ? -years : years),
    geography: geographyScore(fallbacks),
    technology: technologyScore(rate, key),
  };
  return { pedigree, assumption: known === 5 ? 'factor_quality_unknown' : 'factor_quality_from_lineage' };
}

/** Quality of a property, an exchange rate, a price index or a loss rate: published, of the thing itself. A named default. */
export const INPUT_PEDIGREE: Pedigree = { reliability: 2, completeness: 2, time: 1, geography: 1, technology: 2 };

/** Less than 3, 6, 10, 15 years of difference: 1, 2, 3, 4; more: 5. */
function timeScore(years: number): Score {
  const bounds = [3, 6, 10, 15];
  const score = bounds.findIndex((bound) => years < bound) + 1;
  return (score === 0 ? 5 : score) as Score;
}

/** The area itself 1; a larger area that contains it, or what a person chose, 2; another country, of which nothing is known, 5. */
function geographyScore(fallbacks: readonly FallbackCode[]): Score {
  if (fallbacks.includes('region_other_country')) return 5;
  const isWider = (['region_national', 'region_group', 'region_global', 'chosen_by_person'] as const).some((fallback) =>
    fallbacks.includes(fallback),
  );
  return isWider ? 2 : 1;
}

/** The supplier's own figure 1; the same thing of others 2; a general factor for a stated or defaulted attribute, or what a person chose, 3; a sector's average per money 4. */
function technologyScore(rate: Rate, key: MatchKey | null): Score {
  if (isSupplierSpecific(rate, key)) return 1;
  if (isPerMoney(rate.unit)) return 4;
  const isOther = (['attribute_general', 'attribute_default', 'chosen_by_person'] as const).some((fallback) =>
    rate.fallbacks.includes(fallback),
  );
  return isOther ? 3 : 2;
}

/** The unit is one of money: the activity is spend. */
export function isPerMoney(unit: string): boolean {
  const parsed = parseUnit(unit);
  return !isRefusal(parsed) && parsed.dimension === 'money';
}

/** The factor is of the supplier whom the activity names and serves without a person's override, the rate is a contract's, or the figure came stated as CO2e by whoever caused it. */
export function isSupplierSpecific(rate: Rate, key: MatchKey | null): boolean {
  if (rate.leg === 'stated' || rate.inputs?.some(({ kind }) => kind === 'instrument')) return true;
  const isGeneral = (['supplier_general', 'chosen_by_person'] as const).some((fallback) => rate.fallbacks.includes(fallback));
  return Boolean(key?.supplier) && rate.factor !== null && rate.basis !== 'location' && !isGeneral;
}
