import type { Basis } from '../activity/vocabulary';
import type { ReportedLine } from '../boundary/boundary';
import { gasKgCo2e } from '../calculation/rebase';
import type { GasRate, Rate } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { kindOf } from '../factor/gwp';
import { Decimal } from '../quantity/decimal';
import { isRefusal } from '../refusals';
import { gasFamily, GAS_FAMILIES } from './gas-families';
import type { GasFigure, GasScope } from './inventory';
import { Sums, thousandth, ZERO } from './sums';

/** One gas of a rate under the wanted GWP set, per unit; `co2e` of null: what the rate's figure holds beyond its gases. */
export interface GasPart {
  readonly gas: string | null;
  readonly kg: Decimal;
  readonly kgco2e: Decimal;
}

/**
 * A rate's CO2e taken apart by gas under a GWP set: each Kyoto gas as `gasKgCo2e`, and the rest of the figure under no gas, so that the parts add up to
 * it. A gas without a value in the set keeps its value of the rate's own set, as in the figure.
 */
export function gasParts(rate: Rate, kgco2e: Decimal, set: GwpSetId, register: GasRegister): GasPart[] {
  const parts: GasPart[] = [];
  let rest = kgco2e;
  for (const gas of rate.gases) {
    if (kindOf(register, gas.gas) !== 'kyoto') continue;
    const counted = kgCo2eOf(gas, rate, set, register);
    parts.push({ gas: gas.gas, kg: new Decimal(gas.kg), kgco2e: counted });
    rest = rest.sub(counted);
  }
  return rest.isZero() ? parts : [...parts, { gas: null, kg: ZERO, kgco2e: rest }];
}

function kgCo2eOf(gas: GasRate, rate: Rate, set: GwpSetId, register: GasRegister): Decimal {
  const wanted = gasKgCo2e(gas, set, register);
  const kept = isRefusal(wanted) ? gasKgCo2e(gas, rate.gwpSet, register) : wanted;
  return isRefusal(kept) ? ZERO : kept.value;
}

const SCOPES: readonly GasScope[] = ['scope1', 'scope2Location', 'scope2Market', 'scope3', 'scope3Market'];

/** In which figures a leg's gases stand; none outside the scopes and apart. */
function scopesOf(line: ReportedLine, basis: Basis): readonly GasScope[] {
  const pick = (location: GasScope, market: GasScope): readonly GasScope[] =>
    basis === 'all' ? [location, market] : [basis === 'location' ? location : market];
  if (line === 'scope1') return ['scope1'];
  if (line === 'scope2') return pick('scope2Location', 'scope2Market');
  return line.startsWith('scope3.') ? pick('scope3', 'scope3Market') : [];
}

/** Masses and CO2e by gas and scope. */
export class GasSums {
  private readonly mass = new Sums<string>();
  private readonly kgco2e = new Sums<string>();

  add(parts: readonly GasPart[], quantity: Decimal, line: ReportedLine, basis: Basis): void {
    for (const scope of scopesOf(line, basis))
      for (const { gas, kg, kgco2e } of parts) {
        const name = `${scope} ${gas ?? ''}`;
        this.mass.add(name, kg.mul(quantity));
        this.kgco2e.add(name, kgco2e.mul(quantity));
      }
  }

  /** By scope, then in the order of the seven gases. */
  figures(): GasFigure[] {
    return this.kgco2e
      .names()
      .map((name): GasFigure => {
        const [scope, id] = name.split(' ') as [GasScope, string];
        const gas = id === '' ? null : id;
        return {
          scope,
          gas,
          family: gasFamily(gas),
          tonnes: gas === null ? null : thousandth(this.mass.of(name)),
          tco2e: thousandth(this.kgco2e.of(name)),
        };
      })
      .sort(byScopeAndFamily);
  }
}

function byScopeAndFamily(a: GasFigure, b: GasFigure): number {
  return (
    SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope) ||
    GAS_FAMILIES.indexOf(a.family) - GAS_FAMILIES.indexOf(b.family) ||
    ((a.gas ?? '') < (b.gas ?? '') ? -1 : 1)
  );
}
