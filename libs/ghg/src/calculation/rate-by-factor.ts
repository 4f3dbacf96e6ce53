import { saidAbout, type Said } from '../matching/choices';
import { matchFactor } from '../matching/match-factor';
import type { RefusalCode } from '../refusals';
import type { LegMethod, LegOutcome, LegTask } from './method';
import { rateFromFactor } from './rate-from-factor';

/** The method of most legs: the cascade picks a factor, the factor makes the rate. Refusals: those of `matchFactor`, then of `rateFromFactor`. */
export const rateByFactor: LegMethod = (task) => rateBy(task, saidOf(task));

/** The same under decisions of people about another key or leg than that of the task. */
export function rateBy({ key, type, leg, context: { index, gases, gwpSet } }: LegTask, said: Said): LegOutcome {
  const match = matchFactor(key, type, leg, index, said);
  if ('refusal' in match) return { rate: match.refusal, lost: match.lost };
  return { rate: rateFromFactor(key, type, leg, match, gases, gwpSet), lost: match.lost };
}

/** What people decided for the key and leg of a task. */
export function saidOf({ key, leg, context }: LegTask): Said {
  return saidAbout(context.choices, key, leg);
}

const BY_PERSON: readonly RefusalCode[] = ['chosen_factor_missing', 'chosen_factor_unfit'];

/** Whether a leg is refused because the factor that a person chose is not to be had: then nothing may stand in for it. */
export function isRefusedChoice({ rate }: LegOutcome): boolean {
  return rate !== 'pooled' && 'refusal' in rate && BY_PERSON.includes(rate.refusal);
}
