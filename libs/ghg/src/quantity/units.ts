import { isRefusal, refuse, type Refusal } from '../refusals';
import type { Dimension, Unit, UnitId } from './unit';
import { UNIT_REGISTER, UNITS_AMBIGUOUS } from './unit-register';

export type { Dimension, Unit, UnitId };

/** A unit as it was read: its canonical id, its parts, and what it measures. */
export interface ParsedUnit {
  readonly id: UnitId;
  readonly parts: readonly Unit[];
  /** What stands below the line of a quotient (`GBP/L`); empty for a product. */
  readonly over: readonly Unit[];
  /** `mass`, `mass·distance` for a product, `money/volume` for a quotient. */
  readonly dimension: string;
  /** The product of the base units: two units convert into each other exactly if their families are the same. */
  readonly family: string;
}

export const UNITS: readonly Unit[] = UNIT_REGISTER;

/** A product is spelled in this order, so that `km.t` and `t.km` are the same unit. */
const PRODUCT_ORDER: readonly Dimension[] = [
  'passengers',
  'heads',
  'vehicles',
  'rooms',
  'items',
  'uses',
  'containers',
  'money',
  'emissions',
  'energy',
  'volume',
  'mass',
  'area',
  'distance',
  'nights',
  'time',
  'ratio',
  'angle',
];

const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  UNITS.flatMap((unit) => [unit.id, ...unit.aliases].map((name) => [name, unit] as const)),
);
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['tkm', 't.km'],
  ['t-km', 't.km'],
  ['tonne-km', 't.km'],
  ['pkm', 'passenger.km'],
  ['passenger-km', 'passenger.km'],
  ['passenger-mile', 'passenger.mi'],
  ['vkm', 'vehicle.km'],
  ['vehicle-km', 'vehicle.km'],
  ['vehicle-mile', 'vehicle.mi'],
  ['short-ton-mile', 'short-ton.mi'],
  ['long-ton-mile', 'long-ton.mi'],
  ['TEU-km', 'TEU.km'],
  ['room-night', 'room.night'],
  ['room-nights', 'room.night'],
  // A power is an energy per time, so that power × time is an energy.
  ['W', 'Wh/hour'],
  ['kW', 'kWh/hour'],
  ['MW', 'MWh/hour'],
  ['GW', 'GWh/hour'],
  ['ton-of-refrigeration', 'ton-hour-refrigeration/hour'],
  ['boiler-horsepower', 'boiler-horsepower-hour/hour'],
]);

/** No product that a factor is stated per has more parts. */
const PARTS_MAX = 3;
/** A name from a file is remembered; a file of nonsense must not fill the memory. */
const PARSED_MAX = 10_000;

/** The register has few names and files have many rows: a name is taken apart once. */
const parsed = new Map<string, ParsedUnit>();

/**
 * Reads the name of a unit or of a product of units: what a quantity can be counted in.
 * Refusals: `unit_unknown` (an ambiguous name such as `ton` says which explicit ones there are; a quotient is no unit of a quantity).
 */
export function parseUnit(text: string): ParsedUnit | Refusal {
  const unit = parseQuotient(text);
  if (isRefusal(unit) || unit.over.length === 0) return unit;
  return refuse('unit_unknown', `"${text}" is a quotient of units (${unit.dimension})`);
}

/** Reads a unit, a product of units, or a quotient of two of them (`GBP/L`, `kWh/use`, `1/week`; `kW`). Refusals: `unit_unknown`. */
export function parseQuotient(text: string): ParsedUnit | Refusal {
  const known = parsed.get(text);
  if (known) return known;
  const [above = '', below, ...more] = (ALIASES.get(text) ?? text).split('/');
  if (more.length > 0) return refuse('unit_unknown', `"${text}" has more than one line of division`);
  const parts = readProduct(above);
  if (isRefusal(parts)) return parts;
  const over = below === undefined ? [] : readProduct(below);
  if (isRefusal(over)) return over;
  const unit = quotientOf(parts, over);
  if (parsed.size < PARSED_MAX) parsed.set(text, unit);
  return unit;
}

function readProduct(text: string): Unit[] | Refusal {
  const names = (ALIASES.get(text) ?? text).split('.');
  if (names.length > PARTS_MAX) return refuse('unit_unknown', `a product has at most ${PARTS_MAX} units`);
  const parts: Unit[] = [];
  for (const name of names) {
    const unit = BY_NAME.get(name);
    if (!unit) return refuse('unit_unknown', unknownUnitDetail(name));
    if (unit.dimension === 'ratio' && names.length > 1) return refuse('unit_unknown', `"${name}" has no place in a product of units`);
    parts.push(unit);
  }
  return parts;
}

/** The product of units, in canonical order: pounds times miles is `lb.mi`. */
export function productOf(units: readonly Unit[]): ParsedUnit {
  return quotientOf(units, []);
}

/** A product of units over another, each in canonical order. */
function quotientOf(above: readonly Unit[], below: readonly Unit[]): ParsedUnit {
  const [parts, over] = [inOrder(above), inOrder(below)];
  const spelled = (sign: string, name: (unit: Unit) => string): string =>
    [parts, over]
      .filter((units) => units.length > 0)
      .map((units) => units.map(name).join(sign))
      .join('/');
  return {
    id: spelled('.', ({ id }) => id),
    parts,
    over,
    dimension: spelled('·', ({ dimension }) => dimension),
    family: spelled('·', ({ base }) => base),
  };
}

function inOrder(units: readonly Unit[]): Unit[] {
  return [...units].sort((a, b) => compareDimensions(a.dimension, b.dimension) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The order in which a product names its dimensions. */
export function compareDimensions(a: Dimension, b: Dimension): number {
  return PRODUCT_ORDER.indexOf(a) - PRODUCT_ORDER.indexOf(b);
}

function unknownUnitDetail(name: string): string {
  const explicit = UNITS_AMBIGUOUS[name] ?? UNITS_AMBIGUOUS[name.toLowerCase()];
  return explicit ? `"${name}" is ambiguous; say ${explicit.join(' or ')}` : `"${name}" is not a unit of the register`;
}
