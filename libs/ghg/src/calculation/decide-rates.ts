import { activityType } from '../activity/activity-types';
import type { ActivityType, LegId, LegSpec, MatchKey } from '../activity/vocabulary';
import { classify } from '../classification/classify';
import { editionsTaken, keyForEditions } from '../matching/editions';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type { DecisionContext, LegMethod, LegOutcome, LegTask } from './method';
import type { Decision, LegDecision, Rate } from './rate';
import { rateByFactor } from './rate-by-factor';
import { rateFromComposition } from './rate-from-composition';
import { rateFromStated } from './rate-from-stated';
import { rateOfEnergy } from './rate-of-energy';
import { rateOfForcing, rateOfOperation } from './rate-of-forcing';
import { rateOfLosses } from './rate-of-losses';
import { rateOfUse } from './rate-of-use';
import { CERTIFICATES, rateOnSite } from './rate-on-site';

export type { DecisionContext } from './method';

/** The method of every kind of leg. */
const METHODS: Readonly<Record<LegId, LegMethod>> = {
  combustion: rateByFactor,
  biogenic: rateByFactor,
  upstream: rateByFactor,
  generation: (task) => (hasAttribute(task, CERTIFICATES) ? rateOnSite(task) : rateByFactor(task)),
  losses: rateOfLosses,
  'losses-upstream': rateOfLosses,
  leak: (task) => (hasAttribute(task, 'gas') ? { rate: rateFromComposition(task), lost: [] } : rateByFactor(task)),
  operation: rateOfOperation,
  'radiative-forcing': rateOfForcing,
  service: rateByFactor,
  supply: rateByFactor,
  process: rateByFactor,
  use: rateOfUse,
  stated: (task) => ({ rate: rateFromStated(task), lost: [] }),
  energy: (task) => ({ rate: rateOfEnergy(task), lost: [] }),
  pooled: () => ({ rate: 'pooled', lost: [] }),
};

/**
 * The rates of one key: one leg after the other as the method pack has them, each by the method of its kind. The key is `calculated` if every
 * required leg has a rate or is left to a pool, `partly` if some have, `refused` if none has; a leg that is only `if-published` is no gap.
 * A part of a reporting year that is no calendar year takes the factors of the year that the book's rule for editions says, and its rates say so.
 * Free text is decided as what it was classified as; its rates and its decision say by whom.
 * Refusals: for the key `activity_type_unknown` and those of `classify`; for a leg those of its method and of the match.
 */
export function decideRates(stated: MatchKey, context: DecisionContext): Decision {
  const classified = classify(stated, context.classifications ?? new Map());
  if (isRefusal(classified)) return refusedKey(classified);
  const { key, classification } = classified;
  const type = activityType(key.activityType);
  if (!type) return refusedKey(refuse('activity_type_unknown', `"${key.activityType}" is not in the vocabulary`));
  const decision = decideLegs(key, type, context);
  if (!classification) return decision;
  return { ...decision, rates: decision.rates.map((rate) => ({ ...rate, classification })), classification };
}

function refusedKey({ refusal: code, detail }: Refusal): Decision {
  return { outcome: 'refused', rates: [], legs: [], refusal: { code, detail } };
}

function decideLegs(key: MatchKey, type: ActivityType, context: DecisionContext): Decision {
  const rates: Rate[] = [];
  const legs: LegDecision[] = [];
  const asked = keyForEditions(key, context.editions ?? 'blended');
  const editions = editionsTaken(key, context.editions ?? 'blended');
  for (const leg of context.pack.legsOf(type, key.attributes)) {
    const outcome = METHODS[leg.leg]({ key: asked, type, leg, context });
    if (outcome.rate !== 'pooled' && !isRefusal(outcome.rate)) rates.push(editions ? { ...outcome.rate, editions } : outcome.rate);
    legs.push(legDecision(leg, outcome));
  }
  return { outcome: outcomeOf(legs), rates, legs };
}

function hasAttribute({ type }: LegTask, name: string): boolean {
  return type.attributes.some((spec) => spec.name === name);
}

function legDecision({ leg, basis, requirement }: LegSpec, { rate, lost }: LegOutcome): LegDecision {
  const required = requirement === 'required';
  if (rate === 'pooled') return { leg, basis, required, outcome: 'pooled', lost };
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

/** Energy alone is no emission: a fuel whose emission legs are all refused is refused, although its kilowatt-hours are known. */
function outcomeOf(legs: readonly LegDecision[]): Decision['outcome'] {
  const decided = legs.filter(({ outcome }) => outcome === 'rated' || outcome === 'pooled');
  if (decided.length === 0 || (legs.some(({ leg }) => leg !== 'energy') && decided.every(({ leg }) => leg === 'energy'))) return 'refused';
  return legs.some(({ outcome }) => outcome === 'refused') ? 'partly' : 'calculated';
}
