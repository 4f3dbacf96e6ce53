import { ENERGY_FAMILY, familiesOf, netOfGross, sameFamilies } from '../matching/reach';
import { basisOf, plainWay, wayByProperty, type FactorWay } from '../matching/factor-way';
import { matchProperty, type PropertyMatch } from '../matching/match-property';
import type { PropertyKind } from '../factor/factor';
import { Decimal } from '../quantity/decimal';
import { timesRatio } from '../quantity/ratio';
import { parseUnit } from '../quantity/units';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { rateOfNothing, type LegTask } from './method';
import { PerUnit } from './per-unit';
import type { FallbackCode, Rate } from './rate';

const KWH = 'kWh';
const FROM_ELSEWHERE: readonly FallbackCode[] = ['region_group', 'region_global', 'region_other_country'];
/** More than a way to energy can have: a figure of another country weighs more than any number of publications. */
const FIGURES_MAX = 10;

/**
 * Energy itself, in kilowatt-hours on the net calorific basis, per unit of the key (ESRS E1-5; IPCC 2006 Guidelines, volume 2, chapter 1: net
 * calorific values). No emission. An amount of energy counts as it is; a gross amount is multiplied by net ÷ gross; a volume or a mass by the net
 * calorific value, or by the gross one and net ÷ gross, or over a density where the calorific value is per the other of the two: whichever way needs
 * fewer figures of another country.
 * Refusals: `unit_unknown`, `property_missing`.
 */
export function rateOfEnergy(task: LegTask): Rate | Refusal {
  const { key, leg, context } = task;
  const way = wayToNetEnergy(task);
  if (isRefusal(way)) return way;
  const perUnit = new PerUnit(way);
  const kwh = perUnit.text(new Decimal(1));
  const formula = `${kwh} kWh (net)/${key.unit}`;
  return {
    ...rateOfNothing(leg, key.unit, context.gwpSet, 'energy-content', formula),
    conversion: way.steps,
    fallbacks: way.fallbacks,
    ...(way.inputs.length > 0 ? { inputs: way.inputs } : {}),
    energy: { kwh, source: leg.energySource ?? 'unknown' },
    rounded: perUnit.rounded,
  };
}

function wayToNetEnergy(task: LegTask): FactorWay | Refusal {
  const { key } = task;
  const unit = parseUnit(key.unit);
  if (isRefusal(unit)) return unit;
  if (unit.family === ENERGY_FAMILY) return basisOf(key.attributes) === 'gross' ? fromGross(task, key.unit) : plainWay(key.unit, KWH);
  const routes = [fromCalorificValue(task, key.unit, unit.family), overDensity(task, unit.family)];
  return best(routes) ?? refuse('property_missing', `${key.activityType}: no calorific value leads from ${key.unit} to energy`);
}

/** A way to energy, and how many of its figures are of another country. */
interface Route {
  readonly way: FactorWay | Refusal;
  readonly borrowed: number;
}

const routeOf = (way: FactorWay | Refusal): Route => ({
  way,
  borrowed: !isRefusal(way) && FROM_ELSEWHERE.some((fallback) => way.fallbacks.includes(fallback)) ? 1 : 0,
});

/** The fewest figures of another country, then the figures of fewest publications, then the shorter way; null: there is none. */
function best(routes: readonly (Route | null)[]): FactorWay | Refusal | null {
  const rank = ({ way, borrowed }: Route): number =>
    isRefusal(way) ? Infinity : borrowed * FIGURES_MAX + new Set(way.inputs.map(({ setId }) => setId)).size;
  const found = routes.filter((route) => route !== null);
  return found.reduce<Route | null>((first, next) => (first === null || rank(next) < rank(first) ? next : first), null)?.way ?? null;
}

/** Gross energy in any unit, as net kilowatt-hours. */
function fromGross({ key, type, leg, context }: LegTask, unit: string): FactorWay | Refusal {
  const ratio = netOfGross(key, type, leg, context.index);
  if (!ratio) return refuse('property_missing', `${key.activityType}: no ratio of net to gross calorific value`);
  return wayByProperty(unit, KWH, ratio, 'gross');
}

/** By the net calorific value per this family of units, else by the gross one and the ratio of the two; null: there is none. */
function fromCalorificValue(task: LegTask, unit: string, family: string): Route | null {
  const net = propertyFor(task, 'net-cv', ENERGY_FAMILY, family);
  if (net) return routeOf(wayOf('net-cv', net, unit, KWH));
  const gross = propertyFor(task, 'gross-cv', ENERGY_FAMILY, family);
  return gross && chained(routeOf(wayOf('gross-cv', gross, unit, KWH)), routeOf(fromGross(task, KWH)));
}

/** From a volume to the mass that a calorific value is stated per, or from a mass to the volume. */
function overDensity(task: LegTask, family: string): Route | null {
  for (const [above, below, there] of [
    ['kg', family, 'kg'],
    [family, 'm3', 'm3'],
  ] as const) {
    if (there === family) continue;
    const density = propertyFor(task, 'density', above, below);
    const rest = density && fromCalorificValue(task, there, there);
    if (rest) return chained(routeOf(wayOf('density', density, task.key.unit, there)), rest);
  }
  return null;
}

function propertyFor({ key, type, leg, context }: LegTask, kind: PropertyKind, above: string, below: string): PropertyMatch | null {
  return matchProperty(key, type, leg, kind, context.index, ({ figure }) => sameFamilies(familiesOf(figure), { above, below }));
}

function wayOf(kind: PropertyKind, { pinned, fallbacks }: PropertyMatch, from: string, to: string): FactorWay | Refusal {
  return wayByProperty(from, to, { kind, by: [pinned], fallbacks }, null);
}

/** One way after the other. */
function chained({ way: first, borrowed }: Route, { way: second, borrowed: further }: Route): Route {
  if (isRefusal(first)) return { way: first, borrowed };
  if (isRefusal(second)) return { way: second, borrowed };
  const way = {
    ...timesRatio(first, second),
    steps: [...first.steps, ...second.steps],
    inputs: [...first.inputs, ...second.inputs],
    fallbacks: [...new Set([...first.fallbacks, ...second.fallbacks])],
  };
  return { way, borrowed: borrowed + further };
}
