import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { listBooks, listYears, Refused, type gwpSet } from '#contracts';
import { Asker } from '#messaging';

type GwpSet = z.infer<typeof gwpSet>;

/** What a reading left open about its book. */
interface Open {
  readonly book: string;
  readonly year?: number | undefined;
  readonly gwp?: GwpSet | undefined;
}

/** Fills in what a reading leaves open, from the book itself. */
@Injectable()
export class BookDefaults {
  constructor(private readonly workers: Asker) {}

  /** Refuses `book_unknown`, and `nothing_calculated` when the book has no year to be the latest. */
  async fill(tenantId: string, { book, year, gwp }: Open): Promise<{ year: number; gwp: GwpSet }> {
    return { gwp: gwp ?? (await this.gwpSetOf(tenantId, book)), year: year ?? (await this.latestYear(tenantId, book)) };
  }

  private async gwpSetOf(tenantId: string, book: string): Promise<GwpSet> {
    for (let after: string | undefined; ;) {
      const { items, next } = await this.workers.ask(listBooks, { tenantId, limit: 1000, after });
      const found = items.find(({ name }) => name === book);
      if (found) return found.gwpSet;
      if (next === null) throw new Refused('book_unknown');
      after = next;
    }
  }

  private async latestYear(tenantId: string, book: string): Promise<number> {
    const { years } = await this.workers.ask(listYears, { tenantId, book });
    if (years.length === 0) throw new Refused('nothing_calculated');
    return Math.max(...years);
  }
}
