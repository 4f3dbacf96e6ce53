import { activityType as typeOf } from '../activity/activity-types';
import type { PeriodQuantity, Segment } from '../activity/cut';
import { daysBetween, yearOf } from '../activity/dates';
import { unitsOfFormula } from '../activity/formula-units';
import { formulaFor, GREAT_CIRCLE_OPERANDS } from '../activity/formulas';
import type { ActivityTypeId, OperandRole, QuantityFormula } from '../activity/vocabulary';
import { plain, QUANTITY_SCALE } from '../quantity/decimal';
import { EARTH_RADIUS_KM } from '../quantity/great-circle';
import { isRefusal } from '../refusals';
import type { Rate } from './rate';

/** An operand as the file writes it. */
export interface OperandText {
  readonly operand: string;
  readonly text: string;
  readonly unit: string;
}

/** What an activity was before it was cut, and the part of it that is explained. */
export interface CountedQuantity {
  readonly activityType: ActivityTypeId;
  readonly stated: readonly OperandText[];
  readonly unit: string;
  /** The product was rounded, as the mapping declares. */
  readonly rounded: boolean;
  /** The quotient does not end and was rounded. */
  readonly divided?: boolean;
  readonly whole: PeriodQuantity;
  readonly part: Omit<Segment, 'year' | 'reportingYear'>;
}

/**
 * How a quantity came from what was stated, for people: the formula with its numbers (`2 t × 30 km = 60 t.km`) and the conversions inside it, then
 * the cut at the end of a year (`part of 2025: 60 t.km × 31 of 62 days = 30 t.km`; see `cutAtYearEnds`), of a calendar year that a reporting year cuts
 * with the days of the part. Nothing where one number was stated and nothing was cut.
 */
export function quantitySteps({ activityType, stated: texts, unit, rounded, divided = false, whole, part }: CountedQuantity): string[] {
  const steps: string[] = [];
  // A free text beside the operands has no unit and enters no formula.
  const stated = texts.filter((operand) => operand.unit !== '');
  const total = `${plain(whole.quantity)} ${unit}`;
  if (stated.length > 1 || rounded || divided) {
    const how = rounded || divided ? `, ${rounded ? 'rounded' : 'divided'} half-even at ${QUANTITY_SCALE} decimals` : '';
    steps.push(`${formulaText(activityType, stated)} = ${total}${how}`);
  }
  if (part.segments > 1) {
    const days = `${daysBetween(part.start, part.end)} of ${daysBetween(whole.start, whole.end)} days`;
    const rest = part.segment === part.segments ? ', what the earlier parts left' : '';
    steps.push(`part of ${yearOf(part.start)}${daysWithinYear(part, whole)}: ${total} × ${days} = ${plain(part.quantity)} ${unit}${rest}`);
  }
  return steps;
}

/** Nothing where the part is all that the period has of a calendar year. */
function daysWithinYear({ start, end }: Pick<PeriodQuantity, 'start' | 'end'>, whole: PeriodQuantity): string {
  const beginsYear = start === whole.start || start.endsWith('-01-01');
  const endsYear = end === whole.end || end.endsWith('-12-31');
  return beginsYear && endsYear ? '' : ` from ${start} to ${end}`;
}

/** The formula that the operands fit, with their texts; of a vocabulary that knows it no more, their product. */
function formulaText(activityType: ActivityTypeId, stated: readonly OperandText[]): string {
  const names = stated.map(({ operand }) => operand);
  const type = typeOf(activityType);
  const formula = type && formulaFor(type, names);
  if (!formula || isRefusal(formula)) return stated.map(figure).join(' × ');
  const ofRole = (role: OperandRole): string[] =>
    formula.operands
      .filter((spec) => (spec.role ?? 'factor') === role && !isComputed(formula, spec.name))
      .flatMap(({ name }) => stated.filter(({ operand }) => operand === name).map(figure));
  const sum = [ofRole('addend').join(' + '), ...ofRole('subtrahend')].filter((term) => term !== '').join(' − ');
  const computed = formula.computes === 'great-circle' ? [greatCircleText(stated)] : [];
  const factors = [...computed, ...ofRole('factor')];
  const divisors = [...ofRole('divisor'), ...ofRole('gross-up').map((share) => `(1 + ${share})`)];
  const isBracketed = sum.includes(' ') && factors.length + divisors.length > 0 && /[+−]/.test(sum);
  const above = [...(sum === '' ? [] : [isBracketed ? `(${sum})` : sum]), ...factors].join(' × ');
  return `${[above, ...divisors].join(' ÷ ')}${conversionsText(formula, stated)}`;
}

function conversionsText(formula: QuantityFormula, stated: readonly OperandText[]): string {
  const units = unitsOfFormula(
    formula,
    stated.map(({ operand, unit }) => ({ name: operand, unit })),
  );
  if (isRefusal(units) || units.steps.length === 0) return '';
  const steps = units.steps.map(({ from, to, numerator, denominator }) => {
    const ratio = denominator === '1' ? numerator : `${numerator}/${denominator}`;
    return `1 ${from} = ${ratio} ${to}`;
  });
  return ` (${[...new Set(steps)].join(', ')})`;
}

function isComputed({ computes }: QuantityFormula, name: string): boolean {
  return computes === 'great-circle' && GREAT_CIRCLE_OPERANDS.some((operand) => operand.name === name);
}

/** The way over the sphere; the kilometres themselves stand in no file. */
function greatCircleText(stated: readonly OperandText[]): string {
  const text = (name: string): string => stated.find(({ operand }) => operand === name)?.text ?? '';
  const place = (end: string): string => `${text(`${end}_latitude`)}° ${text(`${end}_longitude`)}°`;
  const addition = stated.find(({ operand }) => operand === 'distance_addition');
  const way = `great circle from ${place('origin')} to ${place('destination')}, radius ${EARTH_RADIUS_KM} km`;
  return `(${way}${addition ? `, + ${figure(addition)}` : ''})`;
}

/** A bare ratio has no unit to show. */
function figure({ text, unit }: OperandText): string {
  return unit === '1' ? text : `${text} ${unit}`;
}

/** The equation of an entry with its numbers, for people: kg CO2e inside the scopes, and the CO2 of biogenic origin beside them. */
export function amountFormula(rate: Rate, quantity: string, kgco2e: string, biogenicKgco2: string): string {
  const counted = `${quantity} ${rate.unit}`;
  const terms: string[] = [];
  if (!isBiogenicAlone(rate)) terms.push(`${counted} × ${rate.kgco2e} kg CO2e/${rate.unit} = ${kgco2e} kg CO2e`);
  if (rate.biogenicKgco2 !== '0')
    terms.push(`${counted} × ${rate.biogenicKgco2} kg CO2/${rate.unit} = ${biogenicKgco2} kg CO2 of biogenic origin, outside the scopes`);
  return `${terms.join('; ')}, where the rate is ${rate.formula}`;
}

/** The biogenic leg is CO2 outside the scopes and nothing else: a line of zeros would explain nothing. */
function isBiogenicAlone({ leg, biogenicKgco2 }: Rate): boolean {
  return leg === 'biogenic' && biogenicKgco2 !== '0';
}

/** The rate's own equation: what the factor prints inside the scopes, and the biogenic CO2 that it prints beside. */
export function rateFormula(leg: Rate['leg'], inside: string, biogenic: string | null): string {
  if (biogenic === null) return inside;
  return leg === 'biogenic' ? biogenic : `${inside}; ${biogenic}`;
}
