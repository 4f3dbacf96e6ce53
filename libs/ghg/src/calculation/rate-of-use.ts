import { activityType } from '../activity/activity-types';
import { isRefusal } from '../refusals';
import { rateHead, type LegMethod } from './method';
import { isRefusedChoice, rateBy, saidOf } from './rate-by-factor';

export const GRID = 'electricity.grid';
/** What of sold products runs on a grid. */
export const ON_GRID: readonly string[] = ['use.electricity', 'use-indirect.electricity'];

/**
 * The use of a sold product. Electricity that it takes over its life is that of the grid where it is used: without a factor of its own the location-
 * based factor of the country's grid stands in, as `grid_factor_for_use` (Scope 3 Technical Guidance, category 11).
 * What people decided for the key itself holds for what stands in, too.
 * Refusals: those of `rateByFactor`.
 */
export const rateOfUse: LegMethod = (task) => {
  const said = saidOf(task);
  const own = rateBy(task, said);
  const type = activityType(GRID);
  if (own.rate === 'pooled' || !isRefusal(own.rate) || isRefusedChoice(own) || !type || !ON_GRID.includes(task.type.id)) return own;
  const { key, leg } = task;
  const onGrid = { ...task, type, key: { ...key, activityType: GRID, attributes: {} } };
  const grid = rateBy({ ...onGrid, leg: { ...leg, leg: 'generation', basis: 'location', borrowsAbroad: false } }, said);
  if (grid.rate === 'pooled' || isRefusal(grid.rate)) return own;
  const rate = { ...grid.rate, ...rateHead(leg, key.unit), fallbacks: [...grid.rate.fallbacks, 'grid_factor_for_use' as const] };
  return { rate, lost: grid.lost };
};
