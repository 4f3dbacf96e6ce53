import { gwpOf, kindOf, resolveGas } from '../factor/gwp';
import { conversion } from '../quantity/convert';
import { Decimal, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { rateHead, type DecisionContext, type LegTask } from './method';
import type { Rate } from './rate';
import { PerUnit } from './per-unit';

/** Of a leg's task what a composition needs; a mass balance has no more. */
type CompositionTask = Pick<LegTask, 'key' | 'leg'> & { readonly context: Pick<DecisionContext, 'gases' | 'gwpSet'> };

/**
 * A gas or blend that escaped, however its mass was come by (top-up, mass balance, life-cycle stage, screening): kgCO2e per unit = Σ mass fraction ×
 * GWP × kilograms per unit, over the Kyoto gases of the composition (Corporate Standard, chapter 6; IPCC 2006 Guidelines, volume 3, chapter 7). Gases of the Montreal Protocol are kept
 * in `gases` and count 0 inside the scopes.
 * Refusals: `attribute_missing` (no gas), `gas_unknown`, `unit_unknown`, `unit_dimension_mismatch`.
 */
export function rateFromComposition({ key, leg, context: { gases, gwpSet } }: CompositionTask): Rate | Refusal {
  const substance = key.attributes.gas;
  if (substance === undefined) return refuse('attribute_missing', 'the gas is not stated', 'gas');
  const parts = resolveGas(gases, substance);
  if (isRefusal(parts)) return parts;
  const way = conversion(key.unit, 'kg');
  if (isRefusal(way)) return way;
  const perUnit = new PerUnit(way);
  const terms: string[] = [];
  let sum = new Decimal(0);
  for (const { gas, massFraction } of parts) {
    const kind = kindOf(gases, gas);
    const gwp = gwpOf(gases, gwpSet, gas);
    if (isRefusal(kind)) return kind;
    if (kind !== 'kyoto') {
      terms.push(`${plain(massFraction)} × 0 (${gas}, outside the scopes)`);
      continue;
    }
    if (isRefusal(gwp)) return gwp;
    sum = sum.add(massFraction.mul(gwp));
    terms.push(`${plain(massFraction)} × ${plain(gwp)} (${gas})`);
  }
  const gasRates = parts.map(({ gas, massFraction }) => ({ gas, kg: perUnit.text(massFraction) }));
  const kgco2e = perUnit.text(sum);
  return {
    ...rateHead(leg, key.unit),
    kgco2e,
    biogenicKgco2: '0',
    gwpSet,
    gases: gasRates,
    notConvertible: null,
    factor: null,
    method: 'mass-times-composition',
    conversion: way.steps,
    fallbacks: [],
    rounded: perUnit.rounded,
    formula: `(${terms.join(' + ')}) kgCO2e/kg${perUnit.formula('kg', key.unit)} = ${kgco2e} kgCO2e/${key.unit}`,
  };
}
