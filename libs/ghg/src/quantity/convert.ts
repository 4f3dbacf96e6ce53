import type { ConversionStep } from '../calculation/rate';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { Decimal, plain } from './decimal';
import { inverted, ratioOf, timesRatio, UNITY, type Ratio } from './ratio';
import { parseQuotient, type ParsedUnit, type Unit, type UnitId } from './units';

/** `1 from = numerator/denominator to`, exactly, and the way there; no step where nothing changes. */
export interface Conversion extends Ratio {
  readonly steps: readonly ConversionStep[];
}

const conversions = new Map<string, Conversion | Refusal>();
/** Names come from files, too: nonsense must not fill the memory. */
const CONVERSIONS_MAX = 10_000;

/**
 * The exact ratio between two units; products and quotients are converted part by part.
 * Refusals: `unit_unknown`, `currency_without_rate` (money of another currency), `volume_conditions_differ` (gas at other reference conditions),
 * `unit_dimension_mismatch`.
 */
export function conversion(from: UnitId, to: UnitId): Conversion | Refusal {
  const name = `${from} ${to}`;
  const known = conversions.get(name);
  if (known) return known;
  const source = parseQuotient(from);
  if (isRefusal(source)) return source;
  const target = parseQuotient(to);
  if (isRefusal(target)) return target;
  const found = between(source, target);
  if (conversions.size < CONVERSIONS_MAX) conversions.set(name, found);
  return found;
}

/** The exact ratio of two units of one family: `1 from = ratio to`. */
export function ratioBetween(from: Unit, to: Unit): Ratio {
  return ratioOf(new Decimal(from.ratio), new Decimal(to.ratio));
}

/** The step of one part of a unit, as a lineage keeps it. */
export function conversionStep(from: Unit, to: Unit): ConversionStep {
  const { numerator, denominator } = ratioBetween(from, to);
  const source = [...new Set([from.source, to.source])].join('; ');
  return { from: from.id, to: to.id, numerator: plain(numerator), denominator: plain(denominator), source };
}

/** Why two units of the same or of different dimensions do not convert. Refusals: those of `conversion` but `unit_unknown`. */
export function unitsDiffer(from: ParsedUnit, to: ParsedUnit): Refusal {
  const same = from.dimension === to.dimension;
  const other = same && [...from.parts, ...from.over].find((part, i) => part.base !== [...to.parts, ...to.over][i]?.base);
  if (other && other.dimension === 'money')
    return refuse('currency_without_rate', `no exchange rate from ${from.id} to ${to.id} is pinned`);
  if (other) return refuse('volume_conditions_differ', `${from.id} is no ${to.id} without stated conditions`);
  return refuse('unit_dimension_mismatch', `${from.id} (${from.dimension}) is no ${to.id} (${to.dimension})`);
}

function between(from: ParsedUnit, to: ParsedUnit): Conversion | Refusal {
  if (from.family !== to.family) return unitsDiffer(from, to);
  const changed = (a: readonly Unit[], b: readonly Unit[]): [Unit, Unit][] =>
    a.map((part, i): [Unit, Unit] => [part, b[i] as Unit]).filter(([part, other]) => part.id !== other.id);
  const above = changed(from.parts, to.parts);
  const below = changed(from.over, to.over);
  const ratios = [...above.map(([a, b]) => ratioBetween(a, b)), ...below.map(([a, b]) => inverted(ratioBetween(a, b)))];
  return { ...ratios.reduce(timesRatio, UNITY), steps: [...above, ...below].map(([a, b]) => conversionStep(a, b)) };
}
