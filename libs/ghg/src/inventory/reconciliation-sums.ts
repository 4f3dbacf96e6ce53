import type { Basis, SourceClass } from '../activity/vocabulary';
import type { Decimal } from '../quantity/decimal';
import type { Inventory, Reconciliation } from './inventory';
import { thousandth, TwoReadings, type Reading } from './sums';

const SIDES = ['gross', 'reported', 'apart', 'othersShare', 'excluded'] as const satisfies readonly (keyof Reconciliation)[];

/** Gross and what became of it, in both readings. */
class Account {
  private readonly sums = new TwoReadings<keyof Reconciliation>();

  add(side: keyof Reconciliation, kgco2e: Decimal, basis: Basis): void {
    this.sums.add(side, kgco2e, basis);
  }

  of(reading: Reading): Reconciliation {
    return Object.fromEntries(SIDES.map((side) => [side, thousandth(this.sums.of(side, reading))])) as Record<keyof Reconciliation, string>;
  }
}

/** That gross = reported + apart + others' share + excluded: of the whole and of every source class, in both readings. */
export class ReconciliationSums {
  private readonly whole = new Account();
  private readonly classes = new Map<SourceClass, Account>();

  add(side: keyof Reconciliation, kgco2e: Decimal, basis: Basis, sourceClass: SourceClass): void {
    const ofClass = this.classes.get(sourceClass) ?? new Account();
    this.classes.set(sourceClass, ofClass);
    for (const account of [this.whole, ofClass]) account.add(side, kgco2e, basis);
  }

  figures(): Pick<Inventory, 'reconciliation' | 'marketReconciliation' | 'reconciliations'> {
    return {
      reconciliation: this.whole.of('location'),
      marketReconciliation: this.whole.of('market'),
      reconciliations: [...this.classes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([sourceClass, account]) => ({ sourceClass, location: account.of('location'), market: account.of('market') })),
    };
  }
}
