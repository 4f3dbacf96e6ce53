import { canonicalJson } from '../calculation/canonical';
import type { MatchKey } from './vocabulary';

/** The canonical text of a key: the same key has the same text whatever the order of its attributes. Its digest identifies the key. */
export function matchKeyText(key: MatchKey): string {
  const { activityType, unit, year, country, region, supplier, attributes } = key;
  return canonicalJson({ activityType, unit, year, country, region, supplier, attributes });
}
