import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pageOf, Refused, type RunView } from '#contracts';
import { inTenant } from '#postgres';
import { BookRow, RunRow } from '../shared/rows';
import { runView } from '../shared/run-view';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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

  /**
   * Newest first; `after` is the last run of the page before. It is looked up: a time of its own would be cut to milliseconds on the way, and runs that
   * began within one would be lost between two pages. Refuses: `request_invalid`.
   */
  list(tenantId: string, after: string | undefined, limit: number): Promise<{ items: RunView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const query = manager
        .createQueryBuilder(RunRow, 'r')
        .where('r.tenantId = :tenantId', { tenantId })
        .orderBy('r.startedAt', 'DESC')
        .addOrderBy('r.id', 'DESC')
        .limit(limit);
      if (after !== undefined) {
        const known = UUID.test(after) && (await manager.existsBy(RunRow, { tenantId, id: after }));
        if (!known) throw new Refused('request_invalid', 'after: not the `next` of a page.');
        query.andWhere('(r.started_at, r.id) < (select started_at, id from calculation.runs where tenant_id = :tenantId and id = :after)', {
          after,
        });
      }
      const runs = await query.getMany();
      const books = new Map((await manager.findBy(BookRow, { tenantId })).map((book) => [book.id, book.name]));
      const items: RunView[] = [];
      for (const run of runs) items.push(await runView(manager, run, books.get(run.bookId) ?? ''));
      return pageOf(
        items,
        limit,
        (item) => item,
        ({ id }) => id,
      );
    });
  }
}
