import type { GasAmount, PinnedFactor } from '../factor/factor';
import type { FuelOrigin, GasRegister, GwpSetId } from '../factor/gas';
import { gwpOf, kindOf } from '../factor/gwp';
import { plain, type Decimal } from '../quantity/decimal';
import { isRefusal } from '../refusals';

/**
 * A factor as a person would write it down: `(53.06 kg CO2 × 1 + 0.001 kg CH4 × 28) kgCO2e/MMBtu`. Under the publisher's own GWP set a total that
 * is printed stands alone; under another every stated CO2e is divided by the publisher's GWP and multiplied by the wanted one.
 */
export function printedFigure(
  pinned: PinnedFactor,
  residual: Decimal,
  gwpSet: GwpSetId,
  register: GasRegister,
  origin?: FuelOrigin,
): string {
  const { factor, set } = pinned;
  const per = `kgCO2e/${factor.unit}`;
  if (factor.kgco2e !== undefined && gwpSet === set.gwpSet) return `${factor.kgco2e} ${per}`;
  const terms = factor.gases
    .filter((amount) => kindOf(register, amount.gas) === 'kyoto')
    .map((amount) =>
      gwpSet === set.gwpSet ? asPrinted(amount, gwpSet, register, origin) : asRebased(amount, set.gwpSet, gwpSet, register, origin),
    );
  if (!residual.isZero()) terms.push(`${plain(residual)} in no gas (${set.gwpSet})`);
  return terms.length === 0 ? `0 ${per}` : `(${terms.join(' + ')}) ${per}`;
}

/** The CO2 of biogenic origin that a factor prints, `(1.7 kg CO2_biogenic) kgCO2/t`; null where it prints none. */
export function printedBiogenic({ factor }: PinnedFactor, register: GasRegister): string | null {
  const terms = factor.gases
    .filter((amount) => kindOf(register, amount.gas) === 'biogenic')
    .map((amount) => ('kg' in amount ? `${amount.kg} kg ${amount.gas}` : `${amount.kgco2e} as ${amount.gas}`));
  return terms.length === 0 ? null : `(${terms.join(' + ')}) kgCO2/${factor.unit}`;
}

function asPrinted(amount: GasAmount, gwpSet: GwpSetId, register: GasRegister, origin?: FuelOrigin): string {
  return 'kg' in amount
    ? `${amount.kg} kg ${amount.gas} × ${gwpText(register, gwpSet, amount.gas, origin)}`
    : `${amount.kgco2e} as ${amount.gas}`;
}

function asRebased(amount: GasAmount, from: GwpSetId, to: GwpSetId, register: GasRegister, origin?: FuelOrigin): string {
  const wanted = gwpText(register, to, amount.gas, origin);
  if ('kg' in amount) return `${amount.kg} kg ${amount.gas} × ${wanted}`;
  return `${amount.kgco2e} as ${amount.gas} ÷ ${gwpText(register, from, amount.gas, origin)} × ${wanted}`;
}

function gwpText(register: GasRegister, set: GwpSetId, gas: string, origin?: FuelOrigin): string {
  const gwp = gwpOf(register, set, gas, origin);
  return isRefusal(gwp) ? 'unknown' : plain(gwp);
}
