import type { LostCandidate } from '../calculation/rate';
import type { PinnedFactor } from '../factor/factor';
import type { AttributeNode, FamilyNodes } from './factor-index';
import type { LostReason } from './preference';
import { servingNodes, type Rung, type Tier, type Walk, type Winner } from './walk';

/** As many losers as are kept for an explanation. */
export const LOST_MAX = 20;

type Loser = readonly [PinnedFactor, LostReason];

/** The nearest losers, best first: what passed most filters, in the order of the cascade. `winner` null: none was taken. */
export function losersOf(walk: Walk, winner: Winner | null): LostCandidate[] {
  const lost: LostCandidate[] = [];
  const seen = new Set<PinnedFactor>(winner ? [winner.pinned] : []);
  for (const [pinned, reason] of inOrderOfNearness(walk, winner)) {
    if (seen.has(pinned)) continue;
    seen.add(pinned);
    lost.push({ setId: pinned.setId, code: pinned.factor.code, reason });
    if (lost.length === LOST_MAX) break;
  }
  return lost;
}

/** Lazy on purpose: a leg may have very many factors, and only the first few losers are looked at. */
function* inOrderOfNearness(walk: Walk, winner: Winner | null): Generator<Loser> {
  for (const tier of walk.tiers) if (tier.families) yield* byRule(walk, tier, tier.families, winner);
  for (const tier of walk.tiers) if (tier.families) yield* byFilter(walk, tier.families);
  for (const tier of walk.tiers)
    for (const [supplier, families] of tier.suppliers ?? []) if (supplier !== tier.supplier) yield* ofFamilies(families, 'supplier_other');
}

/** Factors that passed every filter and lost to the winner by a rule. */
function* byRule(walk: Walk, tier: Tier, families: FamilyNodes, winner: Winner | null): Generator<Loser> {
  const nodes = families.get(walk.unit.family);
  if (!nodes || !winner) return;
  const levels = servingNodes(walk, nodes).flat();
  for (const rung of walk.rungs)
    for (const node of levels)
      for (const pinned of factorsOn(rung, node).sort(walk.preference.compare))
        yield [pinned, tier === winner.tier ? reasonWithinTier(rung, pinned, winner, walk.preference.reason) : 'supplier_general'];
}

function reasonWithinTier(
  rung: Rung,
  loser: PinnedFactor,
  winner: Winner,
  ruleAgainst: (winner: PinnedFactor, loser: PinnedFactor) => LostReason,
): LostReason {
  if (rung !== winner.rung) return 'region_further';
  const specific = (pinned: PinnedFactor) => Object.keys(pinned.factor.attributes).length;
  return specific(loser) < specific(winner.pinned) ? 'attributes_general' : ruleAgainst(winner.pinned, loser);
}

/** Factors that one of the filters stopped: region, then attributes, then unit. */
function* byFilter(walk: Walk, families: FamilyNodes): Generator<Loser> {
  const nodes = families.get(walk.unit.family);
  if (nodes) {
    const serving = new Set(servingNodes(walk, nodes).flat());
    for (const node of serving) yield* ofNode(node, 'region_other');
    for (const node of nodes.values()) if (!serving.has(node)) yield* ofNode(node, 'attributes_other');
  }
  for (const [family, others] of families)
    if (family !== walk.unit.family) for (const node of others.values()) yield* ofNode(node, 'unit_other');
}

function* ofFamilies(families: FamilyNodes, reason: LostReason): Generator<Loser> {
  for (const nodes of families.values()) for (const node of nodes.values()) yield* ofNode(node, reason);
}

function* ofNode(node: AttributeNode, reason: LostReason): Generator<Loser> {
  for (const factors of node.regions.values()) for (const pinned of factors) yield [pinned, reason];
}

function factorsOn(rung: Rung, node: AttributeNode): PinnedFactor[] {
  return rung.regions(node).flatMap((region) => node.regions.get(region) ?? []);
}
