import type { Rate } from '../calculation/rate';
import { isWithheld, withheldFigures } from '../calculation/withheld';
import { Decimal, plain } from '../quantity/decimal';

/** How often a reading is made to find out what its figures rest on. */
export type Readings<View> = readonly [shown: View, once: View, twice: View];

/** What every withheld rate of a reading is multiplied by: one number per withheld figure, so that a figure of the reading tells what it rests on. */
export class Probes {
  private readonly multipliers = new Map<string, Decimal>();

  constructor(rates: readonly Pick<Rate, 'factor' | 'inputs'>[]) {
    const names = new Set(rates.filter(isWithheld).map(nameOf));
    [...names].sort().forEach((name, i) => this.multipliers.set(name, new Decimal((i + 2) ** 2 + 1)));
  }

  get isEmpty(): boolean {
    return this.multipliers.size === 0;
  }

  all(): readonly Decimal[] {
    return [...this.multipliers.values()];
  }

  /** The multiplier of a rate to a power; 1 of a rate that may be shown. */
  of(rate: Pick<Rate, 'factor' | 'inputs'>, power: 0 | 1 | 2): Decimal {
    return (this.multipliers.get(nameOf(rate)) ?? new Decimal(1)).pow(power);
  }

  /** A rate with every figure in it multiplied. */
  scaled(rate: Rate, power: 0 | 1 | 2): Rate {
    const by = this.of(rate, power);
    if (by.eq(1)) return rate;
    const times = (figure: string): string => plain(new Decimal(figure).mul(by));
    return {
      ...rate,
      kgco2e: times(rate.kgco2e),
      biogenicKgco2: times(rate.biogenicKgco2),
      gases: rate.gases.map((gas) => ({
        ...gas,
        kg: times(gas.kg),
        ...(gas.stated ? { stated: { ...gas.stated, kgco2e: times(gas.stated.kgco2e) } } : {}),
      })),
      notConvertible: rate.notConvertible && { ...rate.notConvertible, kgco2e: times(rate.notConvertible.kgco2e) },
      ...(rate.energy ? { energy: { ...rate.energy, kwh: times(rate.energy.kwh) } } : {}),
    };
  }
}

const nameOf = (rate: Pick<Rate, 'factor' | 'inputs'>): string => withheldFigures(rate).join(' ');

/** A figure of a reading that moves when withheld figures are multiplied. */
interface Moving {
  readonly path: string;
  readonly first: Decimal;
  readonly second: Decimal;
  /** It is not in the other readings: nothing is known of what it rests on. */
  readonly isLost?: true;
}

const NOTHING = new Decimal(0);
const TOLERANCE = new Decimal('1e-9');
/** More comparisons than this would take seconds. */
const COMPARISONS_MAX = 1_000_000;

/**
 * A reading without the figures that would give a withheld one away: what rests on exactly one withheld figure is null, since whoever knows the quantity
 * could divide; so is the smaller of two that differ by one alone. What rests on two or more stays exact (the rule of two of statistical disclosure
 * control). Every figure is linear in the rates: with F = N + Σ aᵢ, read once more with every withheld figure i times mᵢ and once more times mᵢ², it
 * rests on i alone exactly if (F₂ − F₁) ÷ (F₁ − F₀) = mᵢ. Of an object whose principal figure is withheld
 * everything that moves is.
 *
 * Not kept: three or more figures taken together, several readings taken together, a second figure that is next to nothing.
 */
export function withoutAlone<View>([shown, once, twice]: Readings<View>, probes: Probes): View {
  if (probes.isEmpty) return shown;
  const moving = movingOf(shown, once, twice, '');
  const hidden = new Set(moving.filter((figure) => isAlone(figure, probes)).map(({ path }) => path));
  const others = moving.filter(({ path }) => !hidden.has(path));
  const compared = others.length * probes.all().length > COMPARISONS_MAX ? null : others;
  for (const path of compared ? differingByOne(compared, probes) : others.map(({ path }) => path)) hidden.add(path);
  for (const path of besideHidden(moving, hidden)) hidden.add(path);
  return hidden.size === 0 ? shown : (without(shown, hidden, '') as View);
}

