import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bigId, pageOf, Refused, type ClassificationView, type ClassificationWish, type ProblemPlace } from '#contracts';
import {
  canonicalJson,
  checkClassification,
  COUNTRIES,
  normaliseText,
  type Classification,
  type ClassificationSelector,
  type ClassificationTarget,
} from '#ghg';
import { ADD_CLASSIFICATIONS, inTenant, LIST_CLASSIFICATIONS, WITHDRAW_CLASSIFICATION, type TenantTransaction } from '#postgres';

/** What is stored of a classification: what it is for, and as what. */
type Body = ClassificationSelector & { readonly to: ClassificationTarget };

interface ClassificationRow {
  readonly ordinal: string;
  readonly id: string;
  readonly body: Body;
  readonly source: Classification['source'];
  readonly score: string | null;
  readonly author: string;
  readonly reason: string;
  readonly decided_at: Date;
  readonly withdrawn_by: string | null;
  readonly withdrawn_because: string | null;
  readonly withdrawn_at: Date | null;
}

const PLACES_MAX = 100;

/** What people say that free text is. The next run reads it; what was posted before stays as it is until then. */
@Injectable()
export class ClassificationsService {
  constructor(private readonly dataSource: DataSource) {}

  /** All or none. Refuses: `classification_invalid`, with every place. */
  add(tenantId: string, author: string, wishes: readonly ClassificationWish[]): Promise<{ ids: string[] }> {
    const bodies = wishes.map(bodyOf);
    const places = placesOf(bodies);
    const [first] = places;
    if (first) throw new Refused('classification_invalid', `${first.at}: ${first.detail}`, places.slice(0, PLACES_MAX));
    const rows = bodies.map((body, i) => ({ id: randomUUID(), body, reason: wishes[i]?.reason }));
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      await client.query(ADD_CLASSIFICATIONS, [tenantId, author, 'person', rows.map((row) => JSON.stringify(row))]);
      return { ids: rows.map(({ id }) => id) };
    });
  }

  /** In the order of their writing, withdrawn ones too; `text` in any spelling. Refuses: `request_invalid` (not the `next` of a page). */
  async list(
    tenantId: string,
    text: string | undefined,
    after: string | undefined,
    limit: number,
  ): Promise<{ items: ClassificationView[]; next: string | null }> {
    if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const wanted = text === undefined ? null : normaliseText(text);
      const { rows } = await client.query<ClassificationRow>(LIST_CLASSIFICATIONS, [tenantId, null, wanted, after ?? '0', limit]);
      return pageOf(rows, limit, viewOf, ({ ordinal }) => ordinal);
    });
  }

  /** What was classified by it is decided by what else stands, or is open again. Refuses: `classification_unknown`, `classification_withdrawn`. */
  withdraw(tenantId: string, id: string, author: string, reason: string): Promise<ClassificationView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const withdrawn = await transaction.client.query(WITHDRAW_CLASSIFICATION, [tenantId, randomUUID(), id, author, reason]);
      const row = await one(transaction, id);
      if (!row) throw new Refused('classification_unknown');
      if (withdrawn.rowCount === 0) throw new Refused('classification_withdrawn');
      return viewOf(row);
    });
  }
}

async function one({ client, tenantId }: TenantTransaction, id: string): Promise<ClassificationRow | undefined> {
  return (await client.query<ClassificationRow>(LIST_CLASSIFICATIONS, [tenantId, id, null, '0', 1])).rows[0];
}

function bodyOf({ description, account, supplier, country, unitDimension, to }: ClassificationWish): Body {
  return {
    description: normaliseText(description),
    ...(account === undefined ? {} : { account: normaliseText(account) }),
    ...(supplier === undefined ? {} : { supplier: normaliseText(supplier) }),
    ...(country === undefined ? {} : { country }),
    ...(unitDimension === undefined ? {} : { unitDimension }),
    to: {
      activityType: to.activityType,
      attributes: Object.fromEntries(Object.entries(to.attributes).filter(([, value]) => value !== '')),
    },
  };
}

function placesOf(bodies: readonly Body[]): ProblemPlace[] {
  const places: ProblemPlace[] = [];
  const seen = new Set<string>();
  for (const [i, { to, ...selector }] of bodies.entries()) {
    const add = (at: string, code: string, detail: string): number => places.push({ at: `classifications.${i}.${at}`, code, detail });
    if (selector.description === '') add('description', 'value_missing', 'nothing is left of the text but white space');
    if (selector.country !== undefined && !COUNTRIES.has(selector.country))
      add('country', 'attribute_unknown', `"${selector.country}" is no country code of ISO 3166-1 alpha-2`);
    const wrong = checkClassification(to, selector.unitDimension);
    if (wrong)
      add(
        wrong.at === undefined || wrong.at === 'activityType' ? 'to.activityType' : `to.attributes.${wrong.at}`,
        wrong.refusal,
        wrong.detail,
      );
    const name = canonicalJson(selector);
    if (seen.has(name)) add('description', 'classification_twice', `"${selector.description}" is classified twice for the same rows`);
    seen.add(name);
  }
  return places;
}

function viewOf(row: ClassificationRow): ClassificationView {
  const { description, account, supplier, country, unitDimension, to } = row.body;
  const { withdrawn_by: by, withdrawn_because: because, withdrawn_at: at } = row;
  return {
    id: row.id,
    description,
    account: account ?? null,
    supplier: supplier ?? null,
    country: country ?? null,
    unitDimension: unitDimension ?? null,
    to: { activityType: to.activityType, attributes: { ...to.attributes } },
    author: row.author,
    reason: row.reason,
    decidedAt: row.decided_at.toISOString(),
    source: row.source,
    score: row.score,
    withdrawn: by !== null && because !== null && at !== null ? { author: by, reason: because, decidedAt: at.toISOString() } : null,
  };
}
