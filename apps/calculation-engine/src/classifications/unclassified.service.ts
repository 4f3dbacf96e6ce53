import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pageOf, Refused, type UnclassifiedView } from '#contracts';
import { inTenant, LIST_UNCLASSIFIED } from '#postgres';
import { BookRow } from '../shared/rows';

interface UnclassifiedRow {
  readonly description: string;
  readonly first_key: string;
  readonly activities: string;
  readonly refusals: string[];
  readonly countries: string[];
  readonly suppliers: string[];
  readonly accounts: string[];
  readonly quantities: UnclassifiedView['quantities'];
}

/** Where a page ends: after so many activities and this key. */
const CURSOR = /^(\d{1,18})-(\d{1,18})$/;

/** The texts of a book that are still to be classified. */
@Injectable()
export class UnclassifiedService {
  constructor(private readonly dataSource: DataSource) {}

  /** Those with the most activities first, as of what the book's runs have decided. Refuses: `request_invalid` (not the `next` of a page), `book_unknown`. */
  async list(
    tenantId: string,
    bookName: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ items: UnclassifiedView[]; next: string | null }> {
    const cursor = after === undefined ? [] : CURSOR.exec(after)?.slice(1);
    if (!cursor) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      const book = await manager.findOneBy(BookRow, { tenantId, name: bookName });
      if (!book) throw new Refused('book_unknown');
      const { rows } = await client.query<UnclassifiedRow>(LIST_UNCLASSIFIED, [
        tenantId,
        book.id,
        cursor[0] ?? null,
        cursor[1] ?? null,
        limit,
      ]);
      return pageOf(rows, limit, viewOf, ({ activities, first_key }) => `${activities}-${first_key}`);
    });
  }
}

function viewOf({ first_key: _key, activities, ...row }: UnclassifiedRow): UnclassifiedView {
  return { ...row, activities: Number(activities) };
}
