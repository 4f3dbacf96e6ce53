import type { Factor, FactorIndex, PinnedFactor } from '#ghg';
import { factorIndex } from '#ghg';
import { CATALOGUE_TENANT, READ_FACTORS, type TenantTransaction } from '#postgres';
import type { RunPins } from '../shared/rows';

interface FactorRow {
  tenant_id: string;
  set_id: string;
  publisher: string;
  edition: string;
  version: string;
  title: string;
  licence: string;
  attribution: string;
  gwp_set: 'AR4' | 'AR5' | 'AR6';
  invented: boolean;
  body: Factor;
}

/** The index over the factor sets that a run pinned. */
export async function readPinnedFactors({ client }: TenantTransaction, pins: RunPins): Promise<FactorIndex> {
  const { rows } = await client.query<FactorRow>(READ_FACTORS, [
    pins.factorSets.map((set) => set.tenantId),
    pins.factorSets.map((set) => set.id),
  ]);
  return factorIndex(rows.map(pinnedFactor));
}

function pinnedFactor(row: FactorRow): PinnedFactor {
  const { publisher, edition, version, title, licence, attribution, invented } = row;
  return {
    factor: row.body,
    setId: row.set_id,
    set: { publisher, edition, version, title, licence, attribution, gwpSet: row.gwp_set, invented },
    own: row.tenant_id !== CATALOGUE_TENANT,
  };
}
