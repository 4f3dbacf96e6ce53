import { activityType } from '../activity/activity-types';
import { matchKeyText } from '../activity/match-key';
import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import type { MatchKey } from '../activity/vocabulary';
import type { Approach, Organisation, ReportedLine } from '../boundary/boundary';
import { rebase } from '../calculation/rebase';
import type { Rate } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { overPeriodsOfRows } from '../inventory/apportion';
import type { RatedLeg } from '../inventory/inventory';
import { READINGS, readingsOf, Sums, type Reading } from '../inventory/sums';
import { Decimal, divide, plain } from '../quantity/decimal';
import { checkReading, methodPackHead, type MethodPack } from '../methods/pack';
import { isRefusal, type Refusal } from '../refusals';
import { activityPedigree, dataStatusOf, factorPedigree, type Assumption } from './assumed-indicators';
import { uncertainRate, type GwpErrors, type UncertainRate } from './error-sources';
import { lnVarianceOfPedigree } from './indicators';
import { Shares, type Portion } from './portions';
import { isPrimaryData } from './primary-data';
import type { Financed, Quality, QualityCell } from './quality';
import { QualitySums, shown, type QualityPart } from './quality-sums';
import type { Term } from './uncertainty';
import { weightedScore, type Weighed } from './weighted-score';

/** What a reading of the quality is of: the sums of a book, the rates behind them, the organisation, and the choices made at reading. */
export interface QualityReading {
  readonly pack: MethodPack;
  readonly cells: Iterable<QualityCell>;
  readonly legs: Iterable<RatedLeg>;
  readonly organisation: Organisation;
  readonly year: number;
  /** The reporting years that the cells were cut by; calendar years unless given. */
  readonly calendar?: ReportingCalendar;
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  readonly gwpErrors: GwpErrors;
  readonly gases: GasRegister;
  readonly financed: Iterable<Financed>;
}

/** A rated leg with everything that its cells have in common. */
interface ReadLeg {
  readonly leg: RatedLeg;
  /** kgCO2e per unit under the wanted GWP set. */
  readonly kgco2e: Decimal;
  readonly uncertain: UncertainRate;
  /** Of the own error of each row. */
  readonly lnVariance: Decimal;
  readonly quality: Omit<QualityPart, 'kgco2e' | 'extrapolated'>;
}

/** Legs of the same rows: their cells state the same sums. */
type RowsOfKey = { readonly cell: QualityCell; readonly leg: ReadLeg }[];

const TONNES_PER_KG = new Decimal('0.001');
const ONE = new Decimal(1);

/**
 * The quality of an inventory: the same cells, shares and lines as `readInventory`, with intervals, indicators, primary data and data status.
 * Rows of one key at one entity err together in all legs of the key; what a pool adds to a leg or takes from it scales the rows that it stands on.
 * Uncertainty takes shares and day fractions at 18 decimals; tonnes are exact.
 * Refusals: those of `checkReading`; those of `interestSegments`; `entity_unknown` (a cell of an entity that the organisation does not have).
 */
export function readQuality(reading: QualityReading): Quality | Refusal {
  const { pack, year, calendar = CALENDAR_YEARS, approach, gwp, gwpErrors } = reading;
  const refused = checkReading(pack, approach, gwp);
  if (refused) return refused;
  const legs = readLegs(reading);
  const figures = new Map<string, QualitySums>();
  const shares = new Shares(reading.organisation, year, approach, pack, calendar);
  const of = (name: string): QualitySums => {
    const known = figures.get(name) ?? new QualitySums();
    figures.set(name, known);
    return known;
  };
  for (const rows of rowsOfKeys(reading.cells, legs, year)) {
    const portioned: [ReadLeg, readonly Portion[]][] = [];
    for (const { cell, leg } of rows) {
      const portions = shares.portionsOf(cell, leg.leg, leg.kgco2e, gwp);
      if (isRefusal(portions)) return portions;
      portioned.push([leg, portions]);
    }
    addRows(rows, portioned, of);
    for (const [leg, portions] of portioned)
      for (const { line, kgco2e, extrapolated } of portions)
        for (const name of figuresWith(line, leg.leg.basis)) of(name).addPart({ ...leg.quality, kgco2e, extrapolated });
  }
  const pcaf = pcafScores(reading.financed, shares);
  if (isRefusal(pcaf)) return pcaf;
  const period = { from: calendar.startOf(year), to: calendar.endOf(year) };
  const choices = { methodPack: methodPackHead(pack), year, period, approach, gwp, gwpErrors };
  return { ...choices, unit: 'tCO2e', lines: linesOf(figures), totals: totalsOf(figures), pcaf };
}

