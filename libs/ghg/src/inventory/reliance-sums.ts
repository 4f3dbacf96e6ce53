import { matchKeyText } from '../activity/match-key';
import { canonicalJson } from '../calculation/canonical';
import { effectOf } from '../calculation/effect';
import type { Decimal } from '../quantity/decimal';
import type { Inventory, RatedLeg } from './inventory';
import { Sums, TwoReadings } from './sums';

/**
 * What rests on fallbacks and factor sets: kilograms net per key, effect of the rate, and entity, counted by size. A credit on the same rate is a
 * correction of what it credits, also where rows of two imports stand under two rates of one effect; a credit on another rate of the same factor
 * takes nothing away from the reliance.
 */
export class RelianceSums {
  private readonly net = new Sums<string>();
  /** By effect, the latest of its rates: it names the set that the figure stands in now. */
  private readonly legs = new Map<string, RatedLeg>();
  private readonly effects = new Map<string, string>();

  add(leg: RatedLeg, entity: string, kgco2e: Decimal): void {
    const effect = this.effectOf(leg);
    const known = this.legs.get(effect);
    if (known === undefined || isLater(leg, known)) this.legs.set(effect, leg);
    this.net.add(JSON.stringify([effect, entity]), kgco2e);
  }

  private effectOf(leg: RatedLeg): string {
    const known = this.effects.get(leg.rateId);
    if (known !== undefined) return known;
    const effect = canonicalJson([leg.key && matchKeyText(leg.key), effectOf(leg.rate)]);
    this.effects.set(leg.rateId, effect);
    return effect;
  }

  figures(): Pick<Inventory, 'fallbacks' | 'factorSets'> {
    const fallbacks = new TwoReadings<RatedLeg['rate']['fallbacks'][number]>();
    const setSums = new TwoReadings<string>();
    const sets = new Map<string, { readonly title: string; readonly invented: boolean }>();
    for (const name of this.net.names()) {
      const [effect] = JSON.parse(name) as [string, string];
      const { rate, basis } = this.legs.get(effect) as RatedLeg;
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

/** Ids are whole numbers as text. */
function isLater(a: RatedLeg, b: RatedLeg): boolean {
  return a.rateId.length === b.rateId.length ? a.rateId > b.rateId : a.rateId.length > b.rateId.length;
}
