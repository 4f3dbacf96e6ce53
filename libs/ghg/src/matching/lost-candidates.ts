import type { LostCandidate } from '../calculation/rate';
import { madeBy, type FactorChoice } from './choices';
import type { PinnedFactor } from '../factor/factor';
import type { AttributeNode, AttributeNodes, FamilyNodes } from './factor-index';
import type { LostReason } from './preference';
import { servingNodes, type Rung, type Tier, type Walk, type Winner } from './walk';

/** As many losers as are kept for an explanation. */
export const LOST_MAX = 20;

/** What people said, by the factors themselves. */
export interface Persons {
  readonly taken: FactorChoice | null;
  readonly refused: ReadonlyMap<PinnedFactor, FactorChoice>;
}

const NOBODY: Persons = { taken: null, refused: new Map() };

/** The factor that was taken; where a person chose one that stands nowhere in the cascade, without tier and rung. */
type Taken = Winner | Pick<Winner, 'pinned'>;

/** Gathers losers, each once, until there are enough: a leg may have very many factors, and only the nearest are looked at. */
class Losers {
  readonly list: LostCandidate[] = [];
  private readonly seen: Set<PinnedFactor>;

  constructor(
    winner: Taken | null,
    private readonly refused: Persons['refused'],
  ) {
    this.seen = new Set(winner ? [winner.pinned] : []);
  }

  get full(): boolean {
    return this.list.length >= LOST_MAX;
  }

  add(pinned: PinnedFactor, reason: LostReason): void {
    if (this.full || this.seen.has(pinned)) return;
    this.seen.add(pinned);
    const refusal = this.refused.get(pinned);
    const why = refusal ? { reason: 'refused_by_person', choice: madeBy(refusal) } : { reason };
    this.list.push({ setId: pinned.setId, code: pinned.factor.code, ...why });
  }

  addNode(node: AttributeNode, reason: LostReason): void {
    for (const factors of node.regions.values())
      for (const pinned of factors) {
        if (this.full) return;
        this.add(pinned, reason);
      }
  }
}

/**
 * The nearest losers, best first: what people refused, then what passed most filters, in the order of the cascade. `winner` null: none was taken.
 */
export function losersOf(walk: Walk, winner: Taken | null, { taken, refused }: Persons = NOBODY): LostCandidate[] {
  const losers = new Losers(winner, refused);
  for (const pinned of refused.keys())
    if (pinned.factor.activityType === walk.type.id && pinned.factor.leg === walk.leg.leg) losers.add(pinned, 'refused_by_person');
  for (const tier of walk.tiers) if (tier.families) addByRule(losers, walk, tier, tier.families, taken ?? winner);
  for (const tier of walk.tiers) if (tier.families) addByFilter(losers, walk, tier.families);
  for (const tier of walk.tiers) addOtherSuppliers(losers, tier);
  return losers.list;
}

/** Factors that passed every filter and lost to the winner by a rule, or to a person. */
function addByRule(losers: Losers, walk: Walk, tier: Tier, families: FamilyNodes, against: FactorChoice | Taken | null): void {
  const nodes = families.get(walk.unit.family);
  if (!nodes || !against) return;
  const levels = servingNodes(walk, nodes).flat();
  for (const rung of walk.rungs)
    for (const node of levels) {
      if (losers.full) return;
      for (const pinned of factorsOn(rung, node).sort(walk.preference.compare))
        losers.add(pinned, reasonOf(walk, tier, rung, pinned, against));
    }
}

function reasonOf(walk: Walk, tier: Tier, rung: Rung, loser: PinnedFactor, against: FactorChoice | Taken): LostReason {
  if ('action' in against) return against.action === 'pin' ? 'pinned_by_person' : 'overridden_by_person';
  if (!('tier' in against) || tier !== against.tier) return 'supplier_general';
  return reasonWithinTier(rung, loser, against, walk.preference.reason);
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
function addByFilter(losers: Losers, walk: Walk, families: FamilyNodes): void {
  if (losers.full) return;
  const nodes = families.get(walk.unit.family);
  if (nodes) {
    const serving = new Set(servingNodes(walk, nodes).flat());
    for (const node of serving) losers.addNode(node, 'region_other');
    for (const node of nodes.values()) {
      if (losers.full) return;
      if (!serving.has(node)) losers.addNode(node, 'attributes_other');
    }
  }
  for (const [family, others] of families) if (family !== walk.unit.family) addFamily(losers, others, 'unit_other');
}

function addOtherSuppliers(losers: Losers, tier: Tier): void {
  for (const [supplier, families] of tier.suppliers ?? []) {
    if (losers.full) return;
    if (supplier !== tier.supplier) for (const nodes of families.values()) addFamily(losers, nodes, 'supplier_other');
  }
}

function addFamily(losers: Losers, nodes: AttributeNodes, reason: LostReason): void {
  for (const node of nodes.values()) {
    if (losers.full) return;
    losers.addNode(node, reason);
  }
}

function factorsOn(rung: Rung, node: AttributeNode): PinnedFactor[] {
  return rung.regions(node).flatMap((region) => node.regions.get(region) ?? []);
}
