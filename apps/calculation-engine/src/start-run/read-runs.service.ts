import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { Refused, type RunView } from '#contracts';
import { inTenant } from '#postgres';
import { BookRow, RunRow } from '../shared/rows';
import { runView } from '../shared/run-view';

@Injectable()
export class ReadRunsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Refuses: `run_unknown`. */
  get(tenantId: string, runId: string): Promise<RunView> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const run = await manager.findOneBy(RunRow, { tenantId, id: runId });
      if (!run) throw new Refused('run_unknown');
      const book = await manager.findOneByOrFail(BookRow, { tenantId, id: run.bookId });
      return runView(manager, run, book.name);
    });
  }

  /** Newest first; `after` is the start of the last run of the page before. */
  list(tenantId: string, after: string | undefined, limit: number): Promise<{ items: RunView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const before = after === undefined ? undefined : new Date(after);
      if (before && Number.isNaN(before.getTime())) throw new Refused('request_invalid', 'after: not the `next` of a page.');
      const runs = await manager.find(RunRow, {
        where: { tenantId, ...(before ? { startedAt: LessThan(before) } : {}) },
        order: { startedAt: 'desc', id: 'desc' },
        take: limit,
      });
      const books = new Map((await manager.findBy(BookRow, { tenantId })).map((book) => [book.id, book.name]));
      const items: RunView[] = [];
      for (const run of runs) items.push(await runView(manager, run, books.get(run.bookId) ?? ''));
      return { items, next: runs.length === limit ? runs.at(-1)!.startedAt.toISOString() : null };
    });
  }
}
