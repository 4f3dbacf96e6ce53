import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import type { FallbackCode, LostCandidate } from '../calculation/rate';
import type { PinnedFactor } from '../factor/factor';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '../refusals';
import type { FactorIndex } from './factor-index';
import { losersOf } from './lost-candidates';
import { servingNodes, walkOf, type Rung, type Tier, type Walk, type Winner } from './walk';

/** The factor that a key takes for one leg, the rungs that were taken on the way, and the nearest losers. */
export interface FactorMatch {
  readonly pinned: PinnedFactor;
  readonly fallbacks: readonly FallbackCode[];
  readonly lost: readonly LostCandidate[];
}

/** No factor: the filter that none passed, and the nearest losers. */
export interface FactorNoMatch {
  readonly refusal: Refusal;
  readonly lost: readonly LostCandidate[];
}

/** The filters in order; a deeper one refuses more precisely. */
const FILTERS: readonly RefusalCode[] = [
  'factor_missing',
  'factor_supplier_missing',
  'factor_unit_mismatch',
  'factor_attribute_mismatch',
  'factor_region_missing',
];

/**
 * The cascade for one key and leg: supplier-specific before general (market-based electricity: supplier, residual mix, grid average; Scope 2
 * Guidance, chapter 6), then subregion, country, global, another country where the leg may borrow; then the most specific attributes; then the
 * rules of `preference.ts`. Every rung that was not the best one is a named fallback. Identical inputs give the identical factor.
 * Refusals: `unit_unknown`, `factor_missing`, `factor_supplier_missing`, `factor_unit_mismatch`, `currency_without_rate`,
 * `factor_attribute_mismatch`, `factor_region_missing`.
 */
export function matchFactor(key: MatchKey, type: ActivityType, leg: LegSpec, index: FactorIndex): FactorMatch | FactorNoMatch {
  const walk = walkOf(key, type, leg, index);
  if (isRefusal(walk)) return { refusal: walk, lost: [] };
  let reached = 0;
  for (const tier of walk.tiers) {
    const found = searchTier(walk, tier);
    if (typeof found !== 'number') {
      const { pinned, fallbacks } = found;
      return { pinned, fallbacks, lost: losersOf(walk, found) };
    }
    if (found > reached) reached = found;
  }
  return { refusal: refusalAt(reached, walk, leg), lost: losersOf(walk, null) };
}

/** The chosen factor of a tier, or how many filters were passed before none was left. */
function searchTier(walk: Walk, tier: Tier): (Winner & { readonly fallbacks: readonly FallbackCode[] }) | number {
  if (!tier.suppliers) return 0;
  if (!tier.families) return 1;
  const nodes = tier.families.get(walk.unit.family);
  if (!nodes) return 2;
  const levels = servingNodes(walk, nodes);
  if (levels.length === 0) return 3;
  const { compare } = walk.preference;
  for (const rung of walk.rungs) {
    for (const level of levels) {
      const candidates = level.flatMap((node) => rung.regions(node).flatMap((region) => node.regions.get(region) ?? []));
      const pinned = candidates.reduce<PinnedFactor | null>((best, next) => (best === null || compare(next, best) < 0 ? next : best), null);
      if (pinned) return { pinned, tier, rung, fallbacks: fallbacksOf(walk, tier, rung, pinned) };
    }
  }
  return 4;
}

function fallbacksOf(walk: Walk, tier: Tier, rung: Rung, pinned: PinnedFactor): FallbackCode[] {
  const { key } = walk;
  const { factor } = pinned;
  const fallbacks: FallbackCode[] = [...tier.fallbacks];
  if (rung.fallback) fallbacks.push(rung.fallback);
  if (factor.year < key.year) fallbacks.push('year_earlier');
  if (factor.year > key.year) fallbacks.push('year_later');
  const defaulted = Object.keys(factor.attributes).some((name) => name in walk.attributes && !(name in key.attributes));
  if (defaulted) fallbacks.push('attribute_default');
  if (walk.stated.some((name) => !(name in factor.attributes))) fallbacks.push('attribute_general');
  const priceYear = factor.attributes.price_year;
  if (priceYear !== undefined && priceYear !== key.attributes.price_year) fallbacks.push('price_year_not_adjusted');
  return fallbacks;
}

function refusalAt(reached: number, { key, unit }: Walk, leg: LegSpec): Refusal {
  const code = FILTERS[reached] as RefusalCode;
  const place = key.region ?? key.country;
  const leads = `${key.activityType}, ${leg.leg}`;
  if (code === 'factor_unit_mismatch' && unit.dimension === 'money')
    return refuse('currency_without_rate', `${leads}: no factor per ${unit.id}`);
  if (code === 'factor_supplier_missing') return refuse(code, `${leads}: none for ${key.supplier ?? 'a supplier that is not named'}`);
  if (code === 'factor_unit_mismatch') return refuse(code, `${leads}: none in a unit of ${unit.dimension}`);
  if (code === 'factor_attribute_mismatch') return refuse(code, `${leads}: none for ${canonicalJson(key.attributes)}`);
  if (code === 'factor_region_missing') return refuse(code, `${leads}: none for ${place}`);
  return refuse(code, `${leads}: none is pinned`);
}
