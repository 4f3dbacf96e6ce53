import type { SourceClass } from '../activity/vocabulary';
import { isRefusal, type Refusal } from '../refusals';
import type { Approach, Organisation, ReportedLine } from './boundary';
import { OWN_LINES, reportedLine, type ReportedPortion } from './reported-line';
import { interestSegments } from './shares';

/** A kind of source at an entity. */
export interface Source {
  readonly entity: string;
  readonly sourceClass: SourceClass;
}

/**
 * Every source that puts something onto a reported line at some time in the period: the way back from a figure to the entries behind it. A line may
 * take its sources from elsewhere (an investee's scope 1 stands in category 15), so this asks the same table that drew the line.
 * Refusals: `ownership_cyclic`, `ownership_above_one`.
 */
export function sourcesOfLine(
  organisation: Organisation,
  line: ReportedLine,
  approach: Approach,
  start: string,
  end: string,
): Source[] | Refusal {
  return sourcesWhere(organisation, (portion) => portion.line === line, approach, start, end);
}

/**
 * Every source that puts something onto any line: what stands behind the figures outside the scopes, which come from all lines.
 * Refusals: `ownership_cyclic`, `ownership_above_one`.
 */
export function reportedSources(organisation: Organisation, approach: Approach, start: string, end: string): Source[] | Refusal {
  return sourcesWhere(organisation, (portion) => portion.line !== null, approach, start, end);
}

function sourcesWhere(
  organisation: Organisation,
  isMeant: (portion: ReportedPortion) => boolean,
  approach: Approach,
  start: string,
  end: string,
): Source[] | Refusal {
  const counts = (portion: ReportedPortion) => isMeant(portion) && !portion.reported.isZero();
  const interests = interestSegments(organisation, start, end);
  if (isRefusal(interests)) return interests;
  const classes = Object.keys(OWN_LINES) as SourceClass[];
  return [...interests].flatMap(([entity, segments]) =>
    classes
      .filter((sourceClass) => segments.some((segment) => counts(reportedLine(sourceClass, segment, approach))))
      .map((sourceClass) => ({ entity, sourceClass })),
  );
}
