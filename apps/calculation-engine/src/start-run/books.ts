import type { EntityManager } from 'typeorm';
import { Refused } from '#contracts';
import { METHOD_PACK_DEFAULT } from '#ghg';
import { sha256Uuid } from '#platform';
import { pinnedPack } from '../shared/pinned-pack';
import { BookRow } from '../shared/rows';

/** What a book pins when it is opened: other rules, another GWP set or another choice of factors are another book. */
export type BookChoices = Pick<BookRow, 'gwpSet' | 'methodPack' | 'catalogue' | 'editions'> & {
  /** Left out: as it is; of a new book by themselves. */
  readonly adoption?: BookRow['adoption'] | undefined;
};

/** The book that a run posts to if none was made by hand. */
const DEFAULT_BOOK = 'main';
const DEFAULT_CHOICES: BookChoices = { gwpSet: 'AR5', methodPack: METHOD_PACK_DEFAULT, catalogue: true, editions: 'blended' };

async function findBook(manager: EntityManager, tenantId: string, name: string): Promise<BookRow> {
  const book = await manager.findOneBy(BookRow, { tenantId, name });
  if (!book) throw new Refused('book_unknown');
  return book;
}

/** The book that a run is of; the default one is opened by its first run. Refuses: `book_unknown`. */
export async function bookOfRun(manager: EntityManager, tenantId: string, name: string): Promise<BookRow> {
  const opensItself = name === DEFAULT_BOOK && !(await manager.existsBy(BookRow, { tenantId, name }));
  return opensItself ? ensureBook(manager, tenantId, name, DEFAULT_CHOICES) : findBook(manager, tenantId, name);
}

/** Makes the book unless it exists as it is wished for. Refuses: `method_pack_unknown`, `gwp_set_not_in_pack`, `book_exists`. */
export async function ensureBook(manager: EntityManager, tenantId: string, name: string, choices: BookChoices): Promise<BookRow> {
  const { gwpSet, methodPack, catalogue, editions, adoption } = choices;
  const pack = pinnedPack(choices);
  if (!pack.gwpSets.includes(gwpSet)) throw new Refused('gwp_set_not_in_pack', `${pack.id} has no GWP set "${gwpSet}"`);
  await manager
    .createQueryBuilder()
    .insert()
    .into(BookRow)
    .values({
      tenantId,
      id: sha256Uuid(`book|${tenantId}|${name}`),
      name,
      methodPack,
      gwpSet,
      catalogue,
      editions,
      adoption: adoption ?? 'automatic',
    })
    .orIgnore()
    .execute();
  const book = await findBook(manager, tenantId, name);
  if (book.gwpSet !== gwpSet || book.methodPack !== methodPack || book.catalogue !== catalogue || book.editions !== editions)
    throw new Refused('book_exists');
  if (adoption !== undefined && book.adoption !== adoption)
    throw new Refused('book_exists', 'How factor sets enter a book is changed with a reason, under /v1/books/{book}/adoption.');
  return book;
}
