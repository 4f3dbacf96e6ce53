import type { GasRegister } from '#ghg';
import { readGwpFile } from '#platform';

export interface PinnedGasRegister {
  readonly register: GasRegister;
  readonly digest: string;
}

/** The GWP tables that ship with the product; their digest is pinned by every run. */
export function readGasRegister(catalogueDir: string): PinnedGasRegister {
  const { text, digest } = readGwpFile(catalogueDir);
  return { register: JSON.parse(text) as GasRegister, digest };
}
