import { CALENDAR_YEARS, type ReportingCalendar } from '../activity/reporting-calendar';
import type { Organisation } from '../boundary/boundary';
import { interestsOn, type Interest } from '../boundary/shares';
import { isRefusal, type Refusal } from '../refusals';
import type { BaseYearPolicy } from './base-year';
import type { InventoryState } from './state';

/** What of a policy draws the total, beside its GWP set and its book: another choice of them is another total of the same records. */
export const DRAWING_CHOICES = ['approach', 'reading', 'scope3', 'midYear'] as const;
/** Those whose change has an effect of its own among the triggers: the GWP set, and the book that the records are in. */
const CHOICES_IN_EFFECTS = ['gwp', 'book'] as const;
const OTHER_CHOICES = ['threshold', 'triggers'] as const;
const CHOICES = [...DRAWING_CHOICES, ...CHOICES_IN_EFFECTS, ...OTHER_CHOICES] as const;
export type PolicyChoice = (typeof CHOICES)[number];

/**
 * The policy under which what is now is compared with what was stated: threshold, triggers, GWP set and book of the policy in force, and everything
 * else that draws the total as it was when the figure was stated. So a changed approach is no divestment, and scope 3 that is counted from now on no
 * discovered error (Corporate Standard, chapter 5: like is compared with like).
 */
export function comparedPolicy(inForce: BaseYearPolicy, stated: BaseYearPolicy): BaseYearPolicy {
  const { approach, reading, scope3, midYear } = stated;
  return { ...inForce, approach, reading, scope3, midYear };
}

/** The choices that two policies of one base year make otherwise, and those among them whose effect stands among the triggers. */
export function changedChoices(
  from: BaseYearPolicy,
  to: BaseYearPolicy,
): { readonly changed: readonly PolicyChoice[]; readonly inEffects: readonly PolicyChoice[] } {
  const textOf = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...(value as string[])].sort() : value);
  const differs = (choice: PolicyChoice) => textOf(from[choice]) !== textOf(to[choice]);
  return { changed: CHOICES.filter(differs), inEffects: CHOICES_IN_EFFECTS.filter(differs) };
}

/**
 * Entities that joined after the base year, have a part in the inventory on `asOf`, and of which `current`, the base year as it is now, has no source:
 * either they did not exist then, and nothing is to be added, or their records of the base year are still missing. Which of both a person must say.
 * Refusals: as `interestsOn`.
 */
export function withoutBaseYearRecords(
  organisation: Organisation,
  { baseYear, approach }: Pick<BaseYearPolicy, 'baseYear' | 'approach'>,
  asOf: string,
  current: InventoryState,
  calendar: ReportingCalendar = CALENDAR_YEARS,
): string[] | Refusal {
  const now = interestsOn(organisation, asOf);
  if (isRefusal(now)) return now;
  const recorded = new Set([...current.sources.values()].map(({ identity }) => identity.entity));
  const first = new Map<string, string>();
  for (const { entity, validFrom } of organisation.holdings) if (validFrom < (first.get(entity) ?? '9999')) first.set(entity, validFrom);
  const hasPart = ({ positions }: Interest) => Object.values(positions[approach]).some((share) => !share.isZero());
  return [...now]
    .filter(([entity, interest]) => (first.get(entity) ?? '') > calendar.endOf(baseYear) && hasPart(interest) && !recorded.has(entity))
    .map(([entity]) => entity)
    .sort();
}
