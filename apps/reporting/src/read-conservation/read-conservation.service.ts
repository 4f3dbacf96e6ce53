import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse, sumBook } from '#clickhouse';
import type { conservationView } from '#contracts';
import { Decimal, plain } from '#ghg';
import { inTenant, IS_PROJECTED_BOOK_WITHHELD, SUM_IMPORTS, SUM_LEDGER } from '#postgres';
import { projectedBook, type ProjectedBook } from '../shared/projected-book';
import { readable } from '../shared/readable';

type ConservationView = z.infer<typeof conservationView>;
type Imports = ConservationView['imports'];

interface ControlSum {
  readonly entries: string;
  readonly kgco2e: string;
}

/** Whether everything that went in is accounted for, counted and summed anew on both sides. */
@Injectable()
export class ReadConservationService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
  ) {}

  /** As of the latest projected run. Refuses: `book_unknown`, `nothing_calculated`. */
  read(tenantId: string, bookName: string): Promise<ConservationView> {
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const book = await projectedBook(client, tenantId, bookName);
      const { bookId, runOrdinal } = book.asOf;
      const imports = await sumImports(client, book);
      const [ledger] = (await client.query<ControlSum>(SUM_LEDGER, [tenantId, bookId, runOrdinal])).rows;
      const [projection] = await readable(sumBook(this.clickhouse, book.asOf));
      const figures = {
        imports,
        ...book.counts,
        ledgerKgco2e: exact(ledger),
        projectionKgco2e: exact(projection),
        ledgerEntries: Number(ledger?.entries ?? 0),
        projectionEntries: Number(projection?.entries ?? 0),
      };
      const shown = (await isWithheld(client, book)) ? { ...figures, ledgerKgco2e: null, projectionKgco2e: null } : figures;
      return { book: bookName, run: runOrdinal, ...shown, holds: holds(figures) };
    });
  }
}

async function sumImports(client: PoolClient, { asOf }: ProjectedBook): Promise<Imports> {
  const { rows } = await client.query<Record<keyof Imports, string>>(SUM_IMPORTS, [asOf.tenantId, asOf.bookId, asOf.runOrdinal]);
  const sums = rows[0]!;
  return {
    imports: Number(sums.imports),
    lines: Number(sums.lines),
    records: Number(sums.records),
    accepted: Number(sums.accepted),
    refused: Number(sums.refused),
    duplicate: Number(sums.duplicate),
  };
}

/** The sum of a run is a difference of two of these: with one row in it, it would be the row's own amount. */
async function isWithheld(client: PoolClient, { asOf }: ProjectedBook): Promise<boolean> {
  const { rows } = await client.query<{ withheld: boolean }>(IS_PROJECTED_BOOK_WITHHELD, [asOf.tenantId, asOf.bookId]);
  return rows[0]?.withheld ?? false;
}

/** One spelling on both sides, so that equal sums are equal texts. */
function exact(sum: ControlSum | undefined): string {
  return plain(new Decimal(sum?.kgco2e ?? 0));
}

/** Design README, section 4, Conservation. Exact: a difference in the last digit is a difference. */
export function holds(figures: Omit<ConservationView, 'book' | 'run' | 'holds'>): boolean {
  const { imports, activities, calculated, partly, refused, excluded } = figures;
  return (
    imports.records === imports.accepted + imports.refused + imports.duplicate &&
    activities === calculated + partly + refused + excluded &&
    figures.ledgerEntries === figures.projectionEntries &&
    figures.ledgerKgco2e === figures.projectionKgco2e
  );
}
