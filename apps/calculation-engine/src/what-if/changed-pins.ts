import { In } from 'typeorm';
import { Refused } from '#contracts';
import type { DecisionContext, FactorChoice, FactorIndex, LegId } from '#ghg';
import { FIND_CHOICE, type TenantTransaction } from '#postgres';
import { changeSets, setsById, type NamedSet, type PinnedSet } from '../shared/book-sets';
import { checkChoice } from '../shared/check-choice';
import { decisionContext } from '../shared/decision-context';
import { pinnedDecisionInputs, type DecisionInputs } from '../shared/decision-inputs';
import type { PinnedGasRegister } from '../shared/gas-register';
import { pinnedPack } from '../shared/pinned-pack';
import { FactorSetRow, type RunPins } from '../shared/rows';
import type { Wish } from './what-if.service';

/** The pins of the last run after a change. */
export interface ChangedPins {
  readonly pins: RunPins;
  readonly adopted: readonly NamedSet[];
  readonly dropped: readonly NamedSet[];
  /** Decisions about factors before and after. */
  readonly people: DecisionInputs;
  readonly choicesBefore: readonly FactorChoice[];
  /** Another GWP set, method pack, rule for editions or table of gases: every key may change. */
  readonly rulesChange: boolean;
  readonly context: (
    transaction: TenantTransaction,
    indexOf: (sets: readonly PinnedSet[]) => Promise<FactorIndex>,
  ) => Promise<DecisionContext>;
}

/** After all that has been decided: a tried decision goes before an equally specific one. */
const TRIED_AT = '9999-12-31T23:59:59.999999Z';

/** Refuses as `WhatIfService.ask` does. */
export async function changedPins(
  transaction: TenantTransaction,
  before: RunPins,
  gases: PinnedGasRegister,
  wish: Wish,
): Promise<ChangedPins> {
  const adopt = await setsById(transaction, wish.adopt);
  const drop = await setsById(transaction, wish.drop);
  const { after, adopted, dropped } = changeSets(await standingSets(transaction, before), adopt, drop);
  const { gwpSet = before.gwpSet, methodPack = before.methodPack, editions = before.editions } = wish;
  const pack = pinnedPack({ methodPack });
  if (!pack.gwpSets.includes(gwpSet)) throw new Refused('gwp_set_not_in_pack', `${pack.id} has no GWP set "${gwpSet}"`);
  const people = await pinnedDecisionInputs(transaction, before.decisionInputs);
  const choices = await changedChoices(transaction, people.choices, wish);
  const factorSets = after.map(({ tenantId, id, digest }) => ({ tenantId, id, digest }));
  const pins = { ...before, gwpSet, methodPack, editions, gasesDigest: gases.digest, factorSets };
  const changed = { ...people, choices };
  return {
    pins,
    adopted,
    dropped,
    people: changed,
    choicesBefore: people.choices,
    rulesChange: (['gwpSet', 'methodPack', 'editions', 'gasesDigest'] as const).some((name) => pins[name] !== before[name]),
    context: async (within, indexOf) => decisionContext(within, pins, gases, { index: await indexOf(factorSets), people: changed }),
  };
}

async function standingSets({ manager }: TenantTransaction, { factorSets }: RunPins): Promise<NamedSet[]> {
  const rows = await manager.findBy(FactorSetRow, { id: In(factorSets.map(({ id }) => id)) });
  return factorSets.map((set) => {
    const found = rows.find(({ tenantId, id }) => tenantId === set.tenantId && id === set.id);
    if (!found) throw new Error(`the factor set ${set.id} that a run pinned is not there`);
    return found;
  });
}

/** Refuses, in order: `factor_choice_unknown`, `factor_choice_withdrawn`, `factor_unknown`, `factor_choice_invalid`. */
async function changedChoices(transaction: TenantTransaction, standing: readonly FactorChoice[], wish: Wish): Promise<FactorChoice[]> {
  const { client, tenantId } = transaction;
  // One that came after the last seal is known, but no part of the book yet: taking it back changes nothing.
  const withdrawn: string[] = [];
  for (const id of wish.withdrawChoices) {
    const { rows } = await client.query<{ withdrawn: boolean }>(FIND_CHOICE, [tenantId, id]);
    if (!rows[0]) throw new Refused('factor_choice_unknown', `No decision about factors has the id ${id}.`);
    if (rows[0].withdrawn) withdrawn.push(id);
  }
  if (withdrawn[0] !== undefined)
    throw new Refused('factor_choice_withdrawn', `The decision ${withdrawn[0]} has been taken back before; the next run leaves it out.`);
  for (const [i, choice] of wish.choices.entries()) await checkChoice(transaction, choice, `body.choices[${i}]`);
  const kept = standing.filter(({ id }) => !wish.withdrawChoices.includes(id));
  const tried = wish.choices.map((choice, i) => {
    const id = `ffffffff-0000-4000-8000-${String(i).padStart(12, '0')}`;
    return { ...choice, leg: choice.leg as LegId, id, author: 'what-if', reason: 'tried', decidedAt: TRIED_AT } as FactorChoice;
  });
  return [...kept, ...tried];
}
