import { canonicalJson } from '../calculation/canonical';
import type { MatchKey } from './vocabulary';

/**
 * The canonical text of a key: the same key has the same text whatever the order of its attributes. Its digest identifies the key. A reporting year
 * that is the calendar year stands in no text: keys of whoever reports by calendar years say nothing of it.
 */
export function matchKeyText(key: MatchKey): string {
  const { activityType, unit, year, country, region, supplier, attributes } = key;
  return canonicalJson({ activityType, unit, year, country, region, supplier, attributes, ...otherReportingYear(key) });
}

/** The name of the reporting year that a key counts in. */
export function reportingYearOf({ year, reportingYear }: Pick<MatchKey, 'year' | 'reportingYear'>): number {
  return reportingYear ?? year;
}

/** The reporting year of a key as it is stated: left out where it is the calendar year. */
export function otherReportingYear({ year, reportingYear }: Pick<MatchKey, 'year' | 'reportingYear'>): Pick<MatchKey, 'reportingYear'> {
  return reportingYear === undefined || reportingYear === year ? {} : { reportingYear };
}
