import { refuse, isRefusal, type Refusal } from '../refusals';
import type { ConversionStep } from '../calculation/rate';
import { Decimal, plain } from './decimal';
import { parseUnit, type ParsedUnit, type Unit, type UnitId } from './units';

/** `1 from = numerator/denominator to`, exactly, and the way there; no step where nothing changes. */
export interface Conversion {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
  readonly steps: readonly ConversionStep[];
}

const ONE = new Decimal(1);
const conversions = new Map<string, Conversion | Refusal>();

/**
 * The exact ratio between two units; products of units are converted part by part.
 * Refusals: `unit_unknown`, `currency_without_rate` (money of another currency), `unit_dimension_mismatch`.
 */
export function conversion(from: UnitId, to: UnitId): Conversion | Refusal {
  const name = `${from} ${to}`;
  const known = conversions.get(name);
  if (known) return known;
  const source = parseUnit(from);
  if (isRefusal(source)) return source;
  const target = parseUnit(to);
  if (isRefusal(target)) return target;
  const found = between(source, target);
  conversions.set(name, found);
  return found;
}

function between(from: ParsedUnit, to: ParsedUnit): Conversion | Refusal {
  if (from.dimension === 'money' && to.dimension === 'money' && from.family !== to.family)
    return refuse('currency_without_rate', `no exchange rate from ${from.id} to ${to.id} is pinned`);
  if (from.family !== to.family)
    return refuse('unit_dimension_mismatch', `${from.id} (${from.dimension}) is no ${to.id} (${to.dimension})`);
  let whole = { numerator: ONE, denominator: ONE };
  const steps: ConversionStep[] = [];
  from.parts.forEach((part, i) => {
    const other = to.parts[i] as Unit;
    if (part.id === other.id) return;
    const ratio = ratioOf(new Decimal(part.ratio), new Decimal(other.ratio));
    whole = ratioOf(whole.numerator.mul(ratio.numerator), whole.denominator.mul(ratio.denominator));
    const source = [...new Set([part.source, other.source])].join('; ');
    steps.push({ from: part.id, to: other.id, numerator: plain(ratio.numerator), denominator: plain(ratio.denominator), source });
  });
  return { ...whole, steps };
}

/** A ratio in its shortest exact spelling: a plain decimal over one where it terminates, else whole numbers without a common divisor. */
function ratioOf(numerator: Decimal, denominator: Decimal): { numerator: Decimal; denominator: Decimal } {
  const quotient = numerator.div(denominator);
  if (quotient.decimalPlaces() <= 40 && quotient.mul(denominator).eq(numerator)) return { numerator: quotient, denominator: ONE };
  const shift = new Decimal(10).pow(
    new Decimal(numerator.decimalPlaces()).gt(denominator.decimalPlaces()) ? numerator.decimalPlaces() : denominator.decimalPlaces(),
  );
  const top = BigInt(plain(numerator.mul(shift)));
  const bottom = BigInt(plain(denominator.mul(shift)));
  const divisor = greatestCommonDivisor(top, bottom);
  return { numerator: new Decimal((top / divisor).toString()), denominator: new Decimal((bottom / divisor).toString()) };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
