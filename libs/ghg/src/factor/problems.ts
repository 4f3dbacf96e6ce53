import { FACTOR_YEARS } from '../activity/record';
import { isRegion } from '../activity/regions';
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
/** Countries that publications name by another code than that of ISO 3166-1. */
const ISO_OF: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** Where and when a figure holds. */
export function checkPlace({ region, year }: { readonly region: string; readonly year: number }, report: Report): void {
  if (!isRegion(region)) report('region_malformed', 'region', withHint(region));
  checkYear(year, report);
}

function withHint(region: string): string {
  const [head = '', ...rest] = region.split('-');
  const iso = Object.hasOwn(ISO_OF, head) ? ISO_OF[head] : undefined;
  return iso === undefined ? region : `${region}; in ISO 3166-1 it is ${[iso, ...rest].join('-')}`;
}

export function checkYear(year: number, report: Report): void {
  if (!Number.isInteger(year) || year < FACTOR_YEARS.first || year > FACTOR_YEARS.last) report('year_malformed', 'year', String(year));
}
