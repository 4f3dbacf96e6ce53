import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Factor, FactorSetHead, GasRegister, MatchKey, PinnedFactor } from '#ghg';

/** The gases and GWP tables that ship with the product. */
export const gases = JSON.parse(readFileSync(path.resolve(__dirname, '../../catalogue/gwp/gwp.json'), 'utf8')) as GasRegister;

/** A key of freight by rail in Britain, with what a test changes. */
export function keyOf(changes: Partial<MatchKey> = {}): MatchKey {
  return {
    activityType: 'freight.rail',
    unit: 't.km',
    year: 2024,
    country: 'GB',
    region: null,
    supplier: null,
    attributes: {},
    ...changes,
  };
}

/** A factor of 1 kg CO2e per tonne-kilometre by rail in Britain in 2024, with what a test changes. */
export function factorOf(code: string, changes: Partial<Factor> = {}): Factor {
  return {
    code,
    activityType: 'freight.rail',
    leg: 'operation',
    region: 'GB',
    year: 2024,
    attributes: {},
    unit: 't.km',
    gases: [],
    kgco2e: '1',
    source: { table: 'test', row: code },
    ...changes,
  };
}

export function pinned(factor: Factor, changes: Partial<FactorSetHead> & { own?: boolean; setId?: string } = {}): PinnedFactor {
  const { own = false, setId = 'catalogue', ...head } = changes;
  return {
    factor,
    setId,
    own,
    set: {
      publisher: 'P',
      edition: '2024',
      version: '1',
      title: 'Test',
      licence: 'facts',
      attribution: 'Test',
      gwpSet: 'AR5',
      invented: true,
      ...head,
    },
  };
}