function readLegs({ legs, gwp, gwpErrors, gases }: QualityReading): Map<string, ReadLeg> {
  const read = new Map<string, ReadLeg>();
  for (const leg of legs) {
    const { rate, key } = leg;
    const status = dataStatusOf(key);
    const activity = activityPedigree(key, status);
    const uncertain = uncertainRate(rate, key, { gwp, gwpErrors, gases });
    const assumptions: Assumption[] = [...uncertain.assumptions, ...(activity.assumption ? [activity.assumption] : [])];
    const factor = rate.factor ? factorPedigree(rate, key) : null;
    const quality = { status, primary: isPrimaryData(rate, key, status), activity, factor, assumptions };
    const lnVariance = lnVarianceOfPedigree(activity.pedigree);
    read.set(leg.rateId, { leg, kgco2e: rebase(rate, gwp, gases).kgco2e, uncertain, lnVariance, quality });
  }
  return read;
}

/** Cells of legs that stand on the same rows: of one key, one entity, one period, with equal sums. */
function rowsOfKeys(cells: Iterable<QualityCell>, legs: ReadonlyMap<string, ReadLeg>, year: number): Iterable<RowsOfKey> {
  const rows = new Map<string, RowsOfKey>();
  const keys = new Map<string, string>();
  for (const cell of withPools(
    [...cells].filter((one) => one.year === year),
    legs,
  )) {
    const leg = legs.get(cell.rateId) as ReadLeg;
    if (leg.leg.sourceClass === 'energy-use') continue;
    const { key } = leg.leg;
    if (!keys.has(cell.rateId)) keys.set(cell.rateId, key ? matchKeyText(key) : cell.rateId);
    const { entityCode, periodStart, periodEnd, rowQuantity, rowSquares } = cell;
    const id = JSON.stringify([entityCode, keys.get(cell.rateId), periodStart, periodEnd, rowQuantity, rowSquares]);
    const known = rows.get(id);
    if (known) known.push({ cell, leg });
    else rows.set(id, [{ cell, leg }]);
  }
  return rows.values();
}

/** Cells with what pools posted over the same periods: the postings of a key go with its rows, as in the inventory. */
function withPools(cells: readonly QualityCell[], legs: ReadonlyMap<string, ReadLeg>): Iterable<QualityCell> {
  const rateOf = (rateId: string): Rate => {
    const leg = legs.get(rateId);
    if (!leg) throw new RangeError(`readQuality: no rate ${rateId}`);
    return leg.leg.rate;
  };
  const apportioned = overPeriodsOfRows(cells, rateOf, (cell, part) => ({
    ...cell,
    ...part,
    extrapolated: new Decimal(cell.extrapolated).isZero() ? '0' : part.quantity,
  }));
  const byIdentity = new Map<string, QualityCell>();
  for (const cell of apportioned) {
    const { entityCode, rateId, periodStart, periodEnd, activityType } = cell;
    rateOf(rateId);
    const identity = JSON.stringify([entityCode, rateId, periodStart, periodEnd, activityType]);
    const known = byIdentity.get(identity);
    byIdentity.set(identity, known ? addedCells(known, cell) : cell);
  }
  return byIdentity.values();
}

const ADDED = ['quantity', 'kgco2e', 'rowQuantity', 'rowSquares', 'extrapolated'] as const satisfies readonly (keyof QualityCell)[];

function addedCells(a: QualityCell, b: QualityCell): QualityCell {
  const sums = ADDED.map((name) => [name, plain(new Decimal(a[name]).add(b[name]))]);
  return { ...a, ...(Object.fromEntries(sums) as Record<(typeof ADDED)[number], string>) };
}

/** Adds rows of one key to every figure in which one of their legs stands, with all of their terms in it at once. */
function addRows(rows: RowsOfKey, portioned: readonly [ReadLeg, readonly Portion[]][], of: (name: string) => QualitySums): void {
  const [first] = rows;
  if (!first) return;
  const ofRows = !new Decimal(first.cell.rowQuantity).isZero();
  // What only a pool has posted, or what nets to nothing, is one figure with an error of its own.
  const quantity = new Decimal(ofRows ? first.cell.rowQuantity : 1);
  const squares = new Decimal(ofRows ? first.cell.rowSquares : 1);
  const weights = new Map<string, Map<ReadLeg, Decimal>>();
  for (const [i, [leg, portions]] of portioned.entries()) {
    const cell = (rows[i] as RowsOfKey[number]).cell;
    const ofPool = weightOfRows(cell, ofRows);
    for (const { line, weight } of portions)
      for (const name of figuresWith(line, leg.leg.basis)) {
        const inFigure = weights.get(name) ?? new Map<ReadLeg, Decimal>();
        weights.set(name, inFigure.set(leg, (inFigure.get(leg) ?? new Decimal(0)).add(weight.mul(ofPool))));
      }
  }
  const { lnVariance } = first.leg;
  for (const [name, inFigure] of weights) {
    const signature = JSON.stringify([...inFigure].map(([{ leg }, weight]) => `${leg.rateId} ${plain(weight)}`).sort());
    of(name).addRows({
      signature,
      quantity,
      squares,
      lnVariance,
      terms: () => [...inFigure].flatMap(([leg, weight]) => termsOf(leg, weight)),
    });
  }
}

