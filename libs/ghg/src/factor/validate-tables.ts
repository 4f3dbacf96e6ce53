import { activityType } from '../activity/activity-types';
import { wrongValue } from '../activity/record';
import type { ActivityType } from '../activity/vocabulary';
import { Decimal, RATE_SCALE } from '../quantity/decimal';
import { parseQuotient, parseUnit } from '../quantity/units';
import { isRefusal } from '../refusals';
import type { ExchangeRate, FuelProperty, PriceIndex, PropertyKind } from './factor';
import { checkPlace, checkYear, PLAIN_DECIMAL, type FactorProblem, type Report } from './problems';

/** What a property of each kind measures. */
const MEASURES: Readonly<Record<PropertyKind, readonly string[]>> = {
  'gross-cv': ['energy/mass', 'energy/volume', 'energy/distance'],
  'net-cv': ['energy/mass', 'energy/volume', 'energy/distance'],
  density: ['mass/volume'],
  'net-of-gross': ['ratio'],
  'loss-of-consumption': ['ratio'],
  'loss-of-generation': ['ratio'],
};
/** The basis is what the kind of a calorific value says already. */
const CALORIFIC_BASIS = 'calorific_basis';

/** What is wrong with the figures beside the factors of a set. The codes are `FACTOR_PROBLEMS`. */
export function checkTables(
  properties: readonly FuelProperty[],
  exchangeRates: readonly ExchangeRate[],
  priceIndices: readonly PriceIndex[],
): FactorProblem[] {
  const problems: FactorProblem[] = [];
  const reportOn =
    (table: string, i: number, factor: string | null): Report =>
    (problem, at, detail) =>
      problems.push({ problem, factor, at: `${table}[${i}].${at}`, detail });
  const codes = new Set<string>();
  properties.forEach((property, i) => {
    const report = reportOn('properties', i, property.code);
    if (property.code === '') report('code_empty', 'code', 'empty');
    if (codes.has(property.code)) report('code_duplicate', 'code', property.code);
    codes.add(property.code);
    checkProperty(property, report);
  });
  const rates = new Set<string>();
  exchangeRates.forEach((rate, i) => checkExchangeRate(rate, rates, reportOn('exchangeRates', i, null)));
  const indices = new Set<string>();
  priceIndices.forEach((index, i) => checkPriceIndex(index, indices, reportOn('priceIndices', i, null)));
  return problems;
}

function checkProperty(property: FuelProperty, report: Report): void {
  checkPlace(property, report);
  const type = activityType(property.activityType);
  if (type) checkAttributes(property, type, report);
  else report('activity_type_unknown', 'activityType', property.activityType);
  if (!Object.hasOwn(MEASURES, property.kind)) return report('property_kind_unknown', 'kind', property.kind);
  const unit = parseQuotient(property.unit);
  if (isRefusal(unit)) report('unit_unknown', 'unit', unit.detail);
  else if (!MEASURES[property.kind].includes(unit.dimension) || property.unit === '%')
    report('property_unit_mismatch', 'unit', `${property.kind} in ${property.unit}`);
  if (MEASURES[property.kind].includes('ratio')) checkRatio(property, report);
  else checkPositive(property.value, 'value', report);
}

/** A loss may be nothing and is never the whole; a net calorific value may be all of the gross one and is never nothing. */
function checkRatio({ kind, value }: FuelProperty, report: Report): void {
  const ratio = PLAIN_DECIMAL.test(value) ? new Decimal(value) : null;
  const fits = ratio !== null && (kind === 'net-of-gross' ? ratio.gt(0) && ratio.lte(1) : ratio.gte(0) && ratio.lt(1));
  if (!fits) report('ratio_out_of_range', 'value', `"${value}"`);
}

function checkAttributes({ attributes }: FuelProperty, type: ActivityType, report: Report): void {
  for (const [name, value] of Object.entries(attributes)) {
    const spec = type.attributes.find((candidate) => candidate.name === name && !candidate.recorded && name !== CALORIFIC_BASIS);
    const wrong = spec ? wrongValue(spec, value) : `${type.id} has no attribute "${name}" that decides a property`;
    if (wrong) report('attribute_unknown', `attributes.${name}`, wrong);
  }
  for (const { name, strict } of type.attributes)
    if (strict && name !== CALORIFIC_BASIS && !(name in attributes))
      report('attribute_missing', `attributes.${name}`, 'a property must state it');
}

function checkExchangeRate({ from, to, year, rate }: ExchangeRate, known: Set<string>, report: Report): void {
  for (const [at, currency] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (!isCurrency(currency)) report('currency_unknown', at, currency);
  if (from === to) report('currency_same', 'to', to);
  checkYear(year, report);
  checkPositive(rate, 'rate', report);
  const name = `${from} ${to} ${year}`;
  if (known.has(name)) report('exchange_rate_duplicate', 'year', name);
  known.add(name);
}

function checkPriceIndex({ series, currency, sector, year, index }: PriceIndex, known: Set<string>, report: Report): void {
  if (series === '') report('code_empty', 'series', 'empty');
  if (!isCurrency(currency)) report('currency_unknown', 'currency', currency);
  checkYear(year, report);
  checkPositive(index, 'index', report);
  const name = [series, currency, sector ?? '', year].join(' ');
  if (known.has(name)) report('price_index_duplicate', 'year', name);
  known.add(name);
}

function isCurrency(code: string): boolean {
  const unit = parseUnit(code);
  return !isRefusal(unit) && unit.dimension === 'money' && unit.id === code;
}

function checkPositive(text: string, at: string, report: Report): void {
  if (!PLAIN_DECIMAL.test(text) || !new Decimal(text).gt(0)) report('figure_not_positive', at, `"${text}"`);
  else if (new Decimal(text).decimalPlaces() > RATE_SCALE) report('amount_too_precise', at, text);
}
