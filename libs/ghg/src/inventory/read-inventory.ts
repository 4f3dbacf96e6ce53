import type { Approach, Organisation } from '../boundary/boundary';
import { BoundaryReader } from '../boundary/boundary-reader';
import { energyShare, reportedLine } from '../boundary/reported-line';
import type { InterestSegment } from '../boundary/shares';
import { rebase } from '../calculation/rebase';
import type { Rate } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { montrealKgCo2e } from '../factor/gwp';
import { Decimal, divide, plain, QUANTITY_SCALE } from '../quantity/decimal';
import { isRefusal, type Refusal } from '../refusals';
import { gasParts } from './gas-sums';
import type { Cell, Inventory, RatedLeg } from './inventory';
import { InventorySums, type Measure, type ReadLeg } from './inventory-sums';

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

/**
 * The inventory of one calendar year: every cell under the wanted GWP set, apportioned by days where shares change, put on the lines that the
 * boundary says. Exact: nothing is rounded but the quantities apportioned by days (half-even, 12 decimals), whose last part takes the remainder, so
 * that gross = reported + apart + the others' share + excluded. The same whatever the order of the cells and however they are split.
 * Refusals: as `interestsOn`; then `entity_unknown` (a cell of an entity that the organisation does not have).
 */
export function readInventory(reading: InventoryReading): Inventory | Refusal {
  const { organisation, year, approach, gwp } = reading;
  const legs = readLegs(reading);
  const sums = new InventorySums();
  const reader = new BoundaryReader(organisation, approach);
  for (const cell of merged(reading.cells, year)) {
    const leg = legs.get(cell.rateId);
    if (!leg) throw new RangeError(`readInventory: no rate ${cell.rateId}`);
    const segments = reader.over(cell.entityCode, cell.periodStart ?? `${year}-01-01`, cell.periodEnd ?? `${year}-12-31`);
    if (isRefusal(segments)) return segments;
    if (segments.length > 1) sums.noteApportioned(cell.entityCode, segments, approach);
    for (const [segment, part] of byDays(measureOf(cell, leg, gwp), segments)) {
      const { sourceClass, key } = leg;
      const type = key?.activityType ?? null;
      if (sourceClass === 'energy-use') sums.addEnergy(leg, part.quantity.mul(energyShare(segment, approach, type)));
      else
        sums.add(part, leg, reportedLine(sourceClass, segment, approach, type), {
          ...placeOf(cell, segment),
          supplier: memberOn(leg, segment, reader, approach),
        });
    }
  }
  return sums.inventory(year, approach, gwp);
}

/** Of wholly consolidated entities the accounting group is one part; the rest are other investees. */
function placeOf({ entityCode, group }: Cell, { positions }: InterestSegment) {
  return { entity: entityCode, group, inAccountingGroup: positions['financial-control'].consolidated.eq(1) };
}

/** Cells of the same rate, entity, period and group as one, so that a split changes nothing. */
function merged(cells: Iterable<Cell>, year: number): Iterable<Cell> {
  const byIdentity = new Map<string, Cell>();
  for (const cell of cells) {
    if (cell.year !== year) continue;
    const { entityCode, rateId, periodStart, periodEnd, group } = cell;
    const identity = JSON.stringify([entityCode, rateId, periodStart, periodEnd, group]);
    const known = byIdentity.get(identity);
    const sum = (name: 'quantity' | 'kgco2e') => plain(new Decimal(known?.[name] ?? 0).add(cell[name]));
    byIdentity.set(identity, known ? { ...cell, quantity: sum('quantity'), kgco2e: sum('kgco2e') } : cell);
  }
  return byIdentity.values();
}

function readLegs({ legs, gwp, gases }: InventoryReading): Map<string, ReadLeg> {
  const read = new Map<string, ReadLeg>();
  for (const leg of legs) {
    const rebased = rebase(leg.rate, gwp, gases);
    const parts = gasParts(leg.rate, rebased.kgco2e, gwp, gases);
    read.set(leg.rateId, { ...leg, rebased, montrealKgco2e: montrealOf(leg.rate, gwp, gases), parts });
  }
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
    quantity,
    kgco2e: gwp === rate.gwpSet ? new Decimal(cell.kgco2e) : quantity.mul(rebased.kgco2e),
    perUnit: {
      kgco2e: rebased.kgco2e,
      biogenicKgco2: new Decimal(rate.biogenicKgco2),
      montrealKgco2e,
      notConvertible: rebased.notConvertible,
    },
  };
}

/** The supplier of a leg, if it is an entity of the organisation that is itself consolidated at the beginning of the segment. */
function memberOn({ key }: RatedLeg, { start }: InterestSegment, reader: BoundaryReader, approach: Approach): string | null {
  if (!key?.supplier) return null;
  const interests = reader.over(key.supplier, start, start);
  if (isRefusal(interests)) return null;
  return interests[0]?.positions[approach].consolidated.isZero() === false ? key.supplier : null;
}

/** A measure split over segments by days: quantity × days ÷ days in all, 12 decimals; the last segment takes the remainder. */
function byDays(whole: Measure, segments: readonly InterestSegment[]): (readonly [InterestSegment, Measure])[] {
  const days = new Decimal(segments.reduce((sum, segment) => sum + segment.days, 0));
  let { quantity: restQuantity, kgco2e: restKgco2e } = whole;
  return segments.map((segment, i) => {
    const last = i === segments.length - 1;
    const quantity = last ? restQuantity : divide(whole.quantity.mul(segment.days), days, QUANTITY_SCALE).value;
    const kgco2e = last ? restKgco2e : quantity.mul(whole.perUnit.kgco2e);
    restQuantity = restQuantity.sub(quantity);
    restKgco2e = restKgco2e.sub(kgco2e);
    return [segment, { ...whole, quantity, kgco2e }] as const;
  });
}
