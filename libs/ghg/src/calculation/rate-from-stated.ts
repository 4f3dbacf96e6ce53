import { conversion } from '../quantity/convert';
import { Decimal } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { rateHead, type LegTask } from './method';
import { PerUnit } from './per-unit';
import type { Rate } from './rate';

/**
 * A figure that comes as CO2e: kgCO2e per unit = kilograms per unit, and nothing else (Scope 3 Standard, chapter 7: emissions calculated by the
 * supplier, the investee, the franchisee). No gas is known, so all of it stands on the GWP set of the attribute `gwp_set`; where that is not stated
 * the book's is assumed, and `gwp_set_assumed` says so.
 * Refusals: `gwp_set_unknown`, `unit_unknown`, `unit_dimension_mismatch`.
 */
export function rateFromStated({ key, leg, context: { gases, gwpSet } }: LegTask): Rate | Refusal {
  const stated = key.attributes.gwp_set;
  const known = stated === undefined ? gwpSet : gases.sets.find(({ id }) => id === stated)?.id;
  if (known === undefined) return refuse('gwp_set_unknown', `"${stated}"`, 'gwp_set');
  const way = conversion(key.unit, 'kgCO2e');
  if (isRefusal(way)) return way;
  const perUnit = new PerUnit(way);
  const kgco2e = perUnit.text(new Decimal(1));
  return {
    ...rateHead(leg, key.unit),
    kgco2e,
    biogenicKgco2: '0',
    gwpSet,
    gases: [],
    notConvertible: { kgco2e, gwpSet: known },
    factor: null,
    method: 'stated-emissions',
    conversion: way.steps,
    fallbacks: stated === undefined ? ['gwp_set_assumed'] : [],
    rounded: perUnit.rounded,
    formula: `as stated (${known}): ${kgco2e} kgCO2e/${key.unit}`,
  };
}
