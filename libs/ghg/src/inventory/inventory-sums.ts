import type { Basis } from '../activity/vocabulary';
import type { Approach, ReportedLine } from '../boundary/boundary';
import type { ReportedPortion } from '../boundary/reported-line';
import type { FallbackCode } from '../calculation/rate';
import type { GwpSetId } from '../factor/gas';
import { Decimal, plain } from '../quantity/decimal';
import type { Inventory, InventoryLine, RatedLeg } from './inventory';

/** Kilograms of one cell, or of a part of it. */
export interface Measure {
  readonly kgco2e: Decimal;
  readonly biogenicKgco2: Decimal;
  readonly montrealKgco2e: Decimal;
  readonly notConvertible: Decimal;
}

const ZERO = new Decimal(0);
const KG_PER_TONNE = 1000;

/** Sums by name; a name that was never added to is zero. */
class Sums<Name extends string> {
  private readonly sums = new Map<Name, Decimal>();

  add(name: Name, kg: Decimal): void {
    this.sums.set(name, this.of(name).add(kg));
  }
  of(name: Name): Decimal {
    return this.sums.get(name) ?? ZERO;
  }
  names(): Name[] {
    return [...this.sums.keys()].sort();
  }
}

/** Kilograms in the two readings of the whole: scope 2 by location or by market, everything else in both. */
class TwoReadings<Name extends string> {
  private readonly location = new Sums<Name>();
  private readonly market = new Sums<Name>();

  add(name: Name, kg: Decimal, readings: readonly Reading[]): void {
    for (const reading of ['location', 'market'] as const) this[reading].add(name, readings.includes(reading) ? kg : ZERO);
  }
  names(): Name[] {
    return this.location.names();
  }
  tonnesOf(name: Name): { tco2e: string; marketTco2e: string } {
    return { tco2e: tonnes(this.location.of(name)), marketTco2e: tonnes(this.market.of(name)) };
  }
}

type Reading = 'location' | 'market';

/** In which readings of the whole a figure counts: the same kilowatt-hours are never in one reading twice. Scope 3 takes investees by location. */
function readingsOf(line: ReportedLine, basis: Basis): readonly Reading[] {
  if (basis === 'all' || (basis === 'location' && line !== 'scope2')) return ['location', 'market'];
  return basis === 'market' && line !== 'scope2' ? [] : [basis];
}

type LineBasis = `${ReportedLine} ${Basis}`;

/** Sums per line, and the biogenic CO2 beside them, of the whole inventory or of one group. */
class LineSums {
  readonly lines = new Sums<LineBasis>();
  biogenic = ZERO;

  /**
   * One basis of scope 2 is one reading: the two are never added. Scope 3 counts what belongs to both readings; of an investee's purchased energy
   * (category 15) it counts the location-based figure.
   */
  figures(): { scope1: string; scope2Location: string; scope2Market: string; scope3: string; biogenic: string } {
    const scope2 = (basis: Basis) => this.lines.of(`scope2 ${basis}`).add(this.lines.of('scope2 all'));
    return {
      scope1: tonnes(this.lines.of('scope1 all')),
      scope2Location: tonnes(scope2('location')),
      scope2Market: tonnes(scope2('market')),
      scope3: tonnes([...this.categories().values()].reduce((sum, kg) => sum.add(kg), ZERO)),
      biogenic: tonnes(this.biogenic),
    };
  }

  categories(): Map<string, Decimal> {
    const categories = new Map<string, Decimal>();
    for (const name of this.lines.names()) {
      const [line, basis] = partsOf(name);
      if (!line.startsWith('scope3.') || basis === 'market') continue;
      const category = line.slice('scope3.'.length);
      categories.set(category, (categories.get(category) ?? ZERO).add(this.lines.of(name)));
    }
    return categories;
  }
}

/** Gathers the parts of cells into an inventory. Everything is kept in kilograms and written in tonnes, unrounded. */
export class InventorySums {
  private readonly whole = new LineSums();
  private readonly groups = new Map<string, LineSums>();
  private readonly fallbacks = new TwoReadings<FallbackCode>();
  private readonly setSums = new TwoReadings<string>();
  private readonly sets = new Map<string, { readonly title: string; readonly invented: boolean }>();
  private readonly account = { gross: ZERO, reported: ZERO, othersShare: ZERO, excluded: ZERO };
  private montreal = ZERO;
  private readonly notConvertible = new TwoReadings<'all'>();

