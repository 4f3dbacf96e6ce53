import type { ActivityType } from '../vocabulary';
import { averageDataOf, operationsOf, type Operator } from './operations';

const OPERATORS: readonly Operator[] = [
  { prefix: 'leased-in', whose: 'an asset that the reporter leases and does not control', sourceClass: 'leased-assets-upstream' },
  { prefix: 'leased-out', whose: 'a lessee in an asset that the reporter owns', sourceClass: 'leased-assets-downstream' },
  { prefix: 'franchise', whose: 'a franchisee', sourceClass: 'franchises' },
];

/**
 * Categories 8, 13 and 14 (Scope 3 Standard, chapter 5 and appendix A; Scope 3 Technical Guidance, chapters 8, 13 and 14): the scopes 1 and 2 of who
 * operates the asset. Rows that are booked at a leased entity under their ordinary types are moved by the boundary; these types are for
 * what others report about an asset of which the reporter keeps no rows of its own.
 */
export const LEASED_AND_FRANCHISED: readonly ActivityType[] = OPERATORS.flatMap((operator) => [
  ...operationsOf(operator),
  ...averageDataOf(operator),
]);
