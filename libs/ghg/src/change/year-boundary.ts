import type { SourceClass } from '../activity/vocabulary';
import type { Approach, Organisation } from '../boundary/boundary';
import type { LineRules } from '../boundary/reported-line';
import { interestSegments, type InterestSegment } from '../boundary/shares';
import { AMOUNT_SCALE, Decimal, divide } from '../quantity/decimal';
import type { Refusal } from '../refusals';
import type { Place, Weights } from './state';

const ZERO = new Decimal(0);

export type Segments = readonly InterestSegment[];

/** Days of a period with the weights of the source in them. */
export interface Portion {
  readonly start: string;
  readonly end: string;
  readonly days: number;
  readonly weights: Weights;
}

/** The boundary over periods of one year; each period is worked out once. */
export class YearBoundary {
  private readonly periods = new Map<string, ReturnType<typeof interestSegments>>();

  constructor(
    private readonly organisation: Organisation,
    private readonly approach: Approach,
    private readonly rules: LineRules,
  ) {}

  segmentsOf(start: string, end: string): ReadonlyMap<string, Segments> | Refusal {
    const period = `${start}/${end}`;
    const segments = this.periods.get(period) ?? interestSegments(this.organisation, start, end, this.approach);
    this.periods.set(period, segments);
    return segments;
  }

  portions(segments: Segments, sourceClass: SourceClass, activityType: string | null): Portion[] {
    return segments.map((segment) => {
      const { start, end, days } = segment;
      const weights = new Map<Place, Decimal>();
      if (sourceClass === 'energy-use') return { start, end, days, weights };
      for (const { line, share } of this.rules.reportedLine(sourceClass, segment, this.approach, activityType).portions)
        weights.set(line ?? 'left-out', (weights.get(line ?? 'left-out') ?? ZERO).add(share));
      return { start, end, days, weights };
    });
  }

  exclusions(segments: Segments, sourceClass: SourceClass, activityType: string | null): string[] {
    if (sourceClass === 'energy-use') return [];
    const portions = segments.flatMap((segment) => this.rules.reportedLine(sourceClass, segment, this.approach, activityType).portions);
    return [...new Set(portions.flatMap(({ exclusion }) => (exclusion ? [exclusion.code] : [])))].sort();
  }
}

/** Mean weights over the days of a period; exact where they do not change. */
export function meanWeights(portions: readonly Portion[]): Weights {
  const days = new Decimal(portions.reduce((sum, portion) => sum + portion.days, 0));
  const [first, ...others] = portions;
  if (!first) return new Map();
  if (others.length === 0) return first.weights;
  const sums = new Map<Place, Decimal>();
  for (const portion of portions) addTo(sums, portion.weights, new Decimal(portion.days));
  return new Map([...sums].map(([line, sum]) => [line, divide(sum, days, AMOUNT_SCALE).value]));
}

/** sums += weights × measure */
export function addTo(sums: Map<Place, Decimal>, weights: Weights, measure: Decimal): void {
  for (const [place, weight] of weights) sums.set(place, (sums.get(place) ?? ZERO).add(weight.mul(measure)));
}
