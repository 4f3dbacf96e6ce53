import { activityType } from '../activity/activity-types';
import { appliesTo, FACTOR_YEARS, wrongValue } from '../activity/record';
import type { ActivityType } from '../activity/vocabulary';
import { Decimal } from '../quantity/decimal';
import { parseUnit } from '../quantity/units';
import { isRefusal, type FactorProblemCode } from '../refusals';
import type { Factor, FactorSet } from './factor';
import type { GasRegister, GwpSetId } from './gas';
import { gwpOf, kindOf } from './gwp';

/** One thing that is wrong with a factor set, and the factor and field that it is about. */
export interface FactorProblem {
  readonly problem: FactorProblemCode;
  /** Code of the factor; null where the set as a whole is meant. */
  readonly factor: string | null;
  readonly at: string;
  readonly detail: string;
}

type Report = (problem: FactorProblemCode, at: string, detail: string) => void;

const PLAIN_DECIMAL = /^-?\d{1,20}(\.\d{1,30})?$/;
const REGION = /^([A-Z]{2}(-[A-Z0-9]{1,10})?|GLOBAL)$/;

/** Everything that is wrong with a factor set; an empty list: it can be used. The codes are `FACTOR_PROBLEMS`. */
export function validateFactorSet(set: FactorSet, gases: GasRegister): FactorProblem[] {
  const problems: FactorProblem[] = [];
  if (!gases.sets.some((known) => known.id === set.gwpSet))
    problems.push({ problem: 'gwp_set_unknown', factor: null, at: 'gwpSet', detail: `"${set.gwpSet}"` });
  const codes = new Set<string>();
  set.factors.forEach((factor, i) => {
    const report: Report = (problem, at, detail) => problems.push({ problem, factor: factor.code, at: `factors[${i}].${at}`, detail });
    if (factor.code === '') report('code_empty', 'code', 'empty');
    if (codes.has(factor.code)) report('code_duplicate', 'code', factor.code);
    codes.add(factor.code);
    checkPlace(factor, report);
    const type = activityType(factor.activityType);
    if (type) checkAgainstType(factor, type, report);
    else report('activity_type_unknown', 'activityType', factor.activityType);
    checkAmounts(factor, set.gwpSet, gases, report);
  });
  return problems;
}

function checkPlace(factor: Factor, report: Report): void {
  if (!REGION.test(factor.region)) report('region_malformed', 'region', factor.region);
  if (!Number.isInteger(factor.year) || factor.year < FACTOR_YEARS.first || factor.year > FACTOR_YEARS.last)
    report('year_malformed', 'year', String(factor.year));
}

function checkAgainstType(factor: Factor, type: ActivityType, report: Report): void {
  const takesFactor = factor.leg !== 'leak' && type.legs.some((leg) => leg.leg === factor.leg);
  if (!takesFactor) report('leg_unknown', 'leg', `${type.id} has no factor-based leg "${factor.leg}"`);
  const unit = parseUnit(factor.unit);
  if (isRefusal(unit)) report('unit_unknown', 'unit', unit.detail);
  else if (
    !measures(
      type,
      unit.parts.map((part) => part.dimension),
    )
  )
    report('unit_dimension_mismatch', 'unit', `${unit.id} measures ${unit.dimension}`);
  for (const [name, value] of Object.entries(factor.attributes)) {
    if (factor.leg === 'generation' && name === 'basis' && value === 'market') continue;
    const spec = type.attributes.find((candidate) => candidate.name === name);
    const wrong = spec ? wrongValue(spec, value) : `${type.id} has no attribute "${name}"`;
    if (wrong) report('attribute_unknown', `attributes.${name}`, wrong);
  }
  if (isRefusal(unit)) return;
  const strict = type.attributes.find((spec) => spec.onlyFor && appliesTo(spec, unit.dimension) && !(spec.name in factor.attributes));
  if (strict) report('attribute_missing', `attributes.${strict.name}`, `a factor per ${unit.id} must state it`);
}

/** The unit fits if its parts take the operands one to one. */
function measures(type: ActivityType, dimensions: readonly string[]): boolean {
  const open = [...dimensions];
  for (const operand of type.operands) {
    const found = open.findIndex((dimension) => ([operand.dimension].flat() as string[]).includes(dimension));
    if (found < 0) return false;
    open.splice(found, 1);
  }
  return open.length === 0;
}

function checkAmounts(factor: Factor, gwpSet: GwpSetId, gases: GasRegister, report: Report): void {
  if (factor.gases.length === 0 && factor.kgco2e === undefined) report('amount_missing', 'gases', 'neither gases nor kgco2e');
  if (factor.kgco2e !== undefined) checkAmount(factor.kgco2e, 'kgco2e', report);
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

function checkAmount(text: string, at: string, report: Report): void {
  if (!PLAIN_DECIMAL.test(text)) report('amount_malformed', at, `"${text}"`);
  else if (new Decimal(text).isNegative()) report('amount_negative', at, text);
}
