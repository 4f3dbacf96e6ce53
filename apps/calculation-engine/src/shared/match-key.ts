import { otherReportingYear, type MatchKey } from '#ghg';

/** A match key as the statements read it. */
export interface KeyRow {
  readonly id: string;
  readonly activity_type: string;
  readonly unit: string;
  readonly year: number;
  readonly reporting_year: number;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  readonly attributes: Record<string, string>;
}

export function matchKeyOf(row: KeyRow): MatchKey {
  const { unit, year, country, region, supplier, attributes } = row;
  const reportingYear = otherReportingYear({ year, reportingYear: row.reporting_year });
  return { activityType: row.activity_type, unit, year, ...reportingYear, country, region, supplier, attributes };
}
