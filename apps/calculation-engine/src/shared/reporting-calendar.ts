import { CALENDAR_YEARS, isRefusal, reportingCalendar, type ReportingCalendar } from '#ghg';
import { READ_REPORTING_YEAR_OF_TENANT, type TenantTransaction } from '#postgres';
import type { RunPins } from './rows';

/** The reporting years of a tenant as they stand; the first import fixes them. */
export async function reportingCalendarOf({
  client,
  tenantId,
}: Pick<TenantTransaction, 'client' | 'tenantId'>): Promise<ReportingCalendar> {
  const { rows } = await client.query<{ starts_on: string }>(READ_REPORTING_YEAR_OF_TENANT, [tenantId]);
  return rows[0] ? calendarFrom(rows[0].starts_on) : CALENDAR_YEARS;
}

/** The reporting years that a run pinned. */
export function pinnedCalendar({ reportingYearStartsOn }: Pick<RunPins, 'reportingYearStartsOn'>): ReportingCalendar {
  return calendarFrom(reportingYearStartsOn);
}

function calendarFrom(startsOn: string): ReportingCalendar {
  const calendar = reportingCalendar(startsOn);
  if (isRefusal(calendar)) throw new Error(`the reporting year is kept as starting on "${startsOn}"`);
  return calendar;
}
