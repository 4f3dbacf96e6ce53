import type { PoolClient } from 'pg';
import { Refused } from '#contracts';
import { interestSegments, isRefusal, type Organisation, type Refusal } from '#ghg';
import { READ_ENTITY_CODES, READ_HOLDINGS } from '#postgres';

interface HoldingRow {
  readonly entity_code: string;
  readonly holder_code: string;
  readonly share: string;
  readonly operational_control: boolean;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

/** The tenant's organisation as the kernel reads it. */
export async function readOrganisation(client: PoolClient, tenantId: string): Promise<Organisation> {
  const entities = await client.query<{ code: string }>(READ_ENTITY_CODES, [tenantId]);
  const holdings = await client.query<HoldingRow>(READ_HOLDINGS, [tenantId]);
  return {
    entities: entities.rows.map(({ code }) => code),
    holdings: holdings.rows.map((row) => ({
      entity: row.entity_code,
      holder: row.holder_code,
      share: row.share,
      operationalControl: row.operational_control,
      validFrom: row.valid_from,
      validTo: row.valid_to,
    })),
  };
}

/**
 * Entities whose share or control changes inside the year: only theirs must be read period by period.
 * Refuses: `holding_conflict`, `entity_unknown`.
 */
export function changingEntities(organisation: Organisation, year: number): string[] {
  const segments = interestSegments(organisation, `${year}-01-01`, `${year}-12-31`);
  if (isRefusal(segments)) throw refusedReading(segments);
  return [...segments].filter(([, parts]) => parts.length > 1).map(([code]) => code);
}

/** The kernel's refusals of an organisation, as the API names them. */
export function refusedReading({ refusal, detail }: Refusal): Refused {
  return new Refused(refusal === 'entity_unknown' ? 'entity_unknown' : 'holding_conflict', detail);
}
