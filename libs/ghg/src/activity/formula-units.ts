import type { ConversionStep } from '../calculation/rate';
import { conversion, conversionStep, ratioBetween, unitsDiffer } from '../quantity/convert';
import { Decimal } from '../quantity/decimal';
import { timesRatio, UNITY, type Ratio } from '../quantity/ratio';
import { compareDimensions, parseQuotient, productOf, type Dimension, type ParsedUnit, type Unit } from '../quantity/units';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { GREAT_CIRCLE_OPERANDS } from './formulas';
import type { ActivityType, Measure, OperandRole, OperandSpec, QuantityFormula } from './vocabulary';

/** An operand and the unit it is stated in. */
export interface OperandUnit {
  readonly name: string;
  readonly unit: string;
}

/** What the units of a formula come to, whatever its numbers are. */
export interface FormulaUnits {
  /** Unit of the quantity. */
  readonly unit: ParsedUnit;
  /** What each operand's number is multiplied with before it enters: a percentage, a second addend in pounds, uses counted by the thousand. */
  readonly ratios: ReadonlyMap<string, Ratio>;
  /** What the whole is multiplied with: units that cancel without being the same (`kWh` ÷ `MWh`). */
  readonly whole: Ratio;
  readonly steps: readonly ConversionStep[];
}

const KILOMETRE = productOf(unitParts('km'));
const BARE_NUMBER = productOf(unitParts('1'));
const PARTS_MAX = 3;

/**
 * The unit that a formula ends in: what stands below the line cancels what stands above it, of the same unit first, then of the same base.
 * Refusals: `unit_unknown`, `unit_dimension_mismatch`, `currency_without_rate` (money over money of another currency),
 * `volume_conditions_differ`.
 */
export function unitsOfFormula(formula: QuantityFormula, stated: readonly OperandUnit[]): FormulaUnits | Refusal {
  const above: Unit[] = formula.computes === 'great-circle' ? [...KILOMETRE.parts] : [];
  const below: Unit[] = [];
  const ratios = new Map<string, Ratio>();
  const steps: ConversionStep[] = [];
  let sum: ParsedUnit | null = null;
  for (const spec of formula.operands) {
    const operand = stated.find(({ name }) => name === spec.name);
    if (!operand) continue;
    const unit = operandUnit(spec, operand);
    if (isRefusal(unit)) return unit;
    const isComputed = formula.computes === 'great-circle' && GREAT_CIRCLE_OPERANDS.some(({ name }) => name === spec.name);
    const target: ParsedUnit | null = isComputed
      ? unit.dimension === 'distance'
        ? KILOMETRE
        : unit
      : isTerm(spec.role)
        ? (sum ?? unit)
        : null;
    if (target) {
      const way = conversion(unit.id, target.id);
      if (isRefusal(way)) return { ...way, at: spec.name };
      ratios.set(spec.name, way);
      steps.push(...way.steps);
      if (isComputed || sum) continue;
      sum = unit;
    }
    const entering = enteringUnits(spec, unit);
    if (!target) ratios.set(spec.name, entering.ratio);
    const upsideDown = spec.role === 'divisor';
    above.push(...(upsideDown ? entering.below : entering.above));
    below.push(...(upsideDown ? entering.above : entering.below));
  }
  return cancelled(above, below, ratios, steps);
}

/**
 * The products of dimensions that a quantity of this type can be counted in, each in canonical order: what a factor of the type may be stated
 * per. A choice of dimensions in which something is left below the line is none.
 */
export function measuredDimensions(type: ActivityType): readonly (readonly Dimension[])[] {
  const before = MEASURED.get(type);
  if (before) return before;
  const found = new Map<string, Dimension[]>();
  for (const formula of type.formulas) for (const dimensions of endsOf(formula)) found.set(dimensions.join('·'), dimensions);
  const measured = [...found.values()];
  MEASURED.set(type, measured);
  return measured;
}

/** A set asks of one type for thousands of factors, and a type never changes. */
const MEASURED = new WeakMap<ActivityType, readonly (readonly Dimension[])[]>();

function operandUnit(spec: OperandSpec, operand: OperandUnit): ParsedUnit | Refusal {
  const parsed = parseQuotient(operand.unit);
  if (isRefusal(parsed)) return { ...parsed, at: spec.name };
  const expected = spellings(spec);
  if (expected.includes(parsed.dimension)) return parsed;
  return refuse('unit_dimension_mismatch', `${parsed.id} measures ${parsed.dimension}, not ${expected.join(' or ')}`, spec.name);
}

