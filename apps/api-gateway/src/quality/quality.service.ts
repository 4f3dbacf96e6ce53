import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { readQuality, type QualityView } from '#contracts';
import { Asker } from '#messaging';
import { BookDefaults } from '../shared/book-defaults';

type Question = z.input<typeof readQuality.request>;
type Reading = Omit<Question, 'tenantId' | 'year' | 'gwp'> & { year?: number | undefined; gwp?: Question['gwp'] | undefined };

/** Has reporting read the quality of an inventory. */
@Injectable()
export class QualityOfInventories {
  constructor(
    private readonly workers: Asker,
    private readonly defaults: BookDefaults,
  ) {}

  /** Refuses `book_unknown`, `nothing_calculated`, and what reporting refuses. */
  async read(tenantId: string, { year, gwp, ...reading }: Reading): Promise<QualityView> {
    return this.workers.ask(readQuality, {
      tenantId,
      ...reading,
      ...(await this.defaults.fill(tenantId, { book: reading.book, year, gwp })),
    });
  }
}
