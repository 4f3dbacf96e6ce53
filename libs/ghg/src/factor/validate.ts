import { activityType } from '../activity/activity-types';
import { measuredDimensions } from '../activity/formula-units';
import { appliesTo, wrongValue } from '../activity/record';
import type { ActivityType, LegId } from '../activity/vocabulary';
import { METHOD_PACKS } from '../methods/pack';
import { Decimal, RATE_SCALE } from '../quantity/decimal';
import { parseUnit, type ParsedUnit } from '../quantity/units';
import { isRefusal } from '../refusals';
import type { Factor, FactorSet } from './factor';
import type { GasRegister, GwpSetId } from './gas';
import { gwpOf, kindOf } from './gwp';
import { checkPlace, PLAIN_DECIMAL, type FactorProblem, type Report } from './problems';
import { checkTables } from './validate-tables';

export type { FactorProblem } from './problems';

/** Legs whose rate is made without a factor. */
const WITHOUT_FACTOR: readonly LegId[] = ['stated', 'energy', 'radiative-forcing', 'pooled'];
/** What a sum of rounded gases may exceed a rounded total by; more is a slip of unit or a gas counted twice. */
const ABOVE_TOTAL_MAX = new Decimal('0.01');
/** What a total may exceed the sum of its CO2, CH4 and N2O by; wide, since a split may leave a trace gas out. */
const BELOW_TOTAL_MAX = new Decimal('0.05');

/** Everything that is wrong with a factor set; an empty list: it can be used. The codes are `FACTOR_PROBLEMS`. */
export function validateFactorSet(set: FactorSet, gases: GasRegister): FactorProblem[] {
  const problems: FactorProblem[] = [];
  if (!gases.sets.some((known) => known.id === set.gwpSet))
    problems.push({ problem: 'gwp_set_unknown', factor: null, at: 'gwpSet', detail: `"${set.gwpSet}"` });
  const { factors, properties = [], exchangeRates = [], priceIndices = [] } = set;
  if (factors.length + properties.length + exchangeRates.length + priceIndices.length === 0)
    problems.push({ problem: 'set_empty', factor: null, at: 'factors', detail: 'nothing in it' });
  const codes = new Set<string>();
  factors.forEach((factor, i) => {
    const report: Report = (problem, at, detail) => problems.push({ problem, factor: factor.code, at: `factors[${i}].${at}`, detail });
    if (factor.code === '') report('code_empty', 'code', 'empty');
    if (codes.has(factor.code)) report('code_duplicate', 'code', factor.code);
    codes.add(factor.code);
    checkPlace(factor, report);
    const type = activityType(factor.activityType);
    if (type) checkAgainstType(factor, type, report);
    else report('activity_type_unknown', 'activityType', factor.activityType);
    checkAmounts(factor, set.gwpSet, gases, report);
    checkTotal(factor, set.gwpSet, gases, report);
  });
  return [...problems, ...checkTables(properties, exchangeRates, priceIndices)];
}

function checkAgainstType(factor: Factor, type: ActivityType, report: Report): void {
  if (!takesFactor(type, factor.leg)) report('leg_unknown', 'leg', `${type.id} has no factor-based leg "${factor.leg}"`);
  const unit = parseUnit(factor.unit);
  if (isRefusal(unit)) report('unit_unknown', 'unit', unit.detail);
  else if (!measures(type, unit)) report('unit_dimension_mismatch', 'unit', `${unit.id} measures ${unit.dimension}`);
  for (const [name, value] of Object.entries(factor.attributes)) {
    if (factor.leg === 'generation' && name === 'basis' && value === 'market') continue;
    const spec = type.attributes.find((candidate) => candidate.name === name && !candidate.recorded);
    const wrong = spec ? wrongValue(spec, value) : `${type.id} has no attribute "${name}" that decides a factor`;
    if (wrong) report('attribute_unknown', `attributes.${name}`, wrong);
  }
  if (isRefusal(unit)) return;
  // What is left open of a decisive attribute with a default is that default.
  const decisive = type.attributes.filter((spec) => spec.strict && spec.default === undefined && appliesTo(spec, unit.dimension));
  for (const { name } of decisive)
    if (!(name in factor.attributes)) report('attribute_missing', `attributes.${name}`, `a factor per ${unit.id} must state it`);
}

/** Whether a leg of the type takes a factor. A set serves every book: a factor may be for a leg that only some method pack has. */
export function takesFactor(type: ActivityType, leg: LegId): boolean {
  if (WITHOUT_FACTOR.includes(leg) || !METHOD_PACKS.some(({ legsOf }) => legsOf(type).some((spec) => spec.leg === leg))) return false;
  return leg !== 'leak' || !type.attributes.some(({ name }) => name === 'gas');
}

/** Whether activities of the type can be counted in a unit: its parts are what a formula of the type ends in. */
export function measures(type: ActivityType, unit: ParsedUnit): boolean {
  const dimensions = unit.parts.map((part) => part.dimension).sort();
  return measuredDimensions(type).some(
    (ends) => ends.length === dimensions.length && [...ends].sort().every((end, i) => end === dimensions[i]),
  );
}

