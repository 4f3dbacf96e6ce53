import type { MatchKey } from '../activity/vocabulary';
import { saidAbout, type Said } from '../matching/choices';
import { matchFactor, type FactorMatch, type FactorNoMatch } from '../matching/match-factor';
import type { PinnedFactor } from '../factor/factor';
import { Decimal, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { rateHead, type LegMethod, type LegTask } from './method';
import type { Rate, RateInput } from './rate';
import { rateByFactor } from './rate-by-factor';
import { rateFromFactor } from './rate-from-factor';
import { withheldMark } from './withheld';

const FORCING = 'radiative_forcing';

/** The rates of one key with and without radiative forcing, both by factors of one publication. */
interface Pair {
  readonly with: Rate;
  readonly without: Rate;
  /** The factor without, as it was matched. */
  readonly less: FactorMatch;
}

/**
 * What a journey releases. Where a flight is counted with radiative forcing and the publisher prints both readings, the leg takes the one without:
 * what forcing adds is no gas and has a leg of its own. Where only the reading with it is published, that stands here whole, and
 * `radiative_forcing_not_apart` says so. A person's choice of the one reading takes the other from the same publication.
 * Refusals: those of `rateByFactor`, of the reading that is asked for.
 */
export const rateOfOperation: LegMethod = (task) => {
  const outcome = rateByFactor(task);
  if (task.key.attributes[FORCING] !== 'with' || outcome.rate === 'pooled' || isRefusal(outcome.rate)) return outcome;
  const pair = pairOf(task);
  if (!isRefusal(pair)) {
    const { key, type, leg, context } = task;
    return { rate: rateFromFactor(keyWith(key, 'without'), type, leg, pair.less, context.gases, context.gwpSet), lost: pair.less.lost };
  }
  return { ...outcome, rate: { ...outcome.rate, fallbacks: [...outcome.rate.fallbacks, 'radiative_forcing_not_apart'] } };
};

/**
 * forcing = factor with − factor without, of one publisher, region, year and unit, so that operation + forcing is exactly the figure with it (GHG
 * Protocol Scope 3 Technical Guidance, category 6; UK DESNZ, methodology paper, air travel). CO2e that no gas explains, on the publisher's GWP set.
 * Refusals: those of `matchFactor`, of the factor with, then of the one without; `factor_attribute_mismatch` (the two are no pair).
 */
export const rateOfForcing: LegMethod = (task) => {
  const { key, leg, context } = task;
  const pair = pairOf(task);
  if (isRefusal(pair)) return { rate: pair, lost: [] };
  const kgco2e = plain(new Decimal(pair.with.kgco2e).sub(pair.without.kgco2e));
  const rate: Rate = {
    ...pair.with,
    ...rateHead(leg, key.unit),
    kgco2e,
    biogenicKgco2: '0',
    gwpSet: context.gwpSet,
    gases: [],
    notConvertible: kgco2e === '0' ? null : { kgco2e, gwpSet: pair.with.gwpSet },
    method: 'factor-with-minus-without',
    inputs: [...(pair.with.inputs ?? []), inputOf(pair.with), inputOf(pair.without)],
    rounded: pair.with.rounded || pair.without.rounded,
    formula: `(${pair.with.formula}) − (${pair.without.formula}) = ${kgco2e} kgCO2e/${key.unit}`,
  };
  return { rate, lost: [] };
};

/** Both readings under the publisher's own GWP set: a difference is taken of printed figures. What people decided for the journey holds for both. */
function pairOf(task: LegTask): Pair | Refusal {
  const { key, leg, context } = task;
  const said = saidAbout(context.choices, key, { ...leg, leg: 'operation' });
  const why = `${key.activityType}: the factors with and without radiative forcing are no pair`;
  const more = matchOf(task, 'with', said);
  if ('refusal' in more) return more.refusal;
  if (said.taken && more.pinned.factor.attributes[FORCING] !== 'with') return refuse('factor_attribute_mismatch', why, FORCING);
  const less = matchOf(
    task,
    'without',
    said.taken ? { ...said, taken: null, admits: (other) => isOnePublication(more.pinned, other) } : said,
  );
  if ('refusal' in less) return less.refusal;
  if (!isOnePublication(more.pinned, less.pinned)) return refuse('factor_attribute_mismatch', why, FORCING);
  const [withIt, without] = [rateOf(task, more), rateOf(task, less)];
  if (isRefusal(withIt)) return withIt;
  if (isRefusal(without)) return without;
  if (new Decimal(withIt.kgco2e).lt(without.kgco2e)) return refuse('factor_attribute_mismatch', why, FORCING);
  return { with: withIt, without, less: more.choice ? { ...less, choice: more.choice } : less };
}

function matchOf({ key, type, leg, context }: LegTask, forcing: 'with' | 'without', said: Said): FactorMatch | FactorNoMatch {
  return matchFactor(keyWith(key, forcing), type, { ...leg, leg: 'operation' }, context.index, said);
}

function rateOf({ key, type, leg, context }: LegTask, match: FactorMatch): Rate | Refusal {
  return rateFromFactor(key, type, { ...leg, leg: 'operation' }, match, context.gases, match.pinned.set.gwpSet);
}

function keyWith(key: MatchKey, forcing: 'with' | 'without'): MatchKey {
  return { ...key, attributes: { ...key.attributes, [FORCING]: forcing } };
}

/** Only radiative forcing tells the two apart. */
function isOnePublication(a: PinnedFactor, b: PinnedFactor): boolean {
  const rest = ({ factor }: PinnedFactor) =>
    JSON.stringify(Object.entries({ ...factor.attributes, [FORCING]: '' }).sort(([one], [other]) => (one < other ? -1 : 1)));
  const same = (['region', 'year', 'unit', 'supplier'] as const).every((name) => a.factor[name] === b.factor[name]);
  return a.setId === b.setId && same && rest(a) === rest(b);
}

/** A rate of the pair, cited as what the difference rests on. */
function inputOf(rate: Rate): RateInput {
  const { factor, kgco2e, unit } = rate;
  const { code, setId, source } = factor as NonNullable<Rate['factor']>;
  return { kind: 'rate', code, setId, value: kgco2e, unit: `kgCO2e/${unit}`, source, ...withheldMark(rate) };
}
