import { activityType } from '../activity/activity-types';
import { COUNTRIES } from '../activity/countries';
import { attributesOfType, FACTOR_YEARS, wrongValue } from '../activity/record';
import type { ActivityType } from '../activity/vocabulary';
import type { Factor } from '../factor/factor';
import { measures, takesFactor } from '../factor/validate';
import { METHOD_PACKS } from '../methods/pack';
import { parseUnit } from '../quantity/units';
import { isRefusal, type ChoiceProblemCode } from '../refusals';
import type { FactorChoice, KeyPattern } from './choices';
import { sideOf } from './factor-index';

/** One thing for which a decision could never have an effect, and the field that it is about. */
export interface ChoiceProblem {
  readonly problem: ChoiceProblemCode;
  readonly at: string;
  readonly detail: string;
}

type Report = (problem: ChoiceProblemCode, at: string, detail: string) => void;
type Wanted = Pick<FactorChoice, 'action' | 'keys' | 'leg' | 'basis'>;
type Named = Pick<Factor, 'activityType' | 'leg' | 'supplier' | 'attributes'>;

const SUBREGION = /^([A-Z]{2})-[A-Z0-9]{1,12}$/;

/**
 * Everything for which a decision about the factor of some keys could never have an effect, or none that may be; an empty list: it can. The codes are
 * `CHOICE_PROBLEMS`.
 */
export function validateChoice(choice: Wanted, factor: Named): ChoiceProblem[] {
  const problems: ChoiceProblem[] = [];
  const report: Report = (problem, at, detail) => problems.push({ problem, at, detail });
  const { keys, leg } = choice;
  checkPlace(keys, report);
  checkYears(keys, report);
  const type = activityType(keys.activityType);
  if (type) checkAgainstType(choice, type, report);
  else report('activity_type_unknown', 'keys.activityType', keys.activityType);
  // What is refused may be of another leg: a grid factor can stand in for the use of a product.
  if (choice.action === 'pin' && factor.activityType !== keys.activityType) report('factor_of_other_type', 'factor', factor.activityType);
  if (choice.action !== 'refuse' && factor.leg !== leg) report('factor_of_other_leg', 'factor', factor.leg);
  else if (choice.action !== 'refuse' && choice.basis !== 'market' && sideOf(factor) === 'market')
    report('factor_of_market_side', 'basis', choice.basis ?? 'none is given, which means every basis');
  return problems;
}

function checkAgainstType({ keys, leg, basis }: Wanted, type: ActivityType, report: Report): void {
  const bases = METHOD_PACKS.flatMap(({ legsOf }) => legsOf(type)).filter((spec) => spec.leg === leg);
  if (!takesFactor(type, leg)) report('leg_unknown', 'leg', `${type.id} has no factor-based leg "${leg}"`);
  else if (basis !== undefined && !bases.some((spec) => spec.basis === basis))
    report('basis_unknown', 'basis', `${leg} of ${type.id} has ${[...new Set(bases.map((spec) => spec.basis))].join(', ')}`);
  const unit = keys.unit === undefined ? undefined : parseUnit(keys.unit);
  if (unit !== undefined && isRefusal(unit)) report('unit_unknown', 'keys.unit', unit.detail);
  else if (unit && !measures(type, unit)) report('unit_dimension_mismatch', 'keys.unit', `${unit.id} measures ${unit.dimension}`);
  for (const [name, value] of Object.entries(keys.attributes ?? {})) {
    const spec = attributesOfType(type).find((candidate) => candidate.name === name);
    const wrong = spec ? wrongValue(spec, value) : `${type.id} has no attribute "${name}"`;
    if (wrong) report('attribute_unknown', `keys.attributes.${name}`, wrong);
  }
}

function checkPlace({ country, region }: KeyPattern, report: Report): void {
  if (country !== undefined && !COUNTRIES.has(country)) report('country_unknown', 'keys.country', country);
  if (region === undefined) return;
  const [, of] = SUBREGION.exec(region) ?? [];
  if (of === undefined || (country !== undefined && of !== country)) report('region_malformed', 'keys.region', region);
}

function checkYears({ year }: KeyPattern, report: Report): void {
  if (year === undefined) return;
  const { from, to } = year;
  const ends = [from, to].filter((end) => end !== undefined);
  const isYear = (end: number): boolean => Number.isInteger(end) && end >= FACTOR_YEARS.first && end <= FACTOR_YEARS.last;
  if (ends.length === 0 || !ends.every(isYear) || (from !== undefined && to !== undefined && from > to))
    report('year_malformed', 'keys.year', `${from ?? ''} to ${to ?? ''}`);
}
