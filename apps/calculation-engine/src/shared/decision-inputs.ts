import { canonicalJson, type Classification, type FactorChoice } from '#ghg';
import {
  KEEP_DECISION_INPUTS,
  PINNED_DECISION_INPUTS,
  STANDING_CHOICES,
  STANDING_CLASSIFICATIONS,
  type TenantTransaction,
} from '#postgres';
import { sha256Hex } from '#platform';

/** What people decided that a run reads, each list in one order, so that equal decisions are one text. */
export interface DecisionInputs {
  readonly choices: readonly FactorChoice[];
  readonly classifications: readonly Classification[];
}

/** The decisions that stand now are kept under their digest: what is decided or taken back later waits for the next run. */
export async function keepDecisionInputs(transaction: TenantTransaction): Promise<string> {
  const { client, tenantId } = transaction;
  const choices = await client.query<{ choice: FactorChoice }>(STANDING_CHOICES, [tenantId]);
  const classifications = await client.query<{ classification: Classification }>(STANDING_CLASSIFICATIONS, [tenantId]);
  return keepInputs(transaction, {
    choices: choices.rows.map(({ choice }) => choice),
    classifications: classifications.rows.map(({ classification }) => classification),
  });
}

/** Keeps decisions under their digest. */
export async function keepInputs({ client, tenantId }: TenantTransaction, inputs: DecisionInputs): Promise<string> {
  const digest = sha256Hex(canonicalJson(inputs));
  await client.query(KEEP_DECISION_INPUTS, [tenantId, digest, JSON.stringify(inputs)]);
  return digest;
}

/** The decisions that a run pinned. */
export async function pinnedDecisionInputs({ client, tenantId }: TenantTransaction, digest: string): Promise<DecisionInputs> {
  const { rows } = await client.query<{ body: DecisionInputs }>(PINNED_DECISION_INPUTS, [tenantId, digest]);
  if (!rows[0]) throw new Error(`the decisions of people under ${digest} are not there`);
  return rows[0].body;
}
