import { activityType } from '../activity/activity-types';
import { isRefusal } from '../refusals';
import { rateHead, type LegMethod } from './method';
import { rateByFactor } from './rate-by-factor';

const GRID = 'electricity.grid';
/** What of sold products runs on a grid. */
const ON_GRID: readonly string[] = ['use.electricity', 'use-indirect.electricity'];

/**
 * The use of a sold product. Electricity that it takes over its life is that of the grid where it is used: without a factor of its own the location-
 * based factor of the country's grid stands in, as `grid_factor_for_use` (Scope 3 Technical Guidance, category 11).
 * Refusals: those of `rateByFactor`.
 */
export const rateOfUse: LegMethod = (task) => {
  const own = rateByFactor(task);
  const type = activityType(GRID);
  if (own.rate === 'pooled' || !isRefusal(own.rate) || !type || !ON_GRID.includes(task.type.id)) return own;
  const { key, leg } = task;
  const grid = rateByFactor({
    ...task,
    type,
    key: { ...key, activityType: GRID, attributes: {} },
    leg: { ...leg, leg: 'generation', basis: 'location', borrowsAbroad: false },
  });
  if (grid.rate === 'pooled' || isRefusal(grid.rate)) return own;
  const rate = { ...grid.rate, ...rateHead(leg, key.unit), fallbacks: [...grid.rate.fallbacks, 'grid_factor_for_use' as const] };
  return { rate, lost: grid.lost };
};
