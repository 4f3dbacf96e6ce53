import { checkTarget, isRefusal, parseQuotient, type Factor } from '#ghg';
import { READ_DISTINCT_TARGETS, type TenantTransaction } from '#postgres';
import { sha256Hex } from '#platform';
import type { SuggestLine, Suggester, Suggestion } from '#suggest';

/** Makes what suggests, from one factor per target of the factor sets that are read. */
export type SuggesterOf = (factors: readonly Factor[]) => Suggester;

/** A factor set that is read, by what names it. */
export interface ReadSet {
  readonly tenantId: string;
  readonly id: string;
  readonly digest: string;
}

/** An index holds some tens of megabytes: few tenants read other sets than the starter catalogue's. */
const KEPT_MAX = 4;

/**
 * Suggestions for free text, from the vocabulary and the factor sets that are read. The index over some sets is made once and kept under their digest:
 * sets never change.
 */
export class Suggestions {
  private readonly kept = new Map<string, Promise<Suggester>>();

  constructor(private readonly suggesterOf: SuggesterOf) {}

  /** What suggests over these sets. */
  over(transaction: TenantTransaction, sets: readonly ReadSet[]): Promise<Suggester> {
    const digest = sha256Hex(
      sets
        .map((set) => set.digest)
        .sort()
        .join('\n'),
    );
    const known = this.kept.get(digest) ?? this.make(transaction, sets);
    // Put last again: the first is the one that was not asked for longest.
    this.kept.delete(digest);
    this.kept.set(digest, known);
    known.catch(() => this.kept.delete(digest));
    for (const oldest of [...this.kept.keys()].slice(0, -KEPT_MAX)) this.kept.delete(oldest);
    return known;
  }

  private async make({ client }: TenantTransaction, sets: readonly ReadSet[]): Promise<Suggester> {
    const { rows } = await client.query<{ body: Factor }>(READ_DISTINCT_TARGETS, [
      sets.map(({ tenantId }) => tenantId),
      sets.map(({ id }) => id),
    ]);
    return this.suggesterOf(rows.map(({ body }) => body));
  }
}

/** Best first: what the line could be classified as, in its unit; what its type or its unit rules out is left out. */
export async function fittingSuggestions(suggester: Suggester, lines: readonly SuggestLine[], limit: number): Promise<Suggestion[][]> {
  const suggested = await suggester.suggest(lines, limit);
  return lines.map(({ unit }, i) => (suggested[i] ?? []).filter((suggestion) => fits(suggestion, unit)).slice(0, limit));
}

function fits({ activityType, attributes }: Suggestion, unit: string | undefined): boolean {
  const parsed = unit === undefined ? null : parseQuotient(unit);
  if (parsed === null || isRefusal(parsed)) return true;
  const checked = checkTarget({ activityType, attributes }, parsed.dimension);
  // What is missing a person can add; what counts otherwise nobody can mend.
  return !isRefusal(checked) || checked.refusal === 'attribute_missing';
}

/** The score as it is stored and shown: decimal text, at most six decimals. It is a measure of confidence, no amount. */
export function scoreText(score: number): string {
  return Math.min(1, Math.max(0, score))
    .toFixed(6)
    .replace(/\.?0+$/, '');
}
