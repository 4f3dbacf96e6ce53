import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { bigId, factorChoiceView, pageOf, Refused } from '#contracts';
import { FIND_SAME_CHOICE, INSERT_CHOICE, INSERT_WITHDRAWAL, inTenant, LIST_CHOICES, type TenantTransaction } from '#postgres';
import { checkChoice, type ChoiceBody } from '../shared/check-choice';

type ChoiceView = z.infer<typeof factorChoiceView>;
type Signature = Pick<ChoiceView, 'author' | 'reason'>;

interface ChoiceRow extends Signature {
  readonly id: string;
  readonly ordinal: string;
  readonly action: ChoiceView['action'];
  readonly body: Omit<ChoiceBody, 'action'>;
  readonly decided_at: string;
  readonly withdrawn: ChoiceView['withdrawn'];
}

/** Decisions of people about the factor of some keys. They are only ever added to; the next run reads what stands when it starts. */
@Injectable()
export class FactorChoicesService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The same decision, said again while it counts, is the same; one that a later decision about the same keys, leg and basis has overtaken is made anew.
   * Refuses, in this order: `factor_unknown`, `factor_choice_invalid`.
   */
  choose(
    tenantId: string,
    { action, ...body }: ChoiceBody,
    { author, reason }: Signature,
  ): Promise<{ choice: ChoiceView; repeated: boolean }> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { client } = transaction;
      await checkChoice(transaction, { action, ...body }, 'body');
      // Said twice at once, it is still said once.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`factor choices ${tenantId}`]);
      const text = JSON.stringify(body);
      const { rows } = await client.query<{ id: string }>(FIND_SAME_CHOICE, [tenantId, action, text, author, reason]);
      if (rows[0]) return { choice: await one(transaction, rows[0].id), repeated: true };
      const id = randomUUID();
      await client.query(INSERT_CHOICE, [tenantId, id, action, text, author, reason]);
      return { choice: await one(transaction, id), repeated: false };
    });
  }

  /** Refuses, in this order: `factor_choice_unknown`, `factor_choice_withdrawn`. */
  withdraw(tenantId: string, choiceId: string, { author, reason }: Signature): Promise<ChoiceView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      await one(transaction, choiceId);
      const { rowCount } = await transaction.client.query(INSERT_WITHDRAWAL, [tenantId, randomUUID(), choiceId, author, reason]);
      if (rowCount === 0) throw new Refused('factor_choice_withdrawn');
      return one(transaction, choiceId);
    });
  }

  /** All of them, in the order of their writing. Refuses: `request_invalid` (not the `next` of a page). */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<{ items: ChoiceView[]; next: string | null }> {
    if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const { rows } = await client.query<ChoiceRow>(LIST_CHOICES, [tenantId, null, after ?? '0', limit]);
      return pageOf(rows, limit, viewOf, ({ ordinal }) => ordinal);
    });
  }
}

async function one({ client, tenantId }: TenantTransaction, id: string): Promise<ChoiceView> {
  const { rows } = await client.query<ChoiceRow>(LIST_CHOICES, [tenantId, id, '0', 1]);
  if (!rows[0]) throw new Refused('factor_choice_unknown');
  return viewOf(rows[0]);
}

function viewOf({ id, action, body, author, reason, decided_at, withdrawn }: ChoiceRow): ChoiceView {
  return { id, action, ...body, author, reason, decidedAt: decided_at, withdrawn };
}
