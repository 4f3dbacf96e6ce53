import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bigId, openKeyView, pageOf, Refused } from '#contracts';
import { REFUSALS, type Decision, type RefusalCode } from '#ghg';
import { inTenant, LIST_OPEN_KEYS } from '#postgres';
import type { z } from 'zod';
import { BookRow } from '../shared/rows';

type OpenKeyView = z.infer<typeof openKeyView>;

interface OpenKeyRow {
  id: string;
  outcome: 'partly' | 'refused';
  body: Pick<Decision, 'legs' | 'refusal' | 'classification'>;
  activities: string;
  activity_type: string;
  unit: string;
  year: number;
  reporting_year: number;
  country: string;
  region: string | null;
  supplier: string | null;
  attributes: Record<string, string>;
  /** Why no pool has counted what only a pool can count; null where that is not the matter. */
  pools: { code: RefusalCode; pool: string | null }[] | null;
}

@Injectable()
export class OpenKeysService {
  constructor(private readonly dataSource: DataSource) {}

  /** What got no number, or not all of it, and what is missing. Refuses: `book_unknown`. */
  list(
    tenantId: string,
    bookName: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ items: OpenKeyView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      const book = await manager.findOneBy(BookRow, { tenantId, name: bookName });
      if (!book) throw new Refused('book_unknown');
      if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
      const { rows } = await client.query<OpenKeyRow>(LIST_OPEN_KEYS, [tenantId, book.id, after ?? '0', limit]);
      return pageOf(rows, limit, openKeyOf, ({ id }) => id);
    });
  }
}

function openKeyOf(row: OpenKeyRow): OpenKeyView {
  const { refusal: ofKey, classification } = row.body;
  const ofLegs = row.body.legs.flatMap(({ leg, basis, refusal }) => (refusal ? [{ leg, basis, ...refusal }] : []));
  const ofPools = (row.pools ?? []).map(({ code, pool }) => ({
    leg: 'pooled',
    basis: 'all' as const,
    code,
    detail: pool === null ? REFUSALS[code] : `${REFUSALS[code]} Pool: ${pool}.`,
  }));
  return {
    matchKeyId: row.id,
    outcome: row.outcome,
    activities: Number(row.activities),
    activityType: row.activity_type,
    unit: row.unit,
    year: row.year,
    reportingYear: row.reporting_year,
    country: row.country,
    region: row.region,
    supplier: row.supplier,
    attributes: row.attributes,
    classifiedAs: classification
      ? { id: classification.id, activityType: classification.activityType, attributes: { ...classification.attributes } }
      : null,
    refusals: [...(ofKey ? [{ leg: null, basis: 'all' as const, ...ofKey }] : []), ...ofLegs, ...ofPools],
  };
}
