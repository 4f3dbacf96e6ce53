import type { PoolClient } from 'pg';
import { CALENDAR_YEARS, isRefusal, reportingCalendar, type ReportingCalendar } from '#ghg';
import { READ_REPORTING_YEAR } from '#postgres';

/** The reporting years of a tenant: the calendar years, unless it stated another day. */
export async function reportingCalendarOf(client: PoolClient, tenantId: string): Promise<ReportingCalendar> {
  const { rows } = await client.query<{ starts_on: string }>(READ_REPORTING_YEAR, [tenantId]);
  const calendar = rows[0] ? reportingCalendar(rows[0].starts_on) : CALENDAR_YEARS;
  if (isRefusal(calendar)) throw new Error(`the reporting year of tenant ${tenantId}: ${calendar.detail}`);
  return calendar;
}
