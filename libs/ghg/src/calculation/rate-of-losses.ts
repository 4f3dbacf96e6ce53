import { matchProperty, type PropertyMatch } from '../matching/match-property';
import type { LegSpec } from '../activity/vocabulary';
import { inputOf } from '../matching/reach';
import { Decimal, divide, plain } from '../quantity/decimal';
import type { Ratio } from '../quantity/ratio';
import { isRefusal, type Refusal } from '../refusals';
import { rateHead, type LegMethod, type LegTask } from './method';
import type { GasRate, Rate, RateInput } from './rate';
import { isRefusedChoice, rateByFactor, saidOf } from './rate-by-factor';
import { withheldMark } from './withheld';

/**
 * Transmission and distribution losses (Scope 3 Standard, category 3, activity C). A publisher's own factor is taken as it is; else lost energy =
 * consumed × r where the loss rate is stated on consumption, × r ÷ (1 − r) where on generation, times the rate of generation (leg `losses`) or of
 * its upstream (leg `losses-upstream`) on the same basis, so that the two legs together are lost × (generation + upstream). On the market basis a
 * loss rate goes first, since publishers' factors rest on the location-based mix: such a factor stands in as `location_based_for_market`. A factor that
 * a person chose for the leg goes before any loss rate.
 * Refusals: those of the match of the leg's own factor; with a loss rate those of the rate that it multiplies.
 */
export const rateOfLosses: LegMethod = (task) => {
  const { leg } = task;
  const loss = lossRate(task);
  const isChosen = saidOf(task).taken !== null;
  const own = leg.basis === 'market' && loss && !isChosen ? null : rateByFactor(task);
  if (own && (!loss || isRefusedChoice(own) || !isRefusalOutcome(own.rate))) return own;
  const { rate: lostRate, lost } = rateByFactor({ ...task, leg: multiplied(task) });
  if (lostRate === 'pooled' || isRefusal(lostRate)) return { rate: lostRate, lost };
  return { rate: lossesOf(leg, lostRate, loss as PropertyMatch), lost };
};

function isRefusalOutcome(rate: Rate | Refusal | 'pooled'): boolean {
  return rate !== 'pooled' && isRefusal(rate);
}

/** A rate stated on consumption goes before one stated on generation. */
function lossRate({ key, type, leg, context }: LegTask): PropertyMatch | null {
  const grid = { ...leg, borrowsAbroad: false };
  return (
    matchProperty(key, type, grid, 'loss-of-consumption', context.index) ??
    matchProperty(key, type, grid, 'loss-of-generation', context.index)
  );
}

/** The leg whose rate the lost energy carries: generation or its upstream, on the basis of the losses; `all` reads the location. */
function multiplied({ type, leg, context }: LegTask): LegSpec {
  const wanted = leg.leg === 'losses' ? 'generation' : 'upstream';
  const basis = leg.basis === 'market' ? 'market' : 'location';
  const legs = context.pack.legsOf(type).filter((spec) => spec.leg === wanted);
  return legs.find((spec) => spec.basis === basis) ?? legs.find((spec) => spec.basis === 'all') ?? { ...leg, leg: wanted, basis };
}

/** Every figure of the rate × r, or × r ÷ (1 − r). */
function lossesOf(leg: LegSpec, rate: Rate, { pinned, fallbacks }: PropertyMatch): Rate {
  const { kind, value } = pinned.figure;
  const onGeneration = kind === 'loss-of-generation';
  const ratio = { numerator: new Decimal(value), denominator: onGeneration ? new Decimal(1).sub(value) : new Decimal(1) };
  const scale = new Scaling(ratio);
  const kgco2e = scale.text(rate.kgco2e);
  const lost = onGeneration ? `${value} ÷ (1 − ${value})` : value;
  const figures = {
    kgco2e,
    biogenicKgco2: scale.text(rate.biogenicKgco2),
    gases: rate.gases.map((gas) => scaledGas(gas, scale)),
    notConvertible: rate.notConvertible && { ...rate.notConvertible, kgco2e: scale.text(rate.notConvertible.kgco2e) },
  };
  return {
    ...rate,
    ...rateHead(leg, rate.unit),
    ...figures,
    method: 'loss-rate-times-rate',
    fallbacks: [...new Set([...rate.fallbacks, ...fallbacks])],
    inputs: [...(rate.inputs ?? []), inputOf(pinned), ...inputOfRate(rate)],
    rounded: rate.rounded || scale.rounded,
    formula: `${lost} lost × (${rate.formula}) = ${kgco2e} kgCO2e/${rate.unit}`,
  };
}

/** The rate that is multiplied, cited as what it rests on itself. */
function inputOfRate(rate: Rate): RateInput[] {
  const { factor, leg, basis, kgco2e, unit } = rate;
  if (!factor) return [];
  const { code, setId, source } = factor;
  return [{ kind: 'rate', code: `${leg}, ${basis}: ${code}`, setId, value: kgco2e, unit: `kgCO2e/${unit}`, source, ...withheldMark(rate) }];
}

function scaledGas(gas: GasRate, scale: Scaling): GasRate {
  const kg = scale.text(gas.kg);
  return gas.stated ? { ...gas, kg, stated: { ...gas.stated, kgco2e: scale.text(gas.stated.kgco2e) } } : { ...gas, kg };
}

/** Multiplies figures by one ratio, each by one division, and remembers whether one was rounded. */
class Scaling {
  rounded = false;

  constructor(private readonly ratio: Ratio) {}

  text(figure: string): string {
    const quotient = divide(this.ratio.numerator.mul(figure), this.ratio.denominator);
    this.rounded ||= quotient.rounded;
    return plain(quotient.value);
  }
}
