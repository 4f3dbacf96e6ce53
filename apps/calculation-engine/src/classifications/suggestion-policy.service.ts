import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SuggestionPolicyView } from '#contracts';
import { inTenant, PUT_SUGGESTION_POLICY } from '#postgres';
import { standingPolicy } from '../shared/suggestion-policy';
import type { TenantTransaction } from '#postgres';

/** Whether runs take suggestions without a look, and from which score on. */
@Injectable()
export class SuggestionPolicyService {
  constructor(private readonly dataSource: DataSource) {}

  /** A new version, unless the threshold is the one that stands. The next run reads it. */
  put(tenantId: string, threshold: string | null, author: string, reason: string): Promise<SuggestionPolicyView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      await transaction.client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`suggestion policy ${tenantId}`]);
      await transaction.client.query(PUT_SUGGESTION_POLICY, [tenantId, threshold, author, reason]);
      return viewOf(transaction);
    });
  }

  get(tenantId: string): Promise<SuggestionPolicyView> {
    return inTenant(this.dataSource, tenantId, viewOf);
  }
}

async function viewOf(transaction: TenantTransaction): Promise<SuggestionPolicyView> {
  const policy = await standingPolicy(transaction);
  return {
    threshold: policy?.threshold ?? null,
    author: policy?.author ?? null,
    reason: policy?.reason ?? null,
    decidedAt: policy?.decided_at.toISOString() ?? null,
  };
}
