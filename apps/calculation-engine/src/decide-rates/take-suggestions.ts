import { randomUUID } from 'node:crypto';
import {
  canonicalJson,
  checkTarget,
  classify,
  isRefusal,
  matchKeyText,
  parseQuotient,
  UNCLASSIFIED,
  type Classification,
  type Classifications,
  type MatchKey,
} from '#ghg';
import { ADD_CLASSIFICATIONS, REJECTED_SUGGESTIONS, STANDING_CLASSIFICATIONS, type TenantTransaction } from '#postgres';
import type { Suggester } from '#suggest';
import type { RunPins } from '../shared/rows';
import { standingPolicy, type SuggestionPolicy } from '../shared/suggestion-policy';
import { scoreText, type Suggestions } from '../shared/suggestions';

/** A text in one dimension, so that a figure in kilograms is not taken for one in money; and the key that stands for its rows. */
interface OpenText {
  readonly description: string;
  readonly unitDimension: string;
  readonly key: MatchKey;
}

interface Taken {
  readonly id: string;
  readonly body: Pick<Classification, 'description' | 'unitDimension' | 'to'>;
  readonly score: string;
  readonly reason: string;
}

const LINES_AT_ONCE = 1_000;
const REASON_MAX = 1_000;

/**
 * Under the tenant's policy: classifies the open texts of a run whose first suggestion reaches the threshold, in the name of the policy's author, and
 * returns those classifications. None where no policy stands. A text of which a person has taken back a suggestion is left to people.
 */
export async function takeSuggestions(
  transaction: TenantTransaction,
  pins: RunPins,
  keys: readonly MatchKey[],
  standing: Classifications,
  suggestions: Suggestions,
): Promise<readonly Classification[]> {
  const { client, tenantId } = transaction;
  const policy = await standingPolicy(transaction);
  if (!policy || policy.threshold === null) return [];
  const rejected = await client.query<{ description: string; unit_dimension: string | null }>(REJECTED_SUGGESTIONS, [tenantId]);
  const leftToPeople = new Set(rejected.rows.map(({ description, unit_dimension }) => nameOf(description, unit_dimension)));
  const open = openTexts(keys, standing).filter(({ description, unitDimension }) => !leftToPeople.has(nameOf(description, unitDimension)));
  if (open.length === 0) return [];
  const taken = await suggestedAbove(policy, await suggestions.over(transaction, pins.factorSets), open);
  if (taken.length === 0) return [];
  await client.query(ADD_CLASSIFICATIONS, [tenantId, policy.author, 'suggestion', taken.map((one) => JSON.stringify(one))]);
  const ids = new Set(taken.map(({ id }) => id));
  const { rows } = await client.query<{ classification: Classification }>(STANDING_CLASSIFICATIONS, [tenantId]);
  return rows.map(({ classification }) => classification).filter(({ id }) => ids.has(id));
}

async function suggestedAbove(policy: SuggestionPolicy, suggester: Suggester, open: readonly OpenText[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (let first = 0; first < open.length; first += LINES_AT_ONCE) {
    const part = open.slice(first, first + LINES_AT_ONCE);
    const lines = part.map(({ key, description }) => ({ text: description, unit: key.unit, country: key.country }));
    const suggested = await suggester.suggest(lines, 1);
    for (const [i, { description, unitDimension, key }] of part.entries()) {
      const best = suggested[i]?.[0];
      if (!best || best.score < Number(policy.threshold)) continue;
      const to = { activityType: best.activityType, attributes: best.attributes };
      // The second best is nobody's first choice: where the first does not fit, a person decides.
      if (isRefusal(checkTarget(to, unitDimension, key.attributes))) continue;
      const score = scoreText(best.score);
      const reason = `suggested by ${suggester.name} with a score of ${score}; policy: ${policy.reason}`.slice(0, REASON_MAX);
      taken.push({ id: randomUUID(), body: { description, unitDimension, to }, score, reason });
    }
  }
  return taken;
}

/** In the order of their texts, each with the first of its keys by what the key says: the same rows are asked the same questions. */
function openTexts(keys: readonly MatchKey[], standing: Classifications): OpenText[] {
  const open = new Map<string, OpenText & { readonly keyText: string }>();
  for (const key of keys) {
    const classified = key.activityType === UNCLASSIFIED ? classify(key, standing) : null;
    const unit = parseQuotient(key.unit);
    const { description } = key.attributes;
    if (!isRefusal(classified) || classified.refusal !== 'classification_missing' || isRefusal(unit) || description === undefined) continue;
    const text = { description, unitDimension: unit.dimension, key, keyText: matchKeyText(key) };
    const name = nameOf(description, unit.dimension);
    const known = open.get(name);
    if (!known || text.keyText < known.keyText) open.set(name, text);
  }
  return [...open].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
}

function nameOf(description: string, unitDimension: string | null): string {
  return canonicalJson([description, unitDimension]);
}
