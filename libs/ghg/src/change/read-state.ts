import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import type { Approach, Organisation } from '../boundary/boundary';
import { canonicalJson } from '../calculation/canonical';
import { rebase } from '../calculation/rebase';
import type { Rate } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { overPeriodsOfRows, splitTogether, type Amount } from '../inventory/apportion';
import type { Cell, RatedLeg } from '../inventory/inventory';
import { checkReading, type MethodPack } from '../methods/pack';
import type { PoolKind } from '../pools/pool';
import { Decimal, divide } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { priceRatioOf } from './price-ratio';
import { amountsOf, Spans, type Amounts, type DaysOfYear } from './spans';
import type { InventoryState, Place, SourceIdentity, SourceState, Span, Weights } from './state';
import { addTo, meanWeights, YearBoundary, type Portion } from './year-boundary';

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
  /** By its name. */
  readonly year: number;
  /** The reporting years that the cells were cut by; calendar years unless given. */
  readonly calendar?: ReportingCalendar;
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  /** The other set that this state is compared under, beside its own. */
  readonly otherGwp?: GwpSetId;
  readonly gases: GasRegister;
}

/** Attributes that say how good a figure is, in whose prices it stands, or in which words it came: no part of what the source is. */
const BESIDE_THE_SOURCE: readonly string[] = ['data_status', 'data_quality', 'price_year', 'description', 'account'];
const ESTIMATED: readonly string[] = ['estimated', 'extrapolated'];

const ZERO = new Decimal(0);
const ONE = new Decimal(1);

/**
 * The state of an inventory of one reporting year, source by source, taken apart so that a bridge can put it together again. A source is broken on the days on
 * which its weights change. Its totals are those of `readInventory` over the same cells, digit for digit.
 * Refusals: those of `checkReading`, those of `interestsOn`, `entity_unknown`.
 */
export function readState(reading: StateReading): InventoryState | Refusal {
  // Read again where another state breaks it further.
  return readBroken({ ...reading, cells: [...reading.cells], legs: [...reading.legs] }, []);
}

function readBroken(reading: StateReading, others: readonly Pick<InventoryState, 'changesOf'>[]): InventoryState | Refusal {
  const refused = checkReading(reading.pack, reading.approach, reading.gwp);
  if (refused) return refused;
  const boundary = new YearBoundary(reading.organisation, reading.approach, reading.pack);
  const days = daysOfYear(reading);
  const whole = boundary.segmentsOf(days.from, days.to);
  if (isRefusal(whole)) return whole;
  const spans = new Spans(days, boundary, whole, others);
  const sources = gatherSources(reading, boundary, spans);
  if (isRefusal(sources)) return sources;
  const segmentsIn = ({ entity, span }: SourceIdentity) => spans.within(whole.get(entity) ?? [], span);
  const state: InventoryState = {
    year: reading.year,
    gwp: reading.gwp,
    sources,
    weightsOf: (identity) => meanWeights(boundary.portions(segmentsIn(identity), identity.sourceClass, identity.activityType)),
    changesOf: (source) => spans.ownChanges(source),
    brokenAs(other) {
      if ([...sources.values()].every(({ identity }) => other.changesOf(identity).every((day) => spans.changes(identity).includes(day))))
        return state;
      const broken = readBroken(reading, [...others, other]);
      // The same reading was not refused before.
      if (isRefusal(broken)) throw new RangeError(`readState: ${broken.refusal}`);
      return broken;
    },
    exclusionsOf: (identity) => boundary.exclusions(segmentsIn(identity), identity.sourceClass, identity.activityType),
  };
  return state;
}

