import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Factor, FactorSet, GasRegister } from '#ghg';

const CATALOGUE = path.resolve(__dirname, '../../catalogue');

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(CATALOGUE, file), 'utf8'));
}

/** A starter factor set as it is written. */
export function textOf(set: string): string {
  return readFileSync(path.join(CATALOGUE, `factor-sets/${set}.json`), 'utf8');
}

export const gases = readJson('gwp/gwp.json') as GasRegister;

/** The starter factor sets by file name without its ending. */
export const factorSets: ReadonlyMap<string, FactorSet> = new Map(
  readdirSync(path.join(CATALOGUE, 'factor-sets'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [path.basename(file, '.json'), readJson(`factor-sets/${file}`) as FactorSet]),
);

export function factorOf(set: string, code: string): Factor {
  const factor = factorSets.get(set)?.factors.find((candidate) => candidate.code === code);
  if (!factor) throw new Error(`${set} has no factor ${code}`);
  return factor;
}
