import type { FallbackCode, RateInput } from '../calculation/rate';
import type { Factor, FuelProperty, Pinned } from '../factor/factor';
import { conversion, type Conversion } from '../quantity/convert';
import { Decimal, plain } from '../quantity/decimal';
import { conversionBy } from '../quantity/property';
import { inverted, ratioOf, timesRatio } from '../quantity/ratio';
import { isRefusal, type Refusal } from '../refusals';
import { inputOf, type ReachedPlace, type CalorificBasis, type PropertyLink } from './reach';
import type { FactorIndex } from './factor-index';
import { moneyWay } from './money-way';
import type { Place, Walk } from './walk';

/** From the unit of a key to another unit, the figures beside the factor that it rests on, and what of that is second best. */
export interface FactorWay extends Conversion {
  readonly inputs: readonly RateInput[];
  readonly fallbacks: readonly FallbackCode[];
}

/**
 * The way from the unit of the key to the unit of a factor: units by their ratio; another dimension or calorific basis through the property that
 * led to the factor; money through the exchange rate and the price index (see `moneyWay`).
 * Refusals: `unit_unknown`, `currency_without_rate`, `volume_conditions_differ`, `unit_dimension_mismatch`, `property_unfit`.
 */
export function wayTo(walk: Walk, factor: Factor, place: Place | ReachedPlace, index: FactorIndex): FactorWay | Refusal {
  if (walk.unit.dimension === 'money') return moneyWay(walk, factor, index);
  if ('property' in place && place.property) return wayByProperty(walk.key.unit, factor.unit, place.property, basisOf(walk.key.attributes));
  return plainWay(walk.key.unit, factor.unit);
}

/** Units by their ratio alone. */
export function plainWay(from: string, to: string): FactorWay | Refusal {
  const way = conversion(from, to);
  return isRefusal(way) ? way : { ...way, inputs: [], fallbacks: [] };
}

/** Through one property. `from` on the gross basis becomes net, on the net basis gross, where the property is their ratio. */
export function wayByProperty(
  from: string,
  to: string,
  { kind, by, fallbacks }: PropertyLink,
  basis: CalorificBasis | null,
): FactorWay | Refusal {
  const inputs = by.map(inputOf);
  if (kind === 'net-of-gross') return wayByRatio(from, to, { by, inputs, fallbacks, toNet: basis !== 'net' });
  const { value, unit, source } = (by[0] as Pinned<FuelProperty>).figure;
  const way = conversionBy(from, to, { kind, value, unit, source: `${source.table}: ${source.row}` });
  return isRefusal(way) ? way : { ...way, inputs, fallbacks };
}

interface CalorificRatio extends Pick<FactorWay, 'inputs' | 'fallbacks'> {
  readonly by: readonly Pinned<FuelProperty>[];
  readonly toNet: boolean;
}

/** energy (net) = energy (gross) × net ÷ gross calorific value (IPCC 2006 Guidelines, volume 2, chapter 1), and back. */
function wayByRatio(from: string, to: string, { by, inputs, fallbacks, toNet }: CalorificRatio): FactorWay | Refusal {
  const way = conversion(from, to);
  if (isRefusal(way)) return way;
  const [net, gross] = by.map(({ figure }) => new Decimal(figure.value));
  const netOfGross = ratioOf(net as Decimal, gross ?? new Decimal(1));
  const ratio = toNet ? netOfGross : inverted(netOfGross);
  const [here, there] = toNet ? ['gross', 'net'] : ['net', 'gross'];
  const step = {
    from: `${from} (${here})`,
    to: `${from} (${there})`,
    numerator: plain(ratio.numerator),
    denominator: plain(ratio.denominator),
    source: by.map(({ figure }) => `${figure.source.table}: ${figure.source.row}`).join('; '),
  };
  return { ...timesRatio(way, ratio), steps: [step, ...way.steps], inputs, fallbacks };
}

/** The calorific basis that the activity states; null where it has none. */
export function basisOf(attributes: Readonly<Record<string, string>>): CalorificBasis | null {
  const basis = attributes.calorific_basis;
  return basis === 'gross' || basis === 'net' ? basis : null;
}
