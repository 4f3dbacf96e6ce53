import type { InstrumentBody } from '#contracts';
import type { FactorSet } from '#ghg';
import type { SeedRecord } from './seeded-ledger';

/** PUB-S2-DUAL: a grid of 0.2 and a residual mix of 0.45 kg per kWh. */
export const GRID: FactorSet = {
  publisher: 'Test Press (invented)',
  edition: '2025',
  version: '1',
  title: 'Test grid',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [
    {
      code: 'grid',
      activityType: 'electricity.grid',
      leg: 'generation',
      region: 'GB',
      year: 2025,
      attributes: {},
      unit: 'kWh',
      gases: [{ gas: 'CO2', kg: '0.2' }],
      source: { table: 'invented', row: '1' },
    },
    {
      code: 'residual',
      activityType: 'electricity.grid',
      leg: 'generation',
      region: 'GB',
      year: 2025,
      attributes: { basis: 'market' },
      unit: 'kWh',
      gases: [{ gas: 'CO2', kg: '0.45' }],
      source: { table: 'invented', row: '2' },
    },
  ],
};

/** 600 MWh of wind, in order. */
export const WIND: InstrumentBody = {
  kind: 'certificate',
  registryId: 'GO-1',
  energySource: 'renewable',
  technology: 'wind',
  market: 'GB',
  vintageStart: '2025-01-01',
  vintageEnd: '2025-12-31',
  retiredMwh: '600',
  retiredOn: '2026-01-15',
  gases: [],
  criteria: [1, 2, 3, 4, 5, 8].map((criterion) => ({ criterion, finding: 'pass', evidence: `registry page ${criterion}` })),
};

export const power = (name: string, kWh: string, of?: string, entity = 'HQ'): SeedRecord => ({
  name,
  activityType: 'electricity.grid',
  unit: 'kWh',
  quantity: kWh,
  entity,
  ...(of === undefined ? {} : { of }),
});
