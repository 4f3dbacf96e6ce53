import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import type { GasAmount, PinnedFactor } from '../factor/factor';
import type { FuelOrigin, GasRegister, GwpSetId } from '../factor/gas';
import { gwpOf, kindOf } from '../factor/gwp';
import type { FactorMatch } from '../matching/match-factor';
import { Decimal, divide, plain, type Quotient } from '../quantity/decimal';
import { isRefusal, type Refusal } from '../refusals';
import { rateHead } from './method';
import { methaneOrigin } from './methane-origin';
import type { FactorCitation, GasRate, Rate } from './rate';
import { rateFormula } from './explain';
import { printedBiogenic, printedFigure } from './formula';
import { PerUnit } from './per-unit';
import { gasKgCo2e } from './rebase';

/** What the factor prints, read under the publisher's own GWP set; all per unit of the factor. */
interface PrintedFactor {
  readonly total: Decimal;
  /** total − Σ gases, 0 where the split explains the total. */
  readonly residual: Decimal;
  readonly biogenicKgco2: Decimal;
}

/**
 * rate = factor × conversion, per gas (Corporate Standard, chapter 6; Scope 3 Standard, chapter 7: activity data × emission factor). The
 * publisher's total wins over its split; what the split does not explain stays on the publisher's GWP set. Under another set every gas is
 * re-based through its mass. The way of units, money and fuel properties is one ratio, so every figure is divided once.
 * Refusal: `gas_unknown`.
 */
export function rateFromFactor(
  key: MatchKey,
  type: ActivityType,
  leg: LegSpec,
  match: FactorMatch,
  register: GasRegister,
  gwpSet: GwpSetId,
): Rate | Refusal {
  const { way } = match;
  const { factor, set } = match.pinned;
  const origin = methaneOrigin(key, type, leg);
  const printed = readPrinted(match.pinned, register, origin);
  if (isRefusal(printed)) return printed;
  const perUnit = new PerUnit(way);
  const gases: GasRate[] = [];
  for (const amount of factor.gases) {
    const gas = gasRate(amount, set.gwpSet, perUnit, register, origin);
    if (isRefusal(gas)) return gas;
    gases.push(gas);
  }
  const notConvertible = printed.residual.isZero() ? null : { kgco2e: perUnit.text(printed.residual), gwpSet: set.gwpSet };
  const sum = gwpSet === set.gwpSet ? perUnit.of(printed.total) : rebasedSum(gases, notConvertible?.kgco2e ?? '0', gwpSet, register);
  if (isRefusal(sum)) return sum;
  const kgco2e = plain(sum.value);
  const biogenicKgco2 = perUnit.text(printed.biogenicKgco2);
  const converted = perUnit.formula(factor.unit, key.unit);
  const inside = `${printedFigure(match.pinned, printed.residual, gwpSet, register, origin)}${converted} = ${kgco2e} kgCO2e/${key.unit}`;
  const beside = printedBiogenic(match.pinned, register);
  return {
    ...rateHead(leg, key.unit),
    kgco2e,
    biogenicKgco2,
    gwpSet,
    gases,
    notConvertible,
    factor: citationOf(match.pinned),
    method: 'quantity-times-factor',
    conversion: way.steps,
    fallbacks: match.fallbacks,
    ...(way.inputs.length > 0 ? { inputs: way.inputs } : {}),
    ...(factor.gsd === undefined ? {} : { gsd: factor.gsd }),
    ...(match.choice ? { choice: match.choice } : {}),
    rounded: perUnit.rounded || sum.rounded,
    formula: rateFormula(leg.leg, inside, beside && `${beside}${converted} = ${biogenicKgco2} kgCO2/${key.unit}`),
  };
}

function readPrinted({ factor, set }: PinnedFactor, register: GasRegister, origin: FuelOrigin | undefined): PrintedFactor | Refusal {
  let split = new Decimal(0);
  let biogenicKgco2 = new Decimal(0);
  for (const amount of factor.gases) {
    const kind = kindOf(register, amount.gas);
    if (isRefusal(kind)) return kind;
    const gwp = gwpOf(register, set.gwpSet, amount.gas, origin);
    if (isRefusal(gwp)) return gwp;
    const kgco2e = 'kg' in amount ? new Decimal(amount.kg).mul(gwp) : new Decimal(amount.kgco2e);
    if (kind === 'biogenic') biogenicKgco2 = biogenicKgco2.add(kgco2e);
    if (kind !== 'kyoto') continue;
    split = split.add(kgco2e);
  }
  const total = factor.kgco2e === undefined ? split : new Decimal(factor.kgco2e);
  return { total, residual: total.sub(split), biogenicKgco2 };
}

/** A mass as printed, or a stated CO2e figure divided by the publisher's GWP back to mass. Refusal: `gas_unknown`. */
function gasRate(
  amount: GasAmount,
  printedUnder: GwpSetId,
  perUnit: PerUnit,
  register: GasRegister,
  origin: FuelOrigin | undefined,
): GasRate | Refusal {
  const { gas } = amount;
  const of = origin && gas.startsWith('CH4') ? { gas, origin } : { gas };
  if ('kg' in amount) return { ...of, kg: perUnit.text(new Decimal(amount.kg)) };
  const gwp = gwpOf(register, printedUnder, gas, origin);
  if (isRefusal(gwp)) return gwp;
  const kgco2e = new Decimal(amount.kgco2e);
  return { ...of, kg: perUnit.text(kgco2e, gwp), stated: { kgco2e: perUnit.text(kgco2e), gwpSet: printedUnder } };
}

/** Σ Kyoto gases under another set + the residual as it is. Refusal: `gas_unknown`. */
function rebasedSum(gases: readonly GasRate[], residual: string, gwpSet: GwpSetId, register: GasRegister): Quotient | Refusal {
  let rounded = false;
  let sum = new Decimal(residual);
  for (const gas of gases) {
    if (kindOf(register, gas.gas) !== 'kyoto') continue;
    const kgco2e = gasKgCo2e(gas, gwpSet, register);
    if (isRefusal(kgco2e)) return kgco2e;
    sum = sum.add(kgco2e.value);
    rounded ||= kgco2e.rounded;
  }
  const whole = divide(sum, new Decimal(1));
  return { value: whole.value, rounded: rounded || whole.rounded };
}

function citationOf({ factor, set, setId, withheld }: PinnedFactor): FactorCitation {
  const { publisher, edition, version, licence, invented } = set;
  const { code, region, year, unit, source } = factor;
  const citation = { setId, publisher, edition, version, licence, invented, code, region, year, unit, source };
  return withheld === undefined ? citation : { ...citation, withheld };
}
