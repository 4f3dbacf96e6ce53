import { refuse, type Refusal } from '../refusals';
import type { ActivityType, Measure, OperandSpec, QuantityFormula } from './vocabulary';

/** Where a great circle begins and ends, in degrees, and what is added to it (95 km for a flight: ISO 14083; GLEC Framework v3). */
export const GREAT_CIRCLE_OPERANDS: readonly OperandSpec[] = [
  { name: 'origin_latitude', dimension: 'angle' },
  { name: 'origin_longitude', dimension: 'angle' },
  { name: 'destination_latitude', dimension: 'angle' },
  { name: 'destination_longitude', dimension: 'angle' },
  { name: 'distance_addition', dimension: 'distance', optional: true },
];

/** The method whose quantity is bought money ÷ the price of one unit. */
export const SPEND_METHOD = 'spend-by-unit-price';

/** Adds, to every formula with an operand `distance`, one that takes coordinates instead. */
export function withGreatCircle(formulas: readonly QuantityFormula[]): QuantityFormula[] {
  const twins = formulas
    .filter(({ operands }) => operands.some(({ name }) => name === 'distance'))
    .map(({ method, operands }): QuantityFormula => ({
      method: method === 'stated' ? 'great-circle' : `${method}, great-circle`,
      operands: operands.flatMap((operand) => (operand.name === 'distance' ? GREAT_CIRCLE_OPERANDS : [operand])),
      computes: 'great-circle',
    }));
  return [...formulas, ...twins];
}

/**
 * Adds the formula quantity = spend ÷ unit price, the price in money per unit of what the first formula measures (`GBP/L`, `EUR/kWh`). Only for a
 * type whose first formula is one stated quantity; a currency of its own for either is `currency_without_rate`.
 */
export function withSpend(formulas: readonly QuantityFormula[]): QuantityFormula[] {
  const [quantity, ...others] = formulas[0]?.operands ?? [];
  if (!quantity || others.length > 0) throw new Error('withSpend: the first formula is not one stated quantity');
  return [...formulas, spendOver(quantity.dimension)];
}

/** Spend ÷ unit price, for a type of any measure. */
export function spendOver(per: Measure | readonly Measure[]): QuantityFormula {
  return {
    method: SPEND_METHOD,
    operands: [
      { name: 'spend', dimension: 'money' },
      { name: 'unit_price', dimension: 'money', per, role: 'divisor' },
    ],
  };
}

/** Every operand of any formula of the type, each name once, in the order in which the formulas name them. */
export function operandsOfType(type: ActivityType): OperandSpec[] {
  const byName = new Map<string, OperandSpec>();
  for (const { operands } of type.formulas)
    for (const operand of operands) if (!byName.has(operand.name)) byName.set(operand.name, operand);
  return [...byName.values()];
}

/**
 * The one formula of the type that the names of the stated operands fit: all that it requires, and none that it does not know.
 * Refusals: `operand_unknown` (no formula has it, or none has all of them together), `value_missing`, `formula_ambiguous`.
 */
export function formulaFor(type: ActivityType, names: readonly string[]): QuantityFormula | Refusal {
  const foreign = names.find((name) => !type.formulas.some((formula) => has(formula, name)));
  if (foreign !== undefined) return refuse('operand_unknown', `${type.id} has no operand "${foreign}"`, foreign);
  const knowing = type.formulas.filter((formula) => names.every((name) => has(formula, name)));
  if (knowing.length === 0) {
    const [first = '', ...rest] = names;
    return refuse('operand_unknown', `${type.id} has no formula of ${[first, ...rest].join(' and ')}`, rest.at(-1) ?? first);
  }
  const fitting = knowing.filter((formula) => missingOf(formula, names).length === 0);
  const [formula, other] = fitting;
  if (other && formula)
    return refuse('formula_ambiguous', `${type.id}: both "${formula.method}" and "${other.method}" take ${names.join(', ')}`);
  if (formula) return formula;
  const missing = missingOf(knowing[0] as QuantityFormula, names).map(({ name }) => name);
  return refuse('value_missing', `${type.id} needs "${missing.join('", "')}"`, missing[0]);
}

function has({ operands }: QuantityFormula, name: string): boolean {
  return operands.some((operand) => operand.name === name);
}

function missingOf({ operands }: QuantityFormula, names: readonly string[]): OperandSpec[] {
  return operands.filter(({ name, optional }) => !optional && !names.includes(name));
}
