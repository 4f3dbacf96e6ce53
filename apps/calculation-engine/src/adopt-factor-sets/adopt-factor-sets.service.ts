import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { z } from 'zod';
import { bigId, pageOf, Refused, type adoptionView, type bookSetsView } from '#contracts';
import { ADD_SET_ADOPTION, inTenant, LIST_SET_ADOPTIONS, type TenantTransaction } from '#postgres';
import { changeSets, isSame, setsById, setsOfBook, type NamedSet } from '../shared/book-sets';
import { BookRow, FactorSetRow, RunRow } from '../shared/rows';

type AdoptionView = z.infer<typeof adoptionView>;
type BookSetsView = z.infer<typeof bookSetsView>;
type Signature = Pick<AdoptionView, 'author' | 'reason'>;

interface AdoptionRow extends Signature {
  readonly id: string;
  readonly action: AdoptionView['action'];
  readonly decided_at: Date;
  readonly factor_set_id: string | null;
  readonly publisher: string;
  readonly edition: string;
  readonly version: string;
}

/** Before all ids that there are. */
const NEWEST = '999999999999999999';

/** How factor sets come into a book and leave it: by themselves, or by decisions that are kept with author and reason. The next run pins what stands. */
@Injectable()
export class AdoptFactorSetsService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes sets into a book and out of it, all of it or nothing. A set takes the place of other versions of its edition. Refuses, in order:
   * `book_unknown`, `adoption_automatic`, `factor_set_unknown`, `factor_set_not_in_book`, `factor_set_in_book`, `factor_set_versions_clash`.
   */
  adopt(
    tenantId: string,
    bookName: string,
    wish: { readonly adopt: readonly string[]; readonly drop: readonly string[] },
    signature: Signature,
  ): Promise<BookSetsView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const book = await lockedBook(transaction, bookName);
      if (book.adoption === 'automatic') throw new Refused('adoption_automatic');
      const [adopt, drop] = [await setsById(transaction, wish.adopt), await setsById(transaction, wish.drop)];
      const { after, adopted, dropped } = changeSets(await setsOfBook(transaction, book), adopt, drop);
      for (const set of dropped) await log(transaction, book, 'drop', set, signature);
      for (const set of adopted) await log(transaction, book, 'adopt', set, signature);
      return viewOf(book, after);
    });
  }

  /**
   * States how sets enter a book. Where they enter on request from now on, it keeps the sets of its last run (before the first one those that it would
   * have pinned), so that nothing moves by the statement itself. The same statement again changes nothing. Refuses: `book_unknown`.
   */
  state(tenantId: string, bookName: string, adoption: BookRow['adoption'], signature: Signature): Promise<BookSetsView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const book = await lockedBook(transaction, bookName);
      if (book.adoption === adoption) return viewOf(book, await setsOfBook(transaction, book));
      const kept = await keptSets(transaction, book);
      await transaction.manager.update(BookRow, { tenantId, id: book.id }, { adoption });
      await log(transaction, book, adoption, null, signature);
      const stated = { ...book, adoption };
      if (adoption === 'on-request') {
        const { dropped, adopted } = difference(await setsOfBook(transaction, stated), kept);
        for (const set of dropped) await log(transaction, book, 'drop', set, signature);
        for (const set of adopted) await log(transaction, book, 'adopt', set, signature);
      }
      return viewOf(stated, await setsOfBook(transaction, stated));
    });
  }

  /** What the next run pins. Refuses: `book_unknown`. */
  sets(tenantId: string, bookName: string): Promise<BookSetsView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const book = await bookOf(transaction, bookName);
      return viewOf(book, await setsOfBook(transaction, book));
    });
  }

  /** The newest decision first. Refuses: `book_unknown`, `request_invalid` (not the `next` of a page). */
  async list(
    tenantId: string,
    bookName: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ items: AdoptionView[]; next: string | null }> {
    if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const book = await bookOf(transaction, bookName);
      const { rows } = await transaction.client.query<AdoptionRow>(LIST_SET_ADOPTIONS, [tenantId, book.id, after ?? NEWEST, limit]);
      return pageOf(rows, limit, adoptionOf, ({ id }) => id);
    });
  }
}

/** The sets that a book stands on when it ceases to take new ones by itself. */
async function keptSets(transaction: TenantTransaction, book: BookRow): Promise<NamedSet[]> {
  const { manager, tenantId } = transaction;
  const last = await manager.findOne(RunRow, { where: { tenantId, bookId: book.id }, order: { startedAt: 'desc' } });
  if (!last) return setsOfBook(transaction, book);
  const rows = await manager.findBy(FactorSetRow, { id: In(last.pins.factorSets.map(({ id }) => id)) });
  return rows.filter((row) => last.pins.factorSets.some((set) => isSame(set, row)));
}

function difference(stands: readonly NamedSet[], wanted: readonly NamedSet[]) {
  return {
    dropped: stands.filter((set) => !wanted.some((other) => isSame(set, other))),
    adopted: wanted.filter((set) => !stands.some((other) => isSame(set, other))),
  };
}

async function log(
  { client, tenantId }: TenantTransaction,
  book: BookRow,
  action: AdoptionView['action'],
  set: NamedSet | null,
  { author, reason }: Signature,
): Promise<void> {
  await client.query(ADD_SET_ADOPTION, [tenantId, book.id, action, set?.tenantId ?? null, set?.id ?? null, author, reason]);
}

async function bookOf({ manager, tenantId }: TenantTransaction, name: string): Promise<BookRow> {
  const book = await manager.findOneBy(BookRow, { tenantId, name });
  if (!book) throw new Refused('book_unknown');
  return book;
}

/** Two decisions about one book at once come one after the other. */
async function lockedBook(transaction: TenantTransaction, name: string): Promise<BookRow> {
  const { client, tenantId } = transaction;
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`factor sets of a book|${tenantId}|${name}`]);
  return bookOf(transaction, name);
}

function viewOf({ name, adoption }: BookRow, sets: readonly NamedSet[]): BookSetsView {
  return { book: name, adoption, sets: sets.map(({ id, publisher, edition, version }) => ({ id, publisher, edition, version })) };
}

function adoptionOf({ id, action, author, reason, decided_at, factor_set_id, publisher, edition, version }: AdoptionRow): AdoptionView {
  const set = factor_set_id === null ? null : { id: factor_set_id, publisher, edition, version };
  return { id, action, set, author, reason, decidedAt: decided_at.toISOString() };
}
