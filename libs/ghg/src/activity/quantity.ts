import { Decimal, divide, fitsDigits, fitsScale, INTEGER_DIGITS_MAX, QUANTITY_SCALE } from '../quantity/decimal';
import { greatCircleKm } from '../quantity/great-circle';
import { UNITY, type Ratio } from '../quantity/ratio';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type { Flag } from './flags';
import { unitsOfFormula, type FormulaUnits } from './formula-units';
import { formulaFor, SPEND_METHOD } from './formulas';
import { outOfRange } from './operand-range';
import type { ActivityType, OperandSpec, QuantityFormula } from './vocabulary';

/** One operand of the quantity formula as the file states it. */
export interface StatedOperand {
  readonly name: string;
  readonly value: Decimal;
  readonly unit: string;
}

/** What a mapping declares for a number with more decimals than the scale keeps. */
export type Rounding = 'refuse' | 'half-even';

export interface RecordQuantity {
  readonly quantity: Decimal;
  /** What is left of the stated units, in canonical order: of the units that stay, none is converted at staging. */
  readonly unit: string;
  readonly dimension: string;
  /** The formula by which it was counted. */
  readonly method: string;
  readonly flags: readonly Flag[];
}

/** Together the operands have no more digits: their product is exact within the precision of the arithmetic. */
const DIGITS_MAX = 150;
const ONE = new Decimal(1);

interface ChosenFormula {
  readonly formula: QuantityFormula;
  readonly units: FormulaUnits;
}

const CHOSEN = new WeakMap<ActivityType, Map<string, ChosenFormula>>();
/** Units come from files: a file of many spellings must not fill the memory. */
const CHOSEN_MAX = 1_000;

/**
 * quantity = (Σ addends − Σ subtrahends) × Π factors ÷ Π divisors ÷ Π (1 + gross-ups), in what is left of the units (`12 lb × 800 mi` is 9,600
 * `lb.mi`; 100 persons ÷ 3 persons × 50 km is 1,666.666666666667 `km`). Products are exact; what is below the line is divided out once, half-even
 * at 12 decimals, flag `divided` if that rounded.
 *
 * Refusals in order of precedence: those of `formulaFor` (`operand_unknown`, `value_missing`, `formula_ambiguous`), those of `unitsOfFormula`
 * (`unit_unknown`, `unit_dimension_mismatch`, `currency_without_rate`, `volume_conditions_differ`), those of `outOfRange` (`share_above_one`,
 * `ratio_out_of_range`), `number_too_precise` (more digits than are multiplied exactly), `divisor_zero`, `value_missing` (no addend),
 * `coordinate_out_of_range`, the one that a formula names for a sum below zero (`mass_balance_negative`), `number_too_large`, `number_too_precise` (a
 * product of more than 12 decimals, and no rounding declared).
 */
export function quantityOf(
  type: ActivityType,
  operands: readonly StatedOperand[],
  rounding: Rounding = 'refuse',
): RecordQuantity | Refusal {
  const chosen = chosenFormula(type, operands);
  if (isRefusal(chosen)) return chosen;
  const { formula, units } = chosen;
  const statedOf = (spec: OperandSpec): StatedOperand | undefined => operands.find(({ name }) => name === spec.name);
  const wrong = outOfRange(formula, operands);
  if (wrong) return wrong;
  const digits = operands.reduce((sum, { value }) => sum + value.precision(true), 0);
  if (digits > DIGITS_MAX) return refuse('number_too_precise', `the operands have ${digits} digits together`, operands[0]?.name);
  const exact = evaluated(formula, operands, units);
  if (isRefusal(exact)) return exact;
  if (formula.belowZero && exact.numerator.mul(exact.denominator).lt(0))
    return refuse(formula.belowZero, `"${formula.method}" of ${type.id} comes to less than nothing`);
  // Two minus signs make a plus that nobody meant: the signs are looked at before the product. A longitude may be what it is.
  const below = formula.operands.some((spec) => spec.dimension !== 'angle' && statedOf(spec)?.value.lt(0));
  const counted = scaled(exact, rounding);
  if (isRefusal(counted)) return counted;
  const flags: Flag[] = below || counted.quantity.lt(0) ? ['negative_quantity'] : [];
  if (formula.method === SPEND_METHOD) flags.push('from_spend');
  flags.push(...counted.flags);
  return { quantity: counted.quantity, unit: units.unit.id, dimension: units.unit.dimension, method: formula.method, flags };
}

/**
 * A file states the same operands in the same units on row after row: the formula and what its units come to are found once for them.
 * Refusals: those of `formulaFor` and `unitsOfFormula`.
 */
