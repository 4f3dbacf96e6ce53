import { activityType } from '../activity/activity-types';
import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import type { GasRegister, GwpSetId } from '../factor/gas';
import type { FactorIndex } from '../matching/factor-index';
import { matchFactor } from '../matching/match-factor';
import { isRefusal, type Refusal } from '../refusals';
import type { Decision, LegDecision, LostCandidate, Rate } from './rate';
import { rateFromComposition } from './rate-from-composition';
import { rateFromFactor } from './rate-from-factor';

/** Everything that a decision rests on: the pinned factors, the gases, and the book's GWP set. */
export interface DecisionContext {
  readonly index: FactorIndex;
  readonly gases: GasRegister;
  readonly gwpSet: GwpSetId;
}

interface LegOutcome {
  readonly rate: Rate | Refusal;
  readonly lost: readonly LostCandidate[];
}

/**
 * The rates of one key: one leg after the other, each by the method of its kind. The key is `calculated` if every required leg has a rate,
 * `partly` if some have, `refused` if none has; a leg that is only `if-published` is no gap.
 * Refusals: `activity_type_unknown` for the key; for a leg those of its method and of the match.
 */
export function decideRates(key: MatchKey, context: DecisionContext): Decision {
  const type = activityType(key.activityType);
  if (!type) {
    const refusal = { code: 'activity_type_unknown', detail: `"${key.activityType}" is not in the vocabulary` } as const;
    return { outcome: 'refused', rates: [], legs: [], refusal };
  }
  const rates: Rate[] = [];
  const legs: LegDecision[] = [];
  for (const leg of type.legs) {
    const { rate, lost } = decideLeg(key, type, leg, context);
    if (!isRefusal(rate)) rates.push(rate);
    legs.push(legDecision(leg, rate, lost));
  }
  return { outcome: outcomeOf(rates, legs), rates, legs };
}

function decideLeg(key: MatchKey, type: ActivityType, leg: LegSpec, { index, gases, gwpSet }: DecisionContext): LegOutcome {
  if (leg.leg === 'leak') return { rate: rateFromComposition(key, leg, gases, gwpSet), lost: [] };
  const match = matchFactor(key, type, leg, index);
  if ('refusal' in match) return { rate: match.refusal, lost: match.lost };
  return { rate: rateFromFactor(key, leg, match, gases, gwpSet), lost: match.lost };
}

function legDecision({ leg, basis, requirement }: LegSpec, rate: Rate | Refusal, lost: readonly LostCandidate[]): LegDecision {
  const required = requirement === 'required';
  if (!isRefusal(rate)) return { leg, basis, required, outcome: 'rated', lost };
  return {
    leg,
    basis,
    required,
    outcome: required ? 'refused' : 'not-published',
    refusal: { code: rate.refusal, detail: rate.detail },
    lost,
  };
}

function outcomeOf(rates: readonly Rate[], legs: readonly LegDecision[]): Decision['outcome'] {
  if (rates.length === 0) return 'refused';
  return legs.some((leg) => leg.outcome === 'refused') ? 'partly' : 'calculated';
}
