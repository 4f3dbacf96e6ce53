import type { Approach, ReportedLine } from '../boundary/boundary';
import type { ReportedPortion, Treatment } from '../boundary/reported-line';
import { REASONS } from '../boundary/reasons';
import { isInAccountingGroup, type InterestSegment } from '../boundary/shares';
import type { RebasedRate } from '../calculation/rebase';
import type { Decimal } from '../quantity/decimal';
import { plain } from '../quantity/decimal';
import { EnergySums } from './energy-sums';
import { GasSums, type GasPart } from './gas-sums';
import type { Apportioned, IntraGroup, Inventory, LeftOut, RatedLeg } from './inventory';
import { isApart, LineSums } from './line-sums';
import { ReconciliationSums } from './reconciliation-sums';
import { RelianceSums } from './reliance-sums';
import { thousandth, TwoReadings, ZERO } from './sums';

/** One cell, or the part of it that a segment of days has. */
export interface Measure {
  readonly quantity: Decimal;
  readonly kgco2e: Decimal;
  readonly perUnit: Readonly<Record<'kgco2e' | 'biogenicKgco2' | 'montrealKgco2e' | 'notConvertible', Decimal>>;
}

/** A rated leg with what the wanted GWP set makes of it, worked out once per rate. */
export interface ReadLeg extends RatedLeg {
  readonly rebased: RebasedRate;
  readonly montrealKgco2e: Decimal;
  readonly parts: readonly GasPart[];
}

/** Where a cell arose, and the member of the organisation that supplied it, if one did. */
export interface Place {
  readonly entity: string;
  readonly group: string | null;
  readonly inAccountingGroup: boolean;
  readonly supplier: string | null;
}

/** Gathers the parts of cells into an inventory. Everything is kept in kilograms and written in tonnes, unrounded. */
export class InventorySums {
  private readonly whole = new LineSums();
  private readonly accountingGroup = new LineSums();
  private readonly otherInvestees = new LineSums();
  private readonly groups = new Map<string, LineSums>();
  private readonly gases = new GasSums();
  private readonly energy = new EnergySums();
  private readonly reliance = new RelianceSums();
  private readonly accounts = new ReconciliationSums();
  private readonly notConvertible = new TwoReadings<'all'>();
  private readonly apportioned = new Map<string, Apportioned>();
  private readonly leftOut = new TwoReadings<string>();
  private readonly intraGroup = new TwoReadings<string>();
  private montreal = ZERO;
  private radiativeForcing = ZERO;

  add(part: Measure, leg: ReadLeg, { portions, othersShare }: Treatment, place: Place): void {
    this.accounts.add('gross', part.kgco2e, leg.basis, leg.sourceClass);
    this.accounts.add('othersShare', part.kgco2e.mul(othersShare), leg.basis, leg.sourceClass);
    for (const portion of portions) {
      const { line, share } = portion;
      if (line === null) this.leaveOut(part, leg, portion);
      else this.report({ ...part, quantity: part.quantity.mul(share), kgco2e: part.kgco2e.mul(share) }, leg, line, place);
    }
  }

  addEnergy(leg: RatedLeg, activityType: string, quantity: Decimal): void {
    this.energy.add(leg, activityType, quantity);
  }

  noteApportioned(entity: string, segments: readonly InterestSegment[], approach: Approach): void {
    for (const { start, end, days, positions, lease } of segments) {
      const { consolidated, invested, franchised } = positions[approach];
      this.apportioned.set(JSON.stringify([entity, start, end]), {
        entity,
        from: start,
        to: end,
        days,
        consolidated: plain(consolidated),
        invested: plain(invested),
        franchised: plain(franchised),
        inAccountingGroup: isInAccountingGroup({ positions }),
        lease: lease && { side: lease.side, leaseClass: lease.leaseClass, lesseeControls: lease.lesseeControls },
      });
    }
  }