function isAlone({ first, second, isLost }: Moving, probes: Probes): boolean {
  if (isLost) return true;
  return !first.isZero() && probes.all().some((m) => second.sub(first.mul(m)).abs().lte(second.abs().mul(TOLERANCE)));
}

/** Two figures that differ by one withheld figure i alone have the same F₂ − F₁ − mᵢ × (F₁ − F₀). The largest of them stays. */
function differingByOne(figures: readonly Moving[], probes: Probes): string[] {
  return probes.all().flatMap((m) => {
    const alike = new Map<string, Moving[]>();
    for (const figure of figures) {
      const rest = figure.second.sub(figure.first.mul(m)).toSignificantDigits(12).toString();
      alike.set(rest, [...(alike.get(rest) ?? []), figure]);
    }
    return [...alike.values()].flatMap((group) => {
      const largest = group.reduce((a, b) => (b.first.abs().gt(a.first.abs()) ? b : a)).first;
      return group.filter(({ first }) => first.sub(largest).abs().gt(largest.abs().mul(TOLERANCE))).map(({ path }) => path);
    });
  });
}

function besideHidden(moving: readonly Moving[], hidden: ReadonlySet<string>): string[] {
  const objects = [...hidden].filter((path) => PRINCIPAL.test(path)).map((path) => path.replace(PRINCIPAL, '/'));
  return moving.filter(({ path }) => objects.some((object) => path.startsWith(object))).map(({ path }) => path);
}

/** What shares, scores and intervals of the same object are of. */
const PRINCIPAL = /\/(tco2e|net|absolute)$/;

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };
const DECIMAL = /^-?\d+(\.\d+)?$/;

function movingOf(shown: unknown, once: unknown, twice: unknown, path: string): Moving[] {
  const [a, b, c] = [shown, once, twice] as [Json, Json, Json];
  if (typeof a === 'string') {
    if (!DECIMAL.test(a)) return [];
    // What is not in the other readings is taken for what rests on one figure alone.
    if (typeof b !== 'string' || typeof c !== 'string' || !DECIMAL.test(b) || !DECIMAL.test(c))
      return [{ path, first: NOTHING, second: NOTHING, isLost: true }];
    if (a === b) return [];
    return [{ path, first: new Decimal(b).sub(a), second: new Decimal(c).sub(b) }];
  }
  if (isList(a)) {
    const [inB, inC] = [namedItems(b), namedItems(c)];
    return [...namedItems(a)].flatMap(([name, item]) => movingOf(item, inB.get(name), inC.get(name), `${path}/${name}`));
  }
  if (isObject(a)) return Object.keys(a).flatMap((name) => movingOf(a[name], fieldOf(b, name), fieldOf(c, name), `${path}/${name}`));
  return [];
}

function without(value: unknown, hidden: ReadonlySet<string>, path: string): unknown {
  if (hidden.has(path)) return null;
  if (isList(value as Json)) return [...namedItems(value as Json)].map(([name, item]) => without(item, hidden, `${path}/${name}`));
  if (!isObject(value as Json)) return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, without(inner, hidden, `${path}/${name}`)]));
}

/** Fields that name an item, also where a name has the look of a figure. */
const NAMES: readonly string[] = ['entity', 'supplier', 'group', 'category', 'code', 'matchKeyId', 'activityType', 'sourceClass', 'line'];

/** Items by what they say beside their figures: their order may be another where they are sorted by size. */
function namedItems(list: Json): Map<string, Json> {
  const items = new Map<string, Json>();
  if (!isList(list)) return items;
  for (const item of list) {
    const name = JSON.stringify(item, (field, value: unknown) => (isFigure(field, value) ? undefined : value)) ?? '';
    let unique = name;
    for (let again = 1; items.has(unique); again += 1) unique = `${name}#${again}`;
    items.set(unique, item);
  }
  return items;
}

const isFigure = (field: string, value: unknown): boolean => typeof value === 'string' && DECIMAL.test(value) && !NAMES.includes(field);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !isList(value);
const fieldOf = (value: Json, name: string): Json => (isObject(value) ? value[name] : undefined);
