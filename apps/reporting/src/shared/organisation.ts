import type { PoolClient } from 'pg';
import { Refused } from '#contracts';
import {
  interestSegments,
  isRefusal,
  organisationForCurrentYear,
  type Holding,
  type Lease,
  type Organisation,
  type Refusal,
  type ReportingCalendar,
} from '#ghg';
import { READ_ENTITY_CODES, READ_EXCLUSIONS, READ_HOLDINGS, READ_LEASES } from '#postgres';

interface Dated {
  readonly valid_from: string;
  readonly valid_to: string | null;
}
interface HoldingRow extends Dated {
  readonly entity_code: string;
  readonly holder_code: string;
  readonly share: string;
  readonly relation: Holding['relation'];
  readonly operational_control: boolean;
  readonly financial_control: boolean;
}
interface LeaseRow extends Dated {
  readonly entity_code: string;
  readonly side: Lease['side'];
  readonly lease_class: Lease['leaseClass'];
  readonly lessee_controls: boolean;
  readonly reason: string;
}
interface ExclusionRow extends Dated {
  readonly code: string;
  readonly entity_code: string | null;
  readonly activity_type: string | null;
  readonly source_class: string | null;
  readonly reason: string;
}

const datesOf = ({ valid_from: validFrom, valid_to: validTo }: Dated) => ({ validFrom, validTo });

/** The tenant's organisation as the kernel reads it. */
export async function readOrganisation(client: PoolClient, tenantId: string): Promise<Organisation> {
  const rowsOf = async <Row extends object>(sql: string): Promise<Row[]> => (await client.query<Row>(sql, [tenantId])).rows;
  const entities = await rowsOf<{ code: string }>(READ_ENTITY_CODES);
  const holdings = await rowsOf<HoldingRow>(READ_HOLDINGS);
  const leases = await rowsOf<LeaseRow>(READ_LEASES);
  const exclusions = await rowsOf<ExclusionRow>(READ_EXCLUSIONS);
  return {
    entities: entities.map(({ code }) => code),
    holdings: holdings.map((row) => ({
      entity: row.entity_code,
      holder: row.holder_code,
      share: row.share,
      relation: row.relation,
      operationalControl: row.operational_control,
      financialControl: row.financial_control,
      ...datesOf(row),
    })),
    leases: leases.map((row) => ({
      entity: row.entity_code,
      side: row.side,
      leaseClass: row.lease_class,
      lesseeControls: row.lessee_controls,
      reason: row.reason,
      ...datesOf(row),
    })),
    exclusions: exclusions.map((row) => ({
      code: row.code,
      entity: row.entity_code,
      activityType: row.activity_type,
      sourceClass: row.source_class,
      reason: row.reason,
      ...datesOf(row),
    })),
  };
}

/** The organisation as a question wants it: as dated, or with the structure of one day over all years. */
export async function organisationOf(
  client: PoolClient,
  { tenantId, structureOn }: { readonly tenantId: string; readonly structureOn?: string | undefined },
): Promise<Organisation> {
  const organisation = await readOrganisation(client, tenantId);
  return structureOn === undefined ? organisation : organisationForCurrentYear(organisation, { midYear: 'all-year' }, structureOn);
}

/**
 * Entities whose share, control, lease or exclusions change inside the reporting year, or one of the years: only theirs must be read period by period. Where
 * two years or two organisations are compared, an entity that changes in one of them is broken in both.
 * Refuses: `holding_conflict`, `lease_conflict`.
 */
export function changingEntities(organisation: Organisation, calendar: ReportingCalendar, ...years: readonly number[]): string[] {
  const changing = years.flatMap((year) => {
    const segments = interestSegments(organisation, calendar.startOf(year), calendar.endOf(year));
    if (isRefusal(segments)) throw refusedReading(segments);
    return [...segments].filter(([, parts]) => parts.length > 1).map(([code]) => code);
  });
  return [...new Set(changing)];
}

/** The kernel's refusals of a reading, as the API names them. */
export function refusedReading({ refusal, detail }: Refusal): Refused {
  if (refusal === 'entity_unknown' || refusal === 'approach_not_in_pack' || refusal === 'gwp_set_not_in_pack')
    return new Refused(refusal, detail);
  const ofLeases = refusal === 'lease_conflict' || refusal === 'lease_reason_missing';
  return new Refused(ofLeases ? 'lease_conflict' : 'holding_conflict', detail);
}
