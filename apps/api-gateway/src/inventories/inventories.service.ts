import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { listBooks, listYears, readInventory, Refused, type InventoryView } from '#contracts';
import { Asker } from '#messaging';

type Reading = Omit<z.input<typeof readInventory.request>, 'tenantId' | 'year' | 'gwp'>;
type Gwp = z.input<typeof readInventory.request>['gwp'];

/** Fills in what a reading leaves open, from the book itself, and has reporting read it. */
@Injectable()
export class Inventories {
  constructor(private readonly workers: Asker) {}

  /** Refuses `book_unknown`, and `nothing_calculated` when the book has no year to be the latest. */
  async read(
    tenantId: string,
    { year, gwp, ...reading }: Reading & { year?: number | undefined; gwp?: Gwp | undefined },
  ): Promise<InventoryView> {
    const { book } = reading;
    return this.workers.ask(readInventory, {
      tenantId,
      ...reading,
      gwp: gwp ?? (await this.gwpSetOf(tenantId, book)),
      year: year ?? (await this.latestYear(tenantId, book)),
    });
  }

  private async gwpSetOf(tenantId: string, book: string): Promise<Gwp> {
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
