import { dateOfDay, dayNumber } from '../activity/dates';
import { Decimal, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { APPROACHES, type Approach, type Exclusion, type Holding, type Lease, type Organisation } from './boundary';
import { leasesOn } from './leases';
import { OF_OTHERS, OF_THE_COMPANY, positionThrough, type Position } from './positions';

/** How the reporting company stands to an entity. */
export interface Interest {
  /** Economic interest of the reporting company, 0 to 1: shares multiplied along each chain and summed over the chains. */
  readonly equityShare: Decimal;
  /** It runs the entity: operational control through every link of some chain. */
  readonly controlled: boolean;
  readonly positions: Readonly<Record<Approach, Position>>;
  readonly lease: Lease | null;
  /** What the organisation leaves out at this entity, by code. */
  readonly exclusions: readonly Exclusion[];
}

/** Days, both ends counted, in which an entity's interest does not change. */
export interface InterestSegment extends Interest {
  readonly start: string;
  readonly end: string;
  readonly days: number;
}

type Bare = Omit<Interest, 'lease' | 'exclusions'>;

const everywhere = (position: Position): Bare['positions'] =>
  Object.fromEntries(APPROACHES.map((approach) => [approach, position])) as Record<Approach, Position>;
const NONE: Bare = { equityShare: new Decimal(0), controlled: false, positions: everywhere(OF_OTHERS) };
const WHOLE: Bare = { equityShare: new Decimal(1), controlled: true, positions: everywhere(OF_THE_COMPANY) };

/**
 * Interest in every entity on one day, under every approach (Corporate Standard, chapter 3). An entity that has never had a holder is the
 * reporting company itself; a holder outside the organisation brings nothing.
 * Refusals: `ownership_cyclic`, `share_above_one`, `ownership_above_one`, `lease_conflict`, `lease_reason_missing`.
 */
export function interestsOn(organisation: Organisation, date: string): ReadonlyMap<string, Interest> | Refusal {
  const leases = leasesOn(organisation.leases ?? [], date);
  const interests = interestsThroughHoldings(organisation, isRefusal(leases) ? new Map() : leases, date);
  // What concerns the holdings comes before what concerns the leases.
  if (isRefusal(interests)) return interests;
  if (isRefusal(leases)) return leases;
  const exclusions = (organisation.exclusions ?? []).filter((exclusion) => isValidOn(exclusion, date)).sort(byCode);
  const exclusionsAt = (entity: string) => (exclusions.length === 0 ? [] : exclusions.filter((one) => (one.entity ?? entity) === entity));
  return new Map(
    [...interests].map(([entity, interest]) => [
      entity,
      { ...interest, lease: leases.get(entity) ?? null, exclusions: exclusionsAt(entity) },
    ]),
  );
}

/** Refusals: `ownership_cyclic`, `share_above_one`, `ownership_above_one`. */
function interestsThroughHoldings(
  organisation: Organisation,
  leases: ReadonlyMap<string, Lease>,
  date: string,
): Map<string, Bare> | Refusal {
  const held = new Set(organisation.holdings.map((holding) => holding.entity));
  const valid = new Map<string, Holding[]>();
  for (const holding of organisation.holdings)
    if (isValidOn(holding, date)) valid.set(holding.entity, [...(valid.get(holding.entity) ?? []), holding]);
  const known = new Set(organisation.entities);
  const interests = new Map<string, Bare>();
  const open = new Set<string>();
  const visit = (entity: string): Bare | Refusal => {
    const done = interests.get(entity);
    if (done) return done;
    if (!known.has(entity)) return NONE;
    if (!held.has(entity)) return WHOLE;
    if (open.has(entity)) return refuse('ownership_cyclic', `${entity} holds itself on ${date}`, entity);
    open.add(entity);
    const interest = throughHolders(entity, date, valid.get(entity) ?? [], leases.get(entity) ?? null, visit);
    open.delete(entity);
    if (!isRefusal(interest)) interests.set(entity, interest);
    return interest;
  };
  // Sorted, so that of several refusals it is always the same one.
  for (const entity of [...organisation.entities].sort()) {
    const interest = visit(entity);
    if (isRefusal(interest)) return interest;
    interests.set(entity, interest);
  }
  return interests;
}

/** Refusals: `share_above_one`, `ownership_above_one`. */
function throughHolders(
  entity: string,
  date: string,
  holdings: readonly Holding[],
  lease: Lease | null,
  visit: (holder: string) => Bare | Refusal,
): Bare | Refusal {
  const holders: { holding: Holding; share: Decimal; interest: Bare }[] = [];
  for (const holding of holdings) {
    const interest = visit(holding.holder);
    if (isRefusal(interest)) return interest;
    holders.push({ holding, share: new Decimal(holding.share), interest });
  }
  for (const { holding, share } of holders)
    if (share.gt(1)) return refuse('share_above_one', `${holding.holder} holds ${holding.share} of ${entity} on ${date}`, entity);
  const sum = holders.reduce((total, { share }) => total.add(share), new Decimal(0));
  if (sum.gt(1)) return refuse('ownership_above_one', `the shares of ${entity} add up to ${plain(sum)} on ${date}`, entity);
  const through = (approach: Approach) =>
    positionThrough(
      holders.map(({ holding, share, interest }) => ({ holding, share, position: interest.positions[approach] })),
      lease,
      approach,
    );
  return {
    equityShare: holders.reduce((total, { share, interest }) => total.add(interest.equityShare.mul(share)), new Decimal(0)),
    controlled: holders.some(({ holding, interest }) => holding.operationalControl && interest.controlled),
    positions: Object.fromEntries(APPROACHES.map((approach) => [approach, through(approach)])) as Record<Approach, Position>,
  };
}

/** The days on which a holding, a lease or an exclusion begins or has just ended, in order: where a sum over a period must be broken. */
export function shareChangeDates(organisation: Organisation, start: string, end: string): string[] {
  const dated = [...organisation.holdings, ...(organisation.leases ?? []), ...(organisation.exclusions ?? [])];
  const days = dated.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo === null ? [] : [dateOfDay(dayNumber(validTo) + 1)])]);
  return [...new Set(days)].filter((day) => day > start && day <= end).sort();
}

