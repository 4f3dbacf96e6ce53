import { Decimal, divide, plain } from '../quantity/decimal';
import { isSignificant, type BaseYearPolicy, type NonTrigger, type Trigger, TRIGGERS } from './base-year';
import { sourceEffects, tonnes, type SourceEffect } from './bridge';
import type { BridgeOrder, Cause } from './bridge-orders';
import type { InventoryState, Weights } from './state';

/** Tonnes that one trigger moves the base year total by, and at which entities. */
export interface TriggerEffect<Name extends string = Trigger> {
  readonly trigger: Name;
  readonly tco2e: string;
  /** Of the stated total, at most 18 decimals; null where nothing was stated. */
  readonly share: string | null;
  readonly entities: readonly { readonly entity: string; readonly tco2e: string }[];
  /** Codes of the exclusions that a source of this effect came under or left; empty where none had a part in it. */
  readonly exclusions: readonly string[];
}

/** The verdict on a base year, with every figure that it rests on. `stated + Σ effects + Σ not counted + remainder = current`, exactly. */
export interface Evaluation {
  readonly outcome: 'recalculate' | 'below-threshold';
  readonly statedTco2e: string;
  readonly currentTco2e: string;
  readonly effects: readonly TriggerEffect[];
  /** What changed and does not count: no trigger by the standard, or none of the policy's. */
  readonly notCounted: readonly TriggerEffect<Trigger | NonTrigger>[];
  /** What the rounding of divisions leaves. */
  readonly remainder: string;
  /** `absolute` decides: Σ |effect| over the triggers and entities. `net` is their sum with signs. */
  readonly cumulative: {
    readonly net: string;
    readonly absolute: string;
    readonly netShare: string | null;
    readonly absoluteShare: string | null;
  };
  readonly threshold: string;
  readonly thresholdTco2e: string;
}

const ZERO = new Decimal(0);

/**
 * Whether the base year must be calculated anew: Σ |effect of each trigger at each entity| ≥ threshold × stated total (Corporate Standard, chapter 5:
 * significant changes, also where only their cumulative effect is). The sizes are added, not the signed effects: an acquisition and an error in the
 * other direction, or errors at two entities, that happen to cancel leave a total that is right by chance and a composition that is wrong. Within one
 * trigger at one entity the signs stand: there corrections of one kind in both directions are one correction.
 *
 * `stated` is the base year as the figure was stated (its seal, its organisation, its GWP set), `current` the same year as it is now, under the
 * organisation that `organisationForBaseYear` gives; both were read with both GWP sets. `order` is the bridge order of the book's method pack.
 */
export function evaluateBaseYear(policy: BaseYearPolicy, stated: InventoryState, current: InventoryState, order: BridgeOrder): Evaluation {
  const { reading, scope3, threshold } = policy;
  const effects = sourceEffects(stated, current, { comparison: 'restatement', reading, scope3, order });
  const sums = new TriggerSums(sum(effects.map(({ fromKg }) => fromKg)));
  for (const effect of effects) {
    const excluded = exclusionsBehind(effect, stated, current);
    for (const [cause, kg] of effect.effects) sums.add(triggerOf(cause, effect, policy), effect, kg, cause === 'structure' ? excluded : []);
  }
  const listed = sums.list();
  const counts = ({ trigger }: TriggerEffect<Trigger | NonTrigger>): boolean => (policy.triggers as readonly string[]).includes(trigger);
  const counted = listed.filter(counts) as TriggerEffect[];
  const net = sum(counted.map(({ tco2e }) => new Decimal(tco2e)));
  const absolute = sum(counted.flatMap(({ entities }) => entities.map(({ tco2e }) => new Decimal(tco2e).abs())));
  const statedTco2e = new Decimal(tonnes(sums.statedKg));
  return {
    outcome: isSignificant(absolute, statedTco2e, threshold) ? 'recalculate' : 'below-threshold',
    statedTco2e: plain(statedTco2e),
    currentTco2e: tonnes(sum(effects.map(({ toKg }) => toKg))),
    effects: counted,
    notCounted: listed.filter((effect) => !counts(effect)),
    remainder: tonnes(sums.remainderKg),
    cumulative: {
      net: plain(net),
      absolute: plain(absolute),
      netShare: share(net, statedTco2e),
      absoluteShare: share(absolute, statedTco2e),
    },
    threshold,
    thresholdTco2e: plain(statedTco2e.abs().mul(threshold)),
  };
}

