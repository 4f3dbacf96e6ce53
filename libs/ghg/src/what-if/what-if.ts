import type { Basis, LegId, SourceClass } from '../activity/vocabulary';
import type { Decision } from '../calculation/rate';
import { AMOUNT_SCALE } from '../quantity/decimal';
import { textOfScaled } from '../quantity/scaled';

/** A rate reduced to what a what-if asks of it; amounts are scaled to 18 decimals. */
export interface WhatIfRate {
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
  readonly activityType: string;
  readonly kgco2e: bigint;
  readonly biogenicKgco2: bigint;
  /** Names what the rate does to the ledger (`effectOf`): rates of one effect move nothing. */
  readonly effect: string;
}

/** Net quantity of a key at an entity in a year, scaled to 12 decimals, and its activities. */
export interface WhatIfCell {
  readonly entity: string;
  readonly year: number;
  readonly quantity: bigint;
  readonly activities: number;
}

/** What is decided for a key: as it stands, or as it would be. */
export interface WhatIfDecision {
  readonly outcome: Decision['outcome'];
  readonly rates: readonly WhatIfRate[];
}

export interface WhatIfKey extends WhatIfDecision {
  readonly id: string;
  readonly cells: readonly WhatIfCell[];
}

/** An amount before and after, and its difference: exact decimals of kilograms. */
export interface WhatIfFigure {
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

export interface WhatIfLine extends WhatIfFigure {
  readonly leg: LegId;
  readonly basis: Basis;
  readonly sourceClass: SourceClass;
}

/** A key whose decision changes. `newly`: more of it gets a rate than before, or less. */
export interface WhatIfChange extends WhatIfFigure {
  readonly id: string;
  readonly activities: number;
  /** Whether its entries would be reversed and posted anew. */
  readonly moves: boolean;
  readonly outcome: { readonly before: Decision['outcome']; readonly after: Decision['outcome'] };
  readonly newly: 'rated' | 'refused' | null;
}

/** One of the two readings of scope 2, with everything that belongs to both. */
export type Reading = Exclude<Basis, 'all'>;

export interface WhatIf {
  /** `posted` counts every leg on every basis, as the control sum of a run does; `location` and `market` are the two readings of it. */
  readonly total: Readonly<Record<Total, WhatIfFigure>>;
  readonly lines: readonly WhatIfLine[];
  /** These add up to the total of the reading that was asked for. */
  readonly entities: ReadonlyMap<string, WhatIfFigure>;
  readonly activityTypes: ReadonlyMap<string, WhatIfFigure>;
  readonly years: ReadonlyMap<string, WhatIfFigure>;
  /** The largest difference first. */
  readonly changes: readonly WhatIfChange[];
  /** Activities of the keys that move. */
  readonly rows: number;
}

const TOTALS = ['posted', 'location', 'market', 'biogenic'] as const;
type Total = (typeof TOTALS)[number];

/** What keys come to under one reading, by everything that a what-if tells apart; scaled to 30 decimals. */
export interface WhatIfSums {
  readonly reading: Reading;
  readonly total: Map<string, bigint>;
  readonly lines: Map<string, bigint>;
  readonly entities: Map<string, bigint>;
  readonly activityTypes: Map<string, bigint>;
  readonly years: Map<string, bigint>;
}

/** amount = Σ quantity × rate over the keys of a book as they stand, exactly. */
export function sumsOfKeys(keys: Iterable<WhatIfKey>, reading: Reading): WhatIfSums {
  const sums = noSums(reading);
  for (const key of keys) addRates(sums, key.cells, key.rates, 1n);
  return sums;
}

/**
 * What a change of decisions does to a book: difference = Σ quantity × (rate after − rate before), over the sums of quantities per key, entity and
 * year, never over rows; exact, since entries are exact products. Rates of one effect stay posted and differ by nothing. What pools have posted is
 * not in it. `candidates` are the keys that may change, with what would be decided for them; all others stay as they are. Refuses nothing.
 */
export function whatIf(before: WhatIfSums, candidates: Iterable<readonly [WhatIfKey, WhatIfDecision]>): WhatIf {
  const differences = noSums(before.reading);
  const changes: { readonly change: WhatIfChange; readonly size: bigint }[] = [];
  let rows = 0;
  for (const [key, after] of candidates) {
    const moves = !haveSameEffects(key.rates, after.rates);
    if (!moves && key.outcome === after.outcome) continue;
    const activities = key.cells.reduce((sum, cell) => sum + cell.activities, 0);
    if (moves) {
      addRates(differences, key.cells, key.rates, -1n);
      addRates(differences, key.cells, after.rates, 1n);
      rows += activities;
    }
    const stood = amountOf(key, key.rates, before.reading);
    const difference = amountOf(key, after.rates, before.reading) - stood;
    const outcome = { before: key.outcome, after: after.outcome };
    const change = { id: key.id, activities, moves, outcome, newly: newlyOf(outcome), ...figureOf(stood, difference) };
    changes.push({ change, size: difference < 0n ? -difference : difference });
  }
  const total = Object.fromEntries(
    TOTALS.map((name) => [name, figureOf(before.total.get(name) ?? 0n, differences.total.get(name) ?? 0n)]),
  ) as Record<Total, WhatIfFigure>;
  return {
    total,
    lines: [...figuresOf(before.lines, differences.lines)].map(([name, figure]) => ({ ...lineNamed(name), ...figure })),
    entities: figuresOf(before.entities, differences.entities),
    activityTypes: figuresOf(before.activityTypes, differences.activityTypes),
    years: figuresOf(before.years, differences.years),
    changes: changes
      .sort((a, b) => compare(b.size, a.size) || compare(BigInt(a.change.id), BigInt(b.change.id)))
      .map(({ change }) => change),
    rows,
  };
}

function noSums(reading: Reading): WhatIfSums {
  return { reading, total: new Map(), lines: new Map(), entities: new Map(), activityTypes: new Map(), years: new Map() };
}

function addRates(sums: WhatIfSums, cells: readonly WhatIfCell[], rates: readonly WhatIfRate[], sign: bigint): void {
  const quantity = sign * quantityOf(cells);
  let perUnit = 0n;
  for (const rate of rates) {
    const amount = quantity * rate.kgco2e;
    add(sums.total, 'posted', amount);
    add(sums.total, 'biogenic', quantity * rate.biogenicKgco2);
    if (isRead(rate, 'location')) add(sums.total, 'location', amount);
    if (isRead(rate, 'market')) add(sums.total, 'market', amount);
    add(sums.lines, lineName(rate), amount);
    if (!isRead(rate, sums.reading)) continue;
    add(sums.activityTypes, rate.activityType, amount);
    perUnit += rate.kgco2e;
  }
  for (const cell of cells) {
    const amount = sign * cell.quantity * perUnit;
    add(sums.entities, cell.entity, amount);
    add(sums.years, String(cell.year), amount);
  }
}

function quantityOf(cells: readonly WhatIfCell[]): bigint {
  let quantity = 0n;
  for (const cell of cells) quantity += cell.quantity;
  return quantity;
}

function amountOf({ cells }: WhatIfKey, rates: readonly WhatIfRate[], reading: Reading): bigint {
  let perUnit = 0n;
  for (const rate of rates) if (isRead(rate, reading)) perUnit += rate.kgco2e;
  return quantityOf(cells) * perUnit;
}

function isRead({ basis }: WhatIfRate, reading: Reading): boolean {
  return basis === 'all' || basis === reading;
}

function haveSameEffects(some: readonly WhatIfRate[], others: readonly WhatIfRate[]): boolean {
  return some.length === others.length && some.every(({ effect }) => others.some((other) => other.effect === effect));
}

const GAPS: readonly Decision['outcome'][] = ['excluded', 'calculated', 'partly', 'refused'];

function newlyOf({ before, after }: WhatIfChange['outcome']): WhatIfChange['newly'] {
  const worse = GAPS.indexOf(after) - GAPS.indexOf(before);
  return worse === 0 ? null : worse > 0 ? 'refused' : 'rated';
}

function lineName({ sourceClass, leg, basis }: WhatIfRate): string {
  return `${sourceClass} ${leg} ${basis}`;
}

function lineNamed(name: string): Pick<WhatIfLine, 'leg' | 'basis' | 'sourceClass'> {
  const [sourceClass, leg, basis] = name.split(' ') as [SourceClass, LegId, Basis];
  return { leg, basis, sourceClass };
}

function add(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount);
}

/** By name, so that the order of keys shows nowhere. */
function figuresOf(before: ReadonlyMap<string, bigint>, differences: ReadonlyMap<string, bigint>): Map<string, WhatIfFigure> {
  const names = [...new Set([...before.keys(), ...differences.keys()])].sort();
  return new Map(names.map((name) => [name, figureOf(before.get(name) ?? 0n, differences.get(name) ?? 0n)]));
}

function figureOf(before: bigint, difference: bigint): WhatIfFigure {
  const text = (value: bigint): string => textOfScaled(value, AMOUNT_SCALE);
  return { before: text(before), after: text(before + difference), difference: text(difference) };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
