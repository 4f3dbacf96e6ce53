import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, In, Not } from 'typeorm';
import { Refused, stageImport, type ImportView } from '#contracts';
import { WorkRunner } from '#messaging';
import { enqueue, inTenant, LOCK_UNTIL_COMMIT, reportingYearLock, type TenantTransaction } from '#postgres';
import { importViewOf } from '../shared/import-view';
import { ImportRow, MappingRow } from '../shared/rows';

/** Bytes that are in the file store already, and the mapping under which they are to be read. */
export interface ReceivedFile {
  readonly fileId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mapping: string;
  /** Read bytes that were finished before once more. */
  readonly again: boolean;
}

@Injectable()
export class ReceiveImportService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runner: WorkRunner,
  ) {}

  /**
   * Makes an import of a file and asks for its staging, in one transaction. The same bytes under the same version of a mapping are the import that
   * is there already (`repeated`), also when several arrive at once; one that failed is taken up again where it stood. Bytes that were refused as a
   * whole may be tried again, and finished ones if `again` is asked for. Refuses: `mapping_unknown`.
   */
  async receive(tenantId: string, file: ReceivedFile): Promise<{ import: ImportView; repeated: boolean }> {
    const received = await inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager, client } = transaction;
      await client.query(LOCK_UNTIL_COMMIT, [reportingYearLock(tenantId)]);
      const mapping = await manager.findOne(MappingRow, {
        where: { tenantId, name: file.mapping },
        order: { version: 'desc' },
        select: { name: true, version: true },
      });
      if (!mapping) throw new Refused('mapping_unknown');
      const bytes = { tenantId, sha256: file.sha256, mappingName: mapping.name, mappingVersion: mapping.version };
      const same = { ...bytes, round: await roundOf(transaction, bytes, file.again) };
      if (await this.retryFailed(transaction, same)) return { row: await standing(transaction, same), repeated: true };
      const id = await this.insert(transaction, { ...same, file });
      return { row: await standing(transaction, same), repeated: id === null };
    });
    this.runner.nudge();
    return { import: importViewOf(received.row), repeated: received.repeated };
  }

  /** Null: an import of these bytes is there, or was committed while we waited for the unique key. */
  private async insert(
    { manager, client, tenantId }: TenantTransaction,
    { file, ...same }: SameBytes & { file: ReceivedFile },
  ): Promise<string | null> {
    const { fileId, fileName, bytes } = file;
    const values = { ...same, id: randomUUID(), fileId, fileName, bytes: String(bytes), status: 'received' as const };
    const inserted = await manager.createQueryBuilder().insert().into(ImportRow).values(values).orIgnore().returning('id').execute();
    if ((inserted.raw as unknown[]).length === 0) return null;
    await enqueue(client, stageImport, tenantId, [{ tenantId, importId: values.id }]);
    return values.id;
  }

  /** What a failed import has staged stays its own, so it must be this import that goes on and no second one. */
  private async retryFailed({ manager, client, tenantId }: TenantTransaction, same: SameBytes): Promise<boolean> {
    const failed = await manager.findOneBy(ImportRow, { ...same, status: 'failed' });
    if (!failed) return false;
    const taken = await manager.update(
      ImportRow,
      { tenantId, id: failed.id, status: 'failed' },
      { status: 'received', refusalCode: null, refusalDetail: null },
    );
    if (!taken.affected) return false;
    await enqueue(client, stageImport, tenantId, [{ tenantId, importId: failed.id }]);
    return true;
  }
}

interface SameBytes {
  readonly tenantId: string;
  readonly sha256: string;
  readonly mappingName: string;
  readonly mappingVersion: number;
  /** The n-th time that these bytes are read under this mapping on request. */
  readonly round: number;
}

/** The round that is meant: the last one, or a further one once that is finished and another is asked for. */
async function roundOf({ manager }: TenantTransaction, bytes: Omit<SameBytes, 'round'>, again: boolean): Promise<number> {
  const last = await manager.findOne(ImportRow, { where: { ...bytes, status: Not('refused') }, order: { round: 'desc' } });
  if (!last) return 1;
  return again && last.status === 'finished' ? last.round + 1 : last.round;
}

function standing({ manager }: TenantTransaction, same: SameBytes): Promise<ImportRow> {
  return manager.findOneByOrFail(ImportRow, { ...same, status: Not(In(['refused', 'failed'])) });
}
