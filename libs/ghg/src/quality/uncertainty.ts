import { Decimal, roundForPeople } from '../quantity/decimal';
import { intervalOf, Real, relativeVariance, UNCERTAINTY_DECIMALS, type Interval } from './lognormal';

/** What an error is of. Activity errors are each row's own; the others are common to every row that uses the same thing. */
export const ERROR_KINDS = ['activity', 'factor', 'conversion', 'gwp'] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** An error that many rows have in common: a lognormal multiplier of mean 1. Equal kind and id: the same error, wherever it occurs. */
export interface CommonError {
  readonly kind: Exclude<ErrorKind, 'activity'>;
  readonly id: string;
  /** Variance of its logarithm. */
  readonly lnVariance: Decimal;
}

/** An amount per unit of quantity that carries the same common errors: kilograms or tonnes, the same for all terms of a sum. */
export interface Term {
  readonly perUnit: Decimal;
  readonly errors: readonly CommonError[];
}

/**
 * Rows whose own errors are alike and which all have the same terms: Σq and Σq² over the net quantities of activities, never of ledger lines, since
 * a reversal would add to the squares what it takes away from the sum.
 */
export interface Rows {
  readonly quantity: Decimal;
  readonly squares: Decimal;
  /** Variance of the logarithm of a row's own error. */
  readonly lnVariance: Decimal;
  readonly terms: readonly Term[];
}

/** How uncertain a sum is, and which part of its variance each kind of error explains (adding up to 1; null where nothing is uncertain). */
export interface Uncertainty {
  /** 95 % interval, in the unit of the terms; null where the sum is zero and yet uncertain. */
  readonly interval: Interval | null;
  readonly explained: Readonly<Record<ErrorKind, string>> | null;
  /** Exact under the model, in the square of that unit. */
  readonly variance: Decimal;
}

/** A set of errors that a part of the sum has in common. */
interface ErrorSet {
  readonly errors: readonly CommonError[];
  sum: Decimal;
}

/** The same with the own errors of rows: Σq² × (Σ amounts per unit)². */
interface RowErrorSet extends ErrorSet {
  readonly lnVariance: Decimal;
}

const ZERO = new Decimal(0);

/**
 * The variance of a sum of products of lognormal errors, exactly.
 *
 * T = Σ qᵢ × kₜ × Aᵢ × Π E over rows i, their terms t and the errors E of the term; all A and E independent, lognormal, of mean 1, with
 * u = e^σ² − 1. A product of (1 + u) over shared errors is a sum over the subsets of them, so that
 *
 *   Var T = Σ over sets S of common errors, S ≠ ∅: u(S) × M(S)²  +  Σ over own errors A and sets S: u(A) × u(S) × R(A, S)
 *
 * with u(S) = Π u(E), u(∅) = 1; M(S) = Σ q × k of all terms that carry S; R(A, S) = Σ over rows of Σq² × (Σ k of their terms that carry S)². It is the
 * analysis of variance of the sum: each summand is what its errors explain together. A set of several errors counts for its kinds in equal
 * parts (the Shapley effects of independent inputs: Owen 2014, SIAM/ASA Journal on Uncertainty Quantification 2).
 *
 * The sums are exact, so nothing depends on the order in which rows arrive.
 */
export class Spread {
  private readonly common = new Map<string, ErrorSet>();
  private readonly own = new Map<string, RowErrorSet>();
  private total = ZERO;

  add({ quantity, squares, lnVariance, terms }: Rows): void {
    const sets = new Map<string, ErrorSet>();
    for (const { perUnit, errors } of terms) {
      this.total = this.total.add(perUnit.mul(quantity));
      for (const set of subsetsOf(errors)) addTo(sets, idOf(set), { errors: set, sum: perUnit });
    }
    for (const [id, { errors, sum }] of sets) {
      if (errors.length > 0) addTo(this.common, id, { errors, sum: sum.mul(quantity) });
      if (!lnVariance.isZero()) addTo(this.own, `${lnVariance.toFixed()} ${id}`, { errors, lnVariance, sum: sum.pow(2).mul(squares) });
    }
  }

  /** Σ q × k, exactly. */
  mean(): Decimal {
    return this.total;
  }

  uncertainty(): Uncertainty {
    const byKind = new Map<ErrorKind, Decimal>(ERROR_KINDS.map((kind) => [kind, new Real(0)]));
    const share = (kinds: readonly ErrorKind[], variance: Decimal): void => {
      for (const kind of kinds) byKind.set(kind, (byKind.get(kind) as Decimal).add(variance.div(kinds.length)));
    };
    for (const { errors, sum } of inOrder(this.common)) share(kindsOf(errors), relativeVarianceOf(errors).mul(sum.pow(2)));
    for (const { errors, sum, lnVariance } of inOrder(this.own))
      share(['activity', ...kindsOf(errors)], relativeVariance(lnVariance).mul(relativeVarianceOf(errors)).mul(sum));
    const variance = [...byKind.values()].reduce((sum, part) => sum.add(part), new Real(0) as Decimal);
    return { variance, interval: intervalOf(this.total, variance), explained: explainedBy(byKind, variance) };
  }
}

/** Each kind's part of the variance; the last kind takes what the roundings leave, so that the parts add up to 1. */
function explainedBy(byKind: ReadonlyMap<ErrorKind, Decimal>, variance: Decimal): Record<ErrorKind, string> | null {
  if (variance.isZero()) return null;
  let rest = new Decimal(1);
  const shares = ERROR_KINDS.map((kind, i) => {
    const part = (byKind.get(kind) as Decimal).div(variance);
    const share = i === ERROR_KINDS.length - 1 ? rest : new Decimal(roundForPeople(part, UNCERTAINTY_DECIMALS));
    rest = rest.sub(share);
    return [kind, roundForPeople(share, UNCERTAINTY_DECIMALS)] as const;
  });
  return Object.fromEntries(shares) as Record<ErrorKind, string>;
}

/** Π (e^σ² − 1); of no errors 1. */
function relativeVarianceOf(errors: readonly CommonError[]): Decimal {
  return errors.reduce((product, { lnVariance }) => product.mul(relativeVariance(lnVariance)), new Real(1) as Decimal);
}

/** All subsets of the errors that are any, the empty one first. An error that stands twice in a term is one error. */
function subsetsOf(errors: readonly CommonError[]): CommonError[][] {
  const distinct = new Map(errors.filter(({ lnVariance }) => !lnVariance.isZero()).map((error) => [nameOf(error), error]));
  const sorted = [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, error]) => error);
  return sorted.reduce<CommonError[][]>((subsets, error) => [...subsets, ...subsets.map((subset) => [...subset, error])], [[]]);
}

function addTo<S extends ErrorSet>(sets: Map<string, S>, id: string, { sum, ...set }: S): void {
  const known = sets.get(id);
  if (known) known.sum = known.sum.add(sum);
  else sets.set(id, { ...set, sum } as S);
}

function inOrder<S extends ErrorSet>(sets: ReadonlyMap<string, S>): S[] {
  return [...sets.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, set]) => set);
}

function kindsOf(errors: readonly CommonError[]): ErrorKind[] {
  return errors.map(({ kind }) => kind);
}

function nameOf({ kind, id }: CommonError): string {
  return `${kind} ${id}`;
}

function idOf(errors: readonly CommonError[]): string {
  return JSON.stringify(errors.map(nameOf));
}
