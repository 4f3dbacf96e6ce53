import { Decimal } from '../quantity/decimal';
import { refuse, isRefusal, type Refusal } from '../refusals';
import type { FuelOrigin, Gas, GasId, GasKind, GasRegister, GwpSet, GwpSetId } from './gas';

/** A mass of one gas, in kilograms, per whatever the caller counts. */
export interface GasMass {
  readonly gas: GasId;
  readonly kg: Decimal;
}

/** A gas of a composition and the share of the whole mass that it has. */
export interface GasPart {
  readonly gas: GasId;
  readonly massFraction: Decimal;
}

interface Lookup {
  readonly gases: ReadonlyMap<GasId, Gas>;
  readonly sets: ReadonlyMap<GwpSetId, GwpSet>;
}
const lookups = new WeakMap<GasRegister, Lookup>();

function lookup(register: GasRegister): Lookup {
  let found = lookups.get(register);
  if (!found) {
    found = { gases: new Map(register.gases.map((gas) => [gas.id, gas])), sets: new Map(register.sets.map((set) => [set.id, set])) };
    lookups.set(register, found);
  }
  return found;
}

/** The kind of a gas. Refusal: `gas_unknown`. */
export function kindOf(register: GasRegister, gas: GasId): GasKind | Refusal {
  return lookup(register).gases.get(gas)?.kind ?? refuse('gas_unknown', `"${gas}" is not in the register`, gas);
}

/**
 * GWP-100 of a gas in one assessment report: kilograms CO2e per kilogram. The tables decide. AR6 (WG I, table 7.15) gives methane by origin only;
 * our table enters the non-fossil figure for methane of unstated origin, since what leaves a flame has its carbon counted as CO2 already. AR4 and
 * AR5 print one methane, and AR5's fossil figure applies only where a factor states it. `origin` is that of a fuel (see `methaneOf`).
 * Refusal: `gas_unknown` (no such gas, or the report has no value for it).
 */
export function gwpOf(register: GasRegister, set: GwpSetId, gas: GasId, origin?: FuelOrigin): Decimal | Refusal {
  const kind = kindOf(register, gas);
  if (isRefusal(kind)) return kind;
  if (kind === 'biogenic') return new Decimal(1);
  const table = lookup(register).sets.get(set);
  const value = table && valueIn(register, table, methaneOf(table, gas, origin));
  return value === undefined ? refuse('gas_unknown', `${set} has no GWP of "${gas}"`, gas) : new Decimal(value);
}

/**
 * Which entry of a table a gas takes. Methane of a burnt biofuel is non-fossil whatever the factor and the variant say. Methane of a fossil fuel
 * takes the fossil entry where the factor states it, where the variant reads every fossil fuel so, or where it escaped unburnt and the report has
 * that figure for it (AR6 WG I, table 7.15 and its note on oxidation: the fossil figure holds the CO2 that the methane turns into).
 */
export function methaneOf(set: GwpSet, gas: GasId, origin: FuelOrigin | undefined): GasId {
  if (gas !== 'CH4' && gas !== 'CH4_fossil') return gas;
  if (origin === 'biogenic') return 'CH4_nonfossil';
  if (gas === 'CH4_fossil' || origin === undefined) return gas;
  return set.fossilFuelMethane || (origin === 'fossil-unburnt' && set.unburntFossilMethane) ? 'CH4_fossil' : gas;
}

function valueIn(register: GasRegister, set: GwpSet, gas: GasId): string | undefined {
  const own = set.gwp100[gas];
  if (own !== undefined || set.variantOf === undefined) return own;
  return lookup(register).sets.get(set.variantOf)?.gwp100[gas];
}

/** A gas as itself, a blend as its parts by mass; parts without a climate entry are left out. Refusal: `gas_unknown`. */
export function resolveGas(register: GasRegister, id: string): readonly GasPart[] | Refusal {
  const blend = register.blends.find((candidate) => candidate.id === id);
  if (blend)
    return blend.parts.filter((part) => !part.negligible).map((part) => ({ gas: part.gas, massFraction: new Decimal(part.massFraction) }));
  const kind = kindOf(register, id);
  return isRefusal(kind)
    ? refuse('gas_unknown', `"${id}" is neither a gas nor a blend of the register`, id)
    : [{ gas: id, massFraction: new Decimal(1) }];
}

/** kgCO2e = Σ kg × GWP over the Kyoto gases; biogenic CO2 and the gases of the Montreal Protocol stand outside the scopes. Refusal: `gas_unknown`. */
export function kgCo2e(register: GasRegister, set: GwpSetId, masses: readonly GasMass[]): Decimal | Refusal {
  return sumOfKind(register, set, masses, 'kyoto');
}

/** The same sum over the gases of the Montreal Protocol, reported apart (Corporate Standard, chapter 9). Refusal: `gas_unknown`. */
export function montrealKgCo2e(register: GasRegister, set: GwpSetId, masses: readonly GasMass[]): Decimal | Refusal {
  return sumOfKind(register, set, masses, 'montreal');
}

function sumOfKind(register: GasRegister, set: GwpSetId, masses: readonly GasMass[], wanted: GasKind): Decimal | Refusal {
  let sum = new Decimal(0);
  for (const { gas, kg } of masses) {
    const kind = kindOf(register, gas);
    if (isRefusal(kind)) return kind;
    if (kind !== wanted) continue;
    const gwp = gwpOf(register, set, gas);
    if (isRefusal(gwp)) return gwp;
    sum = sum.add(kg.mul(gwp));
  }
  return sum;
}
