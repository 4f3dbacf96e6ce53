import { gzipSync } from 'node:zlib';
import * as XLSX from '@e965/xlsx';
import { parquetWriteBuffer, type ColumnSource, type ParquetWriteOptions } from 'hyparquet-writer';
import { mappingSpec } from '#contracts';
import { CALENDAR_YEARS } from '#ghg';
import { bytesInMemory, type FileBytes } from '../../apps/ingestion/src/parse-file/file-bytes';
import { inspectBytes, readBytes } from '../../apps/ingestion/src/parse-file/parse-file.service';
import type { InspectedFormat, RefusedRecord, StagedRecord } from '../../apps/ingestion/src/shared/records';
import type { WrittenMapping } from './ingestion-world';

/** What became of a file: what it was read as, and its records. */
export interface ReadFile {
  readonly format: InspectedFormat;
  readonly lines: number;
  readonly staged: readonly StagedRecord[];
  readonly refused: readonly RefusedRecord[];
}

/** Reads a file in memory as ingestion does, without a database; `HQ` is the only entity. */
export async function readFileOf(mapping: WrittenMapping, content: Buffer | FileBytes): Promise<ReadFile> {
  const bytes = Buffer.isBuffer(content) ? bytesInMemory(content) : content;
  const spec = mappingSpec.parse(mapping);
  const format = await inspectBytes(bytes, spec);
  const reading = { spec, sha256: 'f'.repeat(64), mappingName: 'test', calendar: CALENDAR_YEARS };
  const entities = new Map([['HQ', { id: '11111111-1111-4111-8111-111111111111', country: 'GB', region: null }]]);
  const staged: StagedRecord[] = [];
  const refused: RefusedRecord[] = [];
  let lines = 0;
  for await (const batch of readBytes(bytes, reading, format, entities, 0)) {
    lines += batch.length;
    for (const line of batch) {
      staged.push(...line.staged);
      refused.push(...line.refused);
    }
  }
  return { format, lines, staged, refused };
}

/** A workbook of one sheet or more, as a spreadsheet program writes it. */
export function workbook(sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>, options: XLSX.WritingOptions = {}): Buffer {
  const book = XLSX.utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet(
        rows.map((row) => [...row]),
        { cellDates: true, UTC: true },
      ),
      name,
    );
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true, ...options }) as Buffer;
}

export function parquet(columnData: ColumnSource[], options: Partial<ParquetWriteOptions> = {}): Buffer {
  return Buffer.from(parquetWriteBuffer({ columnData, ...options }));
}

export const gz = (content: Buffer | string): Buffer => gzipSync(content);
