import { canonicalJson } from '../calculation/canonical';
import { allocateTotal } from './allocation';
import { allocateInstruments } from './instruments';
import { balanceMass } from './mass-balance';
import type { PoolContext, PoolMember, PoolResult, PoolSpec } from './pool';
import { isRetired } from './pool-order';
import { extrapolateSurvey } from './survey';

/**
 * What a pool comes to. Members that do not belong to it are left out; the order of members, instruments, allocations and profiles changes nothing.
 * A retired pool comes to nothing. Members are given net after the kinds before it: see `POOL_ORDER` and `netAfter`.
 */
export function calculatePool(spec: PoolSpec, members: readonly PoolMember[], context: PoolContext): PoolResult {
  if (isRetired(spec)) return { kind: spec.kind, code: spec.code, members: [], postings: [], figures: {}, refusals: [] };
  switch (spec.kind) {
    case 'instruments':
      return allocateInstruments(spec, members, context);
    case 'allocation':
      return allocateTotal(spec, members);
    case 'mass-balance':
      return balanceMass(spec, members, context);
    case 'survey':
      return extrapolateSurvey(spec, members);
  }
}

/**
 * The canonical text of a result: two results with the same text make the same entries and say the same of them. Its digest decides whether a pool
 * has changed. It names keys and rates by their ids, so it compares results of one ledger.
 */
export function poolText(result: PoolResult): string {
  return canonicalJson(result);
}