function gatherSources(reading: StateReading, boundary: YearBoundary, spans: Spans): ReadonlyMap<string, SourceState> | Refusal {
  const legs = readLegs(reading);
  const { from, to } = daysOfYear(reading);
  const gatherings = new Map<string, Gathering>();
  for (const cells of cellsOfOneRate(reading, legs)) {
    const [first] = cells as [StateCell];
    const leg = legs.get(first.rateId) as ReadLeg;
    if (leg.sourceClass === 'energy-use') continue;
    const segments = boundary.segmentsOf(first.periodStart ?? from, first.periodEnd ?? to);
    if (isRefusal(segments)) return segments;
    const ofEntity = segments.get(first.entityCode);
    if (!ofEntity) return refuse('entity_unknown', `the organisation has no entity "${first.entityCode}"`, first.entityCode);
    const portions = boundary.portions(ofEntity, leg.sourceClass, first.activityType);
    const ofSource = spans.of({ entity: first.entityCode, sourceClass: leg.sourceClass, activityType: first.activityType });
    for (const { cell, portion, amounts } of splitOver(cells, leg, portions))
      for (const { span, amounts: part } of spans.split(portion, amounts, leg.perUnit, ofSource)) {
        const identity = identityOf(cell, leg, span);
        const id = canonicalJson(identity);
        const gathering = gatherings.get(id) ?? new Gathering(identity, isLumped(cell, leg), reading.gwp);
        gatherings.set(id, gathering);
        gathering.add(leg, portion.weights, part);
      }
  }
  return new Map([...gatherings].map(([id, gathering]) => [id, gathering.state()]));
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

interface CellPart {
  readonly cell: StateCell;
  readonly portion: Portion;
  readonly amounts: Amounts;
}

/**
 * Each cell in each portion. Split together, as the inventory does it, which tells no pools apart: the last cell takes what the others leave of the
 * whole.
 */
function splitOver(cells: readonly StateCell[], leg: ReadLeg, portions: readonly Portion[]): CellPart[] {
  const bySet = [...leg.perUnit].map(([set, perUnit]) => {
    const measures = cells.map(({ quantity: text, kgco2e }) => {
      const quantity = new Decimal(text);
      return { quantity, kgco2e: set === leg.rate.gwpSet ? new Decimal(kgco2e) : quantity.mul(perUnit) };
    });
    return [set, splitTogether(measures, perUnit, portions)] as const;
  });
  return cells.flatMap((cell, i) =>
    portions.map((portion, at) => ({ cell, portion, amounts: amountsOf(bySet.map(([set, split]) => [set, split[i]?.[at] as Amount])) })),
  );
}

/** Instruments release one unit and post another; a mass balance has no key to be compared by. */
function isLumped({ poolKind }: StateCell, { key }: RatedLeg): boolean {
  return poolKind === 'instruments' || key === null;
}

/**
 * A lumped line is of its pool, not of the keys whose rows it adjusts: what it releases and what it posts belong together. What surveys and allocations
 * post stands on the rates of keys, beside the rows of the same key.
 */
function identityOf(cell: StateCell, rated: RatedLeg, span: Span): SourceIdentity {
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
    span,
  };
  if (isLumped(cell, rated) || key === null) return { ...place, attributes: {}, unit: '1', region: null, supplier: null };
  const attributes = Object.fromEntries(Object.entries(key.attributes).filter(([name]) => !BESIDE_THE_SOURCE.includes(name)));
  return { ...place, attributes, unit: rate.unit, region: key.region, supplier: key.supplier };
}

function daysOfYear({ year, calendar = CALENDAR_YEARS }: StateReading): DaysOfYear {
  return { year, calendar, from: calendar.startOf(year), to: calendar.endOf(year) };
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
  private weights: Weights = new Map();
  private readonly methods = new Set<string>();
  private readonly priceRatios = new Map<string, Decimal>();
  /** Kilograms before the boundary, under each GWP set. */
  private readonly kilograms = new Map<GwpSetId, Decimal>();
  private readonly kgco2e = new Map<Place, Decimal>();

  constructor(
    private readonly identity: SourceIdentity,
    private readonly lumped: boolean,
    private readonly gwp: GwpSetId,
  ) {}

  /** What a cell has in a portion; all portions of a span have the same weights. */
  add({ rate, key, priceRatio }: ReadLeg, weights: Weights, { quantity, kgco2e }: Amounts): void {
    for (const [set, kg] of kgco2e) this.kilograms.set(set, (this.kilograms.get(set) ?? ZERO).add(kg));
    addTo(this.kgco2e, weights, kgco2e.get(this.gwp) ?? ZERO);
    this.weights = weights;
    this.quantity = this.quantity.add(quantity);
    this.estimated ||= ESTIMATED.includes(key?.attributes['data_status'] ?? '');
    this.methods.add(rate.method);
    this.priceRatios.set(priceRatio.toFixed(), priceRatio);
    if (rate.factor && rate.factor.year > (this.factorYear ?? 0)) this.factorYear = rate.factor.year;
  }

  state(): SourceState {
    const { identity, lumped, estimated, factorYear, weights, kgco2e } = this;
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
      weights,
      kgco2e,
    };
  }
}
