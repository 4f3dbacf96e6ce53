import { isBiofuel } from '../activity/activity-types';
import type { ActivityType, ActivityTypeId, LegId, LegSpec, MatchKey } from '../activity/vocabulary';
import type { FuelOrigin } from '../factor/gas';

/** Fossil gas that reaches the air as it is. */
const UNBURNT: readonly ActivityTypeId[] = ['fugitive.natural-gas'];
/** Legs on which the fuel itself is burnt: by the reporter, by others on its behalf, by who uses its products. */
const BURNT: readonly LegId[] = ['combustion', 'operation', 'use'];
/** What drives a vehicle and is no fossil fuel. */
const NO_FUEL: readonly string[] = ['battery-electric', 'hydrogen'];
const FUEL = 'fuel';
/** What comes through a wire is made of whatever the grid burns, whichever fuel drives the vehicle beside it. */
const FROM_A_GRID: readonly LegId[] = ['generation', 'losses', 'losses-upstream'];

/**
 * Whose methane a leg releases. Natural gas that leaks is fossil by what it is. A biofuel's methane is non-fossil where it is burnt; on another leg
 * (its supply chain) it is what the factor states. A fossil fuel's is fossil on every leg: burnt, upstream, in sold products, by a carrier.
 * Undefined: no fuel is named, and the factor alone says (AR6 WG I, table 7.15).
 */
export function methaneOrigin(key: MatchKey, type: ActivityType, { leg }: LegSpec): FuelOrigin | undefined {
  if (UNBURNT.includes(type.id)) return 'fossil-unburnt';
  if (isBiofuel(type, key.attributes)) return BURNT.includes(leg) ? 'biogenic' : undefined;
  if (leg === 'combustion') return 'fossil';
  if (FROM_A_GRID.includes(leg)) return undefined;
  return isFossilFuel(key, type) ? 'fossil' : undefined;
}

/** The type burns a fuel of its own, or an attribute names it, stated or by default. */
function isFossilFuel(key: MatchKey, type: ActivityType): boolean {
  const named = key.attributes[FUEL] ?? type.attributes.find(({ name }) => name === FUEL)?.default;
  return named === undefined ? type.legs.some(({ leg }) => leg === 'combustion') : !NO_FUEL.includes(named);
}