function chosenFormula(type: ActivityType, operands: readonly StatedOperand[]): ChosenFormula | Refusal {
  const spelling = operands.map(({ name, unit }) => `${name} ${unit}`).join('\n');
  const ofType = CHOSEN.get(type) ?? new Map<string, ChosenFormula>();
  CHOSEN.set(type, ofType);
  const known = ofType.get(spelling);
  if (known) return known;
  const formula = formulaFor(
    type,
    operands.map(({ name }) => name),
  );
  if (isRefusal(formula)) return formula;
  const units = unitsOfFormula(formula, operands);
  if (isRefusal(units)) return units;
  if (ofType.size < CHOSEN_MAX) ofType.set(spelling, { formula, units });
  return { formula, units };
}

/** The value of the formula as an exact ratio. */
function evaluated(formula: QuantityFormula, operands: readonly StatedOperand[], units: FormulaUnits): Ratio | Refusal {
  let { numerator, denominator } = units.whole;
  let sum: Ratio | null = null;
  for (const { name, role = 'factor', dimension } of formula.operands) {
    const operand = operands.find((candidate) => candidate.name === name);
    if (!operand || isCoordinate(formula, name, dimension)) continue;
    const ratio = units.ratios.get(name) ?? UNITY;
    const value: Ratio = { numerator: operand.value.mul(ratio.numerator), denominator: ratio.denominator };
    if (role === 'addend' || role === 'subtrahend') {
      sum = added(sum, role === 'addend' ? value : { ...value, numerator: value.numerator.neg() });
      continue;
    }
    const over = role === 'gross-up' ? { ...value, numerator: value.denominator.add(value.numerator) } : value;
    if (role !== 'factor' && over.numerator.isZero()) return refuse('divisor_zero', `"${name}" would divide by zero`, name);
    const [top, bottom] = role === 'factor' ? [value.numerator, value.denominator] : [over.denominator, over.numerator];
    numerator = numerator.mul(top);
    denominator = denominator.mul(bottom);
  }
  const addend = formula.operands.find(({ role }) => role === 'addend');
  if (addend && !sum) return refuse('value_missing', `at least "${addend.name}" must be given`, addend.name);
  const distance = formula.computes === 'great-circle' ? distanceOf(operands, units) : UNITY;
  if (isRefusal(distance)) return distance;
  const terms = sum ?? UNITY;
  return {
    numerator: numerator.mul(terms.numerator).mul(distance.numerator),
    denominator: denominator.mul(terms.denominator).mul(distance.denominator),
  };
}

function added(sum: Ratio | null, term: Ratio): Ratio {
  if (!sum) return term;
  return {
    numerator: sum.numerator.mul(term.denominator).add(term.numerator.mul(sum.denominator)),
    denominator: sum.denominator.mul(term.denominator),
  };
}

function isCoordinate({ computes }: QuantityFormula, name: string, dimension: OperandSpec['dimension']): boolean {
  return computes === 'great-circle' && (dimension === 'angle' || name === 'distance_addition');
}

/** Kilometres between the stated coordinates, with what is added to them. */
function distanceOf(operands: readonly StatedOperand[], { ratios }: FormulaUnits): Ratio | Refusal {
  const value = (name: string): Decimal => operands.find((operand) => operand.name === name)?.value ?? new Decimal(0);
  const km = greatCircleKm({
    originLatitude: value('origin_latitude'),
    originLongitude: value('origin_longitude'),
    destinationLatitude: value('destination_latitude'),
    destinationLongitude: value('destination_longitude'),
  });
  if (isRefusal(km)) return km;
  const way = ratios.get('distance_addition') ?? UNITY;
  return added(
    { numerator: km, denominator: ONE },
    { numerator: value('distance_addition').mul(way.numerator), denominator: way.denominator },
  );
}

function scaled({ numerator, denominator }: Ratio, rounding: Rounding): { quantity: Decimal; flags: Flag[] } | Refusal {
  const isProduct = denominator.eq(ONE);
  const { value: quantity, rounded } = isProduct ? roundedProduct(numerator) : divide(numerator, denominator, QUANTITY_SCALE);
  if (!fitsDigits(quantity))
    return refuse('number_too_large', `more than ${INTEGER_DIGITS_MAX} digits before the decimal point`, 'quantity');
  if (isProduct && rounded && rounding === 'refuse')
    return refuse('number_too_precise', `${numerator.decimalPlaces()} decimals; the scale keeps ${QUANTITY_SCALE}`, 'quantity');
  return { quantity, flags: rounded ? [isProduct ? 'rounded' : 'divided'] : [] };
}

function roundedProduct(product: Decimal): { value: Decimal; rounded: boolean } {
  return { value: product.toDecimalPlaces(QUANTITY_SCALE, Decimal.ROUND_HALF_EVEN), rounded: !fitsScale(product, QUANTITY_SCALE) };
}
