import { dateOfDay, dayNumber } from '../activity/dates';
import { Decimal } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type { Holding, Organisation } from './boundary';

/** How the reporting company stands to an entity. */
export interface Interest {
  /** Economic interest of the reporting company, 0 to 1. */
  readonly equityShare: Decimal;
  readonly controlled: boolean;
}

/** Days, both ends counted, in which an entity's interest does not change. */
export interface InterestSegment extends Interest {
  readonly start: string;
  readonly end: string;
  readonly days: number;
}

const NONE: Interest = { equityShare: new Decimal(0), controlled: false };
const WHOLE: Interest = { equityShare: new Decimal(1), controlled: true };

/**
 * Interest in every entity on one day. Equity share: shares are multiplied along each chain of holders and summed over the chains (Corporate
 * Standard, chapter 3). Operational control: some holder that the reporting company controls, or is, runs the entity. An entity that has never had
 * a holder is the reporting company itself; a holder outside the organisation brings nothing.
 * Refusals: `ownership_cyclic`, `ownership_above_one`.
 */
export function interestsOn(organisation: Organisation, date: string): ReadonlyMap<string, Interest> | Refusal {
  const held = new Set(organisation.holdings.map((holding) => holding.entity));
  const valid = new Map<string, Holding[]>();
  for (const holding of organisation.holdings)
    if (isValidOn(holding, date)) valid.set(holding.entity, [...(valid.get(holding.entity) ?? []), holding]);
  const known = new Set(organisation.entities);
  const interests = new Map<string, Interest>();
  const open = new Set<string>();
  const visit = (entity: string): Interest | Refusal => {
    const done = interests.get(entity);
    if (done) return done;
    if (!known.has(entity)) return NONE;
    if (!held.has(entity)) return WHOLE;
    if (open.has(entity)) return refuse('ownership_cyclic', `${entity} holds itself on ${date}`, entity);
    open.add(entity);
    const interest = throughHolders(entity, date, valid.get(entity) ?? [], visit);
    open.delete(entity);
    if (!isRefusal(interest)) interests.set(entity, interest);
    return interest;
  };
  for (const entity of organisation.entities) {
    const interest = visit(entity);
    if (isRefusal(interest)) return interest;
    interests.set(entity, interest);
  }
  return interests;
}

/** equity share = Σ share × equity share of the holder. Refusal: `ownership_above_one`. */
function throughHolders(
  entity: string,
  date: string,
  holdings: readonly Holding[],
  visit: (holder: string) => Interest | Refusal,
): Interest | Refusal {
  const sum = holdings.reduce((total, holding) => total.add(holding.share), new Decimal(0));
  if (sum.gt(1)) return refuse('ownership_above_one', `the shares of ${entity} add up to ${sum.toFixed()} on ${date}`, entity);
  let equityShare = new Decimal(0);
  let controlled = false;
  for (const holding of holdings) {
    const holder = visit(holding.holder);
    if (isRefusal(holder)) return holder;
    equityShare = equityShare.add(new Decimal(holding.share).mul(holder.equityShare));
    controlled ||= holding.operationalControl && holder.controlled;
  }
  return { equityShare, controlled };
}

/** The days on which a holding begins or has just ended, in order: where a sum over a period must be broken. */
export function shareChangeDates(organisation: Organisation, start: string, end: string): string[] {
  const days = organisation.holdings.flatMap(({ validFrom, validTo }) => [
    validFrom,
    ...(validTo === null ? [] : [dateOfDay(dayNumber(validTo) + 1)]),
  ]);
  return [...new Set(days)].filter((day) => day > start && day <= end).sort();
}

/** Interests of all entities over a period, broken where one of them changes; each entity's equal neighbours are joined. Refusals as `interestsOn`. */
export function interestSegments(
  organisation: Organisation,
  start: string,
  end: string,
): ReadonlyMap<string, readonly InterestSegment[]> | Refusal {
  const starts = [start, ...shareChangeDates(organisation, start, end)];
  const segments = new Map<string, InterestSegment[]>(organisation.entities.map((entity) => [entity, []]));
  for (const [i, from] of starts.entries()) {
    const next = starts[i + 1];
    const to = next === undefined ? end : dateOfDay(dayNumber(next) - 1);
    const interests = interestsOn(organisation, from);
    if (isRefusal(interests)) return interests;
    for (const [entity, interest] of interests) append(segments.get(entity) as InterestSegment[], interest, from, to);
  }
  return segments;
}

function append(segments: InterestSegment[], interest: Interest, start: string, end: string): void {
  const days = dayNumber(end) - dayNumber(start) + 1;
  const last = segments.at(-1);
  const same = last && last.controlled === interest.controlled && last.equityShare.eq(interest.equityShare);
  if (same) segments[segments.length - 1] = { ...last, end, days: last.days + days };
  else segments.push({ ...interest, start, end, days });
}

function isValidOn({ validFrom, validTo }: Holding, date: string): boolean {
  return validFrom <= date && (validTo === null || date <= validTo);
}
