import type { FallbackCode, RateInput } from '../calculation/rate';
import type { ExchangeRate, Factor, Pinned, PriceIndex } from '../factor/factor';
import { deflator, exchanged, type Exchanged } from '../quantity/money';
import { timesRatio } from '../quantity/ratio';
import { isRefusal, type Refusal } from '../refusals';
import type { FactorIndex } from './factor-index';
import type { FactorWay } from './factor-way';
import type { Walk } from './walk';

/** A published figure with the set that it is of, in the form in which money is converted. */
type Owned<Figure> = Figure & { readonly pinned: Pinned<Figure> };

const ownedRates = new WeakMap<FactorIndex, readonly Owned<ExchangeRate>[]>();
const ownedIndices = new WeakMap<FactorIndex, readonly Owned<PriceIndex>[]>();
/** Keys come in thousands and currencies in dozens: a pair is looked for once per year. */
const exchanges = new WeakMap<FactorIndex, Map<string, Exchanged<Owned<ExchangeRate>> | Refusal>>();

/**
 * rate per unit of the key = factor × exchange rate × price index of the factor's year ÷ price index of the amount's year. The order is fixed: money
 * is exchanged at the mean rate of its own price year, then carried to the price year of the factor within the factor's currency (Scope 3 Technical
 * Guidance, category 1, spend-based method; US EPA Supply Chain factors: deflate to the dollar year of the factor). All of it is one ratio, rounded
 * once, in the rate. A series of the sector goes before one of prices in general (`price_index_general`); without any the amount stays as it is and
 * `price_year_not_adjusted` says so. A factor that names no price year is taken for any.
 * Refusals: `currency_without_rate`.
 */
export function moneyWay(walk: Walk, factor: Factor, index: FactorIndex): FactorWay | Refusal {
  const year = priceYearOf(walk);
  const there = exchangedBy(walk, factor.unit, index);
  if (isRefusal(there)) return there;
  const fallbacks: FallbackCode[] = there.rates.length > 0 ? ['currency_converted'] : [];
  const inputs: RateInput[] = there.rates.map(({ pinned }) => inputOfRate(pinned));
  const way = { numerator: there.numerator, denominator: there.denominator, steps: there.steps };
  const factorYear = factor.attributes.price_year;
  if (factorYear === undefined || Number(factorYear) === year) return { ...way, inputs, fallbacks };
  const prices = deflator(year, Number(factorYear), factor.unit, walk.key.attributes.sector ?? null, indicesOf(index));
  if (isRefusal(prices)) return { ...way, inputs, fallbacks: [...fallbacks, 'price_year_not_adjusted'] };
  const isGeneral = walk.key.attributes.sector !== undefined && !prices.isOfSector;
  return {
    ...timesRatio(way, prices),
    steps: [...way.steps, ...prices.steps],
    inputs: [...inputs, ...prices.indices.map(({ pinned }) => inputOfIndex(pinned))],
    fallbacks: [...fallbacks, 'price_year_adjusted', ...(isGeneral ? (['price_index_general'] as const) : [])],
  };
}

/** Whether an exchange rate of the price year leads to this currency. */
export function canExchange(walk: Walk, currency: string, index: FactorIndex): boolean {
  return !isRefusal(exchangedBy(walk, currency, index));
}

function exchangedBy(walk: Walk, currency: string, index: FactorIndex): Exchanged<Owned<ExchangeRate>> | Refusal {
  const known = exchanges.get(index) ?? new Map<string, Exchanged<Owned<ExchangeRate>> | Refusal>();
  exchanges.set(index, known);
  const year = priceYearOf(walk);
  const name = `${walk.unit.id} ${currency} ${year}`;
  const found = known.get(name) ?? exchanged(walk.unit.id, currency, year, ratesOf(index));
  known.set(name, found);
  return found;
}

/** The year of the prices, where the type asks for it; else that of the activity. */
function priceYearOf({ key }: Walk): number {
  return Number(key.attributes.price_year ?? key.year);
}

function ratesOf(index: FactorIndex): readonly Owned<ExchangeRate>[] {
  return owned(index.exchangeRates, ownedRates, index);
}

function indicesOf(index: FactorIndex): readonly Owned<PriceIndex>[] {
  return owned(index.priceIndices, ownedIndices, index);
}

function owned<Figure>(
  figures: readonly Pinned<Figure>[],
  cache: WeakMap<FactorIndex, readonly Owned<Figure>[]>,
  index: FactorIndex,
): readonly Owned<Figure>[] {
  const known = cache.get(index) ?? figures.map((pinned) => ({ ...pinned.figure, pinned }));
  cache.set(index, known);
  return known;
}

function inputOfRate({ figure, setId, withheld }: Pinned<ExchangeRate>): RateInput {
  const { from, to, year, rate, source } = figure;
  const input = { kind: 'exchange-rate', code: `${from} ${to} ${year}`, setId, value: rate, unit: `${to}/${from}`, source } as const;
  return withheld === undefined ? input : { ...input, withheld };
}

function inputOfIndex({ figure, setId, withheld }: Pinned<PriceIndex>): RateInput {
  const { series, currency, sector, year, index, source } = figure;
  const code = [series, ...(sector === undefined ? [] : [sector]), year].join(' ');
  const input = { kind: 'price-index', code, setId, value: index, unit: currency, source } as const;
  return withheld === undefined ? input : { ...input, withheld };
}
