import type { ActivityType, LegSpec, MatchKey } from '../activity/vocabulary';
import type { Classifications } from '../classification/classification';
import type { GasRegister, GwpSetId } from '../factor/gas';
import type { FactorChoices } from '../matching/choices';
import type { EditionsRule } from '../matching/editions';
import type { FactorIndex } from '../matching/factor-index';
import type { MethodPack } from '../methods/pack';
import type { Refusal } from '../refusals';
import type { LostCandidate, Rate } from './rate';

/** Everything that a decision rests on: the book's rules and GWP set, the pinned factors and tables, and the gases. */
export interface DecisionContext {
  readonly pack: MethodPack;
  readonly index: FactorIndex;
  readonly gases: GasRegister;
  readonly gwpSet: GwpSetId;
  /** Whose year's factors the parts of a reporting year take; `blended` unless given. */
  readonly editions?: EditionsRule;
  /** What people decided about factors; nothing unless given. */
  readonly choices?: FactorChoices;
  /** What free text is, by decisions of people; none unless given. */
  readonly classifications?: Classifications;
}

/** One leg of one key, to be rated. */
export interface LegTask {
  readonly key: MatchKey;
  readonly type: ActivityType;
  readonly leg: LegSpec;
  readonly context: DecisionContext;
}

/** The rate of a leg or why it has none, and the nearest losers; `pooled`: a pool decides it. */
export interface LegOutcome {
  readonly rate: Rate | Refusal | 'pooled';
  readonly lost: readonly LostCandidate[];
}

/** How legs of one kind get their rate. */
export type LegMethod = (task: LegTask) => LegOutcome;

/** What every rate takes over from its leg and key. */
export function rateHead(leg: LegSpec, unit: string): Pick<Rate, 'leg' | 'basis' | 'sourceClass' | 'unit' | 'boundary'> {
  const { basis, sourceClass } = leg;
  return { leg: leg.leg, basis, sourceClass, unit, ...(leg.boundary === 'optional' ? { boundary: 'optional' as const } : {}) };
}

/** A rate of no emission, with its reason as formula; what a method adds stands beside it. */
export function rateOfNothing(leg: LegSpec, unit: string, gwpSet: GwpSetId, method: string, formula: string): Rate {
  return {
    ...rateHead(leg, unit),
    kgco2e: '0',
    biogenicKgco2: '0',
    gwpSet,
    gases: [],
    notConvertible: null,
    factor: null,
    method,
    conversion: [],
    fallbacks: [],
    rounded: false,
    formula,
  };
}
