import type { CitedMember, PoolResult } from '#ghg';

/** A pool's result as it is stored. */
export interface PoolResultBody extends Pick<PoolResult, 'members' | 'figures' | 'refusals'> {
  readonly spec: object;
  /** What it rests on beside its members: instruments with their evidence, claims on them, profiles. */
  readonly input: object;
}

/** A reply is one message: of long lists the beginning is shown, and how many there are. */
export const SHOWN_MAX = 200;

/** Where the rows of a member are listed. What only a pool has brought to an entity has its rows where the key was consumed. */
function rowsOf({ matchKeyId, entityCode, year, activities }: CitedMember): string {
  const at = activities === 0 ? '' : `&entity=${encodeURIComponent(entityCode)}`;
  return `/v1/activities?matchKey=${matchKeyId}${at}&year=${year}`;
}

export function shownMembers({ members }: PoolResultBody) {
  return {
    memberCount: members.length,
    members: members.slice(0, SHOWN_MAX).map((member) => {
      const { matchKeyId, entityCode, year, activityType, unit, attributes, quantity, activities, refusal } = member;
      const ofKey = member.calendarYear === undefined ? {} : { calendarYear: member.calendarYear };
      const shown = { matchKeyId, entityCode, year, ...ofKey, activityType, unit, attributes, quantity, activities, path: rowsOf(member) };
      return refusal === undefined ? shown : { ...shown, refusal };
    }),
  };
}
