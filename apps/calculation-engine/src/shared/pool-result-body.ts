import type { PoolResult } from '#ghg';

/** A pool's result as it is stored. */
export interface PoolResultBody extends Pick<PoolResult, 'members' | 'figures' | 'refusals'> {
  readonly spec: object;
  /** What it rests on beside its members: instruments with their evidence, claims on them, profiles. */
  readonly input: object;
}

/** A reply is one message: of long lists the beginning is shown, and how many there are. */
export const SHOWN_MAX = 200;

export function shownMembers({ members }: PoolResultBody) {
  return {
    memberCount: members.length,
    members: members.slice(0, SHOWN_MAX).map(({ matchKeyId, entityCode, year, activityType, unit, quantity, activities }) => ({
      matchKeyId,
      entityCode,
      year,
      activityType,
      unit,
      quantity,
      activities,
    })),
  };
}
