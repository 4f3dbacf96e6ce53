import { createHash } from 'node:crypto';
import { canonicalJson, figureText, type FactorSet, type SetFigure } from '#ghg';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What the digests of a withheld set's figures are made with: SHA-256 over the whole content of the set, its salt among it. Whoever has the set can
 * make it; whoever has not would have to guess all figures at once, where a digest of one figure alone would be found by trying.
 */
export function figuresKey(set: FactorSet): string {
  return sha256(`figures of a factor set\n${canonicalJson(set)}`);
}

/** The digest of one withheld figure: SHA-256 over the key of its set and its own canonical text. */
export function figureDigest(key: string, figure: SetFigure): string {
  return sha256(`${key}\n${figureText(figure)}`);
}
