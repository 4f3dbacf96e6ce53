import { canonicalJson } from '../calculation/canonical';
import { rebase } from '../calculation/rebase';
import type { Rate } from '../calculation/rate';
import type { SourceClass } from '../activity/vocabulary';
import type { Approach, Organisation } from '../boundary/boundary';
import type { LineRules } from '../boundary/reported-line';
import { interestSegments, type InterestSegment } from '../boundary/shares';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { overPeriodsOfRows, splitTogether } from '../inventory/apportion';
import type { Cell, RatedLeg } from '../inventory/inventory';
import type { PoolKind } from '../pools/pool';
import { checkReading, type MethodPack } from '../methods/pack';
import { AMOUNT_SCALE, Decimal, divide, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { priceRatioOf } from './price-ratio';
import type { InventoryState, Place, SourceIdentity, SourceState, Weights } from './state';

/** A cell of the ledger that always says which pool posted it: the empty text for the rows themselves. */
export interface StateCell extends Cell {
  /** Of the pool; null of rows. */
  readonly poolKind: PoolKind | null;
  readonly country: string;
}

export interface StateReading {
  readonly pack: MethodPack;
  readonly cells: Iterable<StateCell>;
  readonly legs: Iterable<RatedLeg>;
  readonly organisation: Organisation;
  readonly year: number;
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  /** The other set that this state is compared under, beside its own. */
  readonly otherGwp?: GwpSetId;
  readonly gases: GasRegister;
}

/** Attributes that say how good a figure is, or in whose prices it stands: no part of what the source is. */
const BESIDE_THE_SOURCE: readonly string[] = ['data_status', 'data_quality', 'price_year'];
const ESTIMATED: readonly string[] = ['estimated', 'extrapolated'];

const ZERO = new Decimal(0);
const ONE = new Decimal(1);

type Segments = readonly InterestSegment[];

/**
 * The state of an inventory of one year, source by source, taken apart so that a bridge can put it together again. Its totals are those of
 * `readInventory` over the same cells, digit for digit.
 * Refusals: those of `checkReading`, those of `interestsOn`, `entity_unknown`.
 */
export function readState(reading: StateReading): InventoryState | Refusal {
  const refused = checkReading(reading.pack, reading.approach, reading.gwp);
  if (refused) return refused;
  const boundary = new YearBoundary(reading.organisation, reading.approach, reading.pack);
  const whole = boundary.segmentsOf(`${reading.year}-01-01`, `${reading.year}-12-31`);
  if (isRefusal(whole)) return whole;
  const legs = readLegs(reading);
  const gatherings = new Map<string, Gathering>();
  for (const cells of cellsOfOneRate(reading, legs)) {
    const [first] = cells as [StateCell];
    const leg = legs.get(first.rateId) as ReadLeg;
    if (leg.sourceClass === 'energy-use') continue;
    const segments = boundary.segmentsOf(first.periodStart ?? `${reading.year}-01-01`, first.periodEnd ?? `${reading.year}-12-31`);
    if (isRefusal(segments)) return segments;
    const ofEntity = segments.get(first.entityCode);
    if (!ofEntity) return refuse('entity_unknown', `the organisation has no entity "${first.entityCode}"`, first.entityCode);
    const portions = boundary.portions(ofEntity, leg.sourceClass, first.activityType);
    for (const [cell, parts] of splitOver(cells, leg, portions, reading.gwp)) {
      const identity = identityOf(cell, leg);
      const id = canonicalJson(identity);
      const gathering = gatherings.get(id) ?? new Gathering(identity, isLumped(cell, leg), reading.gwp);
      gatherings.set(id, gathering);
      gathering.add(cell, leg, portions, parts);
    }
  }
  return {
    year: reading.year,
    gwp: reading.gwp,
    sources: new Map([...gatherings].map(([id, gathering]) => [id, gathering.state()])),
    weightsOf: (identity) => meanWeights(boundary.portions(whole.get(identity.entity) ?? [], identity.sourceClass, identity.activityType)),
    exclusionsOf: (identity) => boundary.exclusions(whole.get(identity.entity) ?? [], identity.sourceClass, identity.activityType),
  };
}

/**
 * The cells of the year that one rate, entity, period and activity type share: those of pools first, in a canonical order, the rows themselves last.
 * Postings of pools are over the periods of the rows that they rest on.
 */
function cellsOfOneRate({ cells, year }: StateReading, legs: ReadonlyMap<string, ReadLeg>): Iterable<StateCell[]> {
  const rateOf = (rateId: string): Rate => {
    const leg = legs.get(rateId);
    if (!leg) throw new RangeError(`readState: no rate ${rateId}`);
    return leg.rate;
  };
  const ofYear = [...cells].filter((cell) => cell.year === year);
  const groups = new Map<string, StateCell[]>();
  for (const cell of overPeriodsOfRows(ofYear, rateOf, (whole, part) => ({ ...whole, ...part }))) {
    rateOf(cell.rateId);
    const name = JSON.stringify([cell.entityCode, cell.rateId, cell.periodStart, cell.periodEnd, cell.activityType]);
    groups.set(name, [...(groups.get(name) ?? []), cell]);
  }
  const rank = ({ pool, country }: StateCell) => JSON.stringify([pool, country]);
  return [...groups.values()].map((group) => group.sort((a, b) => (rank(a) > rank(b) ? -1 : 1)));
}

/**
 * Kilograms of each cell in each portion. Split together, as the inventory does it, which tells no pools apart: the last cell takes what the others
 * leave of the whole.
 */
function splitOver(
  cells: readonly StateCell[],
  leg: ReadLeg,
  portions: readonly Portion[],
  gwp: GwpSetId,
): (readonly [StateCell, readonly Decimal[]])[] {
  const perUnit = leg.perUnit.get(gwp) as Decimal;
  const measures = cells.map(({ quantity: text, kgco2e }) => {
    const quantity = new Decimal(text);
    return { quantity, kgco2e: gwp === leg.rate.gwpSet ? new Decimal(kgco2e) : quantity.mul(perUnit) };
  });
  const split = splitTogether(measures, perUnit, portions);
  return cells.map((cell, i) => [cell, (split[i] ?? []).map(({ kgco2e }) => kgco2e)] as const);
}

/** Instruments release one unit and post another; a mass balance has no key to be compared by. */
function isLumped({ poolKind }: StateCell, { key }: RatedLeg): boolean {
  return poolKind === 'instruments' || key === null;
}

/**
 * A lumped line is of its pool, not of the keys whose rows it adjusts: what it releases and what it posts belong together. What surveys and allocations
 * post stands on the rates of keys, beside the rows of the same key.
 */
function identityOf(cell: StateCell, rated: RatedLeg): SourceIdentity {
  const { leg, basis, sourceClass, rate, key } = rated;
  const place = {
    entity: cell.entityCode,
    activityType: cell.activityType,
    country: cell.country,
    leg,
    basis,
    sourceClass,
    pool: cell.pool,
    poolKind: cell.poolKind,
  };
  if (isLumped(cell, rated) || key === null) return { ...place, attributes: {}, unit: '1', region: null, supplier: null };
  const attributes = Object.fromEntries(Object.entries(key.attributes).filter(([name]) => !BESIDE_THE_SOURCE.includes(name)));
  return { ...place, attributes, unit: rate.unit, region: key.region, supplier: key.supplier };
}

/** So many days of a period with the weights of the source in them. */
interface Portion {
  readonly days: number;
  readonly weights: Weights;
}

/** The boundary over periods of one year; each period is worked out once. */
class YearBoundary {
  private readonly periods = new Map<string, ReturnType<typeof interestSegments>>();

  constructor(
    private readonly organisation: Organisation,
    private readonly approach: Approach,
    private readonly rules: LineRules,
  ) {}

  segmentsOf(start: string, end: string): ReadonlyMap<string, Segments> | Refusal {
    const period = `${start}/${end}`;
    const segments = this.periods.get(period) ?? interestSegments(this.organisation, start, end, this.approach);
    this.periods.set(period, segments);
    return segments;
  }

  portions(segments: Segments, sourceClass: SourceClass, activityType: string | null): Portion[] {
    return segments.map((segment) => {
      const weights = new Map<Place, Decimal>();
      if (sourceClass === 'energy-use') return { days: segment.days, weights };
      for (const { line, share } of this.rules.reportedLine(sourceClass, segment, this.approach, activityType).portions)
        weights.set(line ?? 'left-out', (weights.get(line ?? 'left-out') ?? ZERO).add(share));
      return { days: segment.days, weights };
    });
  }

  exclusions(segments: Segments, sourceClass: SourceClass, activityType: string | null): string[] {
    if (sourceClass === 'energy-use') return [];
    const portions = segments.flatMap((segment) => this.rules.reportedLine(sourceClass, segment, this.approach, activityType).portions);
    return [...new Set(portions.flatMap(({ exclusion }) => (exclusion ? [exclusion.code] : [])))].sort();
  }
}

/** Mean weights over the days of a period; exact where they do not change. */
function meanWeights(portions: readonly Portion[]): Weights {
  const days = new Decimal(portions.reduce((sum, portion) => sum + portion.days, 0));
  const [first, ...others] = portions;
  if (!first) return new Map();
  if (others.length === 0) return first.weights;
  const sums = new Map<Place, Decimal>();
  for (const portion of portions) addTo(sums, portion.weights, new Decimal(portion.days));
  return new Map([...sums].map(([line, sum]) => [line, divide(sum, days, AMOUNT_SCALE).value]));
}

/** A rated leg with what each compared GWP set makes of it, worked out once per rate. */
interface ReadLeg extends RatedLeg {
  readonly perUnit: ReadonlyMap<GwpSetId, Decimal>;
  readonly priceRatio: Decimal;
}

function readLegs({ legs, gwp, otherGwp, gases }: StateReading): Map<string, ReadLeg> {
  const sets = [...new Set([gwp, otherGwp ?? gwp])];
  const read = new Map<string, ReadLeg>();
  for (const leg of legs) {
    const perUnit = new Map(sets.map((set) => [set, rebase(leg.rate, set, gases).kgco2e]));
    read.set(leg.rateId, { ...leg, perUnit, priceRatio: priceRatioOf(leg.rate) });
  }
  return read;
}

/** What one source gathers from its cells. */
class Gathering {
  private quantity = ZERO;
  private estimated = false;
  private factorYear: number | null = null;
  private readonly methods = new Set<string>();
  private readonly priceRatios = new Map<string, Decimal>();
  /** Kilograms before the boundary, under each GWP set. */
  private readonly kilograms = new Map<GwpSetId, Decimal>();
  /** Weights × quantity. */
  private readonly weighted = new Map<Place, Decimal>();
  private readonly kgco2e = new Map<Place, Decimal>();
  private readonly distinctWeights = new Map<string, Weights>();

  constructor(
    private readonly identity: SourceIdentity,
    private readonly lumped: boolean,
    private readonly gwp: GwpSetId,
  ) {}

  /** A cell, and its kilograms in each portion as the inventory has them. */
  add(cell: StateCell, { rate, key, perUnit, priceRatio }: ReadLeg, portions: readonly Portion[], parts: readonly Decimal[]): void {
    const quantity = new Decimal(cell.quantity);
    for (const [set, rateOfSet] of perUnit) {
      const kg = set === rate.gwpSet ? new Decimal(cell.kgco2e) : quantity.mul(rateOfSet);
      this.kilograms.set(set, (this.kilograms.get(set) ?? ZERO).add(kg));
    }
    for (const [i, portion] of portions.entries()) addTo(this.kgco2e, portion.weights, parts[i] as Decimal);
    const weights = meanWeights(portions);
    addTo(this.weighted, weights, quantity);
    this.distinctWeights.set(JSON.stringify([...weights].map(([place, weight]) => [place, plain(weight)])), weights);
    this.quantity = this.quantity.add(quantity);
    this.estimated ||= ESTIMATED.includes(key?.attributes['data_status'] ?? '');
    this.methods.add(rate.method);
    this.priceRatios.set(priceRatio.toFixed(), priceRatio);
    if (rate.factor && rate.factor.year > (this.factorYear ?? 0)) this.factorYear = rate.factor.year;
  }

  state(): SourceState {
    const { identity, lumped, estimated, factorYear, kgco2e } = this;
    const priceRatio = this.priceRatios.size === 1 ? ([...this.priceRatios.values()][0] as Decimal) : ONE;
    const quantity = lumped ? ONE : this.quantity;
    const units = quantity.mul(priceRatio);
    return {
      identity,
      quantity,
      lumped,
      estimated,
      priceRatio,
      method: [...this.methods].sort().join(' + '),
      factorYear,
      intensity: new Map([...this.kilograms].map(([set, kg]) => [set, units.isZero() ? ZERO : divide(kg, units).value])),
      weights: this.weights(),
      kgco2e,
    };
  }

  /** One set of weights as it is; several as their mean over the kilograms, or, of what emits nothing, over the quantity. */
  private weights(): Weights {
    if (this.distinctWeights.size === 1) return [...this.distinctWeights.values()][0] as Weights;
    const kilograms = this.kilograms.get(this.gwp) ?? ZERO;
    const [sums, measured] = kilograms.isZero() ? [this.weighted, this.quantity] : [this.kgco2e, kilograms];
    if (measured.isZero()) return new Map();
    return new Map([...sums].map(([place, sum]) => [place, divide(sum, measured, AMOUNT_SCALE).value]));
  }
}

/** sums += weights × measure */
function addTo(sums: Map<Place, Decimal>, weights: Weights, measure: Decimal): void {
  for (const [place, weight] of weights) sums.set(place, (sums.get(place) ?? ZERO).add(weight.mul(measure)));
}