/** How much of its rows a leg counts: all of them, unless pools have posted to it. What only pools have posted counts as one row of 1. */
function weightOfRows({ quantity, rowQuantity }: QualityCell, ofRows: boolean): Decimal {
  if (!ofRows) return new Decimal(quantity);
  return quantity === rowQuantity ? ONE : divide(new Decimal(quantity), new Decimal(rowQuantity)).value;
}

/** Tonnes per unit of quantity, with their errors. */
function termsOf({ uncertain }: ReadLeg, weight: Decimal): Term[] {
  return uncertain.parts.map(({ kgco2e, errors }) => ({ perUnit: kgco2e.mul(weight).mul(TONNES_PER_KG), errors }));
}

const isScope3 = (line: ReportedLine) => line.startsWith('scope3.');

/** The figures that a line and basis is part of: its own, scope 3 and the whole in its readings. What is outside or apart is in no total. */
function figuresWith(line: ReportedLine, basis: RatedLeg['basis']): string[] {
  const own = `line ${line} ${basis}`;
  if (line !== 'scope1' && line !== 'scope2' && !isScope3(line)) return [own];
  const totals = isScope3(line) ? ['scope3', 'scopes1-3'] : ['scopes1-3'];
  return [own, ...readingsOf(basis).flatMap((reading) => totals.map((total) => `${total} ${reading}`))];
}

function linesOf(figures: ReadonlyMap<string, QualitySums>): Quality['lines'] {
  const names = [...figures.keys()].filter((name) => name.startsWith('line '));
  return names
    .map((name) => {
      const [, line, basis] = name.split(' ') as ['line', ReportedLine, RatedLeg['basis']];
      return { line, basis, ...(figures.get(name) as QualitySums).figures() };
    })
    .sort((a, b) => orderOf(a.line) - orderOf(b.line) || (a.line < b.line ? -1 : a.line > b.line ? 1 : a.basis < b.basis ? -1 : 1));
}

function totalsOf(figures: ReadonlyMap<string, QualitySums>): Quality['totals'] {
  return (['scope3', 'scopes1-3'] as const).flatMap((total) =>
    READINGS.map((reading: Reading) => ({ total, reading, ...(figures.get(`${total} ${reading}`) ?? new QualitySums()).figures() })),
  );
}

/** Scope 1, scope 2, the categories by number, then what is outside the scopes or apart. */
function orderOf(line: ReportedLine): number {
  if (isScope3(line)) return 3 + Number(line.slice('scope3.'.length)) / 100;
  return line === 'scope1' ? 1 : line === 'scope2' ? 2 : 4;
}

/** Weighted data quality scores of what is financed, per currency; the boundary's share of category 15 counts. */
function pcafScores(financed: Iterable<Financed>, shares: Shares): Quality['pcaf'] | Refusal {
  const weighed = new Map<string, Weighed[]>();
  const sums = new Sums<string>();
  for (const { entityCode, key, outstanding, currency } of financed) {
    const score = key.attributes['pcaf_score'];
    if (score === undefined || !isFinanced(key)) continue;
    const portions = shares.of({ entityCode, periodStart: null, periodEnd: null }, 'investments', key.activityType);
    if (isRefusal(portions)) return portions;
    const weight = portions.reduce((sum, portion) => sum.add(portion.weight), new Decimal(0)).mul(outstanding);
    weighed.set(currency, [...(weighed.get(currency) ?? []), { weight, score: new Decimal(score) }]);
    sums.add(currency, weight);
  }
  return [...weighed.keys()].sort().flatMap((currency) => {
    const score = weightedScore(weighed.get(currency) ?? []);
    return score === null ? [] : [{ currency, outstanding: plain(sums.of(currency)), score: shown(score) }];
  });
}

/** Scopes 1 and 2 of an investee: its scope 3 and what is projected are scored by nobody twice. */
function isFinanced({ activityType: id }: MatchKey): boolean {
  return activityType(id)?.legs.some(({ sourceClass }) => sourceClass === 'investments') ?? false;
}
