import type { MatchKey } from '../activity/vocabulary';
import { rebase } from '../calculation/rebase';
import type { Rate, RateInput } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { gasParts } from '../inventory/gas-sums';
import type { Decimal } from '../quantity/decimal';
import { factorPedigree, INPUT_PEDIGREE, type Assumption } from './assumed-indicators';
import { gwpErrorId, gwpRange } from './gwp-errors';
import { lnVarianceOfPedigree, pedigreeText } from './indicators';
import { lnVarianceOf90PercentRange, lnVarianceOfGsd } from './lognormal';
import type { CommonError } from './uncertainty';

/** Whether the ranges that the IPCC prints for GWPs count as errors, or the GWPs as what they are by convention. */
export type GwpErrors = 'published' | 'none';

/** A part of a rate whose errors are the same: kilograms CO2e per unit of the key, one gas or what no gas explains. */
export interface RatePart {
  readonly kgco2e: Decimal;
  readonly errors: readonly CommonError[];
}

/** What makes a rate uncertain, and what had to be assumed to say so. */
export interface UncertainRate {
  readonly parts: readonly RatePart[];
  readonly assumptions: readonly Assumption[];
}

interface Choice {
  readonly gwp: GwpSetId;
  readonly gwpErrors: GwpErrors;
  readonly gases: GasRegister;
}

/**
 * rate = Σ parts, one per gas and one for what no gas explains. Every part carries the errors of the factor and of each input; a part of one gas
 * carries the error of its GWP too, what no gas explains carries none (its GWP error cannot be told apart). An error has one id wherever it occurs,
 * so that keys which share a factor, an input or a gas err together.
 */
export function uncertainRate(rate: Rate, key: MatchKey | null, { gwp, gwpErrors, gases }: Choice): UncertainRate {
  const assumptions = new Set<Assumption>();
  const common = [...factorErrors(rate, key, assumptions), ...(rate.inputs ?? []).flatMap((input) => inputErrors(input, assumptions))];
  const parts = gasParts(rate, rebase(rate, gwp, gases).kgco2e, gwp, gases).map(({ gas, kgco2e }): RatePart => {
    const errors = gas !== null && gwpErrors === 'published' ? gwpError(gas, gwp, assumptions) : [];
    return { kgco2e, errors: [...common, ...errors] };
  });
  return { parts, assumptions: [...assumptions].sort() };
}

/**
 * The errors of the factor: a stated GSD as it is; else its pedigree in two errors. Reliability and completeness are the factor's own and common to
 * all keys that share it; time, geography and technology say how far it fits, common to the keys that it fits equally badly.
 * A rate without a factor (a refrigerant's composition, a stated figure) has none.
 */
function factorErrors(rate: Rate, key: MatchKey | null, assumptions: Set<Assumption>): CommonError[] {
  if (rate.factor === null) return [];
  const id = `${rate.factor.setId}/${rate.factor.code}`;
  if (rate.gsd !== undefined) return [{ kind: 'factor', id, lnVariance: lnVarianceOfGsd(rate.gsd) }];
  const { pedigree, assumption } = factorPedigree(rate, key);
  if (assumption) assumptions.add(assumption);
  return [
    { kind: 'factor', id, lnVariance: lnVarianceOfPedigree(pedigree, ['reliability', 'completeness']) },
    {
      kind: 'factor',
      id: `${id}/${pedigreeText(pedigree)}`,
      lnVariance: lnVarianceOfPedigree(pedigree, ['time', 'geography', 'technology']),
    },
  ];
}

/** A property, loss rate, exchange rate or price index errs wherever it is used; what a contract or another rate states is taken as it is. */
function inputErrors(input: RateInput, assumptions: Set<Assumption>): CommonError[] {
  if (input.kind === 'rate' || input.kind === 'instrument') return [];
  assumptions.add('input_quality_assumed');
  return [{ kind: 'conversion', id: `${input.setId ?? ''}/${input.kind}/${input.code}`, lnVariance: lnVarianceOfPedigree(INPUT_PEDIGREE) }];
}

function gwpError(gas: string, set: GwpSetId, assumptions: Set<Assumption>): CommonError[] {
  const range = gwpRange(gas, set);
  if (range === null) return [];
  if (range.general) assumptions.add('gwp_range_general');
  return [{ kind: 'gwp', id: gwpErrorId(gas), lnVariance: lnVarianceOf90PercentRange(range.relativeHalfWidth) }];
}
