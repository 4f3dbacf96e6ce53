import type { MatchKey } from '../activity/vocabulary';
import { rebase } from '../calculation/rebase';
import type { FactorCitation, Rate, RateInput } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { gasParts } from '../inventory/gas-sums';
import type { Decimal } from '../quantity/decimal';
import { factorPedigree, INPUT_PEDIGREE, type Assumption } from './assumed-indicators';
import { basicUncertainty } from './basic-uncertainty';
import { gwpErrorId, gwpRange } from './gwp-errors';
import { lnVarianceOfPedigree, type Indicator } from './indicators';
import { lnVarianceOf90PercentRange, lnVarianceOfFactor, lnVarianceOfGsd } from './lognormal';
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

/** What says how well a factor fits, whoever made it. */
const FIT: readonly Indicator[] = ['time', 'geography', 'technology'];

interface Choice {
  readonly gwp: GwpSetId;
  readonly gwpErrors: GwpErrors;
  readonly gases: GasRegister;
}

/**
 * rate = Σ parts, one per gas and one for what no gas explains. Every part carries the errors of the factor and of each input, and the basic
 * uncertainty of its gas; a part of one gas carries the error of its GWP too, what no gas explains carries none (its GWP error cannot be told apart). An error has one id wherever it occurs,
 * so that keys which share a factor, an input or a gas err together.
 */
export function uncertainRate(rate: Rate, key: MatchKey | null, { gwp, gwpErrors, gases }: Choice): UncertainRate {
  const assumptions = new Set<Assumption>();
  const common = [...factorErrors(rate, key, assumptions), ...(rate.inputs ?? []).flatMap((input) => inputErrors(input, assumptions))];
  const parts = gasParts(rate, rebase(rate, gwp, gases).kgco2e, gwp, gases).map(({ gas, kgco2e }): RatePart => {
    const errors = gas !== null && gwpErrors === 'published' ? gwpError(gas, gwp, assumptions) : [];
    return { kgco2e, errors: [...common, ...basicError(rate, gas, assumptions), ...errors] };
  });
  return { parts, assumptions: [...assumptions].sort() };
}

/**
 * The errors of the factor, two of them. Its own, common to all keys that share it: a stated GSD, else reliability and completeness of its pedigree.
 * And how far it fits in time, geography and technology, common to the keys that it fits equally badly: a stated GSD says nothing of that.
 * A rate without a factor (a refrigerant's composition, a stated figure) has none.
 */
function factorErrors(rate: Rate, key: MatchKey | null, assumptions: Set<Assumption>): CommonError[] {
  if (rate.factor === null) return [];
  const id = idOf(rate.factor);
  const { pedigree, assumption } = factorPedigree(rate, key);
  if (rate.gsd !== undefined) assumptions.add('factor_fit_from_lineage');
  else if (assumption) assumptions.add(assumption);
  const own = rate.gsd === undefined ? lnVarianceOfPedigree(pedigree, ['reliability', 'completeness']) : lnVarianceOfGsd(rate.gsd);
  return [
    { kind: 'factor', id, lnVariance: own },
    {
      kind: 'factor',
      id: `${id}/${FIT.map((indicator) => pedigree[indicator]).join('-')}`,
      lnVariance: lnVarianceOfPedigree(pedigree, FIT),
    },
  ];
}

/**
 * The basic uncertainty of one gas of a factor, common to all keys that share the factor. A stated GSD holds it already; a rate without a factor has
 * none.
 */
function basicError({ factor, gsd, sourceClass }: Rate, gas: string | null, assumptions: Set<Assumption>): CommonError[] {
  if (factor === null || gsd !== undefined) return [];
  const basic = basicUncertainty(sourceClass, gas);
  if (basic === null) {
    assumptions.add('basic_uncertainty_not_stated');
    return [];
  }
  const of = gas === null ? 'CO2' : gwpErrorId(gas);
  return [{ kind: 'factor', id: `${idOf(factor)}/basic ${of} ${basic}`, lnVariance: lnVarianceOfFactor(basic) }];
}

function idOf({ setId, code }: FactorCitation): string {
  return `${setId}/${code}`;
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