function checkAmounts(factor: Factor, gwpSet: GwpSetId, gases: GasRegister, report: Report): void {
  if (factor.gases.length === 0 && factor.kgco2e === undefined) report('amount_missing', 'gases', 'neither gases nor kgco2e');
  if (factor.kgco2e !== undefined) checkAmount(factor.kgco2e, 'kgco2e', report);
  if (factor.gsd !== undefined && !isDeviation(factor.gsd)) report('gsd_below_one', 'gsd', `"${factor.gsd}"`);
  const seen = new Set<string>();
  factor.gases.forEach((amount, i) => {
    const at = `gases[${i}]`;
    const kg = 'kg' in amount ? amount.kg : undefined;
    const stated = 'kgco2e' in amount ? amount.kgco2e : undefined;
    if ((kg === undefined) === (stated === undefined)) report('gas_amount_ambiguous', at, amount.gas);
    for (const text of [kg, stated]) if (text !== undefined) checkAmount(text, at, report);
    if (seen.has(amount.gas)) report('gas_duplicate', at, amount.gas);
    seen.add(amount.gas);
    const gwp = gwpOf(gases, gwpSet, amount.gas);
    if (isRefusal(gwp)) report('gas_unknown', at, gwp.detail);
  });
  if (factor.leg === 'biogenic' && (factor.kgco2e !== undefined || factor.gases.some((amount) => kindOf(gases, amount.gas) !== 'biogenic')))
    report('biogenic_misplaced', 'gases', 'the biogenic leg is CO2 outside the scopes alone');
}

function isDeviation(text: string): boolean {
  return PLAIN_DECIMAL.test(text) && new Decimal(text).gte(1);
}

/** A blank cell of a publication is no figure; a printed zero is one. */
function checkAmount(text: string, at: string, report: Report): void {
  if (text.trim() === '') return report('amount_missing', at, 'blank');
  if (!PLAIN_DECIMAL.test(text)) report('amount_malformed', at, `"${text}"`);
  else if (new Decimal(text).isNegative()) report('amount_negative', at, text);
  else if (new Decimal(text).decimalPlaces() > RATE_SCALE) report('amount_too_precise', at, text);
}

/**
 * A total that is less than its gases is no total, and one that is far more than all three of CO2, CH4 and N2O has a gas in a wrong unit. Publishers
 * round each line by itself: up to 1 % above (5 % below), or half the last printed digit of every line where the figures are small, is their
 * rounding; a trailing zero is printed, too. What radiative forcing adds is no gas and stays a residual, as does whatever a split leaves open that
 * does not name all three.
 */
function checkTotal(factor: Factor, gwpSet: GwpSetId, gases: GasRegister, report: Report): void {
  const { kgco2e } = factor;
  if (kgco2e === undefined || !PLAIN_DECIMAL.test(kgco2e)) return;
  const total = new Decimal(kgco2e);
  if (total.isNegative()) return;
  const { sum, digits } = splitOf(factor, kgco2e, gwpSet, gases);
  const comes = `the gases come to ${sum.toFixed()}, the total is ${kgco2e}`;
  const rounding = (share: Decimal): Decimal => Decimal.max(total.mul(share), digits);
  if (sum.sub(total).gt(rounding(ABOVE_TOTAL_MAX))) report('gases_above_total', 'kgco2e', comes);
  if (closes(factor) && total.sub(sum).gt(rounding(BELOW_TOTAL_MAX))) report('residual_unclosed', 'kgco2e', comes);
}

/** Σ Kyoto gases as CO2e, and how far the printing of the lines and of the total can be off: half the last digit of each, as CO2e. */
function splitOf(factor: Factor, kgco2e: string, gwpSet: GwpSetId, gases: GasRegister): { sum: Decimal; digits: Decimal } {
  let sum = new Decimal(0);
  let digits = halfDigitOf(kgco2e);
  for (const amount of factor.gases) {
    const text = 'kg' in amount ? amount.kg : amount.kgco2e;
    const gwp = 'kg' in amount ? gwpOf(gases, gwpSet, amount.gas) : new Decimal(1);
    if (isRefusal(gwp) || kindOf(gases, amount.gas) !== 'kyoto' || !PLAIN_DECIMAL.test(text)) continue;
    sum = sum.add(new Decimal(text).mul(gwp));
    digits = digits.add(halfDigitOf(text).mul(gwp));
  }
  return { sum, digits };
}

/** Half of the last digit as it is printed: `0.50` has two decimals. */
function halfDigitOf(text: string): Decimal {
  return new Decimal(10).pow(-(text.split('.')[1]?.length ?? 0)).mul('0.5');
}

/** Whether the split names all three gases of a fuel, so that next to nothing is left to explain. */
function closes({ gases, attributes }: Factor): boolean {
  const names = (gas: string): boolean => gases.some((amount) => amount.gas === gas || amount.gas.startsWith(`${gas}_`));
  return attributes.radiative_forcing !== 'with' && gases.some(({ gas }) => gas === 'CO2') && names('CH4') && names('N2O');
}
