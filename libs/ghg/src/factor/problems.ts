import { FACTOR_YEARS } from '../activity/record';
import type { FactorProblemCode } from '../refusals';

/** One thing that is wrong with a factor set, and the factor and field that it is about. */
export interface FactorProblem {
  readonly problem: FactorProblemCode;
  /** Code of the factor or property; null where the set as a whole, or a line without a code, is meant. */
  readonly factor: string | null;
  readonly at: string;
  readonly detail: string;
}

export type Report = (problem: FactorProblemCode, at: string, detail: string) => void;

export const PLAIN_DECIMAL = /^-?\d{1,20}(\.\d{1,30})?$/;
const REGION = /^([A-Z]{2}(-[A-Z0-9]{1,10})?|GLOBAL)$/;

/** Where and when a figure holds. */
export function checkPlace({ region, year }: { readonly region: string; readonly year: number }, report: Report): void {
  if (!REGION.test(region)) report('region_malformed', 'region', region);
  checkYear(year, report);
}

export function checkYear(year: number, report: Report): void {
  if (!Number.isInteger(year) || year < FACTOR_YEARS.first || year > FACTOR_YEARS.last) report('year_malformed', 'year', String(year));
}