/**
 * Interests of all entities over a period, broken where one of them changes; each entity's equal neighbours are joined. With an approach, only what
 * changes something under it is a change, and whether the accounting group has the entity wholly, which is shown under every approach.
 * Refusals as `interestsOn`.
 */
export function interestSegments(
  organisation: Organisation,
  start: string,
  end: string,
  approach?: Approach,
): ReadonlyMap<string, readonly InterestSegment[]> | Refusal {
  const starts = [start, ...shareChangeDates(organisation, start, end)];
  const approaches = approach === undefined ? APPROACHES : [approach];
  const segments = new Map<string, InterestSegment[]>(organisation.entities.map((entity) => [entity, []]));
  const texts = new Map<string, string>();
  for (const [i, from] of starts.entries()) {
    const next = starts[i + 1];
    const to = next === undefined ? end : dateOfDay(dayNumber(next) - 1);
    const interests = interestsOn(organisation, from);
    if (isRefusal(interests)) return interests;
    for (const [entity, interest] of interests) {
      const text = textOf(interest, approaches);
      append(segments.get(entity) as InterestSegment[], interest, from, to, texts.get(entity) === text);
      texts.set(entity, text);
    }
  }
  return segments;
}

/** `same`: as on the day before. */
function append(segments: InterestSegment[], interest: Interest, start: string, end: string, same: boolean): void {
  const days = dayNumber(end) - dayNumber(start) + 1;
  const last = segments.at(-1);
  if (last && same) segments[segments.length - 1] = { ...last, end, days: last.days + days };
  else segments.push({ ...interest, start, end, days });
}

/** Whether the accounting group consolidates an entity wholly: its financial control says so (IFRS S2, paragraph 29; ESRS E1, paragraph 50). */
export function isInAccountingGroup({ positions }: Pick<Interest, 'positions'>): boolean {
  return positions['financial-control'].consolidated.eq(1);
}

/** What an interest does under these approaches, as a text to be compared. */
function textOf({ equityShare, controlled, positions, lease, exclusions }: Interest, approaches: readonly Approach[]): string {
  const shares = approaches.flatMap((approach) => Object.values(positions[approach]) as Decimal[]);
  const inGroup = isInAccountingGroup({ positions });
  return JSON.stringify([
    approaches.length > 1 ? [plain(equityShare), controlled] : [],
    shares.map(plain),
    inGroup,
    lease && [lease.side, lease.leaseClass, lease.lesseeControls],
    exclusions.map(({ code }) => code),
  ]);
}

function isValidOn({ validFrom, validTo }: { readonly validFrom: string; readonly validTo: string | null }, date: string): boolean {
  return validFrom <= date && (validTo === null || date <= validTo);
}

function byCode(a: Exclusion, b: Exclusion): number {
  return a.code < b.code ? -1 : 1;
}
