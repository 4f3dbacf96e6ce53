import { activityType } from '../activity/activity-types';
import { refuse } from '../refusals';
import { rateOfNothing, type LegMethod } from './method';
import { rateByFactor } from './rate-by-factor';

/** The attribute that says what became of the certificates of one's own generation. */
export const CERTIFICATES = 'certificates';
const GRID = 'electricity.grid';

/**
 * Electricity generated and consumed on site without emission (Scope 2 Guidance, chapter 6). It crosses no grid: nothing on the location basis. On
 * the market basis nothing where the certificates were kept; where they were sold, the attribute went with them, and the consumption takes the
 * residual mix or grid average like any other.
 * Refusals: `attribute_missing`; those of the market-based grid factor.
 */
export const rateOnSite: LegMethod = (task) => {
  const { key, leg, context } = task;
  const certificates = key.attributes[CERTIFICATES] ?? task.type.attributes.find(({ name }) => name === CERTIFICATES)?.default;
  if (certificates === undefined) return { rate: refuse('attribute_missing', 'kept or sold?', CERTIFICATES), lost: [] };
  const grid = activityType(GRID);
  if (leg.basis === 'market' && certificates === 'sold' && grid)
    return rateByFactor({ ...task, type: grid, key: { ...key, activityType: GRID, attributes: {} } });
  const why = leg.basis === 'market' ? 'certificates kept' : 'no grid between generation and use';
  return { rate: rateOfNothing(leg, key.unit, context.gwpSet, 'on-site-generation', `0 kgCO2e/${key.unit}: ${why}`), lost: [] };
};
