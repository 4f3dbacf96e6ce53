import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GasRegister } from '#ghg';

/** The GWP tables that ship with the product. */
export function readGasRegister(catalogueDir: string): GasRegister {
  return JSON.parse(readFileSync(path.join(catalogueDir, 'gwp', 'gwp.json'), 'utf8')) as GasRegister;
}
