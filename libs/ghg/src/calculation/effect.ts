import type { Rate } from './rate';
import { isWithheld } from './withheld';

/**
 * What a rate does to the ledger and its reports: the amounts, energy among them, the place they are booked to, what free text was classified as, the
 * factor's identity, and the fallbacks that are counted. Two rates of the same effect make the same entries: a reissue of a factor set that leaves a
 * figure alone moves nothing posted under it. What the amounts rest on (inputs, conversion, formula), how certain they are (gsd), and who classified is
 * read beside them and moves nothing.
 */
export function effectOf(rate: Rate): object {
  const { leg, basis, sourceClass, unit, kgco2e, biogenicKgco2, gwpSet, gases, notConvertible, fallbacks, method, energy, boundary } = rate;
  const { classification } = rate;
  const factor = rate.factor && { publisher: rate.factor.publisher, edition: rate.factor.edition, code: rate.factor.code };
  return {
    leg,
    basis,
    sourceClass,
    unit,
    kgco2e,
    biogenicKgco2,
    gwpSet,
    gases,
    notConvertible,
    fallbacks,
    method,
    energy,
    boundary,
    factor,
    withheld: isWithheld(rate) || undefined,
    classified: classification && { activityType: classification.activityType, attributes: classification.attributes },
  };
}
