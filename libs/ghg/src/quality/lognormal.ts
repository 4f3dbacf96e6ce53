import { Decimal, roundForPeople } from '../quantity/decimal';

/**
 * Numbers of the uncertainty model: logarithms and roots of amounts, never amounts. Forty digits; people see six decimals of them.
 */
export const Real = Decimal.clone({ precision: 40 });

/** 97.5 % quantile of the standard normal distribution: half of a 95 % interval. */
const Z_95 = '1.959963984540054';
/** 95 % quantile of the standard normal distribution: half of a 90 % interval. */
const Z_90 = '1.644853626951473';
/** Decimals that people see of an interval (tonnes), a geometric standard deviation and a share. */
export const UNCERTAINTY_DECIMALS = 6;

/** σ² = (ln GSD)²: variance of the logarithm of a lognormal figure with this geometric standard deviation. */
export function lnVarianceOfGsd(gsd: Decimal | string): Decimal {
  return new Real(gsd).ln().pow(2);
}

/** σ² = ¼ × (ln U)²: of an uncertainty factor U, which is a squared geometric standard deviation and spans 95 %. */
export function lnVarianceOfFactor(factor: Decimal | string): Decimal {
  const known = lnVariancesOfFactors.get(String(factor)) ?? new Real(factor).ln().pow(2).div(4);
  lnVariancesOfFactors.set(String(factor), known);
  return known;
}

const lnVariancesOfFactors = new Map<string, Decimal>();

/** GSD = e^σ. */
export function gsdOfLnVariance(lnVariance: Decimal): Decimal {
  return new Real(lnVariance).sqrt().exp();
}

/**
 * σ² = (ln(1 + p) ÷ z₉₀)²: of a figure whose 90 % interval is published as ±p of it. A published interval is symmetric, a lognormal one is not; the
 * upper end is the one that is kept.
 */
export function lnVarianceOf90PercentRange(relativeHalfWidth: Decimal | string): Decimal {
  return new Real(1).add(relativeHalfWidth).ln().div(Z_90).pow(2);
}

/**
 * u = e^σ² − 1: variance ÷ mean² of a lognormal figure. Errors here are *mean-preserving*: an error is a lognormal multiplier of mean 1
 * (μ = −σ²/2), so that the tonnes of the inventory are the expected value and uncertainty moves no total.
 */
export function relativeVariance(lnVariance: Decimal): Decimal {
  const known = relativeVariances.get(lnVariance) ?? new Real(lnVariance).exp().sub(1);
  relativeVariances.set(lnVariance, known);
  return known;
}

/** An exponential of forty digits is dear, and the same few errors come again and again. */
const relativeVariances = new WeakMap<Decimal, Decimal>();

/** A lognormal distribution as people read it; tonnes and GSD with six decimals. */
export interface Interval {
  readonly low: string;
  readonly high: string;
  readonly gsd: string;
}

/**
 * 95 % interval of a figure with this mean and variance, of the lognormal distribution that has both (moment matching):
 * σ² = ln(1 + variance ÷ mean²), median = mean × e^(−σ²/2), low and high = median × e^(∓z₉₅ σ). Of a negative figure its mirror image. A figure
 * without variance is its own interval. Null: a mean of zero with a variance has no lognormal distribution.
 */
export function intervalOf(mean: Decimal, variance: Decimal): Interval | null {
  if (variance.isZero()) return { low: shown(mean), high: shown(mean), gsd: shown(new Real(1)) };
  if (mean.isZero()) return null;
  const lnVariance = new Real(variance).div(new Real(mean).pow(2)).add(1).ln();
  const sigma = lnVariance.sqrt();
  const median = new Real(mean).abs().mul(lnVariance.div(-2).exp());
  const ends = [median.mul(sigma.mul(Z_95).neg().exp()), median.mul(sigma.mul(Z_95).exp())].map((end) => (mean.lt(0) ? end.neg() : end));
  const [low, high] = mean.lt(0) ? [ends[1], ends[0]] : ends;
  return { low: shown(low as Decimal), high: shown(high as Decimal), gsd: shown(sigma.exp()) };
}

function shown(value: Decimal): string {
  return roundForPeople(value, UNCERTAINTY_DECIMALS);
}
