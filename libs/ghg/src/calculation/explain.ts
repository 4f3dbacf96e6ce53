import { activityType as typeOf } from '../activity/activity-types';
import { daysBetween, yearOf } from '../activity/dates';
import type { PeriodQuantity, Segment } from '../activity/cut';
import type { ActivityTypeId } from '../activity/vocabulary';
import { plain, QUANTITY_SCALE } from '../quantity/decimal';
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
  readonly whole: PeriodQuantity;
  readonly part: Omit<Segment, 'year'>;
}

/**
 * How a quantity came from what was stated, for people: the product of the operands (`2 t × 30 km = 60 t.km`), then the cut at the end of a year
 * (`part of 2025: 60 t.km × 31 of 62 days = 30 t.km`; see `cutAtYearEnds`). Nothing where one number was stated and nothing was cut.
 */
export function quantitySteps({ activityType, stated, unit, rounded, whole, part }: CountedQuantity): string[] {
  const steps: string[] = [];
  const total = `${plain(whole.quantity)} ${unit}`;
  if (stated.length > 1 || rounded) {
    const product = inOrderOfFormula(activityType, stated)
      .map((operand) => `${operand.text} ${operand.unit}`)
      .join(' × ');
    steps.push(`${product} = ${total}${rounded ? `, rounded half-even at ${QUANTITY_SCALE} decimals` : ''}`);
  }
  if (part.segments > 1) {
    const days = `${daysBetween(part.start, part.end)} of ${daysBetween(whole.start, whole.end)} days`;
    const rest = part.segment === part.segments ? ', what the earlier parts left' : '';
    steps.push(`part of ${yearOf(part.start)}: ${total} × ${days} = ${plain(part.quantity)} ${unit}${rest}`);
  }
  return steps;
}

/** In the order of the type's operands: what was stored kept none. */
function inOrderOfFormula(activityType: ActivityTypeId, stated: readonly OperandText[]): OperandText[] {
  const names = typeOf(activityType)?.operands.map(({ name }) => name) ?? [];
  return [...stated].sort((a, b) => names.indexOf(a.operand) - names.indexOf(b.operand));
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