/** What an operand may measure, as `parseQuotient` spells it. */
export function spellings({ dimension, per }: OperandSpec): string[] {
  const below = [per ?? []].flat();
  return [dimension].flat().flatMap((above) => (below.length === 0 ? [above] : below.map((unit) => `${above}/${unit}`)));
}

/** The units that stay in the product, and the ratio of those that are taken as bare numbers. */
function enteringUnits({ bare }: OperandSpec, unit: ParsedUnit): { above: Unit[]; below: Unit[]; ratio: Ratio } {
  const isBare = ({ dimension }: Unit): boolean => bare === true || dimension === 'ratio';
  const ratioOfBare = (units: readonly Unit[]): Ratio =>
    units
      .filter(isBare)
      .reduce((ratio, part) => timesRatio(ratio, { numerator: new Decimal(part.ratio), denominator: new Decimal(1) }), UNITY);
  const [top, bottom] = [ratioOfBare(unit.parts), ratioOfBare(unit.over)];
  const ratio = timesRatio(top, { numerator: bottom.denominator, denominator: bottom.numerator });
  return { above: unit.parts.filter((part) => !isBare(part)), below: unit.over.filter((part) => !isBare(part)), ratio };
}

function cancelled(
  above: readonly Unit[],
  below: readonly Unit[],
  ratios: ReadonlyMap<string, Ratio>,
  steps: readonly ConversionStep[],
): FormulaUnits | Refusal {
  const top = [...productOf(above).parts];
  const rest = productOf(below).parts.filter((unit) => !takeOut(top, ({ id }) => id === unit.id));
  let whole = UNITY;
  const conversions: ConversionStep[] = [];
  for (const unit of rest) {
    const over = takeOut(top, ({ base }) => base === unit.base);
    if (!over) return leftBelow(top, unit);
    whole = timesRatio(whole, ratioBetween(over, unit));
    conversions.push(conversionStep(unit, over));
  }
  if (top.length > PARTS_MAX) return refuse('unit_dimension_mismatch', `the quantity would be in ${productOf(top).id}`);
  return { unit: top.length === 0 ? BARE_NUMBER : productOf(top), ratios, whole, steps: [...steps, ...conversions] };
}

function takeOut<T>(list: T[], wanted: (item: T) => boolean): T | undefined {
  const at = list.findIndex(wanted);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

function leftBelow(top: readonly Unit[], unit: Unit): Refusal {
  const alike = top.find(({ dimension }) => dimension === unit.dimension);
  if (alike) return unitsDiffer(productOf([alike]), productOf([unit]));
  return refuse('unit_dimension_mismatch', `nothing is measured in ${unit.dimension} that ${unit.id} could be divided into`);
}

function isTerm(role: OperandRole | undefined): boolean {
  return role === 'addend' || role === 'subtrahend';
}

function endsOf(formula: QuantityFormula): Dimension[][] {
  const computed = formula.computes === 'great-circle';
  const summed = formula.operands.filter(({ role }) => isTerm(role));
  const entering = formula.operands.filter(
    (operand) =>
      operand.role !== 'gross-up' &&
      operand.bare !== true &&
      (!isTerm(operand.role) || operand === summed[0]) &&
      !(computed && GREAT_CIRCLE_OPERANDS.some(({ name }) => name === operand.name)),
  );
  let choices: { above: Dimension[]; below: Dimension[] }[] = [{ above: computed ? ['distance'] : [], below: [] }];
  for (const operand of entering)
    choices = choices.flatMap(({ above, below }) =>
      quotientsOf(operand).map(([top, bottom]) => ({ above: [...above, ...top], below: [...below, ...bottom] })),
    );
  return choices.flatMap(({ above, below }) => {
    const left = [...above];
    const open = below.filter((dimension) => takeOut(left, (candidate) => candidate === dimension) === undefined);
    return open.length > 0 ? [] : [left.sort(compareDimensions)];
  });
}

/** What an operand puts above and below the line, for each of its dimensions; a ratio puts nothing. */
function quotientsOf({ dimension, per, role }: OperandSpec): [above: Dimension[], below: Dimension[]][] {
  const below = per === undefined ? [[]] : [per].flat().map(dimensionsOf);
  return [dimension]
    .flat()
    .map(dimensionsOf)
    .flatMap((top) => below.map((bottom): [Dimension[], Dimension[]] => (role === 'divisor' ? [bottom, top] : [top, bottom])));
}

function dimensionsOf(measure: Measure): Dimension[] {
  return (measure.split('·') as Dimension[]).filter((dimension) => dimension !== 'ratio');
}

function unitParts(id: string): readonly Unit[] {
  const unit = parseQuotient(id);
  return isRefusal(unit) ? [] : unit.parts;
}
