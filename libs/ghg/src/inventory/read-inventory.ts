import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import type { Approach, Organisation } from '../boundary/boundary';
import { BoundaryReader } from '../boundary/boundary-reader';
import { energyShare } from '../boundary/reported-line';
import { isInAccountingGroup, type InterestSegment } from '../boundary/shares';
import { rebase } from '../calculation/rebase';
import type { Rate } from '../calculation/rate';
import type { GasRegister, GwpSetId } from '../factor/gas';
import { montrealKgCo2e } from '../factor/gwp';
import { Decimal, plain } from '../quantity/decimal';
import { checkReading, methodPackHead, type MethodPack } from '../methods/pack';
import { isRefusal, type Refusal } from '../refusals';
import { overPeriodsOfRows, splitTogether, type Amount } from './apportion';
import { gasParts } from './gas-sums';
import type { Cell, Inventory, RatedLeg } from './inventory';
import { InventorySums, type Measure, type ReadLeg } from './inventory-sums';

/** What a reading is of: sums of ledger entries, the rates behind them, the organisation, the book's rules, and the choices made at reading. */
export interface InventoryReading {
  readonly pack: MethodPack;
  readonly cells: Iterable<Cell>;
  readonly legs: Iterable<RatedLeg>;
  readonly organisation: Organisation;
  /** By its name. */
  readonly year: number;
  /** The reporting years that the cells were cut by; calendar years unless given. */
  readonly calendar?: ReportingCalendar;
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  readonly gases: GasRegister;
}

/**
 * The inventory of one reporting year: every cell under the wanted GWP set, apportioned by days where shares change, put on the lines that the
 * boundary says. Exact: nothing is rounded but the quantities apportioned by days (half-even, 12 decimals), whose last part takes the remainder, so
 * that gross = reported + apart + the others' share + excluded. The same whatever the order of the cells and however they are split.
 * Refusals: those of `checkReading`; then as `interestsOn`; then `entity_unknown` (a cell of an entity that the organisation does not have).
 */
export function readInventory(reading: InventoryReading): Inventory | Refusal {
  const { pack, organisation, year, calendar = CALENDAR_YEARS, approach, gwp } = reading;
  const refused = checkReading(pack, approach, gwp);
  if (refused) return refused;
  const legs = readLegs(reading);
  const sums = new InventorySums();
  const counted = new Set<string>();
  const reader = new BoundaryReader(organisation, approach, pack, calendar);
  const [from, to] = [calendar.startOf(year), calendar.endOf(year)];
  for (const cells of cellsOfOneSource(reading, legs)) {
    const [{ entityCode, rateId, activityType, periodStart, periodEnd }] = cells as [Cell];
    const leg = legs.get(rateId) as ReadLeg;
    counted.add(entityCode);
    const segments = reader.over(entityCode, periodStart ?? from, periodEnd ?? to);
    if (isRefusal(segments)) return segments;
    if (segments.length > 1) sums.noteApportioned(entityCode, segments, approach);
    const measures = cells.map((cell) => measureOf(cell, leg, gwp));
    const split = splitTogether(measures, leg.rebased.kgco2e, segments);
    for (const [i, segment] of segments.entries()) {
      const { sourceClass } = leg;
      const ofEnergy = sourceClass === 'energy-use' ? energyShare(pack, segment, approach, activityType) : null;
      const treatment = sourceClass === 'energy-use' ? null : pack.reportedLine(sourceClass, segment, approach, activityType);
      const supplier = memberOn(leg, segment, reader, approach);
      for (const [at, cell] of cells.entries()) {
        const part = { ...(measures[at] as Measure), ...(split[at]?.[i] as Amount) };
        if (ofEnergy) sums.addEnergy(leg, activityType, part.quantity.mul(ofEnergy));
        if (treatment) sums.add(part, leg, treatment, { ...placeOf(cell, segment), supplier });
      }
    }
  }
  return {
    ...sums.inventory({ methodPack: methodPackHead(pack), year, period: { from, to }, approach, gwp }),
    heldByNobody: heldByNobody(organisation, counted),
  };
}

/** Of the entities with figures in the year, those that no holding names as held: `interestsOn` counts them whole. */
function heldByNobody({ holdings }: Organisation, counted: ReadonlySet<string>): string[] {
  const held = new Set(holdings.map(({ entity }) => entity));
  return [...counted].filter((entity) => !held.has(entity)).sort();
}

/** Of wholly consolidated entities the accounting group is one part; the rest are other investees. */
function placeOf({ entityCode, group }: Cell, segment: InterestSegment) {
  return { entity: entityCode, group, inAccountingGroup: isInAccountingGroup(segment) };
}

/**
 * The cells of the year, those of one rate, entity, period and activity type together, those of one group among them as one, so that neither a split
 * nor a breakdown changes anything; the postings of pools over the periods of the rows that they rest on.
 */
function cellsOfOneSource({ cells, year }: InventoryReading, legs: ReadonlyMap<string, ReadLeg>): Iterable<Cell[]> {
  const rateOf = (rateId: string): Rate => {
    const leg = legs.get(rateId);
    if (!leg) throw new RangeError(`readInventory: no rate ${rateId}`);
    return leg.rate;
  };
  const ofYear = merged(
    [...cells].filter((cell) => cell.year === year),
    ({ group, pool, matchKeyId }) => [group, pool, matchKeyId],
  );
  const apportioned = overPeriodsOfRows([...ofYear], rateOf, (cell, part) => ({ ...cell, ...part }));
  const sources = new Map<string, Cell[]>();
  for (const cell of merged(apportioned, ({ group }) => [group])) {
    rateOf(cell.rateId);
    const source = JSON.stringify(sourceOf(cell));
    const known = sources.get(source);
    if (known) known.push(cell);
    else sources.set(source, [cell]);
  }
  // By the names of the groups: the last one takes what the others leave.
  const rank = ({ group }: Cell): string => JSON.stringify(group);
  for (const source of sources.values()) source.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return sources.values();
}

const sourceOf = ({ entityCode, rateId, periodStart, periodEnd, activityType }: Cell) => [
  entityCode,
  rateId,
  periodStart,
  periodEnd,
  activityType,
];

/** Cells of one source as one, as far as a dimension does not tell them apart. */
function merged(cells: readonly Cell[], dimension: (cell: Cell) => (string | null)[]): Iterable<Cell> {
  const byIdentity = new Map<string, Cell>();
  for (const cell of cells) {
    const identity = JSON.stringify([sourceOf(cell), dimension(cell)]);
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
