import type { Basis } from '../activity/vocabulary';
import type { ReportedLine } from '../boundary/boundary';
import type { Decimal } from '../quantity/decimal';
import type { CategoryFigures, DirectFigures, GroupFigures, InventoryLine } from './inventory';
import { Sums, thousandth, TwoReadings, ZERO, type Reading } from './sums';

type LineBasis = `${ReportedLine} ${Basis}`;

/** Shown beside the inventory of the year and in none of its totals. */
export function isApart(line: ReportedLine): boolean {
  return line.startsWith('apart.');
}

/** Sums per line, and the biogenic CO2 beside them, of the whole inventory or of one part of it. */
export class LineSums {
  private readonly lines = new Sums<LineBasis>();
  private readonly optional = new TwoReadings<string>();
  private readonly categorySums = new TwoReadings<string>();
  /** By line and basis; a second reading of the same kilowatt-hours is in the other figure. */
  private readonly biogenic = new Sums<LineBasis>();
  private readonly biogenicSums = new TwoReadings<'all'>();

  add(line: ReportedLine, basis: Basis, kgco2e: Decimal, biogenicKgco2: Decimal, optional: boolean): void {
    this.lines.add(`${line} ${basis}`, kgco2e);
    this.biogenic.add(`${line} ${basis}`, biogenicKgco2);
    this.biogenicSums.add('all', biogenicKgco2, basis);
    if (!line.startsWith('scope3.')) return;
    const category = line.slice('scope3.'.length);
    this.categorySums.add(category, kgco2e, basis);
    this.optional.add(category, optional ? kgco2e : ZERO, basis);
  }

  /** Each of scopes 2 and 3 in the two readings, which are never added. */
  figures(): Omit<GroupFigures, 'group'> {
    const scope3 = (reading: Reading) =>
      thousandth(this.categorySums.names().reduce((sum, category) => sum.add(this.categorySums.of(category, reading)), ZERO));
    return {
      ...this.directFigures(),
      scope3: scope3('location'),
      scope3Market: scope3('market'),
      biogenic: thousandth(this.biogenicSums.of('all', 'location')),
      marketBiogenic: thousandth(this.biogenicSums.of('all', 'market')),
    };
  }

  directFigures(): DirectFigures {
    const scope2 = (basis: Basis) => thousandth(this.lines.of(`scope2 ${basis}`).add(this.lines.of('scope2 all')));
    return { scope1: thousandth(this.lines.of('scope1 all')), scope2Location: scope2('location'), scope2Market: scope2('market') };
  }

  /** Tonnes of a line that has one reading. */
  tonnesOf(line: ReportedLine): string {
    return thousandth(this.lines.of(`${line} all`));
  }

  categories(): CategoryFigures[] {
    return this.categorySums
      .names()
      .sort((a, b) => Number(a) - Number(b))
      .map((category) => {
        const minimum = (reading: Reading) => thousandth(this.categorySums.of(category, reading).sub(this.optional.of(category, reading)));
        const { tco2e: optional, marketTco2e: marketOptional } = this.optional.tonnesOf(category);
        return {
          category,
          ...this.categorySums.tonnesOf(category),
          minimum: minimum('location'),
          optional,
          marketMinimum: minimum('market'),
          marketOptional,
        };
      });
  }

  inventoryLines(): InventoryLine[] {
    return this.lines
      .names()
      .map((name) => {
        const [line, basis] = name.split(' ') as [ReportedLine, Basis];
        return { line, basis, tco2e: thousandth(this.lines.of(name)), biogenic: thousandth(this.biogenic.of(name)) };
      })
      .sort(
        (a, b) => lineOrder(a.line) - lineOrder(b.line) || (a.line === b.line ? (a.basis < b.basis ? -1 : 1) : a.line < b.line ? -1 : 1),
      );
  }
}

/** Scope 1, scope 2, the categories by number, what is outside the scopes, what is apart. */
function lineOrder(line: ReportedLine): number {
  if (line.startsWith('scope3.')) return 3 + Number(line.slice('scope3.'.length)) / 100;
  if (isApart(line)) return 5;
  return line === 'scope1' ? 1 : line === 'scope2' ? 2 : 4;
}
