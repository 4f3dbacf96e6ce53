import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pageOf, Refused, type ActivityView } from '#contracts';
import { inTenant, LIST_ACTIVITIES, LIST_ACTIVITIES_OF_IMPORT, LIST_ACTIVITIES_OF_KEY, LIST_SEGMENTS_OF_ACTIVITY } from '#postgres';
import { ImportRow } from '../shared/rows';
import { cursorOf, placeAfter } from './cursor';

interface ActivityRow extends Omit<ActivityView, 'importId' | 'line' | 'activityType' | 'periodStart' | 'periodEnd' | 'reportingYear'> {
  import_id: string;
  line: string;
  activity_type: string;
  period_start: string;
  period_end: string;
  reporting_year: number;
}

export interface ActivityFilter {
  readonly importId?: string | undefined;
  readonly activityId?: string | undefined;
  readonly matchKey?: string | undefined;
  /** With a match key only. */
  readonly entity?: string | undefined;
  readonly year?: number | undefined;
}

@Injectable()
export class ReadActivitiesService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Activities segment by segment, in the order of their ids; of one import, one activity, or one match key at an entity and in a year if asked.
   * Refuses, in this order: `request_invalid` (an entity or year without a match key), `import_unknown`.
   */
  list(
    tenantId: string,
    filter: ActivityFilter,
    after: string | undefined,
    limit: number,
  ): Promise<{ items: ActivityView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      if (filter.matchKey === undefined && (filter.entity ?? filter.year) !== undefined)
        throw new Refused('request_invalid', 'entity and year: only together with matchKey.');
      if (filter.importId !== undefined && !(await manager.existsBy(ImportRow, { tenantId, id: filter.importId })))
        throw new Refused('import_unknown');
      const { rows } = await client.query<ActivityRow>(...statementFor(filter, [tenantId, ...placeAfter(after), limit]));
      const found = filter.importId === undefined ? rows : rows.filter((row) => row.import_id === filter.importId);
      return pageOf(found, limit, viewOf, ({ id, segment }) => cursorOf(id, segment));
    });
  }
}

/** An import beside another filter means: those of that import. */
function statementFor({ importId, activityId, matchKey, entity, year }: ActivityFilter, parameters: unknown[]): [string, unknown[]] {
  if (activityId !== undefined) return [LIST_SEGMENTS_OF_ACTIVITY, [...parameters, activityId]];
  if (matchKey !== undefined) return [LIST_ACTIVITIES_OF_KEY, [...parameters, matchKey, entity ?? null, year ?? null]];
  if (importId !== undefined) return [LIST_ACTIVITIES_OF_IMPORT, [...parameters, importId]];
  return [LIST_ACTIVITIES, parameters];
}

function viewOf(row: ActivityRow): ActivityView {
  const { import_id, line, activity_type, period_start, period_end, reporting_year, ...same } = row;
  return {
    ...same,
    importId: import_id,
    line: Number(line),
    activityType: activity_type,
    periodStart: period_start,
    periodEnd: period_end,
    reportingYear: reporting_year,
  };
}
