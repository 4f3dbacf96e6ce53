import { Decimal, plain } from '../quantity/decimal';
import { parseQuotient } from '../quantity/units';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type { StatedOperand } from './quantity';
import type { OperandSpec, QuantityFormula } from './vocabulary';

const ONE = new Decimal(1);
const PERCENT = new Decimal(100);
/** What can be more than this is a count, of days or hours, and nobody states it as a percentage. */
const RATE_MAX = new Decimal(10);

/**
 * The first operand that is less or more than it can be, and what was probably meant: 20 for 20 %. Nothing is corrected.
 * Refusals, operand by operand in the order of the formula: `ratio_out_of_range`, `share_above_one` (a share above one, or a part above its whole).
 */
export function outOfRange({ operands: specs }: QuantityFormula, operands: readonly StatedOperand[]): Refusal | null {
  for (const spec of specs) {
    const operand = operands.find(({ name }) => name === spec.name);
    if (!operand) continue;
    const part = operands.find(({ name }) => name === spec.wholeOf);
    const wrong = belowMin(spec, operand) ?? aboveMax(spec, operand) ?? (part ? notAPart(part, operand) : null);
    if (wrong) return wrong;
  }
  return null;
}

function belowMin({ name, min }: OperandSpec, operand: StatedOperand): Refusal | null {
  if (min === undefined || !scalar(operand).lt(min)) return null;
  return refuse('ratio_out_of_range', `${spelled(operand)} is less than ${min}${asLift(operand, min)}`, name);
}

function aboveMax({ name, max, role }: OperandSpec, operand: StatedOperand): Refusal | null {
  if (max === undefined || !scalar(operand).gt(max)) return null;
  const isShare = max === '1' && role !== 'gross-up';
  const meant = asPercentage(operand, max);
  return refuse(isShare ? 'share_above_one' : 'ratio_out_of_range', meant ?? `${spelled(operand)} is more than ${max}`, name);
}

/** A part lies between nothing and its whole: two minus signs would make a share that nobody has. */
function notAPart(part: StatedOperand, whole: StatedOperand): Refusal | null {
  const negative = [part, whole].find((operand) => scalar(operand).lt(0));
  if (negative) return refuse('ratio_out_of_range', `${spelled(negative)} is less than 0`, negative.name);
  if (!scalar(part).gt(scalar(whole))) return null;
  return refuse('share_above_one', `${spelled(part)} is more than the whole, ${spelled(whole)}`, part.name);
}

/** Of a bare number that would fit as a percentage. */
function asPercentage({ value, unit }: StatedOperand, max: string): string | null {
  if (unit !== '1' || RATE_MAX.lt(max) || value.gt(PERCENT.mul(max))) return null;
  return `${plain(value)} is ${grouped(value.mul(PERCENT))} %: write ${plain(value)} %`;
}

/** Of a number that must be at least one: what is added was stated alone. */
function asLift(operand: StatedOperand, min: string): string {
  const value = scalar(operand);
  return min === '1' && value.gt(0) ? `: for ${plain(value.mul(PERCENT))} % more write ${plain(value.add(ONE).mul(PERCENT))} %` : '';
}

function spelled({ value, unit }: StatedOperand): string {
  return unit === '1' ? plain(value) : `${plain(value)} ${unit}`;
}

function grouped(value: Decimal): string {
  return plain(value).replace(/\B(?<!\..*)(?=(\d{3})+(?!\d))/g, ',');
}

/** The number in base units: two operands of one family compare by it. */
function scalar({ value, unit }: StatedOperand): Decimal {
  const parsed = parseQuotient(unit);
  return isRefusal(parsed) ? value : parsed.parts.reduce((product, part) => product.mul(part.ratio), value);
}