  private report(part: Measure, leg: ReadLeg, line: ReportedLine, place: Place): void {
    const { basis, rate } = leg;
    const { quantity, kgco2e, perUnit } = part;
    const biogenic = quantity.mul(perUnit.biogenicKgco2);
    for (const sums of this.lineSumsOf(place)) sums.add(line, basis, kgco2e, biogenic, rate.boundary === 'optional');
    this.accounts.add(isApart(line) ? 'apart' : 'reported', kgco2e, basis, leg.sourceClass);
    if (basis !== 'market') this.montreal = this.montreal.add(quantity.mul(perUnit.montrealKgco2e));
    this.gases.add(leg.parts, quantity, line, basis);
    if (place.supplier !== null && (line === 'scope2' || line.startsWith('scope3.')))
      this.intraGroup.add(JSON.stringify([place.entity, place.supplier, line]), kgco2e, basis);
    if (isApart(line)) return;
    if (rate.leg === 'radiative-forcing') this.radiativeForcing = this.radiativeForcing.add(kgco2e);
    this.notConvertible.add('all', quantity.mul(perUnit.notConvertible), basis);
    this.reliance.add(leg, place.entity, kgco2e);
  }

  private leaveOut({ kgco2e }: Measure, { basis, sourceClass }: RatedLeg, { share, reason, exclusion }: ReportedPortion): void {
    const amount = kgco2e.mul(share);
    this.accounts.add('excluded', amount, basis, sourceClass);
    this.leftOut.add(JSON.stringify([reason, exclusion?.code ?? null, exclusion?.reason ?? REASONS[reason]]), amount, basis);
  }

  private *lineSumsOf({ group, inAccountingGroup }: Place): Iterable<LineSums> {
    yield this.whole;
    yield inAccountingGroup ? this.accountingGroup : this.otherInvestees;
    if (group === null) return;
    const sums = this.groups.get(group) ?? new LineSums();
    this.groups.set(group, sums);
    yield sums;
  }

  inventory(choices: Pick<Inventory, 'methodPack' | 'year' | 'period' | 'approach' | 'gwp'>): Omit<Inventory, 'heldByNobody'> {
    const { tco2e: notConvertible, marketTco2e: marketNotConvertible } = this.notConvertible.tonnesOf('all');
    const groups = [...this.groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, sums]) => ({ group, ...sums.figures() }));
    return {
      ...choices,
      unit: 'tCO2e',
      ...this.whole.figures(),
      scope3ByCategory: Object.fromEntries(this.whole.categories().map(({ category, tco2e }) => [category, tco2e])),
      categories: this.whole.categories(),
      montreal: thousandth(this.montreal),
      projected: this.whole.tonnesOf('apart.projected'),
      investeeScope3: this.whole.tonnesOf('apart.investee-scope-3'),
      radiativeForcing: thousandth(this.radiativeForcing),
      lines: this.whole.inventoryLines(),
      gases: this.gases.figures(),
      energy: this.energy.figures(),
      accountingGroup: this.accountingGroup.directFigures(),
      otherInvestees: this.otherInvestees.directFigures(),
      ...this.reliance.figures(),
      notConvertible,
      marketNotConvertible,
      apportioned: [...this.apportioned.values()].sort((a, b) => (a.entity + a.from < b.entity + b.from ? -1 : 1)),
      leftOut: this.leftOut.names().map((name) => this.leftOutOf(name)),
      intraGroup: this.intraGroup.names().map((name) => this.intraGroupOf(name)),
      ...this.accounts.figures(),
      ...(groups.length > 0 ? { groups } : {}),
    };
  }

  private leftOutOf(name: string): LeftOut {
    const [reason, code, detail] = JSON.parse(name) as [LeftOut['reason'], string | null, string];
    return { reason, code, detail, ...this.leftOut.tonnesOf(name) };
  }

  private intraGroupOf(name: string): IntraGroup {
    const [entity, supplier, line] = JSON.parse(name) as [string, string, ReportedLine];
    return { entity, supplier, line, ...this.intraGroup.tonnesOf(name) };
  }
}
