import type { Basis } from '../activity/vocabulary';
import { Decimal, plain } from '../quantity/decimal';
import type { Reliance } from './inventory';

/** The two readings of the whole: the same kilowatt-hours are never in one reading twice. */
export type Reading = 'location' | 'market';
export const READINGS = ['location', 'market'] as const satisfies readonly Reading[];

/** In which readings a leg counts: one basis in its own, `all` in both (Scope 2 Guidance, chapter 7; upstream and losses of energy follow it). */
export function readingsOf(basis: Basis): readonly Reading[] {
  return basis === 'all' ? READINGS : [basis];
}

export const ZERO = new Decimal(0);
const PER_THOUSAND = new Decimal('0.001');

/** Kilograms as tonnes, kilowatt-hours as megawatt-hours: exact. */
export function thousandth(sum: Decimal): string {
  return plain(sum.mul(PER_THOUSAND));
}

/** Sums by name; a name that was never added to is zero. */
export class Sums<Name extends string> {
  private readonly sums = new Map<Name, Decimal>();

  add(name: Name, amount: Decimal): void {
    this.sums.set(name, this.of(name).add(amount));
  }
  of(name: Name): Decimal {
    return this.sums.get(name) ?? ZERO;
  }
  names(): Name[] {
    return [...this.sums.keys()].sort();
  }
}

/** Sums by name in the two readings of the whole. */
export class TwoReadings<Name extends string> {
  private readonly readings = { location: new Sums<Name>(), market: new Sums<Name>() };

  add(name: Name, amount: Decimal, basis: Basis): void {
    const counted = readingsOf(basis);
    for (const reading of READINGS) this.readings[reading].add(name, counted.includes(reading) ? amount : ZERO);
  }
  of(name: Name, reading: Reading): Decimal {
    return this.readings[reading].of(name);
  }
  names(): Name[] {
    return this.readings.location.names();
  }
  tonnesOf(name: Name): Reliance {
    return { tco2e: thousandth(this.of(name, 'location')), marketTco2e: thousandth(this.of(name, 'market')) };
  }
}
