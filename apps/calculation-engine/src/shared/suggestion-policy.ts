import { GET_SUGGESTION_POLICY, type TenantTransaction } from '#postgres';

export interface SuggestionPolicy {
  readonly version: number;
  /** From this score on a run takes the first suggestion; null: never. */
  readonly threshold: string | null;
  readonly author: string;
  readonly reason: string;
  readonly decided_at: Date;
}

/** The tenant's policy as it stands; undefined: nobody has set one. */
export async function standingPolicy({ client, tenantId }: TenantTransaction): Promise<SuggestionPolicy | undefined> {
  return (await client.query<SuggestionPolicy>(GET_SUGGESTION_POLICY, [tenantId])).rows[0];
}
