import type { Rate, RateInput } from '../calculation/rate';
import { PerUnit } from '../calculation/per-unit';
import { withheldMark } from '../calculation/withheld';
import type { GasId } from '../factor/gas';
import { gwpOf, kindOf } from '../factor/gwp';
import { conversion } from '../quantity/convert';
import { Decimal, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { marketsOf } from './instrument-checks';
import type { Instrument, PoolContext } from './pool';

const METHOD = 'contractual-instrument';

/**
 * The instrument's own emission rate, per unit of a member: kgCO2e = Σ kg per kWh × kWh per unit × GWP over the Kyoto gases; none printed: zero
 * (Scope 2 Guidance, chapter 6, market-based method). CO2 of biogenic origin stands outside the scopes, methane and nitrous oxide of biomass inside
 * (Scope 2 Guidance, chapter 6). Methane of a renewable source takes the non-fossil figure.
 * Refusals: `number_malformed`, `gas_unknown`, `unit_unknown`, `unit_dimension_mismatch`.
 */
export function instrumentRate(
  instrument: Instrument,
  standing: Rate,
  { gases: register, gwpSet }: Pick<PoolContext, 'gases' | 'gwpSet'>,
): Rate | Refusal {
  const { unit } = standing;
  const way = conversion(unit, 'kWh');
  if (isRefusal(way)) return way;
  const perUnit = new PerUnit(way);
  const gases = instrument.gases.map(({ gas, kg }) => ({ gas: ofSource(gas, instrument), kg }));
  const terms: string[] = [];
  let sum = new Decimal(0);
  let biogenic = new Decimal(0);
  for (const { gas, kg } of gases) {
    if (!/^\d+(\.\d+)?$/.test(kg)) return refuse('number_malformed', `"${kg}" kg ${gas} per kWh of ${instrument.code}`, instrument.code);
    const kind = kindOf(register, gas);
    if (isRefusal(kind)) return kind;
    const gwp = gwpOf(register, gwpSet, gas);
    if (kind === 'kyoto' && isRefusal(gwp)) return gwp;
    if (kind === 'biogenic') biogenic = biogenic.add(kg);
    if (kind !== 'kyoto' || isRefusal(gwp)) continue;
    sum = sum.add(gwp.mul(kg));
    terms.push(`${kg} kg ${gas} × ${plain(gwp)}`);
  }
  const kgco2e = perUnit.text(sum);
  const printed = terms.length === 0 ? '0' : `(${terms.join(' + ')})`;
  return {
    leg: 'generation',
    basis: 'market',
    sourceClass: standing.sourceClass,
    unit,
    kgco2e,
    biogenicKgco2: perUnit.text(biogenic),
    gwpSet,
    gases: gases.map(({ gas, kg }) => ({ gas, kg: perUnit.text(new Decimal(kg)) })),
    notConvertible: null,
    factor: null,
    method: METHOD,
    conversion: way.steps,
    fallbacks: [],
    inputs: [citation(instrument, plain(sum), 'kgCO2e/kWh')],
    rounded: perUnit.rounded,
    formula: `${printed} kgCO2e/kWh${perUnit.formula('kWh', unit)} = ${kgco2e} kgCO2e/${unit}`,
  };
}

/**
 * The standing energy rate in the market-based reading alone. An instrument says nothing of the grid: in the location-based reading the kilowatt-hours
 * stay what the rows say.
 */
export function marketEnergyRate(standing: Rate): Rate {
  return { ...standing, basis: 'market' };
}

/**
 * The energy that an instrument covers, counted under its source: the kilowatt-hours per unit of the standing energy rate (ESRS E1-5, purchased
 * energy is renewable where a contractual instrument says so). It counts in the market-based reading alone.
 */
export function instrumentEnergyRate(instrument: Instrument, standing: Rate): Rate {
  const { leg, sourceClass, unit, gwpSet, boundary, conversion: steps, rounded } = standing;
  const kwh = standing.energy?.kwh ?? '0';
  return {
    leg,
    basis: 'market',
    sourceClass,
    unit,
    kgco2e: '0',
    biogenicKgco2: '0',
    gwpSet,
    gases: [],
    notConvertible: null,
    factor: null,
    method: METHOD,
    conversion: steps,
    fallbacks: [],
    inputs: [{ ...citation(instrument, kwh, `kWh/${unit}`), ...withheldMark(standing) }],
    energy: { kwh, source: instrument.energySource },
    ...(boundary === undefined ? {} : { boundary }),
    rounded,
    formula: `${kwh} kWh/${unit}, ${instrument.energySource}`,
  };
}

/** Methane of a renewable source is not fossil, whatever GWP set the book is read under. */
function ofSource(gas: GasId, { energySource }: Instrument): GasId {
  return gas === 'CH4' && energySource === 'renewable' ? 'CH4_nonfossil' : gas;
}

function citation(instrument: Instrument, value: string, unit: string): RateInput {
  const { code, kind, technology, vintageStart, vintageEnd, registryId, retiredMwh, retiredOn } = instrument;
  const table = `${kind}, ${technology}, ${marketsOf(instrument).join(' and ')}, vintage ${vintageStart} to ${vintageEnd}`;
  return {
    kind: 'instrument',
    code,
    setId: null,
    value,
    unit,
    source: { table, row: registryId, printed: `${retiredMwh} MWh retired on ${retiredOn}` },
  };
}
