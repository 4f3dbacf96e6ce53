import type { PoolClient } from 'pg';
import type { Clickhouse } from '#clickhouse';
import type { BaseYearPolicyBody } from '#contracts';
import {
  isRefusal,
  readInventory,
  readState,
  type GasRegister,
  type GwpSetId,
  type Inventory,
  type InventoryState,
  type Organisation,
  type StateCell,
} from '#ghg';
import { readYearOfBook } from '../shared/book-reading';
import { changingEntities, refusedReading } from '../shared/organisation';
import { packOfBook } from '../shared/pinned-pack';
import type { ProjectedBook } from '../shared/projected-book';
import type { Scaling } from '../shared/withheld';

/** Where a base year is read from. */
export interface Stores {
  readonly clickhouse: Clickhouse;
  readonly client: PoolClient;
  readonly gases: GasRegister;
  readonly scaling: Scaling;
}

/** The base year as of a seal, under an organisation: as an inventory, and taken apart under its own and another GWP set. */
export interface ReadBaseYear {
  readonly cells: readonly StateCell[];
  inventory(): Inventory;
  state(otherGwp: GwpSetId): InventoryState;
}

/**
 * Entities that change in `organisation` or in `beside`, what it is compared with, are read period by period. Refuses, here or when asked: `method_pack_unknown`, `approach_not_in_pack`, `gwp_set_not_in_pack`, `holding_conflict`, `lease_conflict`,
 * `entity_unknown`.
 */
export async function readBaseYear(
  { clickhouse, client, gases, scaling }: Stores,
  { asOf, calendar }: Pick<ProjectedBook, 'asOf' | 'calendar'>,
  organisation: Organisation,
  { baseYear: year, approach, gwp }: BaseYearPolicyBody,
  beside: readonly Organisation[] = [],
): Promise<ReadBaseYear> {
  const changing = [organisation, ...beside].flatMap((one) => changingEntities(one, calendar, year));
  const reading = await readYearOfBook(clickhouse, client, asOf, year, [...new Set(changing)], scaling);
  const choice = { ...reading, pack: await packOfBook(client, asOf), organisation, year, calendar, approach, gwp, gases };
  return {
    cells: reading.cells,
    inventory: () => {
      const inventory = readInventory(choice);
      if (isRefusal(inventory)) throw refusedReading(inventory);
      return inventory;
    },
    state: (otherGwp) => {
      const state = readState({ ...choice, otherGwp });
      if (isRefusal(state)) throw refusedReading(state);
      return state;
    },
  };
}
