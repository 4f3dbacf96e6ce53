import { matchKeyOf, type KeyRow } from '../shared/match-key';
import { LAST_SEAL, READ_SEALED_KEYS, READ_SEALED_RATES, READ_SEALED_SUMS, type TenantTransaction } from '#postgres';
import {
  QUANTITY_SCALE,
  RATE_SCALE,
  scaledOf,
  sumsOfKeys,
  type Basis,
  type Decision,
  type LegId,
  type MatchKey,
  type Reading,
  type SourceClass,
  type WhatIfCell,
  type WhatIfKey,
  type WhatIfRate,
  type WhatIfSums,
} from '#ghg';
import type { RunPins } from '../shared/rows';

export interface Seal {
  readonly id: string;
  readonly bookId: string;
  readonly ordinal: number;
  readonly pins: RunPins;
}

/** A key of a book with all that a what-if asks of it. */
export interface BookKey extends WhatIfKey {
  readonly key: MatchKey;
}

/** A book as of its last seal, reduced to keys, rates and net quantities: as large as keys × entities × years, however many rows there are. */
export interface BookState {
  readonly seal: Seal;
  readonly keys: readonly BookKey[];
  /** Items that it keeps in memory. */
  readonly size: number;
  readonly sums: (reading: Reading) => WhatIfSums;
}

interface KeyWithDecision extends KeyRow {
  readonly decision_id: string;
  readonly outcome: Decision['outcome'];
}

interface RateRow {
  readonly decision_id: string;
  readonly leg: LegId;
  readonly basis: Basis;
  readonly source_class: SourceClass;
  readonly kgco2e: string;
  readonly biogenic_kgco2: string;
  readonly effect: string;
  readonly activity_type: string;
}

interface CellRow {
  readonly match_key_id: string;
  readonly entity: string;
  readonly year: number;
  readonly quantity: string;
  readonly activities: number;
}

export async function lastSeal({ client, tenantId }: TenantTransaction, bookId: string): Promise<Seal | null> {
  const { rows } = await client.query<Seal>(LAST_SEAL, [tenantId, bookId]);
  return rows[0] ?? null;
}

/** Reads a book as of its last seal; to be asked again if another run was sealed meanwhile. */
export async function readBookState({ client, tenantId }: TenantTransaction, bookId: string, seal: Seal): Promise<BookState> {
  const book = [tenantId, bookId];
  const cells = cellsByKey((await client.query<CellRow>(READ_SEALED_SUMS, book)).rows);
  const rates = ratesByDecision((await client.query<RateRow>(READ_SEALED_RATES, book)).rows);
  const { rows } = await client.query<KeyWithDecision>(READ_SEALED_KEYS, book);
  const keys: BookKey[] = [];
  let size = 0;
  for (const row of rows) {
    const own = cells.get(row.id);
    if (!own) continue;
    const made = rates.get(row.decision_id) ?? [];
    size += 1 + own.length + made.length;
    keys.push({ id: row.id, key: matchKeyOf(row), outcome: row.outcome, rates: made, cells: own });
  }
  return { seal, keys, size, sums: sumsOnce(keys) };
}

function sumsOnce(keys: readonly BookKey[]): BookState['sums'] {
  const kept = new Map<Reading, WhatIfSums>();
  return (reading) => {
    const sums = kept.get(reading) ?? sumsOfKeys(keys, reading);
    kept.set(reading, sums);
    return sums;
  };
}

/** Names of entities stand once in memory. */
function cellsByKey(rows: readonly CellRow[]): Map<string, WhatIfCell[]> {
  const cells = new Map<string, WhatIfCell[]>();
  const names = new Map<string, string>();
  for (const { match_key_id, entity, year, quantity, activities } of rows) {
    const name = names.get(entity) ?? entity;
    names.set(entity, name);
    const cell = { entity: name, year, quantity: scaledOf(quantity, QUANTITY_SCALE), activities };
    const own = cells.get(match_key_id);
    if (own) own.push(cell);
    else cells.set(match_key_id, [cell]);
  }
  return cells;
}

/** Rates of one effect and type are one object: thousands of keys share a few hundred factors. */
function ratesByDecision(rows: readonly RateRow[]): Map<string, WhatIfRate[]> {
  const known = new Map<string, WhatIfRate>();
  const rates = new Map<string, WhatIfRate[]>();
  for (const row of rows) {
    const name = `${row.effect} ${row.activity_type}`;
    const rate = known.get(name) ?? rateOf(row);
    known.set(name, rate);
    const made = rates.get(row.decision_id);
    if (made) made.push(rate);
    else rates.set(row.decision_id, [rate]);
  }
  return rates;
}

function rateOf({ leg, basis, source_class, kgco2e, biogenic_kgco2, effect, activity_type }: RateRow): WhatIfRate {
  return {
    leg,
    basis,
    sourceClass: source_class,
    activityType: activity_type,
    kgco2e: scaledOf(kgco2e, RATE_SCALE),
    biogenicKgco2: scaledOf(biogenic_kgco2, RATE_SCALE),
    effect,
  };
}
