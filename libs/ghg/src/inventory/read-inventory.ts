import type { Approach, Organisation } from '../boundary/boundary';
import { reportedLine } from '../boundary/reported-line';
import { interestSegments, type InterestSegment } from '../boundary/shares';
import { rebase, type RebasedRate } from '../calculation/rebase';
import type { Rate } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { montrealKgCo2e } from '../factor/gwp';
import { AMOUNT_SCALE, Decimal, divide } from '../quantity/decimal';
import { isRefusal, type Refusal } from '../refusals';
import type { Cell, Inventory, RatedLeg } from './inventory';
import { InventorySums, type Measure } from './inventory-sums';

/** What a reading is of: sums of ledger entries, the rates behind them, the organisation, and the choices made at reading. */
export interface InventoryReading {
  readonly cells: Iterable<Cell>;
  readonly legs: Iterable<RatedLeg>;
  readonly organisation: Organisation;
  readonly year: number;
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  readonly gases: GasRegister;
}

/** A rated leg with what the wanted GWP set makes of it, worked out once per rate. */
interface ReadLeg extends RatedLeg {
  readonly rebased: RebasedRate;
  readonly montrealKgco2e: Decimal;
}

/**
 * The inventory of one calendar year: every cell under the wanted GWP set, apportioned by days where shares change, put on the line that the
 * boundary says. Exact: nothing is rounded but the apportionment by days, whose last part takes the remainder, so that
 * gross = reported + the others' share + excluded.
 * Refusals: `ownership_cyclic`, `ownership_above_one`, `entity_unknown` (a cell of an entity that the organisation does not have).
 */
export function readInventory(reading: InventoryReading): Inventory | Refusal {
  const { organisation, year, approach, gwp } = reading;
  const legs = readLegs(reading);
  const sums = new InventorySums();
  const interests = new InterestReader(organisation, year);
  for (const cell of reading.cells) {
    if (cell.year !== year) continue;
    const leg = legs.get(cell.rateId);
    if (!leg) throw new RangeError(`readInventory: no rate ${cell.rateId}`);
    const segments = interests.of(cell);
    if (isRefusal(segments)) return segments;
    const measure = measureOf(cell, leg, gwp);
    for (const [segment, part] of byDays(measure, segments))
      sums.add(part, leg, reportedLine(leg.sourceClass, segment, approach), cell.group);
  }
  return sums.inventory(year, approach, gwp);
}

function readLegs({ legs, gwp, gases }: InventoryReading): Map<string, ReadLeg> {
  const read = new Map<string, ReadLeg>();
  for (const leg of legs)
    read.set(leg.rateId, { ...leg, rebased: rebase(leg.rate, gwp, gases), montrealKgco2e: montrealOf(leg.rate, gwp, gases) });
  return read;
}

/** CO2e of the Montreal gases per unit; a gas without a GWP in this set brings nothing here and is still in the masses. */
function montrealOf(rate: Rate, gwp: GwpSetId, gases: GasRegister): Decimal {
  return rate.gases.reduce((sum, { gas, kg }) => {
    const kgco2e = montrealKgCo2e(gases, gwp, [{ gas, kg: new Decimal(kg) }]);
    return isRefusal(kgco2e) ? sum : sum.add(kgco2e);
  }, new Decimal(0));
}

/** Under the book's own GWP set the ledger's figure itself; under another quantity × re-based rate. */
function measureOf(cell: Cell, { rate, rebased, montrealKgco2e }: ReadLeg, gwp: GwpSetId): Measure {
  const quantity = new Decimal(cell.quantity);
  return {
    kgco2e: gwp === rate.gwpSet ? new Decimal(cell.kgco2e) : quantity.mul(rebased.kgco2e),
    biogenicKgco2: quantity.mul(rate.biogenicKgco2),
    montrealKgco2e: quantity.mul(montrealKgco2e),
    notConvertible: quantity.mul(rebased.notConvertible),
  };
}

/** Interests of an entity over the period of a cell; each period is worked out once. */
class InterestReader {
  private readonly periods = new Map<string, ReturnType<typeof interestSegments>>();

  constructor(
    private readonly organisation: Organisation,
    private readonly year: number,
  ) {}

  of(cell: Cell): readonly InterestSegment[] | Refusal {
    const start = cell.periodStart ?? `${this.year}-01-01`;
    const end = cell.periodEnd ?? `${this.year}-12-31`;
    const period = `${start}/${end}`;
    const segments = this.periods.get(period) ?? interestSegments(this.organisation, start, end);
    this.periods.set(period, segments);
    if (isRefusal(segments)) return segments;
    const found = segments.get(cell.entityCode);
    return found ?? { refusal: 'entity_unknown', detail: `the organisation has no entity "${cell.entityCode}"`, at: cell.entityCode };
  }
}

/** A measure split over segments by days; the last segment takes the remainder. */
function byDays(whole: Measure, segments: readonly InterestSegment[]): (readonly [InterestSegment, Measure])[] {
  const days = new Decimal(segments.reduce((sum, segment) => sum + segment.days, 0));
  let rest = whole;
  return segments.map((segment, i) => {
    const part = i === segments.length - 1 ? rest : mapMeasure((name) => divide(whole[name].mul(segment.days), days, AMOUNT_SCALE).value);
    const before = rest;
    rest = mapMeasure((name) => before[name].sub(part[name]));
    return [segment, part] as const;
  });
}

function mapMeasure(of: (name: keyof Measure) => Decimal): Measure {
  return {
    kgco2e: of('kgco2e'),
    biogenicKgco2: of('biogenicKgco2'),
    montrealKgco2e: of('montrealKgco2e'),
    notConvertible: of('notConvertible'),
  };
}
