import type { SourceClass } from '../activity/vocabulary';
import { dayNumber } from '../activity/dates';
import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import { plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type { Approach, Organisation } from './boundary';
import { energyShare, type LineRules, type Treatment } from './reported-line';
import { interestSegments, type InterestSegment } from './shares';

/** What the boundary does to a source in some days of its period. `energy`: the share of own use, of a source that counts energy and emits nothing. */
export interface DatedTreatment extends Treatment {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly energyShare: string | null;
}

/** An organisation under one approach and one set of rules, worked out once per reporting year. */
export class BoundaryReader {
  private readonly years = new Map<number, ReturnType<typeof interestSegments>>();

  constructor(
    private readonly organisation: Organisation,
    private readonly approach: Approach,
    private readonly rules: LineRules,
    private readonly calendar: ReportingCalendar = CALENDAR_YEARS,
  ) {}

  /**
   * Interests in an entity over a period inside one reporting year, broken where one changes under the approach.
   * Refusals: as `interestsOn`; then `entity_unknown`.
   */
  over(entity: string, start: string, end: string): readonly InterestSegment[] | Refusal {
    const { calendar } = this;
    const year = calendar.yearOf(start);
    if (calendar.yearOf(end) !== year) throw new RangeError(`BoundaryReader: ${start} to ${end} is not within one year`);
    const segments =
      this.years.get(year) ?? interestSegments(this.organisation, calendar.startOf(year), calendar.endOf(year), this.approach);
    this.years.set(year, segments);
    if (isRefusal(segments)) return segments;
    const found = segments.get(entity);
    return found ? clipped(found, start, end) : refuse('entity_unknown', `the organisation has no entity "${entity}"`, entity);
  }

  /** What becomes of a source over a period inside one reporting year. Refusals: as `over`. */
  treatments(
    {
      entity,
      sourceClass,
      activityType,
    }: { readonly entity: string; readonly sourceClass: SourceClass; readonly activityType: string | null },
    start: string,
    end: string,
  ): DatedTreatment[] | Refusal {
    const segments = this.over(entity, start, end);
    if (isRefusal(segments)) return segments;
    return segments.map((segment) => {
      const { start: from, end: to, days } = segment;
      if (sourceClass !== 'energy-use')
        return { from, to, days, ...this.rules.reportedLine(sourceClass, segment, this.approach, activityType), energyShare: null };
      const { othersShare } = this.rules.reportedLine('stationary-combustion', segment, this.approach);
      return {
        from,
        to,
        days,
        portions: [],
        othersShare,
        energyShare: plain(energyShare(this.rules, segment, this.approach, activityType)),
      };
    });
  }
}

function clipped(segments: readonly InterestSegment[], start: string, end: string): InterestSegment[] {
  return segments
    .filter((segment) => segment.start <= end && segment.end >= start)
    .map((segment) => {
      const from = segment.start < start ? start : segment.start;
      const to = segment.end > end ? end : segment.end;
      return { ...segment, start: from, end: to, days: dayNumber(to) - dayNumber(from) + 1 };
    });
}
