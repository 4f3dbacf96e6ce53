import type { SuggestDocument } from './suggester';

/** Where money buys a fuel, energy or a refrigerant, no score is higher: a person books the quantity; no threshold of 0.5 or more takes the spend. */
export const ENERGY_BY_MONEY_SCORE_MAX = 0.49;

const TYPES: readonly string[] = ['fuel.', 'electricity.', 'heat.', 'refrigerant.', 'fugitive.'];
/**
 * Industries of NAICS (2017; 457 and 21211 also of 2022) that make or sell fuels and energy: extraction of oil, gas and coal, electricity, gas and steam
 * supply, refineries, coke and briquettes, wholesale of coal and petroleum, filling stations, fuel dealers. A code that is longer begins with one.
 */
const SECTORS: readonly string[] = [
  ...['2111', '2121', '2211', '2212', '22133', '32411', '324199'],
  ...['423520', '4247', '447', '45431', '4571', '4572'],
];

/** The target is a fuel, electricity, heat or a refrigerant, or spend on one: what its use emits belongs to scope 1 or 2, and needs its quantity. */
export function isEnergy({ activityType, attributes: { sector } }: SuggestDocument): boolean {
  if (TYPES.some((type) => activityType.startsWith(type))) return true;
  return activityType.startsWith('spend.') && SECTORS.some((known) => sector?.startsWith(known));
}
