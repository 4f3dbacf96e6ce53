import { setImmediate } from 'node:timers/promises';
import {
  canonicalJson,
  decideRates,
  GRID,
  isWithheld,
  mayDecide,
  ON_GRID,
  RATE_SCALE,
  scaledOf,
  setReach,
  UNCLASSIFIED,
  type Decision,
  type DecisionContext,
  type FactorChoice,
  type Rate,
  type SetReach,
  type WhatIfDecision,
  type WhatIfRate,
} from '#ghg';
import { READ_SET_REACH, type TenantTransaction } from '#postgres';
import { pinnedPack } from '../shared/pinned-pack';
import { effectDigest } from '../shared/effect-digest';
import type { NamedSet } from '../shared/book-sets';
import type { BookKey, BookState } from './book-state';
import type { ChangedPins } from './changed-pins';

/** What would be decided for a key. */
export interface DecidedKey {
  readonly key: BookKey;
  readonly decision: WhatIfDecision & Pick<Decision, 'legs' | 'refusal'>;
  /** A rate of it rests on a figure that its licence forbids to show. */
  readonly isWithheld: boolean;
}

/** Keys that are decided at a stretch: the engine answers others between two of them. */
const KEYS_AT_ONCE = 200;

/** The keys that a change may reach; all others are decided as they stand. */
export async function candidatesOf(
  transaction: TenantTransaction,
  { keys }: BookState,
  { pins, rulesChange, adopted, dropped, choicesBefore, people }: ChangedPins,
): Promise<readonly BookKey[]> {
  if (rulesChange) return keys;
  const sets = [...adopted, ...dropped];
  const types = new Set(typesOfChoices(choicesBefore, people.choices, sets.length > 0));
  if (sets.length === 0 && types.size === 0) return [];
  const pack = pinnedPack(pins);
  const reach = await reachOf(transaction, sets);
  // Free text may be classified as a type that a choice is about.
  const isChosen = ({ activityType }: BookKey['key']): boolean =>
    types.has(activityType) || (types.size > 0 && activityType === UNCLASSIFIED);
  return keys.filter(({ key }) => isChosen(key) || mayDecide(reach, key, pack));
}

/**
 * The activity types whose factors decide some keys; null: all. Free text may be classified as anything, and a person may choose a factor of another
 * type.
 */
export function typesToRead(candidates: readonly BookKey[], { choicesBefore, people }: ChangedPins): readonly string[] | null {
  const types = new Set(candidates.map(({ key }) => key.activityType));
  if (types.has(UNCLASSIFIED) || choicesBefore.length + people.choices.length > 0) return null;
  return [...types].flatMap((type) => (ON_GRID.includes(type) ? [type, GRID] : [type])).sort();
}

/** Activity types of the choices that change; where sets come or go of all choices, since a chosen factor may come or go with them. */
function typesOfChoices(before: readonly FactorChoice[], after: readonly FactorChoice[], setsChange: boolean): string[] {
  const nameOf = (choice: FactorChoice): string => canonicalJson(choice);
  const [stood, stands] = [new Set(before.map(nameOf)), new Set(after.map(nameOf))];
  const all = [...before, ...after];
  const moved = setsChange ? all : all.filter((choice) => !stood.has(nameOf(choice)) || !stands.has(nameOf(choice)));
  return moved.map(({ keys }) => keys.activityType);
}

interface ReachRow {
  readonly factors: Parameters<typeof setReach>[0][number]['factors'];
  readonly properties: Parameters<typeof setReach>[0][number]['properties'];
  readonly money: boolean;
}

async function reachOf({ client }: TenantTransaction, sets: readonly NamedSet[]): Promise<SetReach> {
  const names = [sets.map(({ tenantId }) => tenantId), sets.map(({ id }) => id)];
  const { rows } = await client.query<ReachRow>(READ_SET_REACH, names);
  return setReach(rows);
}

/** Decides keys and keeps those for which something else comes out. */
export async function decideCandidates(candidates: readonly BookKey[], context: DecisionContext): Promise<DecidedKey[]> {
  const changed: DecidedKey[] = [];
  const known = new Map<string, WhatIfRate>();
  for (const [i, key] of candidates.entries()) {
    if (i % KEYS_AT_ONCE === KEYS_AT_ONCE - 1) await setImmediate();
    const { outcome, rates, legs, refusal } = decideRates(key.key, context);
    const after = rates.map((rate) => reduced(rate, key, known));
    const isSame =
      outcome === key.outcome &&
      after.length === key.rates.length &&
      after.every(({ effect }) => key.rates.some((stood) => stood.effect === effect));
    if (isSame) continue;
    const decision = { outcome, rates: after, legs, ...(refusal ? { refusal } : {}) };
    changed.push({ key, decision, isWithheld: rates.some(isWithheld) });
  }
  return changed;
}

/** Rates of one effect and type are one object. */
function reduced(rate: Rate, { key }: BookKey, known: Map<string, WhatIfRate>): WhatIfRate {
  const effect = effectDigest([rate]);
  const activityType = rate.classification?.activityType ?? key.activityType;
  const name = `${effect} ${activityType}`;
  const found = known.get(name);
  if (found) return found;
  const { leg, basis, sourceClass, kgco2e, biogenicKgco2 } = rate;
  const made: WhatIfRate = {
    leg,
    basis,
    sourceClass,
    activityType,
    kgco2e: scaledOf(kgco2e, RATE_SCALE),
    biogenicKgco2: scaledOf(biogenicKgco2, RATE_SCALE),
    effect,
  };
  known.set(name, made);
  return made;
}
