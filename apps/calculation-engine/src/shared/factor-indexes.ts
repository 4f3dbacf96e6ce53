import { Injectable } from '@nestjs/common';
import type { FactorIndex } from '#ghg';
import type { TenantTransaction } from '#postgres';
import { BoundedCache } from './bounded-cache';
import type { PinnedSet } from './book-sets';
import { readPinnedFactors } from './pinned-factors';

/** Factors in all indexes that are kept; one takes about a kilobyte. */
const FACTORS_MAX = 60_000;

/** Indexes over factor sets, kept for the next question: sets never change, so their digests name an index for ever. */
@Injectable()
export class FactorIndexes {
  private readonly kept = new BoundedCache<FactorIndex>(FACTORS_MAX, ({ size }) => size);

  /** `own` is part of the name: a tenant's own set goes before the same one of the starter catalogue. `activityTypes`: null for all. */
  of(transaction: TenantTransaction, factorSets: readonly PinnedSet[], activityTypes: readonly string[] | null): Promise<FactorIndex> {
    const all = factorSets.map(({ tenantId, digest }) => `${tenantId} ${digest}`).join('|');
    const whole = this.kept.get(all);
    if (whole !== undefined || activityTypes === null)
      return whole !== undefined ? Promise.resolve(whole) : this.kept.getOr(all, () => readPinnedFactors(transaction, { factorSets }));
    const name = `${all} ${activityTypes.join(' ')}`;
    return this.kept.getOr(name, () => readPinnedFactors(transaction, { factorSets }, activityTypes));
  }
}
