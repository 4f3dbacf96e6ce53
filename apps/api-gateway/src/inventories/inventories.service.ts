import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { readInventory, type InventoryView } from '#contracts';
import { Asker } from '#messaging';
import { BookDefaults } from '../shared/book-defaults';

type Question = z.input<typeof readInventory.request>;
type Reading = Omit<Question, 'tenantId' | 'year' | 'gwp'> & { year?: number | undefined; gwp?: Question['gwp'] | undefined };

/** Has reporting read a book as an inventory. */
@Injectable()
export class Inventories {
  constructor(
    private readonly workers: Asker,
    private readonly defaults: BookDefaults,
  ) {}

  /** Refuses `book_unknown`, and `nothing_calculated` when the book has no year to be the latest. */
  async read(tenantId: string, { year, gwp, ...reading }: Reading): Promise<InventoryView> {
    return this.workers.ask(readInventory, {
      tenantId,
      ...reading,
      ...(await this.defaults.fill(tenantId, { book: reading.book, year, gwp })),
    });
  }
}
