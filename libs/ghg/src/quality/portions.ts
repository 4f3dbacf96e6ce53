import type { ReportingCalendar } from '../activity/reporting-calendar';
import type { SourceClass } from '../activity/vocabulary';
import type { Approach, Organisation, ReportedLine } from '../boundary/boundary';
import type { EmittingClass, LineRules } from '../boundary/reported-line';
import { interestSegments, type InterestSegment } from '../boundary/shares';
import type { GwpSetId } from '../factor/gas';
import { splitByDays, type Amount } from '../inventory/apportion';
import type { RatedLeg } from '../inventory/inventory';
import { Decimal, divide } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type { QualityCell } from './quality';

/** A part of a source on a line of the report. `weight` = share × days ÷ days in all, at 18 decimals: what uncertainty takes of the source. */
interface WeightedShare {
  readonly line: ReportedLine;
  readonly share: Decimal;
  readonly weight: Decimal;
}

/** A part of a cell on a line of the report. */
export interface Portion {
  readonly line: ReportedLine;
  readonly weight: Decimal;
  readonly kgco2e: Decimal;
  /** The part of it that surveys extrapolated. */
  readonly extrapolated: Decimal;
}

type Place = Pick<QualityCell, 'entityCode' | 'periodStart' | 'periodEnd'>;

/** The shares and lines of an organisation in a year; each period and each segment is worked out once. */
export class Shares {
  private readonly periods = new Map<string, ReturnType<typeof interestSegments>>();
  private readonly known = new WeakMap<InterestSegment, Map<string, readonly WeightedShare[]>>();

  constructor(
    private readonly organisation: Organisation,
    private readonly year: number,
    private readonly approach: Approach,
    private readonly rules: LineRules,
    private readonly calendar: ReportingCalendar,
  ) {}

  /**
   * The lines on which a cell stands, split over days as `readInventory` splits: quantities at 12 decimals, the last segment takes the remainder.
   * Refusals: those of `interestSegments`; `entity_unknown`.
   */
  portionsOf(cell: QualityCell, { rate, sourceClass }: RatedLeg, perUnit: Decimal, gwp: GwpSetId): readonly Portion[] | Refusal {
    const segments = this.segmentsOf(cell);
    if (isRefusal(segments)) return segments;
    const days = daysOf(segments);
    const quantity = new Decimal(cell.quantity);
    const kgco2e = rate.gwpSet === gwp ? new Decimal(cell.kgco2e) : perUnit.mul(quantity);
    const ofSurveys = new Decimal(cell.extrapolated);
    const parts = splitByDays({ quantity, kgco2e }, perUnit, segments);
    const extrapolated = splitByDays({ quantity: ofSurveys, kgco2e: perUnit.mul(ofSurveys) }, perUnit, segments);
    return segments.flatMap((segment, i) =>
      this.sharesOf(segment, days, sourceClass, cell.activityType).map(({ line, share, weight }) => ({
        line,
        weight,
        kgco2e: (parts[i] as Amount).kgco2e.mul(share),
        extrapolated: (extrapolated[i] as Amount).kgco2e.mul(share),
      })),
    );
  }

  /** The lines on which a source stands over a period. Refusals as `portionsOf`. */
  of(place: Place, sourceClass: SourceClass, activityType: string | null): readonly WeightedShare[] | Refusal {
    const segments = this.segmentsOf(place);
    if (isRefusal(segments)) return segments;
    return segments.flatMap((segment) => this.sharesOf(segment, daysOf(segments), sourceClass, activityType));
  }

  private sharesOf(
    segment: InterestSegment,
    days: Decimal,
    sourceClass: SourceClass,
    activityType: string | null,
  ): readonly WeightedShare[] {
    const bySource = this.known.get(segment) ?? new Map<string, readonly WeightedShare[]>();
    this.known.set(segment, bySource);
    const source = `${sourceClass} ${activityType ?? ''}`;
    const known = bySource.get(source);
    if (known) return known;
    const { portions } = this.rules.reportedLine(sourceClass as EmittingClass, segment, this.approach, activityType);
    const shares = portions.flatMap(({ line, share }) =>
      line === null ? [] : [{ line, share, weight: divide(share.mul(segment.days), days).value }],
    );
    bySource.set(source, shares);
    return shares;
  }

  private segmentsOf({ entityCode, periodStart, periodEnd }: Place): readonly InterestSegment[] | Refusal {
    const start = periodStart ?? this.calendar.startOf(this.year);
    const end = periodEnd ?? this.calendar.endOf(this.year);
    const period = `${start}/${end}`;
    const segments = this.periods.get(period) ?? interestSegments(this.organisation, start, end, this.approach);
    this.periods.set(period, segments);
    if (isRefusal(segments)) return segments;
    return segments.get(entityCode) ?? refuse('entity_unknown', `the organisation has no entity "${entityCode}"`, entityCode);
  }
}

function daysOf(segments: readonly InterestSegment[]): Decimal {
  return new Decimal(segments.reduce((sum, segment) => sum + segment.days, 0));
}
