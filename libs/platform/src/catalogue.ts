import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Hex } from './digest';

export interface CatalogueFile {
  readonly text: string;
  readonly digest: string;
}

/** The GWP tables that ship with the product, as text, with the digest by which a run pins them. */
export function readGwpFile(catalogueDir: string): CatalogueFile {
  const text = readFileSync(path.join(catalogueDir, 'gwp', 'gwp.json'), 'utf8');
  return { text, digest: sha256Hex(text) };
}
