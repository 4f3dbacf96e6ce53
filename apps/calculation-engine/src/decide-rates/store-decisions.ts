import { canonicalJson, type Decision, type Rate } from '#ghg';
import { sha256Hex } from '#platform';
import {
  ANALYZE_STAGED_DECISIONS,
  COPY_STAGED_DECISIONS,
  COPY_STAGED_RATES,
  copyIn,
  copyLine,
  CREATE_STAGED_DECISIONS,
  INSERT_STAGED_DECISIONS,
  INSERT_STAGED_RATES,
  type TenantTransaction,
} from '#postgres';
import { effectDigest } from '../shared/effect-digest';
import type { RunRow } from '../shared/rows';

/** A decision that differs from the one that stands for its key. */
export interface FreshDecision {
  readonly matchKeyId: string;
  /** sha-256 of the canonical decision. */
  readonly digest: string;
  readonly decision: Decision;
}

/**
 * Takes fresh decisions of a run into the database, part by part as they are made, so that a book of any number of keys needs the memory of one part;
 * `finish` puts all of them in their places.
 */
export class DecisionStore {
  private stored = 0;

  constructor(
    private readonly transaction: TenantTransaction,
    private readonly run: Pick<RunRow, 'id' | 'bookId'>,
  ) {}

  async add(part: readonly FreshDecision[]): Promise<void> {
    if (part.length === 0) return;
    const { client } = this.transaction;
    if (this.stored === 0) await client.query(CREATE_STAGED_DECISIONS);
    this.stored += part.length;
    await copyIn(client, COPY_STAGED_DECISIONS, [part.map(decisionLine).join('')]);
    await copyIn(client, COPY_STAGED_RATES, [part.flatMap(rateLines).join('')]);
  }

  /** What was stored: how many decisions. */
  async finish(): Promise<number> {
    if (this.stored === 0) return 0;
    const { client, tenantId } = this.transaction;
    const ofRun = [tenantId, this.run.bookId, this.run.id];
    await client.query(ANALYZE_STAGED_DECISIONS);
    await client.query(INSERT_STAGED_DECISIONS, ofRun);
    await client.query(INSERT_STAGED_RATES, ofRun);
    return this.stored;
  }
}

function decisionLine({ matchKeyId, digest, decision }: FreshDecision): string {
  const { outcome, rates, legs, refusal, classification } = decision;
  return copyLine([matchKeyId, outcome, digest, effectDigest(rates), JSON.stringify({ legs, refusal, classification })]);
}

function rateLines({ matchKeyId, decision }: FreshDecision): string[] {
  return decision.rates.map((rate: Rate, place) => {
    const { leg, basis, sourceClass, kgco2e, biogenicKgco2 } = rate;
    const digest = sha256Hex(canonicalJson(rate));
    return copyLine([
      matchKeyId,
      place,
      leg,
      basis,
      sourceClass,
      kgco2e,
      biogenicKgco2,
      digest,
      effectDigest([rate]),
      JSON.stringify(rate),
    ]);
  });
}
