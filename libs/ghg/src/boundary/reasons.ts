/** Why a part of a source stands where it stands. The closed list; the sentences are what a report shows. */
export const REASONS = {
  consolidated: 'The entity is consolidated: its sources stand on their own lines.',
  investee: 'The entity is not consolidated: category 15 takes its scopes 1 and 2 by the share held.',
  franchise: 'The franchise is not consolidated: category 14 takes its scopes 1 and 2.',
  leased_in: 'The asset is leased in and does not count as the lessee’s own: category 8 takes its scopes 1 and 2.',
  leased_in_without_control:
    'The lessee has been shown to lack operational control of the leased asset: category 8 takes its scopes 1 and 2.',
  leased_out: 'The asset is leased out and counts as the lessee’s own: category 13 takes its scopes 1 and 2.',
  investee_scope_3: 'Scope 3 of an entity that is not consolidated: category 15 takes its scopes 1 and 2.',
  franchisee_scope_3: 'Scope 3 of a franchisee: category 14 takes its scopes 1 and 2.',
  lessee_scope_3: 'Scope 3 of the lessee of an asset that is leased out: category 13 takes its scopes 1 and 2.',
  excluded_by_decision: 'The organisation leaves this source out, for the reason that it has recorded.',
} as const;
export type ReasonCode = keyof typeof REASONS;
