import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import type { ReportingCalendar } from '#ghg';
import { inTenant, LOCK_UNTIL_COMMIT, READ_ENTITIES } from '#postgres';
import type { EntityOfRecord, FileRefused, InspectedFormat, RefusedRecord } from '../shared/records';
import { reportingCalendarOf } from '../shared/reporting-calendar';
import { ImportChunkRow, ImportRow, MappingRow } from '../shared/rows';
import { storeRefusals } from './store-refusals';

/** Where an import stands, and what it is read with. */
export interface OpenImport {
  readonly row: ImportRow;
  readonly mapping: MappingRow;
  readonly entities: ReadonlyMap<string, EntityOfRecord>;
  readonly calendar: ReportingCalendar;
  /** What is staged already: a killed import goes on behind it. */
  readonly chunks: number;
  readonly lastLine: number;
}

/** The states of an import: received → staging → finished, refused (its file as a whole) or failed. */
@Injectable()
export class ImportState {
  constructor(private readonly dataSource: DataSource) {}

  /** Begins or resumes staging, with the entities as they stand now; null if there is nothing left to do. */
  open(tenantId: string, importId: string): Promise<OpenImport | null> {
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      const row = await manager.findOneByOrFail(ImportRow, { tenantId, id: importId });
      if (row.status !== 'received' && row.status !== 'staging') return null;
      const mapping = await manager.findOneByOrFail(MappingRow, { tenantId, name: row.mappingName, version: row.mappingVersion });
      const last = await manager.findOne(ImportChunkRow, { where: { tenantId, importId }, order: { chunk: 'desc' } });
      const { rows } = await client.query<EntityOfRecord & { code: string }>(READ_ENTITIES, [tenantId]);
      const entities = new Map(rows.map(({ code, ...entity }) => [code, entity]));
      if (row.status === 'received') await manager.update(ImportRow, { tenantId, id: importId }, { status: 'staging' });
      const calendar = await reportingCalendarOf(client, tenantId);
      return { row, mapping, entities, calendar, chunks: last?.chunk ?? 0, lastLine: Number(last?.lastLine ?? 0) };
    });
  }

  /** What the file was found to be: a resumed import reads it as the same. */
  async keepFormat(tenantId: string, importId: string, format: InspectedFormat): Promise<void> {
    await inTenant(this.dataSource, tenantId, async ({ manager }) => {
      await manager.update(ImportRow, { tenantId, id: importId, status: 'staging' }, { format: format as object });
    });
  }

  /** All chunks are staged: sums them up and gives the import its place in the tenant's order of finishing. */
  async finish(tenantId: string, importId: string, lines: number): Promise<void> {
    await inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      await client.query(LOCK_UNTIL_COMMIT, [`import ordinal|${tenantId}`]);
      const sums = await manager
        .createQueryBuilder(ImportChunkRow, 'c')
        .select(
          ['records', 'accepted', 'refused', 'duplicate', 'corrected', 'flagged'].map(
            (count) => `coalesce(sum(c.${count}), 0)::text as ${count}`,
          ),
        )
        .where('c.tenantId = :tenantId and c.importId = :importId', { tenantId, importId })
        .getRawOne<Pick<ImportRow, 'records' | 'accepted' | 'refused' | 'duplicate' | 'corrected' | 'flagged'>>();
      const last = await manager.findOne(ImportRow, { where: { tenantId, ordinal: Not(IsNull()) }, order: { ordinal: 'desc' } });
      const ordinal = (last?.ordinal ?? 0) + 1;
      await manager.update(
        ImportRow,
        { tenantId, id: importId, status: 'staging' },
        { ...sums!, lines: String(lines), ordinal, status: 'finished', finishedAt: () => 'now()' },
      );
    });
  }

  /** The file as a whole is refused. Its one refusal stands among those of records too, so that the downloaded file shows it. */
  async refuse(tenantId: string, importId: string, { code, detail, line, column }: FileRefused): Promise<void> {
    await inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      const places = [...(line > 0 ? [`line ${line}`] : []), ...(column === null ? [] : [`column "${column}"`])];
      const refusalDetail = places.length > 0 ? `${detail} (${places.join(', ')})` : detail;
      const change = { status: 'refused' as const, refusalCode: code, refusalDetail, finishedAt: () => 'now()' };
      const { affected } = await manager.update(ImportRow, { tenantId, id: importId, status: 'staging' }, change);
      const refusal: RefusedRecord = { line, slot: 0, column, code, detail, value: null };
      if (affected) await storeRefusals(client, tenantId, importId, 0, [refusal]);
    });
  }

  /** The attempts are used up. The same bytes sent again take the import up where it stands. */
  async fail(tenantId: string, importId: string, reason: string): Promise<void> {
    await inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const change = { status: 'failed' as const, refusalCode: 'unexpected', refusalDetail: reason };
      for (const status of ['received', 'staging'] as const) await manager.update(ImportRow, { tenantId, id: importId, status }, change);
    });
  }
}
