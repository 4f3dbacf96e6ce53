import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Refused, type evaluateBaseYear as message, type evaluationView } from '#contracts';
import {
  changedChoices,
  comparedPolicy,
  Decimal,
  evaluateBaseYear,
  isRefusal,
  NON_TRIGGERS,
  organisationForBaseYear,
  plain,
  totalOf,
  TRIGGERS,
  withoutBaseYearRecords,
  type NonTrigger,
  type Trigger,
  type TriggerEffect,
} from '#ghg';
import { BaseYearFigureRow, BaseYearRow } from '../shared/base-year-rows';
import { readOrganisation, refusedReading } from '../shared/organisation';
import { orderOf, pinnedPack } from '../shared/pinned-pack';
import { projectedBook } from '../shared/projected-book';
import { findBaseYear } from './keep-base-year.service';
import { readBaseYear, type Stores } from './read-base-year';

type Question = z.infer<typeof message.request>;
export type EvaluationView = z.infer<typeof evaluationView>;

/**
 * What was last stated beside what book and organisation say of it now, both as the stated policy draws them; what the policy in force draws
 * otherwise is an item of its own. Refuses: `base_year_unknown`, `base_year_not_stated`, `book_unknown`, `nothing_calculated`, and as `readBaseYear`.
 */
export async function evaluationOf(
  stores: Stores,
  manager: EntityManager,
  { tenantId, name, structureOn }: Question,
): Promise<EvaluationView> {
  const { version, policy } = await findBaseYear(manager, tenantId, name);
  const { figure, statedPolicy } = await lastStated(manager, tenantId, name, policy.baseYear);
  const book = await projectedBook(stores.client, tenantId, policy.book);
  const { calendar } = book;
  const statedAsOf = { tenantId, bookId: figure.bookId, runOrdinal: figure.runOrdinal };
  const organisation = await readOrganisation(stores.client, tenantId);
  const organisationUnder = (choices: typeof policy) => organisationForBaseYear(organisation, choices, structureOn, calendar);
  const currentUnder = async (choices: typeof policy) =>
    (await readBaseYear(stores, book, organisationUnder(choices), choices, [figure.organisation])).state(statedPolicy.gwp);
  const compared = { ...policy, ...comparedPolicy(policy, statedPolicy), triggers: policy.triggers };
  const stated = await readBaseYear(stores, { asOf: statedAsOf, calendar }, figure.organisation, statedPolicy, [
    organisationUnder(compared),
  ]);
  const current = await currentUnder(compared);
  const missing = withoutBaseYearRecords(organisation, policy, structureOn, current, calendar);
  if (isRefusal(missing)) throw refusedReading(missing);
  const order = orderOf(pinnedPack(book));
  const { effects, notCounted, currentTco2e, ...evaluation } = evaluateBaseYear(compared, stated.state(policy.gwp), current, order);
  const isChanged = figure.policyVersion !== version;
  const inForce = isChanged ? totalOf(await currentUnder(policy), policy) : currentTco2e;
  const ofPolicy = { tco2e: plain(new Decimal(inForce).sub(currentTco2e)), ...lists(changedChoices(statedPolicy, policy)) };
  return {
    baseYear: name,
    year: policy.baseYear,
    figure: figure.ordinal,
    statedAsOfRun: figure.runOrdinal,
    asOfRun: book.run.ordinal,
    structureOn,
    ...evaluation,
    currentTco2e: inForce,
    policyChanged: isChanged ? { from: figure.policyVersion, to: version, ...ofPolicy } : null,
    withoutBaseYearRecords: missing,
    effects: effects.map(explained),
    notCounted: notCounted.map(explained),
  };
}

/** The last figure of the base year that the policy names: one of another year says nothing of it. Refuses: `base_year_not_stated`. */
async function lastStated(manager: EntityManager, tenantId: string, name: string, baseYear: number) {
  const policies = new Map((await manager.findBy(BaseYearRow, { tenantId, name })).map(({ version, policy }) => [version, policy]));
  const figures = await manager.find(BaseYearFigureRow, {
    select: { ordinal: true, policyVersion: true, bookId: true, runOrdinal: true, organisation: true },
    where: { tenantId, name },
    order: { ordinal: 'desc' },
  });
  for (const figure of figures) {
    const statedPolicy = policies.get(figure.policyVersion);
    if (statedPolicy?.baseYear === baseYear) return { figure, statedPolicy };
  }
  throw new Refused('base_year_not_stated', `No figure of ${baseYear} has been stated.`);
}

function lists({ changed, inEffects }: ReturnType<typeof changedChoices>) {
  return { changed: [...changed], inEffects: [...inEffects] };
}

function explained<N extends Trigger | NonTrigger>(effect: TriggerEffect<N>) {
  const sentences: Readonly<Record<Trigger | NonTrigger, string>> = { ...TRIGGERS, ...NON_TRIGGERS };
  const { trigger, exclusions } = effect;
  const ofExclusions = exclusions.length === 0 ? '' : ` By the register of exclusions: ${exclusions.join(', ')}.`;
  return { ...effect, because: `${sentences[trigger]}${ofExclusions}`, entities: [...effect.entities], exclusions: [...exclusions] };
}