/** Codes of the exclusions that reach a source in one of the two states and not in the other, where it is left out by another share. */
function exclusionsBehind({ before, after }: SourceEffect, stated: InventoryState, current: InventoryState): string[] {
  const leftOut = ({ weights }: SourceEffect['after']) => weights.get('left-out') ?? ZERO;
  if (leftOut(before).eq(leftOut(after))) return [];
  const [was, is] = [stated.exclusionsOf(before.identity), current.exclusionsOf(after.identity)];
  return [...was.filter((code) => !is.includes(code)), ...is.filter((code) => !was.includes(code))];
}

/** What a cause is, seen from the base year; null: the rounding. */
function triggerOf(cause: Cause, effect: SourceEffect, { baseYear }: BaseYearPolicy): Trigger | NonTrigger | null {
  switch (cause) {
    case 'structure':
      return structuralTrigger(effect);
    case 'factor':
      return isNextEdition(effect, baseYear) ? 'next-edition' : 'better-factor';
    case 'price-fx':
      return 'better-factor';
    case 'method':
      return 'better-method';
    case 'gwp':
      return 'gwp-set';
    case 'estimate-to-actual':
    case 'instruments':
      return 'better-data';
    case 'activity':
    case 'error':
      return 'discovered-error';
    case 'remainder':
      return null;
  }
}

/** The whole of a source's shares grew or shrank; if neither, it only moved between lines. */
function structuralTrigger({ before, after }: SourceEffect): Trigger {
  const change = wholeOf(after.weights).comparedTo(wholeOf(before.weights));
  if (change > 0) return 'acquisition';
  return change < 0 ? 'divestment' : 'insourcing-outsourcing';
}

/** The factor is of a later year than the base year, and of a later one than was taken before. */
function isNextEdition({ before, after }: SourceEffect, baseYear: number): boolean {
  return after.factorYear !== null && after.factorYear > baseYear && after.factorYear > (before.factorYear ?? 0);
}

function wholeOf(weights: Weights): Decimal {
  return sum([...weights.values()]);
}

/** Kilograms by trigger and entity. */
class TriggerSums {
  private readonly sums = new Map<Trigger | NonTrigger, Map<string, Decimal>>();
  private readonly exclusions = new Map<Trigger | NonTrigger, Set<string>>();
  remainderKg = ZERO;

  constructor(readonly statedKg: Decimal) {}

  add(trigger: Trigger | NonTrigger | null, { after }: SourceEffect, kg: Decimal, excluded: readonly string[]): void {
    if (trigger === null) {
      this.remainderKg = this.remainderKg.add(kg);
      return;
    }
    const entities = this.sums.get(trigger) ?? new Map<string, Decimal>();
    const { entity } = after.identity;
    entities.set(entity, (entities.get(entity) ?? ZERO).add(kg));
    this.sums.set(trigger, entities);
    this.exclusions.set(trigger, new Set([...(this.exclusions.get(trigger) ?? []), ...excluded]));
  }

  list(): TriggerEffect<Trigger | NonTrigger>[] {
    const order: readonly string[] = Object.keys(TRIGGERS);
    const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
    return [...this.sums]
      .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map(([trigger, entities]) => {
        const kg = sum([...entities.values()]);
        return {
          trigger,
          tco2e: tonnes(kg),
          share: share(kg, this.statedKg),
          entities: [...entities].sort(([a], [b]) => (a < b ? -1 : 1)).map(([entity, part]) => ({ entity, tco2e: tonnes(part) })),
          exclusions: [...(this.exclusions.get(trigger) ?? [])].sort(),
        };
      });
  }
}

/** part ÷ whole for people: the verdict itself needs no division. */
function share(part: Decimal, whole: Decimal): string | null {
  return whole.isZero() ? null : plain(divide(part, whole).value);
}

function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.add(value), ZERO);
}
