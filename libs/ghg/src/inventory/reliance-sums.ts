import type { Decimal } from '../quantity/decimal';
import type { Inventory, RatedLeg } from './inventory';
import { Sums, TwoReadings } from './sums';

/**
 * What rests on fallbacks and factor sets: kilograms net per rate and entity, counted by size. A credit on the same rate is a correction of what it
 * credits; a credit on another rate of the same factor takes nothing away from the reliance.
 */
export class RelianceSums {
  private readonly net = new Sums<string>();
  private readonly legs = new Map<string, RatedLeg>();

  add(leg: RatedLeg, entity: string, kgco2e: Decimal): void {
    this.legs.set(leg.rateId, leg);
    this.net.add(JSON.stringify([leg.rateId, entity]), kgco2e);
  }

  figures(): Pick<Inventory, 'fallbacks' | 'factorSets'> {
    const fallbacks = new TwoReadings<RatedLeg['rate']['fallbacks'][number]>();
    const setSums = new TwoReadings<string>();
    const sets = new Map<string, { readonly title: string; readonly invented: boolean }>();
    for (const name of this.net.names()) {
      const [rateId] = JSON.parse(name) as [string, string];
      const { rate, basis } = this.legs.get(rateId) as RatedLeg;
      const size = this.net.of(name).abs();
      for (const fallback of rate.fallbacks) fallbacks.add(fallback, size, basis);
      if (!rate.factor) continue;
      const { setId, publisher, edition, version, invented } = rate.factor;
      sets.set(setId, { title: `${publisher} ${edition} ${version}`, invented });
      setSums.add(setId, size, basis);
    }
    return {
      fallbacks: fallbacks.names().map((fallback) => ({ fallback, ...fallbacks.tonnesOf(fallback) })),
      factorSets: setSums
        .names()
        .map((setId) => ({ setId, ...(sets.get(setId) as { title: string; invented: boolean }), ...setSums.tonnesOf(setId) })),
    };
  }
}
