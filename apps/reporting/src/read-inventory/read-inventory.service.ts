import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse, listYears, sumCells } from '#clickhouse';
import { Refused, type InventoryView, type readInventory as readInventoryMessage } from '#contracts';
import { isRefusal, readInventory, type Cell, type GasRegister, type Inventory } from '#ghg';
import { inTenant, READ_SET_TITLES } from '#postgres';
import { ratedLegs } from '../shared/book-reading';
import { pinnedPack } from '../shared/pinned-pack';
import { projectedBook, type ProjectedBook } from '../shared/projected-book';
import { readable } from '../shared/readable';
import { GAS_REGISTER } from '../shared/tokens';
import { changingEntities, organisationOf, refusedReading } from '../shared/organisation';
import { shownReading } from '../shared/withheld';
import { requireEntries } from '../shared/year-with-entries';

type Question = z.infer<typeof readInventoryMessage.request>;

/** A reply is one message of at most 1 MB; a group takes some 400 bytes of it. */
const GROUPS_MAX = 2_000;

/** Reads a book as an inventory: sums from the columnar store, rates and organisation from Postgres, the meaning of both from the kernel. */
@Injectable()
export class ReadInventoryService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /**
   * Refuses: `book_unknown`, `nothing_calculated`, `method_pack_unknown`, `holding_conflict`, `lease_conflict`, `request_invalid` (a breakdown into too
   * many groups), `year_without_entries`, `approach_not_in_pack`, `gwp_set_not_in_pack`, `entity_unknown`.
   */
  read(question: Question): Promise<InventoryView> {
    const { tenantId, year, approach, gwp } = question;
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const book = await projectedBook(client, tenantId, question.book);
      const organisation = await organisationOf(client, question);
      const { calendar } = book;
      const cells = await this.cells(book, question, changingEntities(organisation, calendar, year));
      await requireEntries(this.clickhouse, book.asOf, year, cells);
      const sums = { cells, legs: await ratedLegs(client, tenantId, cells) };
      const pack = pinnedPack(book);
      return shownReading(async (scaling) => {
        const inventory = readInventory({ pack, ...scaling.of(sums), organisation, year, calendar, approach, gwp, gases: this.gases });
        if (isRefusal(inventory)) throw refusedReading(inventory);
        return viewOf(inventory, await setTitles(client, inventory), question, book);
      });
    });
  }

  /** Refuses: `book_unknown`, `nothing_calculated`. */
  years(tenantId: string, bookName: string): Promise<{ years: number[] }> {
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const { asOf } = await projectedBook(client, tenantId, bookName);
      const rows = await readable(listYears(this.clickhouse, asOf));
      return { years: rows.map(({ year }) => year) };
    });
  }

  private async cells({ asOf }: ProjectedBook, { year, by }: Question, changing: string[]): Promise<Cell[]> {
    const cells = await readable(sumCells(this.clickhouse, { ...asOf, year, changing, ...grouping(by) }));
    const groups = new Set(cells.map(({ group }) => group)).size;
    if (groups > GROUPS_MAX) throw new Refused('request_invalid', `by: ${by} has ${groups} values; a reading shows at most ${GROUPS_MAX}.`);
    return cells;
  }
}

function grouping(by: Question['by']): { group: 'none' | 'tag' | 'entity' | 'country' | 'activity-type' | 'leg'; tag: string } {
  if (by === undefined) return { group: 'none', tag: '' };
  if (by === 'entity' || by === 'country' || by === 'activity-type' || by === 'leg') return { group: by, tag: '' };
  return { group: 'tag', tag: by.slice('tag:'.length) };
}

async function setTitles(client: PoolClient, { factorSets }: Inventory): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; title: string }>(READ_SET_TITLES, [factorSets.map(({ setId }) => setId)]);
  return new Map(rows.map(({ id, title }) => [id, title]));
}

function viewOf(inventory: Inventory, titles: ReadonlyMap<string, string>, question: Question, book: ProjectedBook): InventoryView {
  const {
    lines,
    fallbacks,
    factorSets,
    groups,
    scope3ByCategory,
    categories,
    gases,
    energy,
    apportioned,
    heldByNobody,
    leftOut,
    intraGroup,
    reconciliations,
    ...figures
  } = inventory;
  const { run } = book;
  const pathOf = (behind: Record<string, string>) => entriesPath(question, book, behind);
  return {
    ...figures,
    book: question.book,
    editions: book.editions,
    asOfRun: run.ordinal,
    asOf: run.sealedAt.toISOString(),
    completeness: completenessOf(question.book, book),
    structureOn: question.structureOn ?? null,
    scope3ByCategory: { ...scope3ByCategory },
    categories: [...categories],
    gases: [...gases],
    energy: [...energy],
    heldByNobody: [...heldByNobody],
    apportioned: [...apportioned],
    leftOut: [...leftOut],
    intraGroup: [...intraGroup],
    reconciliations: [...reconciliations],
    biogenicEntries: pathOf({ outside: 'biogenic' }),
    montrealEntries: pathOf({ outside: 'montreal' }),
    lines: lines.map((line) => ({ ...line, entries: pathOf({ line: line.line, basis: line.basis }) })),
    fallbacks: [...fallbacks],
    factorSets: factorSets.map((set) => ({ ...set, title: titles.get(set.setId) ?? set.title })),
    ...(groups ? { groups: [...groups] } : {}),
  };
}

function completenessOf(name: string, { counts, poolRefusals }: ProjectedBook): InventoryView['completeness'] {
  return { ...counts, poolRefusals, openKeys: `/v1/books/${encodeURIComponent(name)}/open-keys` };
}

/** Where the entries behind a figure are: the way down from the report to the ledger. */
function entriesPath(
  { book, year, approach, structureOn, gwp }: Question,
  { gwpSet }: ProjectedBook,
  behind: Record<string, string>,
): string {
  const structure: Record<string, string> = structureOn === undefined ? {} : { structureOn };
  const under: Record<string, string> = gwp === gwpSet ? {} : { gwp };
  return `/v1/entries?${new URLSearchParams({ book, year: String(year), approach, ...structure, ...under, ...behind }).toString()}`;
}
