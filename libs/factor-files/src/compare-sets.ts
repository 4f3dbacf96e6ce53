import { Decimal, divide, plain, type FactorSet, type GasRegister, type GwpSetId } from '#ghg';
import { statementsOf, type Statement } from './statements';

export interface StatementView {
  readonly code: string;
  readonly label: string;
  readonly year: number;
  readonly figure: string;
  readonly unit: string;
}

export interface SetChange {
  readonly code: string;
  /** Only where the code changed and the meaning did not. */
  readonly codeBefore?: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly unit: string;
  /** after ÷ before − 1, in percent, to two decimals; null where before is zero. */
  readonly percent: string | null;
  /** More than ten times as much, or less than a tenth: a slip of unit more often than a change of the world. */
  readonly jump: boolean;
}

export interface SetComparison {
  readonly gwpSet: { readonly before: GwpSetId; readonly after: GwpSetId };
  readonly same: number;
  readonly added: readonly StatementView[];
  readonly gone: readonly StatementView[];
  /** The largest change first. */
  readonly changed: readonly SetChange[];
  /** A code that now means something else: its figures cannot be compared, and it stands among the gone and the added too. */
  readonly codesReused: readonly string[];
}

const JUMP = 10;
const PERCENT_DECIMALS = 2;
const RATIO_SCALE = 18;

/**
 * What a later edition says otherwise than an earlier one. A statement is found again by what it means (type, leg, region, supplier, attributes, unit)
 * and by its year where a set has several years of one meaning; the codes of the two are named where they differ. CO2e of gases that the publisher
 * gives as masses is taken with the GWP set of each edition: a change of GWP set is part of the change and is named beside it.
 */
export function compareSets(before: FactorSet, after: FactorSet, gases: GasRegister): SetComparison {
  const [earlier, later] = [statementsOf(before, gases), statementsOf(after, gases)];
  const pairs = pairsOf(earlier, later);
  const [found, kept] = [new Set(pairs.map(([one]) => one)), new Set(pairs.map(([, other]) => other))];
  const changed = pairs.filter(([one, other]) => one.parts !== other.parts).map(([one, other]) => changeOf(one, other));
  const gone = earlier.filter((one) => !found.has(one));
  const added = later.filter((one) => !kept.has(one));
  const codesGone = new Set(gone.map(({ code }) => code));
  return {
    gwpSet: { before: before.gwpSet, after: after.gwpSet },
    same: pairs.length - changed.length,
    added: added.map(viewOf).sort(byCode),
    gone: gone.map(viewOf).sort(byCode),
    changed: changed.sort((a, b) => sizeOf(b).cmp(sizeOf(a)) || byCode(a, b)),
    codesReused: added
      .map(({ code }) => code)
      .filter((code) => codesGone.has(code))
      .sort(),
  };
}

/** Statements of two sets that mean the same. */
export function pairsOf(earlier: readonly Statement[], later: readonly Statement[]): (readonly [Statement, Statement])[] {
  const candidates = grouped(later);
  const pairs: (readonly [Statement, Statement])[] = [];
  for (const [meaning, ones] of grouped(earlier)) {
    const others = candidates.get(meaning) ?? [];
    // One of each: the year is the edition's. Several: each year is a statement of its own.
    if (ones.length === 1 && others.length === 1) pairs.push([ones[0]!, others[0]!]);
    else
      for (const one of ones) {
        const other = others.find(({ year }) => year === one.year);
        if (other) pairs.push([one, other]);
      }
  }
  return pairs;
}

function grouped(statements: readonly Statement[]): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const group = groups.get(statement.meaning);
    if (group) group.push(statement);
    else groups.set(statement.meaning, [statement]);
  }
  return groups;
}

function changeOf(before: Statement, after: Statement): SetChange {
  const { code, label, unit } = after;
  const percent = before.figure.isZero()
    ? null
    : divide(after.figure.sub(before.figure).mul(100), before.figure, RATIO_SCALE).value.toDecimalPlaces(
        PERCENT_DECIMALS,
        Decimal.ROUND_HALF_EVEN,
      );
  const [small, large] = [before.figure, after.figure].sort((a, b) => a.cmp(b)) as [Decimal, Decimal];
  return {
    code,
    ...(before.code === code ? {} : { codeBefore: before.code }),
    label,
    before: plain(before.figure),
    after: plain(after.figure),
    unit,
    percent: percent === null ? null : plain(percent),
    jump: large.gt(small.mul(JUMP)),
  };
}

/** From nothing to something is the largest change there is. */
function sizeOf({ percent }: SetChange): Decimal {
  return percent === null ? new Decimal(Infinity) : new Decimal(percent).abs();
}

function viewOf({ code, label, year, figure, unit }: Statement): StatementView {
  return { code, label, year, figure: plain(figure), unit };
}

function byCode(a: { readonly code: string }, b: { readonly code: string }): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}
