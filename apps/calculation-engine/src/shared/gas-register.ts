import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GasRegister } from '#ghg';
import { sha256Hex } from '#platform';

export interface PinnedGasRegister {
  readonly register: GasRegister;
  readonly digest: string;
}

/** The GWP tables that ship with the product; their digest is pinned by every run. */
export function readGasRegister(catalogueDir: string): PinnedGasRegister {
  const text = readFileSync(path.join(catalogueDir, 'gwp', 'gwp.json'), 'utf8');
  return { register: JSON.parse(text) as GasRegister, digest: sha256Hex(text) };
}
