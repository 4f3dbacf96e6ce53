import { Decimal, plain } from '../quantity/decimal';
import { refuse, type Refusal } from '../refusals';
import { byText, cited, nameOf, selects } from './members';
import type { MemberSelector, PoolKind, PoolMember, PoolResult, PoolSpec } from './pool';

/**
 * The order in which kinds of pools are calculated, each on what the kinds before it left: first the shared total goes to whom it belongs, then who
 * did not answer is added, then instruments cover what is consumed in the end. A mass balance stands apart: its rows have no rate of their own.
 */
export const POOL_ORDER: readonly PoolKind[] = ['mass-balance', 'allocation', 'survey', 'instruments'];

/**
 * Members as they stand after pools have posted: what was released has left its member, what a receiver took is a member at the receiver, under the
 * same key and rates. A key is moved once, however many legs it has. A receiver without rows of its own has no activities.
 */
export function netAfter(members: readonly PoolMember[], results: readonly PoolResult[]): readonly PoolMember[] {
  const moved = results.flatMap(({ postings }) => postings).filter(({ of, matchKeyId }) => 'rateId' in of && matchKeyId !== null);
  if (moved.length === 0) return members;
  const keys = new Map(members.map((member) => [member.matchKeyId, member]));
  const net = new Map(members.map((member) => [cellOf(member), member]));
  for (const { entityCode, year, quantity, of, matchKeyId } of moved) {
    const key = keys.get(matchKeyId as string);
    if (!key || !('rateId' in of) || key.rates[0]?.rateId !== of.rateId) continue;
    const cell = cellOf({ matchKeyId: key.matchKeyId, entityCode, year });
    const standing = net.get(cell) ?? { ...key, entityCode, year, quantity: '0', activities: 0 };
    net.set(cell, { ...standing, quantity: plain(new Decimal(standing.quantity).add(quantity)) });
  }
  return [...net.values()];
}

type Cell = Pick<PoolMember, 'matchKeyId' | 'entityCode' | 'year'>;

const cellOf = ({ matchKeyId, entityCode, year }: Cell): string => `${matchKeyId} ${entityCode} ${year}`;

/** What a pool takes of the book's quantities. Those who only receive from an allocation weigh, and are not taken. */
function takenBy(spec: PoolSpec): MemberSelector | null {
  if (spec.kind === 'instruments') return null;
  return spec.kind === 'allocation' ? spec.sources : spec.select;
}

/** A pool that selects no activity type: it was retired, and comes to nothing. */
export function isRetired(spec: PoolSpec): boolean {
  const selector = takenBy(spec);
  return selector !== null && selector.activityTypes.length === 0;
}

/** The spec of a retired pool: it keeps its kind, and selects nothing. The pool of instruments has nothing that it could retire. */
export function retired(spec: PoolSpec): PoolSpec {
  const nothing: MemberSelector = { activityTypes: [] };
  switch (spec.kind) {
    case 'instruments':
      return spec;
    case 'allocation':
      return { kind: spec.kind, code: spec.code, sources: nothing, basis: spec.basis, receivers: [] };
    case 'mass-balance':
      return { kind: spec.kind, code: spec.code, select: nothing };
    case 'survey':
      return { kind: spec.kind, code: spec.code, select: nothing, populations: [] };
  }
}

/**
 * Whether two pools are of one kind and their selectors leave room for a row that both take: a common activity type, no attribute that must have two
 * values, a common entity and a common year. What is left open is open to all.
 */
export function mayOverlap(one: PoolSpec, other: PoolSpec): boolean {
  const [a, b] = [takenBy(one), takenBy(other)];
  if (one.kind !== other.kind || a === null || b === null) return false;
  const common = <T>(left: readonly T[] | undefined, right: readonly T[] | undefined): boolean =>
    left === undefined || right === undefined || left.some((value) => right.includes(value));
  const attributes = Object.entries(a.attributes ?? {}).every(([name, value]) => (b.attributes?.[name] ?? value) === value);
  return common(a.activityTypes, b.activityTypes) && attributes && common(a.entities, b.entities) && common(a.years, b.years);
}

/**
 * Which pool of a kind takes which member: each key × entity × year at most one, the first by code. Pools are asked in the order of their codes; a
 * pool that asks for a member that is taken is refused as a whole, and takes nothing.
 */
export class TakenMembers {
  private readonly takers = new Map<string, string>();

  /** Takes the members of a pool. Refusal: `pool_overlaps`, naming the first member in question and who has it. */
  take(spec: PoolSpec, members: readonly PoolMember[]): Refusal | null {
    const selector = takenBy(spec);
    if (selector === null) return null;
    const asked = members.filter((member) => selects(selector, member));
    const placeOf = (member: PoolMember): string => `${spec.kind} ${cellOf(member)}`;
    const [twice] = asked.filter((member) => this.takers.has(placeOf(member))).sort((a, b) => byText(nameOf(a), nameOf(b)));
    if (twice) {
      const taker = this.takers.get(placeOf(twice)) as string;
      return refuse('pool_overlaps', `${nameOf(twice)} is in the pool ${taker} already; ${spec.code} takes nothing`, taker);
    }
    for (const member of asked) this.takers.set(placeOf(member), spec.code);
    return null;
  }
}

/** What a pool that may not be calculated comes to: its members, with the refusal. */
export function refusedPool({ kind, code }: PoolSpec, members: readonly PoolMember[], refusal: Refusal): PoolResult {
  return { kind, code, members: members.map((member) => cited(member, refusal.refusal)), postings: [], figures: {}, refusals: [refusal] };
}
