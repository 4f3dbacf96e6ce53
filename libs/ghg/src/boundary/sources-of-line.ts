import { isRefusal, type Refusal } from '../refusals';
import type { Approach, Organisation, ReportedLine } from './boundary';
import { EMITTING_CLASSES, type EmittingClass, type LineRules, type ReportedPortion } from './reported-line';
import { interestSegments } from './shares';

/** A kind of source at an entity. */
export interface Source {
  readonly entity: string;
  readonly sourceClass: EmittingClass;
}

/**
 * Every source that puts something onto a reported line at some time in the period: the way back from a figure to the entries behind it. A line may
 * take its sources from elsewhere (an investee's scope 1 stands in category 15), so this asks the same table that drew the line. An exclusion of one
 * activity type hides no source: other types may still bring something.
 * Refusals as `interestsOn`.
 */
export function sourcesOfLine(
  rules: LineRules,
  organisation: Organisation,
  line: ReportedLine,
  approach: Approach,
  start: string,
  end: string,
): Source[] | Refusal {
  return sourcesWhere((portion) => portion.line === line, rules, organisation, approach, start, end);
}

/** Every source that puts something onto any line: what stands behind the figures outside the scopes, which come from all lines. Refusals as above. */
export function reportedSources(
  rules: LineRules,
  organisation: Organisation,
  approach: Approach,
  start: string,
  end: string,
): Source[] | Refusal {
  return sourcesWhere((portion) => portion.line !== null, rules, organisation, approach, start, end);
}

function sourcesWhere(
  isMeant: (portion: ReportedPortion) => boolean,
  rules: LineRules,
  organisation: Organisation,
  approach: Approach,
  start: string,
  end: string,
): Source[] | Refusal {
  const interests = interestSegments(organisation, start, end, approach);
  if (isRefusal(interests)) return interests;
  return [...interests].flatMap(([entity, segments]) =>
    EMITTING_CLASSES.filter((sourceClass) =>
      segments.some((segment) => rules.reportedLine(sourceClass, segment, approach).portions.some(isMeant)),
    ).map((sourceClass) => ({ entity, sourceClass })),
  );
}
