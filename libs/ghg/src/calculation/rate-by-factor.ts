import { matchFactor } from '../matching/match-factor';
import type { LegMethod } from './method';
import { rateFromFactor } from './rate-from-factor';

/** The method of most legs: the cascade picks a factor, the factor makes the rate. Refusals: those of `matchFactor`, then of `rateFromFactor`. */
export const rateByFactor: LegMethod = ({ key, type, leg, context: { index, gases, gwpSet } }) => {
  const match = matchFactor(key, type, leg, index);
  if ('refusal' in match) return { rate: match.refusal, lost: match.lost };
  return { rate: rateFromFactor(key, type, leg, match, gases, gwpSet), lost: match.lost };
};
