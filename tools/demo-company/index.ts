import type { FactorSet } from '#ghg';
import type { DemoFile } from './demo-file';
import { Draw } from './draw';
import { energyFiles } from './files-energy';
import { movementFiles } from './files-movement';
import { supplyFiles } from './files-supply';
import type { DemoMapping } from './mapping';
import { FACILITY_MAPPINGS, SUPPLY_MAPPINGS } from './mappings';
import { ENTITIES, HOLDINGS, LEASES, TENANT_NAME, type DemoEntity, type DemoHolding, type DemoLease } from './organisation';
import { OWN_FACTOR_SETS } from './own-factors';

export interface DemoCompany {
  readonly tenantName: string;
  readonly entities: readonly DemoEntity[];
  readonly holdings: readonly DemoHolding[];
  readonly leases: readonly DemoLease[];
  readonly factorSets: readonly FactorSet[];
  readonly mappings: Readonly<Record<string, DemoMapping>>;
  /** In the order in which they are uploaded; the last ones correct what stood in earlier ones. */
  readonly files: readonly DemoFile[];
}

const SEED = 20_250_601;

/** The demo company, openly invented and the same on every machine: who belongs to it, its own factors, its files with the dirt of real ones. */
export function demoCompany(): DemoCompany {
  const draw = new Draw(SEED);
  const energy = energyFiles(draw);
  const movement = movementFiles(draw);
  const supply = supplyFiles(draw);
  return {
    tenantName: TENANT_NAME,
    entities: ENTITIES,
    holdings: HOLDINGS,
    leases: LEASES,
    factorSets: OWN_FACTOR_SETS,
    mappings: { ...FACILITY_MAPPINGS, ...SUPPLY_MAPPINGS },
    files: [...energy.files, ...movement, ...supply.files, ...energy.corrections, ...supply.corrections],
  };
}
