import type { Rate } from '../calculation/rate';
import { Decimal, divide, plain, QUANTITY_SCALE } from '../quantity/decimal';
import type { Cell } from './inventory';

/** A quantity and its kilograms CO2e. */
export interface Amount {
  readonly quantity: Decimal;
  readonly kgco2e: Decimal;
}

/** What a posting is apportioned by: cells of any reading have it. */
export type PostedCell = Pick<
  Cell,
  'entityCode' | 'rateId' | 'periodStart' | 'periodEnd' | 'activityType' | 'pool' | 'matchKeyId' | 'quantity' | 'kgco2e'
>;

const ZERO = new Decimal(0);

/**
 * A measure split over parts by weight: quantity × weight ÷ sum of the weights, 12 decimals half-even, times the rate per unit; the last part takes the
 * remainder of both, so that the parts add up exactly. Weights do not sum to zero.
 */
export function splitByWeight(whole: Amount, perUnit: Decimal, weights: readonly Decimal[]): Amount[] {
  const sum = weights.reduce((total, weight) => total.add(weight), ZERO);
  let rest = whole;
  return weights.map((weight, i) => {
    if (i === weights.length - 1) return rest;
    const quantity = divide(whole.quantity.mul(weight), sum, QUANTITY_SCALE).value;
    const part = { quantity, kgco2e: quantity.mul(perUnit) };
    rest = { quantity: rest.quantity.sub(part.quantity), kgco2e: rest.kgco2e.sub(part.kgco2e) };
    return part;
  });
}

/** A measure split over segments by their days. */
export function splitByDays(whole: Amount, perUnit: Decimal, segments: readonly { readonly days: number }[]): Amount[] {
  return splitByWeight(
    whole,
    perUnit,
    segments.map(({ days }) => new Decimal(days)),
  );
}

/**
 * Several measures of one rate and one period, each split by days, so that together they are what their sum would be: the last of them takes what the
 * others leave of every segment. So a breakdown changes no total.
 */
export function splitTogether(
  wholes: readonly Amount[],
  perUnit: Decimal,
  segments: readonly { readonly days: number }[],
): (readonly Amount[])[] {
  let rest: readonly Amount[] = splitByDays(wholes.reduce(added, { quantity: ZERO, kgco2e: ZERO }), perUnit, segments);
  return wholes.map((whole, i) => {
    const parts = i === wholes.length - 1 ? rest : splitByDays(whole, perUnit, segments);
    rest = rest.map(({ quantity, kgco2e }, at) => {
      const part = parts[at] as Amount;
      return { quantity: quantity.sub(part.quantity), kgco2e: kgco2e.sub(part.kgco2e) };
    });
    return parts;
  });
}

function added(a: Amount, b: Amount): Amount {
  return { quantity: a.quantity.add(b.quantity), kgco2e: a.kgco2e.add(b.kgco2e) };
}

/**
 * Pools post for a whole year, rows for their own days. Where an entity changes inside the year, what a pool posted of a key is laid over the periods
 * of that key's rows at that entity, by their net quantities: what it took from the rows leaves them where they are, and rows that are covered wholly
 * come to zero on every day. A posting of no key, or of a key without rows there, keeps its period and is apportioned by days (our rule).
 */
export function overPeriodsOfRows<C extends PostedCell>(
  cells: readonly C[],
  rateOf: (rateId: string) => Rate,
  partOf: (cell: C, part: Pick<Cell, 'periodStart' | 'periodEnd' | 'quantity' | 'kgco2e'>) => C,
): C[] {
  const rows = periodsOfRows(cells, rateOf);
  return cells.flatMap((cell) => {
    const periods = isOfPool(cell) ? rows.get(placeOf(cell)) : undefined;
    if (!periods || periods.reduce((sum, { quantity }) => sum.add(quantity), ZERO).isZero()) return [cell];
    const whole = { quantity: new Decimal(cell.quantity), kgco2e: new Decimal(cell.kgco2e) };
    const weights = periods.map(({ quantity }) => quantity);
    const parts = splitByWeight(whole, new Decimal(rateOf(cell.rateId).kgco2e), weights);
    return parts.map(({ quantity, kgco2e }, i) => {
      const { periodStart, periodEnd } = periods[i] as PeriodOfRows;
      return partOf(cell, { periodStart, periodEnd, quantity: plain(quantity), kgco2e: plain(kgco2e) });
    });
  });
}

interface PeriodOfRows extends Pick<Cell, 'periodStart' | 'periodEnd'> {
  readonly quantity: Decimal;
}

const isOfPool = ({ pool, matchKeyId, periodStart }: PostedCell): boolean => pool !== '' && matchKeyId !== null && periodStart !== null;
const placeOf = ({ entityCode, matchKeyId }: PostedCell): string => JSON.stringify([entityCode, matchKeyId]);

/**
 * Net quantity of the rows of each key at each entity, period by period, in order. Every leg has the same, so one of them says it: over all the rates
 * that it stands under, since rows of two imports may stand under two rates of one effect.
 */
function periodsOfRows(cells: readonly PostedCell[], rateOf: (rateId: string) => Rate): ReadonlyMap<string, readonly PeriodOfRows[]> {
  const wanted = new Set(cells.filter(isOfPool).map(placeOf));
  const legOf = ({ rateId }: PostedCell): string => `${rateOf(rateId).leg} ${rateOf(rateId).basis}`;
  const legs = new Map<string, string>();
  const rows = cells.filter((cell) => cell.pool === '' && cell.matchKeyId !== null && wanted.has(placeOf(cell)));
  for (const cell of rows) {
    const known = legs.get(placeOf(cell));
    if (known === undefined || legOf(cell) < known) legs.set(placeOf(cell), legOf(cell));
  }
  const places = new Map<string, Map<string, PeriodOfRows>>();
  for (const cell of rows) {
    const { periodStart, periodEnd } = cell;
    if (legs.get(placeOf(cell)) !== legOf(cell)) continue;
    const periods = places.get(placeOf(cell)) ?? new Map<string, PeriodOfRows>();
    places.set(placeOf(cell), periods);
    const period = `${periodStart}/${periodEnd}`;
    const quantity = (periods.get(period)?.quantity ?? ZERO).add(cell.quantity);
    periods.set(period, { periodStart, periodEnd, quantity });
  }
  return new Map(
    [...places].map(([place, periods]) => [place, [...periods].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, period]) => period)]),
  );
}
