import type { GasRegister, GwpSetId } from '../factor/gas';
import { gwpOf, kindOf } from '../factor/gwp';
import { Decimal, divide, type Quotient } from '../quantity/decimal';
import { isRefusal, type Refusal } from '../refusals';
import type { GasRate, Rate } from './rate';

/** kgCO2e per unit under a GWP set, and the part of it that stands on another set because no gas explains it. */
export interface RebasedRate {
  readonly kgco2e: Decimal;
  readonly notConvertible: Decimal;
}

/** kgCO2e of one gas: a stated CO2e figure × GWP(set) ÷ GWP(its own set), else kg × GWP(set). Refusal: `gas_unknown`. */
export function gasKgCo2e(gas: GasRate, set: GwpSetId, register: GasRegister): Quotient | Refusal {
  if (gas.stated?.gwpSet === set) return { value: new Decimal(gas.stated.kgco2e), rounded: false };
  const gwp = gwpOf(register, set, gas.gas, gas.origin);
  if (isRefusal(gwp)) return gwp;
  if (!gas.stated) return { value: new Decimal(gas.kg).mul(gwp), rounded: false };
  const own = gwpOf(register, gas.stated.gwpSet, gas.gas, gas.origin);
  return isRefusal(own) ? own : divide(new Decimal(gas.stated.kgco2e).mul(gwp), own);
}

/**
 * kgCO2e per unit of a rate under any GWP set: Σ gases under that set + what cannot be converted. Under the set that the rate was made with it
 * is the rate's own figure. A gas that the wanted set has no value for stays on the rate's set and counts as not convertible.
 */
export function rebase(rate: Rate, set: GwpSetId, register: GasRegister): RebasedRate {
  const residual = new Decimal(rate.notConvertible?.kgco2e ?? 0);
  const foreign = rate.notConvertible && rate.notConvertible.gwpSet !== set ? residual : new Decimal(0);
  if (set === rate.gwpSet) return { kgco2e: new Decimal(rate.kgco2e), notConvertible: foreign };
  let kgco2e = residual;
  let notConvertible = foreign;
  for (const gas of rate.gases) {
    if (kindOf(register, gas.gas) !== 'kyoto') continue;
    const wanted = gasKgCo2e(gas, set, register);
    const kept = isRefusal(wanted) ? gasKgCo2e(gas, rate.gwpSet, register) : wanted;
    if (isRefusal(kept)) continue;
    kgco2e = kgco2e.add(kept.value);
    if (isRefusal(wanted)) notConvertible = notConvertible.add(kept.value);
  }
  return { kgco2e: divide(kgco2e, new Decimal(1)).value, notConvertible };
}
