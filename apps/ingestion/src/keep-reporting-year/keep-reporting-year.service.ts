import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Refused, type ReportingYearView } from '#contracts';
import { HAS_IMPORTS, inTenant, LOCK_UNTIL_COMMIT, PUT_REPORTING_YEAR, reportingYearLock } from '#postgres';
import { reportingCalendarOf } from '../shared/reporting-calendar';

/** Any year shows how reporting years are named. */
const EXAMPLE_YEAR = 2025;

/** Keeps on which day a tenant's reporting years begin. Records are cut at their ends, so that the first file that is received fixes it. */
@Injectable()
export class KeepReportingYearService {
  constructor(private readonly dataSource: DataSource) {}

  get(tenantId: string): Promise<ReportingYearView> {
    return inTenant(this.dataSource, tenantId, ({ client }) => viewOf(client, tenantId));
  }

  /** Refuses: `reporting_year_fixed`; to state what stands is no change. */
  put(tenantId: string, startsOn: string): Promise<ReportingYearView> {
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      await client.query(LOCK_UNTIL_COMMIT, [reportingYearLock(tenantId)]);
      const standing = await viewOf(client, tenantId);
      if (standing.startsOn === startsOn) return standing;
      if (standing.fixed) throw new Refused('reporting_year_fixed', `Reporting years begin on ${standing.startsOn}; files were received.`);
      await client.query(PUT_REPORTING_YEAR, [tenantId, startsOn]);
      return viewOf(client, tenantId);
    });
  }
}

async function viewOf(client: PoolClient, tenantId: string): Promise<ReportingYearView> {
  const calendar = await reportingCalendarOf(client, tenantId);
  const { rows } = await client.query<{ imported: boolean }>(HAS_IMPORTS, [tenantId]);
  const example = { year: EXAMPLE_YEAR, from: calendar.startOf(EXAMPLE_YEAR), to: calendar.endOf(EXAMPLE_YEAR) };
  return { startsOn: calendar.startsOn, fixed: rows[0]!.imported, example };
}
