import type { ProblemPlace } from '#contracts';
import { isRefusal, leasesOn, type Lease } from '#ghg';

const PLACES_MAX = 100;

/**
 * Where a set of leases contradicts itself, by the kernel's own reading: an asset that is leased twice on one day. Two leases can only meet on a day
 * on which one of them begins. One place for each entity: the lease that begins second.
 */
export function leaseConflicts(leases: readonly Lease[]): ProblemPlace[] {
  const places = new Map<string, ProblemPlace>();
  const ofEntity = new Map<string, { lease: Lease; index: number }[]>();
  for (const [index, lease] of leases.entries()) ofEntity.set(lease.entity, [...(ofEntity.get(lease.entity) ?? []), { lease, index }]);
  for (const [entity, own] of ofEntity)
    for (const { lease, index } of [...own].sort((a, b) => (a.lease.validFrom < b.lease.validFrom ? -1 : 1))) {
      const refused = leasesOn(
        own.map((one) => one.lease),
        lease.validFrom,
      );
      if (!isRefusal(refused) || places.has(entity)) continue;
      places.set(entity, { at: `body[${index}].validFrom`, code: refused.refusal, detail: refused.detail });
    }
  return [...places.values()].slice(0, PLACES_MAX);
}
