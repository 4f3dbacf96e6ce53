import type { Decimal } from '#ghg';

interface DrawnTerm {
  readonly perUnit: Decimal;
  readonly errors: readonly { readonly kind: string; readonly id: string; readonly lnVariance: Decimal }[];
}

/** Rows with their quantities spelled out: what a key looks like before it is summed. */
export interface DrawnKey {
  readonly quantities: readonly string[];
  readonly gsd: string;
  readonly terms: readonly DrawnTerm[];
}

/** Mulberry32: a small generator with a seed, so that every run draws the same. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Enough for four standard errors to be a narrow gate. */
export const DRAWS = 100_000;

/** The sum of the keys, drawn again and again, every error an own lognormal draw of mean 1. Nothing of the formula under test is used. */
export function drawSums(keys: readonly DrawnKey[], seed: number): Float64Array {
  const uniform = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const errorOf = (sigma: number) => Math.exp(sigma * normal() - (sigma * sigma) / 2);
  const plainKeys = keys.map(({ quantities, gsd, terms }) => ({
    quantities: quantities.map(Number),
    sigma: Math.log(Number(gsd)),
    terms: terms.map(({ perUnit, errors }) => ({
      rate: perUnit.toNumber(),
      errors: errors.map(({ kind, id, lnVariance }) => ({ name: `${kind} ${id}`, sigma: Math.sqrt(lnVariance.toNumber()) })),
    })),
  }));
  return Float64Array.from({ length: DRAWS }, () => {
    const drawn = new Map<string, number>();
    const common = (name: string, sigma: number): number => {
      const known = drawn.get(name) ?? errorOf(sigma);
      drawn.set(name, known);
      return known;
    };
    let sum = 0;
    for (const { quantities, sigma, terms } of plainKeys)
      for (const quantity of quantities) {
        const own = errorOf(sigma);
        for (const { rate, errors } of terms)
          sum += quantity * own * errors.reduce((product, error) => product * common(error.name, error.sigma), rate);
      }
    return sum;
  });
}

/** Mean and variance of a sample with the standard errors of both. */
export function statistics(sums: Float64Array) {
  const mean = sums.reduce((total, value) => total + value, 0) / sums.length;
  const moment = (power: number) => sums.reduce((total, value) => total + (value - mean) ** power, 0) / sums.length;
  const variance = moment(2);
  return {
    mean,
    meanError: Math.sqrt(variance / sums.length),
    variance,
    varianceError: Math.sqrt((moment(4) - variance ** 2) / sums.length),
  };
}

export function distance(a: number, b: number): number {
  return Math.abs(a - b);
}
