import type { ConversionStep } from '../calculation/rate';
import type { ExchangeRate, PriceIndex } from '../factor/factor';
import { refuse, type Refusal } from '../refusals';
import { Decimal, plain } from './decimal';
import { inverted, ratioOf, timesRatio, UNITY, type Ratio } from './ratio';

/** Money as other money: the ratio, its steps, and the published rates that it rests on, in the order of their use. */
export interface Exchanged<R extends ExchangeRate = ExchangeRate> extends Ratio {
  readonly steps: readonly ConversionStep[];
  readonly rates: readonly R[];
}

/** Money of one year in prices of another: the ratio, its step, and the two figures of one series that it rests on (earlier named first). */
export interface Deflated<I extends PriceIndex = PriceIndex> extends Ratio {
  readonly steps: readonly ConversionStep[];
  readonly indices: readonly I[];
  /** The series is of the asked-for sector; false: of prices in general. */
  readonly isOfSector: boolean;
}

const ONE = new Decimal(1);

interface Hop<R> {
  readonly rate: R;
  readonly isInverse: boolean;
}

/**
 * amount in `to` = amount in `from` × rate of the year: as published, else one over the published inverse, else through one common currency
 * (fewest inverse rates first, then by its code). Never through two, never with the rate of another year. What is published twice for a pair is
 * taken in the order of table and row.
 * Refusals: `currency_without_rate`.
 */
export function exchanged<R extends ExchangeRate>(from: string, to: string, year: number, rates: readonly R[]): Exchanged<R> | Refusal {
  if (from === to) return { ...UNITY, steps: [], rates: [] };
  const usable = rates.filter((rate) => rate.year === year && isPositive(rate.rate)).sort(bySource);
  const direct = hop(from, to, usable);
  if (direct) return along([direct]);
  const through = [...new Set(usable.flatMap((rate) => [rate.from, rate.to]))]
    .filter((currency) => currency !== from && currency !== to)
    .flatMap((currency) => {
      const [there, back] = [hop(from, currency, usable), hop(currency, to, usable)];
      return there && back ? [{ currency, hops: [there, back] }] : [];
    })
    .sort((a, b) => inverses(a.hops) - inverses(b.hops) || (a.currency < b.currency ? -1 : 1))[0];
  if (through) return along(through.hops);
  return refuse('currency_without_rate', `no exchange rate from ${from} to ${to} of ${year} is pinned, nor two that share a currency`);
}

/**
 * amount in prices of `toYear` = amount in prices of `fromYear` × index(toYear) ÷ index(fromYear), both of one series: only ratios within a series
 * mean something. A series of the sector goes before one of prices in general, then the name of the series decides.
 * Refusals: `price_year_without_index`.
 */
export function deflator<I extends PriceIndex>(
  fromYear: number,
  toYear: number,
  currency: string,
  sector: string | null,
  indices: readonly I[],
): Deflated<I> | Refusal {
  if (fromYear === toYear) return { ...UNITY, steps: [], indices: [], isOfSector: sector !== null };
  const usable = indices
    .filter((index) => index.currency === currency && (index.sector === undefined || index.sector === sector) && isPositive(index.index))
    .sort((a, b) => rank(a) - rank(b) || compare(a.series, b.series) || bySource(a, b));
  const pairs = usable
    .filter(({ year }) => year === fromYear)
    .flatMap((start) => {
      const end = usable.find(({ year, series, sector }) => year === toYear && series === start.series && sector === start.sector);
      return end ? [{ start, end }] : [];
    });
  const [pair] = pairs;
  if (!pair) return refuse('price_year_without_index', `no series of ${currency} prices has both ${fromYear} and ${toYear}`);
  const { start, end } = pair;
  const ratio = ratioOf(new Decimal(end.index), new Decimal(start.index));
  const step = stepOf(`${currency} of ${fromYear}`, `${currency} of ${toYear}`, ratio, `${start.series}: ${end.index} ÷ ${start.index}`);
  return { ...ratio, steps: [step], indices: [start, end], isOfSector: start.sector !== undefined };
}

function hop<R extends ExchangeRate>(from: string, to: string, rates: readonly R[]): Hop<R> | null {
  const published = rates.find((rate) => rate.from === from && rate.to === to);
  if (published) return { rate: published, isInverse: false };
  const inverse = rates.find((rate) => rate.from === to && rate.to === from);
  return inverse ? { rate: inverse, isInverse: true } : null;
}

function along<R extends ExchangeRate>(hops: readonly Hop<R>[]): Exchanged<R> {
  const steps: ConversionStep[] = [];
  let whole = UNITY;
  for (const { rate, isInverse } of hops) {
    const published = ratioOf(new Decimal(rate.rate), ONE);
    const ratio = isInverse ? inverted(published) : published;
    const [from, to] = isInverse ? [rate.to, rate.from] : [rate.from, rate.to];
    steps.push(
      stepOf(from, to, ratio, `mean of ${rate.year}: 1 ${rate.from} = ${rate.rate} ${rate.to} (${rate.source.table}, ${rate.source.row})`),
    );
    whole = timesRatio(whole, ratio);
  }
  return { ...whole, steps, rates: hops.map(({ rate }) => rate) };
}

function inverses(hops: readonly Hop<unknown>[]): number {
  return hops.filter(({ isInverse }) => isInverse).length;
}

function isPositive(text: string): boolean {
  return /^\d{1,20}(\.\d{1,30})?$/.test(text) && !new Decimal(text).isZero();
}

function rank({ sector }: PriceIndex): number {
  return sector === undefined ? 1 : 0;
}

/** What is printed where, then the figure itself: the order in which sets are pinned must not matter. */
function bySource(a: ExchangeRate | PriceIndex, b: ExchangeRate | PriceIndex): number {
  const figure = (item: ExchangeRate | PriceIndex): string => ('rate' in item ? item.rate : item.index);
  return compare(a.source.table, b.source.table) || compare(a.source.row, b.source.row) || compare(figure(a), figure(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stepOf(from: string, to: string, { numerator, denominator }: Ratio, source: string): ConversionStep {
  return { from, to, numerator: plain(numerator), denominator: plain(denominator), source };
}
