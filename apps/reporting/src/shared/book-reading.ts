import type { PoolClient } from 'pg';
import { sumStateCells, type Clickhouse } from '#clickhouse';
import { otherReportingYear, type MatchKey, type PoolKind, type RatedLeg, type StateCell } from '#ghg';
import { READ_LEGS, READ_POOL_KINDS } from '#postgres';
import type { ProjectedBook } from './projected-book';
import { readable } from './readable';
import type { Scaling } from './withheld';

/** The columns of a match key. */
export interface KeyRow {
  readonly activity_type: string;
  readonly unit: string;
  readonly year: number;
  readonly reporting_year: number;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  readonly attributes: MatchKey['attributes'];
}

interface LegRow {
  readonly id: string;
  readonly leg: RatedLeg['leg'];
  readonly basis: RatedLeg['basis'];
  readonly source_class: RatedLeg['sourceClass'];
  readonly body: RatedLeg['rate'];
}

/** A pool's own rate was decided for no key: all its columns are null. */
type NoKeyRow = { readonly [column in keyof KeyRow]: null };

/** A match key as the kernel reads it. */
export function keyOf({ activity_type, unit, year, reporting_year, country, region, supplier, attributes }: KeyRow): MatchKey {
  const reportingYear = otherReportingYear({ year, reportingYear: reporting_year });
  return { activityType: activity_type, unit, year, ...reportingYear, country, region, supplier, attributes };
}

/** The rated legs behind some cells, each once, with the keys that they were decided for. */
export async function ratedLegs(client: PoolClient, tenantId: string, cells: readonly { readonly rateId: string }[]): Promise<RatedLeg[]> {
  const ids = [...new Set(cells.map(({ rateId }) => rateId))];
  const { rows } = await client.query<LegRow & (KeyRow | NoKeyRow)>(READ_LEGS, [tenantId, ids]);
  return rows.map((row) => {
    const { id, leg, basis, source_class, body } = row;
    return { rateId: id, leg, basis, sourceClass: source_class, rate: body, key: row.activity_type === null ? null : keyOf(row) };
  });
}

/** What a year of a book is taken apart from. */
export interface YearOfBook {
  readonly cells: StateCell[];
  readonly legs: RatedLeg[];
}

/** A year of a book as of one of its seals, pools apart from rows; entities in `changing` period by period. */
export async function readYearOfBook(
  clickhouse: Clickhouse,
  client: PoolClient,
  asOf: ProjectedBook['asOf'],
  year: number,
  changing: readonly string[],
  scaling: Scaling,
): Promise<YearOfBook> {
  const sums = await readable(sumStateCells(clickhouse, { ...asOf, year, changing: [...changing] }));
  const kinds = await poolKinds(client, asOf);
  const cells = sums.map((cell) => ({ ...cell, group: null, poolKind: kinds.get(cell.pool) ?? null }));
  return scaling.of({ cells, legs: await ratedLegs(client, asOf.tenantId, cells) });
}

async function poolKinds(client: PoolClient, { tenantId, bookId }: ProjectedBook['asOf']): Promise<ReadonlyMap<string, PoolKind>> {
  const { rows } = await client.query<{ pool: string; kind: PoolKind }>(READ_POOL_KINDS, [tenantId, bookId]);
  return new Map(rows.map(({ pool, kind }) => [pool, kind]));
}
