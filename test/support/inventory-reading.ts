import {
  applyRate,
  decideRates,
  factorIndex,
  isRefusal,
  plain,
  readInventory,
  type Cell,
  type Factor,
  type Inventory,
  type InventoryReading,
  type MatchKey,
  type Organisation,
  type RatedLeg,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../golden/fixtures';
import { PACK } from './default-pack';

/** Wholly run and directed by its holder. */
export const RUN = { relation: 'subsidiary', operationalControl: true, financialControl: true } as const;
/** Held, and run by others. */
export const HELD = { relation: 'associate', operationalControl: false, financialControl: false } as const;
/** ROOT runs JV, of which it owns 60 %, and holds a quarter of STAKE from the middle of 2024. */
export const organisation: Organisation = {
  entities: ['ROOT', 'JV', 'STAKE'],
  holdings: [
    { entity: 'JV', holder: 'ROOT', share: '0.6', ...RUN, validFrom: '2000-01-01', validTo: null },
    { entity: 'STAKE', holder: 'ROOT', share: '0.25', ...HELD, validFrom: '2024-07-01', validTo: null },
  ],
};
const factors: Factor[] = [
  factorOf('gas', {
    activityType: 'fuel.natural-gas',
    leg: 'combustion',
    unit: 'm3',
    kgco2e: '2.1',
    gases: [
      { gas: 'CO2', kg: '2' },
      { gas: 'CH4', kgco2e: '0.056' },
    ],
  }),
  factorOf('gas-wtt', { activityType: 'fuel.natural-gas', leg: 'upstream', unit: 'm3', kgco2e: '0.3', year: 2023 }),
  factorOf('grid', {
    activityType: 'electricity.grid',
    leg: 'generation',
    unit: 'kWh',
    kgco2e: '0.2',
    gases: [
      { gas: 'CO2', kg: '0.2' },
      { gas: 'CO2_biogenic', kg: '0.1' },
    ],
  }),
  factorOf('rail', { leg: 'operation', kgco2e: '0.03' }),
];
const index = factorIndex(factors.map((factor) => pinned(factor)));
const keys: Readonly<Record<string, MatchKey>> = {
  gas: keyOf({ activityType: 'fuel.natural-gas', unit: 'm3' }),
  power: keyOf({ activityType: 'electricity.grid', unit: 'kWh' }),
  rail: keyOf(),
  leak: keyOf({ activityType: 'refrigerant.top-up', unit: 'kg', attributes: { gas: 'R-402A' } }),
};
/** What four keys were decided to: natural gas, grid electricity, rail freight, a refrigerant. */
export const legs: RatedLeg[] = Object.entries(keys).flatMap(([name, key]) =>
  decideRates(key, { pack: PACK, index, gases, gwpSet: 'AR5' }).rates.map((rate) => {
    const { leg, basis, sourceClass } = rate;
    return { rateId: `${name} ${leg} ${basis}`, leg, basis, sourceClass, rate, key };
  }),
);
export const cellsOf = (entityCode: string, name: string, quantity: string, changes: Partial<Cell> = {}): Cell[] =>
  legs
    .filter((leg) => leg.rateId.startsWith(`${name} `))
    .map(({ rateId, rate, key }) => ({
      entityCode,
      rateId,
      year: 2024,
      periodStart: null,
      periodEnd: null,
      quantity,
      kgco2e: plain(applyRate(quantity, rate).kgco2e),
      group: null,
      activityType: key?.activityType ?? '',
      pool: '',
      matchKeyId: name,
      ...changes,
    }));
export const read = (cells: readonly Cell[], changes: Partial<InventoryReading> = {}): Inventory => {
  const found = readInventory({
    pack: PACK,
    cells,
    legs,
    organisation,
    year: 2024,
    approach: 'operational-control',
    gwp: 'AR5',
    gases,
    ...changes,
  });
  if (isRefusal(found)) throw new Error(found.refusal);
  return found;
};
