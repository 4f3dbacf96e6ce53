import { divide, plain, type FactorSet, type FactorSource, type GasRegister } from '#ghg';
import { pairsOf } from './compare-sets';
import { statementsOf, type Statement } from './statements';

/** What stands out in a figure against the edition before: more often a slip of unit, column or sign than a change of the world. The closed list. */
export const FLAGS = {
  unit_changed: 'The same code is stated in another unit.',
  sign_changed: 'The figure has changed its sign.',
  became_zero: 'The figure was something and is zero.',
  ten_times: 'The figure is at least ten times what it was.',
  a_tenth: 'The figure is at most a tenth of what it was.',
  other_than_shared: 'The shared set of the same publisher, edition and version has another figure.',
} as const;
export type FlagCode = keyof typeof FLAGS;

/** A figure that stands out: stored with its set, for a person to look at. */
export interface FigureFlag {
  readonly flag: FlagCode;
  /** Of the factor or property in the new set. */
  readonly code: string;
  /** Where it was another one. */
  readonly codeBefore?: string;
  /** Null where the values are withheld. */
  readonly before: string | null;
  readonly after: string | null;
  readonly unitBefore: string;
  readonly unitAfter: string;
  /** after ÷ before, to six decimals; null where the units differ, before is zero, or the values are withheld. */
  readonly ratio: string | null;
  readonly source: FactorSource;
  /** Sheet and row of the file, as far as its layout says. */
  readonly sheet?: string;
  readonly row?: number;
}

/** Where the row of a code stands in the file. */
export type Places = ReadonlyMap<string, { readonly sheet: string; readonly row: number }>;

const FAR = 10;
const RATIO_DECIMALS = 6;

/**
 * The figures of a set that stand out against an earlier one: found again by their code, as long as it speaks of the same thing, else by what they
 * mean. A code that speaks of something else now is not compared. In the order of their codes. `isShared`: the earlier is the shared set of the very same
 * name, against which every other figure stands out, since a publication has one.
 */
export function flagFigures(
  before: FactorSet,
  after: FactorSet,
  gases: GasRegister,
  places: Places = new Map(),
  isShared = false,
): FigureFlag[] {
  return pairsToFlag(statementsOf(before, gases), statementsOf(after, gases))
    .flatMap(([one, other]) => {
      const flag = flagOf(one, other) ?? (isShared && !one.figure.eq(other.figure) ? 'other_than_shared' : null);
      return flag ? [viewOf(flag, one, other, places)] : [];
    })
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

type Pair = readonly [Statement, Statement];

function pairsToFlag(earlier: readonly Statement[], later: readonly Statement[]): Pair[] {
  const nameOf = ({ kind, code, subject }: Statement): string => JSON.stringify([kind, code, subject]);
  const byName = new Map(earlier.map((statement) => [nameOf(statement), statement]));
  const byCode = later.flatMap((other): Pair[] => {
    const one = byName.get(nameOf(other));
    return one ? [[one, other]] : [];
  });
  const [found, kept] = [new Set(byCode.map(([one]) => one)), new Set(byCode.map(([, other]) => other))];
  const rest = pairsOf(
    earlier.filter((one) => !found.has(one)),
    later.filter((other) => !kept.has(other)),
  );
  return [...byCode, ...rest];
}

function flagOf(before: Statement, after: Statement): FlagCode | null {
  const [one, other] = [before.figure, after.figure];
  if (before.unit !== after.unit) return 'unit_changed';
  if (one.isZero()) return null;
  if (other.isZero()) return 'became_zero';
  if (one.isNegative() !== other.isNegative()) return 'sign_changed';
  if (other.abs().gte(one.abs().mul(FAR))) return 'ten_times';
  if (other.abs().mul(FAR).lte(one.abs())) return 'a_tenth';
  return null;
}

function viewOf(flag: FlagCode, before: Statement, after: Statement, places: Places): FigureFlag {
  const { code, source } = after;
  const isComparable = flag !== 'unit_changed' && !before.figure.isZero();
  return {
    flag,
    code,
    ...(before.code === code ? {} : { codeBefore: before.code }),
    before: plain(before.figure),
    after: plain(after.figure),
    unitBefore: before.unit,
    unitAfter: after.unit,
    ratio: isComparable ? plain(divide(after.figure, before.figure, RATIO_DECIMALS).value) : null,
    source,
    ...places.get(code),
  };
}
