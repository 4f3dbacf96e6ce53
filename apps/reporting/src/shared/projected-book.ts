import type { PoolClient } from 'pg';
import { Refused } from '#contracts';
import { CALENDAR_YEARS, isRefusal, reportingCalendar, type EditionsRule, type GwpSetId, type ReportingCalendar } from '#ghg';
import { LAST_PROJECTED_RUN } from '#postgres';

interface Row {
  readonly book_id: string;
  readonly gwp_set: GwpSetId;
  readonly method_pack: string;
  readonly editions: EditionsRule;
  readonly starts_on: string | null;
  readonly run_id: string | null;
  readonly ordinal: number;
  readonly sealed_at: Date;
  readonly activities: string;
  readonly calculated: string;
  readonly partly: string;
  readonly refused: string;
  readonly excluded: string;
  readonly pool_refusals: string;
}

/** A book as far as it can be read: up to its latest projected run. */
export interface ProjectedBook {
  readonly id: string;
  readonly gwpSet: GwpSetId;
  readonly methodPack: string;
  readonly editions: EditionsRule;
  /** The tenant's reporting years: years of the book are theirs. */
  readonly calendar: ReportingCalendar;
  readonly run: { readonly ordinal: number; readonly sealedAt: Date };
  /** Of the whole book as of that run. Counts of rows stay far below 2^53. */
  readonly counts: Readonly<Record<'activities' | 'calculated' | 'partly' | 'refused' | 'excluded', number>>;
  /** Refusals in what the book's pools came to, as of that run. */
  readonly poolRefusals: number;
  /** What every query of the columnar store is about. */
  readonly asOf: { readonly tenantId: string; readonly bookId: string; readonly runOrdinal: number };
}

/** Refuses: `book_unknown`, `nothing_calculated`. */
export async function projectedBook(client: PoolClient, tenantId: string, name: string): Promise<ProjectedBook> {
  const [row] = (await client.query<Row>(LAST_PROJECTED_RUN, [tenantId, name])).rows;
  if (!row) throw new Refused('book_unknown');
  if (row.run_id === null) throw new Refused('nothing_calculated');
  return {
    id: row.book_id,
    gwpSet: row.gwp_set,
    methodPack: row.method_pack,
    editions: row.editions,
    calendar: calendarFrom(row.starts_on),
    run: { ordinal: row.ordinal, sealedAt: row.sealed_at },
    counts: {
      activities: Number(row.activities),
      calculated: Number(row.calculated),
      partly: Number(row.partly),
      refused: Number(row.refused),
      excluded: Number(row.excluded),
    },
    poolRefusals: Number(row.pool_refusals),
    asOf: { tenantId, bookId: row.book_id, runOrdinal: row.ordinal },
  };
}

function calendarFrom(startsOn: string | null): ReportingCalendar {
  const calendar = startsOn === null ? CALENDAR_YEARS : reportingCalendar(startsOn);
  if (isRefusal(calendar)) throw new Error(`the reporting year: ${calendar.detail}`);
  return calendar;
}
