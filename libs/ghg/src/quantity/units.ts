import { refuse, type Refusal } from '../refusals';
import type { Dimension, Unit, UnitId } from './unit';
import { UNIT_REGISTER, UNITS_AMBIGUOUS } from './unit-register';

export type { Dimension, Unit, UnitId };

/** A unit as it was read: its canonical id, its parts, and what it measures. */
export interface ParsedUnit {
  readonly id: UnitId;
  readonly parts: readonly Unit[];
  /** `mass`, or `mass·distance` for a product. */
  readonly dimension: string;
  /** The product of the base units: two units convert into each other exactly if their families are the same. */
  readonly family: string;
}

export const UNITS: readonly Unit[] = UNIT_REGISTER;

/** A product is spelled in this order, so that `km.t` and `t.km` are the same unit. */
const PRODUCT_ORDER: readonly Dimension[] = [
  'passengers',
  'rooms',
  'items',
  'money',
  'energy',
  'volume',
  'mass',
  'area',
  'distance',
  'nights',
  'time',
];

const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  UNITS.flatMap((unit) => [unit.id, ...unit.aliases].map((name) => [name, unit] as const)),
);
const PRODUCT_ALIASES: ReadonlyMap<string, string> = new Map([
  ['tkm', 't.km'],
  ['t-km', 't.km'],
  ['tonne-km', 't.km'],
  ['pkm', 'passenger.km'],
  ['passenger-km', 'passenger.km'],
  ['passenger-mile', 'passenger.mi'],
  ['short-ton-mile', 'short-ton.mi'],
  ['room-night', 'room.night'],
  ['room-nights', 'room.night'],
]);

/** No quantity formula has more operands. */
const PARTS_MAX = 3;

/** The register has few names and files have many rows: a name is taken apart once. */
const parsed = new Map<string, ParsedUnit>();

/**
 * Reads the name of a unit or of a product of units.
 * Refusals: `unit_unknown` (an ambiguous name such as `ton` says which explicit ones there are).
 */
export function parseUnit(text: string): ParsedUnit | Refusal {
  const known = parsed.get(text);
  if (known) return known;
  const names = (PRODUCT_ALIASES.get(text) ?? text).split('.');
  if (names.length > PARTS_MAX) return refuse('unit_unknown', `a product has at most ${PARTS_MAX} units`);
  const parts: Unit[] = [];
  for (const name of names) {
    const unit = BY_NAME.get(name);
    if (!unit) return refuse('unit_unknown', unknownUnitDetail(name));
    parts.push(unit);
  }
  const unit = productOf(parts);
  parsed.set(text, unit);
  return unit;
}

/** The product of units, in canonical order: pounds times miles is `lb.mi`. */
export function productOf(units: readonly Unit[]): ParsedUnit {
  const parts = [...units].sort(
    (a, b) => PRODUCT_ORDER.indexOf(a.dimension) - PRODUCT_ORDER.indexOf(b.dimension) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  return {
    id: parts.map((part) => part.id).join('.'),
    parts,
    dimension: parts.map((part) => part.dimension).join('·'),
    family: parts.map((part) => part.base).join('·'),
  };
}

function unknownUnitDetail(name: string): string {
  const explicit = UNITS_AMBIGUOUS[name] ?? UNITS_AMBIGUOUS[name.toLowerCase()];
  return explicit ? `"${name}" is ambiguous; say ${explicit.join(' or ')}` : `"${name}" is not a unit of the register`;
}
