import type { EntityManager } from 'typeorm';
import { Refused } from '#contracts';
import { sha256Uuid } from '#platform';
import { METHOD_PACK } from '../shared/config';
import { BookRow } from '../shared/rows';

/** The book that a run posts to if none was made by hand. */
export const DEFAULT_BOOK = { name: 'main', gwpSet: 'AR5' } as const;

export async function findBook(manager: EntityManager, tenantId: string, name: string): Promise<BookRow> {
  const book = await manager.findOneBy(BookRow, { tenantId, name });
  if (!book) throw new Refused('book_unknown');
  return book;
}

/** Makes the book unless it exists. A book's GWP set never changes: another set is another book. */
export async function ensureBook(manager: EntityManager, tenantId: string, name: string, gwpSet: BookRow['gwpSet']): Promise<BookRow> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(BookRow)
    .values({ tenantId, id: sha256Uuid(`book|${tenantId}|${name}`), name, methodPack: METHOD_PACK, gwpSet })
    .orIgnore()
    .execute();
  const book = await findBook(manager, tenantId, name);
  if (book.gwpSet !== gwpSet) throw new Refused('book_exists');
  return book;
}
