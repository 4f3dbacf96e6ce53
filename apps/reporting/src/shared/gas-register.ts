import type { GasRegister } from '#ghg';
import { readGwpFile } from '#platform';

/** The GWP tables that ship with the product. */
export function readGasRegister(catalogueDir: string): GasRegister {
  return JSON.parse(readGwpFile(catalogueDir).text) as GasRegister;
}
