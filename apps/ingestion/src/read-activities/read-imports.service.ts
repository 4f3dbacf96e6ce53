import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { pageOf, Refused, type duplicateView, type ImportView, type refusalSummary, type refusalView } from '#contracts';
import { inTenant, LIST_DUPLICATES, LIST_REFUSALS, SUMMARISE_REFUSALS } from '#postgres';
import { importViewOf } from '../shared/import-view';
import { sentenceOf } from '../shared/refusal-counts';
import { ImportRow } from '../shared/rows';
import { cursorOf, placeAfter } from './cursor';

type RefusalView = z.infer<typeof refusalView>;
type RefusalSummary = z.infer<typeof refusalSummary>;
type DuplicateView = z.infer<typeof duplicateView>;
type Page<T> = Promise<{ items: T[]; next: string | null }>;
type PlaceRow = { line: string; slot: number };

/** What one answer holds. */
const KINDS_SHOWN = 1_000;

@Injectable()
export class ReadImportsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Refuses: `import_unknown`, for another tenant's import too. */
  get(tenantId: string, importId: string): Promise<ImportView> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => importViewOf(await find(manager, tenantId, importId)));
  }

  /** The imports, latest first. */
  list(tenantId: string, after: string | undefined, limit: number): Page<ImportView> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const query = manager
        .createQueryBuilder(ImportRow, 'i')
        .where('i.tenantId = :tenantId', { tenantId })
        .orderBy('i.receivedAt', 'DESC')
        .addOrderBy('i.id', 'DESC')
        .limit(limit);
      if (after !== undefined) {
        if (!/^[0-9a-f-]{36}$/.test(after)) throw new Refused('request_invalid', 'after: not the `next` of a page.');
        await find(manager, tenantId, after);
        query.andWhere(
          '(i.received_at, i.id) < (select received_at, id from ingestion.imports where tenant_id = :tenantId and id = :after)',
          { after },
        );
      }
      const rows = await query.getMany();
      return pageOf(rows, limit, importViewOf, ({ id }) => id);
    });
  }

  /** The refusals in the order of the file. Refuses: `import_unknown`. */
  listRefusals(tenantId: string, importId: string, after: string | undefined, limit: number): Page<RefusalView> {
    return this.places<PlaceRow & Omit<RefusalView, 'line' | 'slot'>, RefusalView>(
      LIST_REFUSALS,
      tenantId,
      importId,
      after,
      limit,
      (row) => ({
        ...row,
        line: Number(row.line),
      }),
    );
  }

  /** Of what kinds the refusals are, without going through them. Refuses: `import_unknown`. */
  summariseRefusals(tenantId: string, importId: string): Promise<RefusalSummary> {
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      await find(manager, tenantId, importId);
      const { rows } = await client.query<{ code: string; column: string | null; records: string; total: string }>(SUMMARISE_REFUSALS, [
        tenantId,
        importId,
        KINDS_SHOWN,
      ]);
      const counts = rows.map(({ code, column, records }) => ({ code, sentence: sentenceOf(code), column, records: Number(records) }));
      const refused = Number(rows[0]?.total ?? 0);
      return { refused, counts, others: refused - counts.reduce((sum, { records }) => sum + records, 0) };
    });
  }

  /** The duplicates in the order of the file. Refuses: `import_unknown`. */
  listDuplicates(tenantId: string, importId: string, after: string | undefined, limit: number): Page<DuplicateView> {
    return this.places<PlaceRow & { duplicate_of: string }, DuplicateView>(LIST_DUPLICATES, tenantId, importId, after, limit, (row) => ({
      line: Number(row.line),
      slot: row.slot,
      duplicateOf: row.duplicate_of,
    }));
  }

  private places<R extends PlaceRow, V>(
    statement: string,
    tenantId: string,
    importId: string,
    after: string | undefined,
    limit: number,
    viewOf: (row: R) => V,
  ): Page<V> {
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      await find(manager, tenantId, importId);
      const { rows } = await client.query<R>(statement, [tenantId, importId, ...placeAfter(after), limit]);
      return pageOf(rows, limit, viewOf, ({ line, slot }) => cursorOf(line, slot));
    });
  }
}

async function find(manager: EntityManager, tenantId: string, id: string): Promise<ImportRow> {
  const row = await manager.findOneBy(ImportRow, { tenantId, id });
  if (!row) throw new Refused('import_unknown');
  return row;
}
