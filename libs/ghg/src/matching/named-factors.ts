import type { PinnedFactor } from '../factor/factor';
import { factorText, type FactorChoice, type FactorName, type Said } from './choices';
import type { FactorIndex } from './factor-index';
import { standingOrder } from './preference';

const names = new WeakMap<FactorIndex, ReadonlyMap<string, readonly PinnedFactor[]>>();

/** The pinned factors of a name in its version, the tenant's own set first. */
export function factorsNamed(index: FactorIndex, name: FactorName): readonly PinnedFactor[] {
  return inAllVersions(index, name).filter(({ set }) => set.version === name.version);
}

/** The factors that may not be used, in whatever version of the edition, each with the most specific decision that refuses it. */
export function refusedFactors(index: FactorIndex, { refused }: Said): Map<PinnedFactor, FactorChoice> {
  const factors = new Map<PinnedFactor, FactorChoice>();
  for (const choice of refused)
    for (const pinned of inAllVersions(index, choice.factor)) if (!factors.has(pinned)) factors.set(pinned, choice);
  return factors;
}

/** Laid out once per index, and only where somebody names a factor. */
function inAllVersions(index: FactorIndex, name: FactorName): readonly PinnedFactor[] {
  const known = names.get(index) ?? layOut(index);
  names.set(index, known);
  return known.get(factorText(name)) ?? [];
}

function layOut({ legs }: FactorIndex): Map<string, PinnedFactor[]> {
  const named = new Map<string, PinnedFactor[]>();
  for (const suppliers of legs.values())
    for (const families of suppliers.values())
      for (const nodes of families.values())
        for (const node of nodes.values())
          for (const pinned of [...node.regions.values()].flat()) {
            const name = factorText({ ...pinned.set, code: pinned.factor.code });
            const list = named.get(name);
            if (list) list.push(pinned);
            else named.set(name, [pinned]);
          }
  for (const list of named.values()) list.sort((a, b) => Number(b.own) - Number(a.own) || standingOrder(a, b));
  return named;
}
