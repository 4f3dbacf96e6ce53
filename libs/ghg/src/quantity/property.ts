import type { ConversionStep } from '../calculation/rate';
import type { PropertyKind } from '../factor/factor';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { conversion, type Conversion } from './convert';
import { Decimal, plain } from './decimal';
import { inverted, ratioOf, timesRatio, type Ratio } from './ratio';
import { parseQuotient, parseUnit, productOf, type Dimension, type ParsedUnit, type UnitId } from './units';

/** The figure of a property: `10.6 kWh/L`, `0.9 1`. `source` is where it is printed, for the lineage. */
export interface PropertyFigure {
  readonly kind: PropertyKind;
  readonly value: string;
  readonly unit: UnitId;
  readonly source?: string;
}

export type CalorificBasis = 'gross' | 'net';

/**
 * What a property of this kind measures, above and below the line; kinds that convert nothing are not in it. Of vehicles UK DESNZ prints the net
 * energy per kilometre (SECR rows).
 */
const MEASURES: Readonly<Partial<Record<PropertyKind, { readonly above: Dimension; readonly below: readonly Dimension[] }>>> = {
  'gross-cv': { above: 'energy', below: ['mass', 'volume', 'distance'] },
  'net-cv': { above: 'energy', below: ['mass', 'volume', 'distance'] },
  density: { above: 'mass', below: ['volume'] },
};

/**
 * From a unit of one dimension to a unit of another, by what a stated property of the fuel says: with v = energy ÷ volume (or mass), or mass ÷
 * volume, quantity in `to` = quantity in `from` × v, and the other way quantity ÷ v. Exact; the three steps (to the property's unit, by the property,
 * to the wanted unit) are the lineage. The bridges between dimensions are these and no others (UK DESNZ full set, sheet Fuel properties).
 *
 * Refusals: `unit_unknown`, `property_unfit` (a kind, a figure or a unit that leads nowhere; a loss rate is no conversion; `net-of-gross` takes
 * `betweenCalorificBases`), `volume_conditions_differ` (a figure per cubic metre for a volume at reference conditions).
 */
export function conversionBy(from: UnitId, to: UnitId, property: PropertyFigure): Conversion | Refusal {
  const source = parseUnit(from);
  if (isRefusal(source)) return source;
  const target = parseUnit(to);
  if (isRefusal(target)) return target;
  const figure = readFigure(property);
  if (isRefusal(figure)) return figure;
  const { above, below, value } = figure;
  if (source.dimension === below.dimension && target.dimension === above.dimension)
    return throughProperty(source, below, above, target, value, sourceOf(property));
  if (source.dimension === above.dimension && target.dimension === below.dimension)
    return throughProperty(source, above, below, target, inverted(value), sourceOf(property));
  return unfit(`a ${property.kind} in ${property.unit} does not lead from ${from} to ${to}`);
}

/**
 * Energy on one calorific basis as energy on the other: net = gross × (net ÷ gross). `from` and `to` are units of energy.
 * Refusals: `unit_unknown`, `unit_dimension_mismatch`, `property_unfit`.
 */
export function betweenCalorificBases(
  from: { readonly unit: UnitId; readonly basis: CalorificBasis },
  to: { readonly unit: UnitId; readonly basis: CalorificBasis },
  property: PropertyFigure,
): Conversion | Refusal {
  const way = conversion(from.unit, to.unit);
  if (isRefusal(way)) return way;
  const value = positive(property.value);
  if (property.kind !== 'net-of-gross' || property.unit !== '1' || !value || value.gt(1))
    return unfit(`${property.kind} ${property.value} ${property.unit} is no net ÷ gross calorific value`);
  if (from.basis === to.basis) return way;
  const one = new Decimal(1);
  const ratio = from.basis === 'gross' ? ratioOf(value, one) : ratioOf(one, value);
  const step = stepOf(`${to.unit} ${from.basis}`, `${to.unit} ${to.basis}`, ratio, sourceOf(property));
  return { ...timesRatio(way, ratio), steps: [...way.steps, step] };
}

function throughProperty(
  source: ParsedUnit,
  entry: ParsedUnit,
  exit: ParsedUnit,
  target: ParsedUnit,
  value: Ratio,
  cited: string,
): Conversion | Refusal {
  const before = conversion(source.id, entry.id);
  if (isRefusal(before)) return before;
  const after = conversion(exit.id, target.id);
  if (isRefusal(after)) return after;
  const steps = [...before.steps, stepOf(entry.id, exit.id, value, cited), ...after.steps];
  return { ...timesRatio(timesRatio(before, value), after), steps };
}

function readFigure({ kind, value, unit }: PropertyFigure): { above: ParsedUnit; below: ParsedUnit; value: Ratio } | Refusal {
  const measures = MEASURES[kind];
  if (!measures) return unfit(`${kind} is no conversion between units`);
  const parsed = parseQuotient(unit);
  if (isRefusal(parsed)) return parsed;
  const [above, below] = [productOf(parsed.parts), productOf(parsed.over)];
  const fits = above.dimension === measures.above && (measures.below as readonly string[]).includes(below.dimension);
  if (!fits) return unfit(`a ${kind} is ${measures.above} per ${measures.below.join(' or ')}, not ${unit}`);
  const number = positive(value);
  return number ? { above, below, value: ratioOf(number, new Decimal(1)) } : unfit(`"${value}" is no positive number`);
}

function positive(text: string): Decimal | null {
  if (!/^\d{1,20}(\.\d{1,30})?$/.test(text)) return null;
  const value = new Decimal(text);
  return value.isZero() ? null : value;
}

function stepOf(from: string, to: string, { numerator, denominator }: Ratio, source: string): ConversionStep {
  return { from, to, numerator: plain(numerator), denominator: plain(denominator), source };
}

function sourceOf({ kind, value, unit, source }: PropertyFigure): string {
  const figure = `${kind} ${value}${unit === '1' ? '' : ` ${unit}`}`;
  return source === undefined ? figure : `${figure} (${source})`;
}

function unfit(detail: string): Refusal {
  return refuse('property_unfit', detail);
}
