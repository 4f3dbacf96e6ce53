import type { MatchKey } from '../activity/vocabulary';
import type { Rate } from '../calculation/rate';
import { isPerMoney, isSupplierSpecific, type DataStatus } from './assumed-indicators';

/**
 * Whether tonnes rest on primary data: data from the specific activity within the value chain (Scope 3 Standard, chapter 7). They do if the factor
 * is the named supplier's own or the figure came stated as CO2e; or if the quantity was measured or invoiced in a physical unit. An invoiced amount of
 * money under a sector's average factor is secondary data, and so is what a pool extrapolated.
 */
export function isPrimaryData(rate: Rate, key: MatchKey | null, status: DataStatus): boolean {
  if (status === 'extrapolated' || status === 'estimated') return false;
  if (isSupplierSpecific(rate, key)) return true;
  return (status === 'measured' || status === 'invoiced') && !isPerMoney(rate.unit);
}