  add(part: Measure, leg: RatedLeg, portion: ReportedPortion, group: string | null): void {
    if (leg.basis !== 'market') this.addToAccount(part.kgco2e, portion);
    if (portion.line === null) return;
    const kgco2e = part.kgco2e.mul(portion.reported);
    for (const sums of group === null ? [this.whole] : [this.whole, this.groupOf(group)]) {
      sums.lines.add(`${portion.line} ${leg.basis}`, kgco2e);
      // The market-based leg is a second reading of the same kilowatt-hours: their biogenic CO2 and Montreal gases are counted once.
      if (leg.basis !== 'market') sums.biogenic = sums.biogenic.add(part.biogenicKgco2.mul(portion.reported));
    }
    if (leg.basis !== 'market') this.montreal = this.montreal.add(part.montrealKgco2e.mul(portion.reported));
    const readings = readingsOf(portion.line, leg.basis);
    this.notConvertible.add('all', part.notConvertible.mul(portion.reported), readings);
    this.addLineage(leg, kgco2e, readings);
  }

  /** The location-based reading alone: the market-based leg would count the same kilowatt-hours again. */
  private addToAccount(kgco2e: Decimal, { reported, othersShare, excluded }: ReportedPortion): void {
    const { account } = this;
    account.gross = account.gross.add(kgco2e);
    account.reported = account.reported.add(kgco2e.mul(reported));
    account.othersShare = account.othersShare.add(kgco2e.mul(othersShare));
    account.excluded = account.excluded.add(kgco2e.mul(excluded));
  }

  inventory(year: number, approach: Approach, gwp: GwpSetId): Inventory {
    const groups = [...this.groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, sums]) => ({ group, ...sums.figures() }));
    const { gross, reported, othersShare, excluded } = this.account;
    return {
      year,
      approach,
      gwp,
      unit: 'tCO2e',
      ...this.whole.figures(),
      scope3ByCategory: Object.fromEntries([...this.whole.categories()].map(([category, kg]) => [category, tonnes(kg)])),
      montreal: tonnes(this.montreal),
      lines: this.lines(),
      fallbacks: this.fallbacks.names().map((fallback) => ({ fallback, ...this.fallbacks.tonnesOf(fallback) })),
      factorSets: [...this.sets].map(([setId, set]) => ({ setId, ...set, ...this.setSums.tonnesOf(setId) })).sort(bySetId),
      notConvertible: this.notConvertible.tonnesOf('all').tco2e,
      marketNotConvertible: this.notConvertible.tonnesOf('all').marketTco2e,
      reconciliation: { gross: tonnes(gross), reported: tonnes(reported), othersShare: tonnes(othersShare), excluded: tonnes(excluded) },
      ...(groups.length > 0 ? { groups } : {}),
    };
  }

  private lines(): InventoryLine[] {
    return this.whole.lines
      .names()
      .map((name) => {
        const [line, basis] = partsOf(name);
        return { line, basis, tco2e: tonnes(this.whole.lines.of(name)) };
      })
      .sort((a, b) => lineOrder(a.line) - lineOrder(b.line) || (a.basis < b.basis ? -1 : 1));
  }

  /** Tonnes that rest on a fallback or on a set count by size: a credit on the same factor takes nothing away from the reliance. */
  private addLineage({ rate }: RatedLeg, kgco2e: Decimal, readings: readonly Reading[]): void {
    const size = kgco2e.abs();
    for (const fallback of rate.fallbacks) this.fallbacks.add(fallback, size, readings);
    if (!rate.factor) return;
    const { setId, publisher, edition, version, invented } = rate.factor;
    this.sets.set(setId, { title: `${publisher} ${edition} ${version}`, invented });
    this.setSums.add(setId, size, readings);
  }

  private groupOf(group: string): LineSums {
    const sums = this.groups.get(group) ?? new LineSums();
    this.groups.set(group, sums);
    return sums;
  }
}

function tonnes(kg: Decimal): string {
  return plain(kg.div(KG_PER_TONNE));
}

function partsOf(name: LineBasis): [ReportedLine, Basis] {
  return name.split(' ') as [ReportedLine, Basis];
}

/** Scope 1, scope 2, the categories by number, then what is outside the scopes. */
function lineOrder(line: ReportedLine): number {
  if (line.startsWith('scope3.')) return 3 + Number(line.slice('scope3.'.length)) / 100;
  return line === 'scope1' ? 1 : line === 'scope2' ? 2 : 4;
}

function bySetId(a: { readonly setId: string }, b: { readonly setId: string }): number {
  return a.setId < b.setId ? -1 : 1;
}
