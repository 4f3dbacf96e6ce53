import type { Approach } from '../boundary/boundary';
import type { GwpSetId } from '../factor/gas';
import type { Reading } from '../inventory/sums';
import type { Decimal } from '../quantity/decimal';
import { refuse, type Refusal } from '../refusals';
import type { Place } from './state';

/**
 * What makes a base year figure be calculated anew, if the cumulative effect reaches the threshold: the closed list. Corporate Standard, chapter 5
 * (structural changes; changes of methodology or improved accuracy; errors); Scope 3 Standard, chapter 9, says the same of scope 3.
 */
export const TRIGGERS = {
  merger: 'A company merged with the reporting company.',
  acquisition: 'The reporting company holds or controls more of an entity than when the figure was stated.',
  divestment: 'The reporting company holds or controls less of an entity than when the figure was stated.',
  'insourcing-outsourcing': 'A source moved into or out of the scopes that the base year counts.',
  'better-factor': 'A better emission factor, exchange rate or price index is known for the base year itself.',
  'better-method': 'The quantity or the rate of the base year is found by another method.',
  'better-data': 'Estimates of the base year were replaced by actual data, or its instruments were completed.',
  'gwp-set': 'The inventory moved to another set of global warming potentials.',
  'discovered-error': 'Records of the base year were missing or wrong.',
} as const;
export type Trigger = keyof typeof TRIGGERS;

/**
 * What never does: the closed list (Corporate Standard, chapter 5). A change of GWP is not among them: the standard asks for base year and current
 * year to be consistent in methodology, and a set of GWPs is part of it.
 */
export const NON_TRIGGERS = {
  'organic-change': 'Production grew or fell, a site was opened or closed: that is what the inventory is to show.',
  'next-edition': 'The factor is of a year after the base year: it tells of a real change, not of a better knowledge of the base year.',
  'not-existing': 'The unit did not exist in the base year: nothing of it can be added there.',
  'reported-elsewhere': 'A source was insourced or outsourced, and the base year counts the scope that it moved to.',
} as const;
export type NonTrigger = keyof typeof NON_TRIGGERS;

/**
 * How a structural change within a year is laid over the base year (Corporate Standard, chapter 5 and appendix E). `all-year`: the structure after the
 * change, for the whole base year and the whole current year. `pro-rata`: for the part of the base year that corresponds to its part of the current
 * year, and for the whole from the next year on.
 */
export type MidYearRule = 'all-year' | 'pro-rata';

/** What a company has decided about its base year (Corporate Standard, chapter 5: choose and report a base year, develop a recalculation policy). */
export interface BaseYearPolicy {
  readonly baseYear: number;
  readonly book: string;
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  /** The scope 2 figure in the base year total (Scope 2 Guidance, chapter 9). */
  readonly reading: Reading;
  /** Whether scope 3 is in the base year total. */
  readonly scope3: boolean;
  /** Share of the stated total, 0 to 1, at which a cumulative effect is significant. The standard sets none: it is the company's own. */
  readonly threshold: string;
  readonly midYear: MidYearRule;
  /** Those that count here. An effect of another is shown and not counted. */
  readonly triggers: readonly Trigger[];
}

/** The policy itself, if it can be followed. Refusal: `threshold_malformed`. */
export function checkPolicy(policy: BaseYearPolicy): BaseYearPolicy | Refusal {
  const stated = policy.threshold;
  if (!/^(0(\.\d{1,12})?|1(\.0{1,12})?)$/.test(stated))
    return refuse('threshold_malformed', `"${stated}" is no share between 0 and 1 with at most 12 decimals`, 'threshold');
  return policy;
}

/**
 * Whether a reported line is in the base year total: scopes 1 and 2, and scope 3 where the policy includes it. What is outside the scopes or apart
 * from the inventory is in no total.
 */
export function isInTotal(line: Place, scope3: boolean): boolean {
  return line === 'scope1' || line === 'scope2' || (scope3 && line.startsWith('scope3.'));
}

/** effect ≥ threshold × stated total. Nothing stated: any effect is significant. */
export function isSignificant(effectTco2e: Decimal, statedTco2e: Decimal, threshold: string): boolean {
  if (effectTco2e.isZero()) return false;
  return effectTco2e.abs().gte(statedTco2e.abs().mul(threshold));
}
