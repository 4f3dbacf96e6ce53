import { canonicalJson, effectOf, type Rate } from '#ghg';
import { sha256Hex } from '#platform';

/** Names what rates do to the ledger: equal digests, nothing moves. */
export function effectDigest(rates: readonly Rate[]): string {
  return sha256Hex(canonicalJson(rates.map(effectOf)));
}
