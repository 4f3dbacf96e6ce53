import { z } from 'zod';

/** Who is said to have decided; the name of the API key is kept beside it, whoever that is. */
export const statedAuthor = z.string().trim().min(1).max(200).describe('who decided; the name of the API key is kept beside it');
export const decisionReason = z.string().trim().min(1).max(1000).describe('why; shown wherever the decision shows');

/** The author of a decision: who is stated, and in any case the key that wrote it. */
export function authorOf(keyName: string, stated: string | undefined): string {
  return stated === undefined ? `API key "${keyName}"` : `${stated} (API key "${keyName}")`;
}
