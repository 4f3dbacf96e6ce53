import { otherReportingYear } from '../activity/match-key';
import type { MatchKey } from '../activity/vocabulary';

/** Whose year's factors a part of a reporting year takes, where the reporting year is no calendar year. The closed list. */
export const EDITIONS = {
  blended: 'Each part of a reporting year takes factors of the calendar year that it lies in.',
  majority: 'All parts of a reporting year take factors of the calendar year in which most of its months fall.',
} as const;
export type EditionsRule = keyof typeof EDITIONS;

export const EDITIONS_RULES = Object.keys(EDITIONS) as [EditionsRule, ...EditionsRule[]];

/** What a rate says of the rule that it was chosen under: the year whose factors go first. */
export interface EditionsTaken {
  readonly rule: EditionsRule;
  readonly year: number;
}

/**
 * The key as factors are chosen for it. `blended`: as it is, by the calendar year of the part. `majority`: by the name of its reporting year, which is
 * the calendar year in which most of its months fall (UK Government conversion factors for company reporting, introduction: factors of the calendar year
 * in which the greatest portion of the data falls). With the year go exchange rates, price levels that the key does not state, and properties of fuels.
 */
export function keyForEditions(key: MatchKey, rule: EditionsRule): MatchKey {
  const { reportingYear } = otherReportingYear(key);
  return rule === 'majority' && reportingYear !== undefined ? { ...key, year: reportingYear } : key;
}

/** Null where both rules come to the same: the reporting year of the key bears the name of its calendar year. */
export function editionsTaken(key: MatchKey, rule: EditionsRule): EditionsTaken | null {
  return otherReportingYear(key).reportingYear === undefined ? null : { rule, year: keyForEditions(key, rule).year };
}
