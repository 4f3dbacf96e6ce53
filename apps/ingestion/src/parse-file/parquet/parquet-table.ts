import { setImmediate } from 'node:timers/promises';
import { TypedCell, type CellValue, type FileLine } from '../../shared/cells';
import { FileRefused } from '../../shared/records';
import { sliceOf, type FileBytes } from '../file-bytes';
import type { FileCheck, FileTable, Header } from '../file-table';
import { LIMITS } from '../limits';
import type { ParquetChunk, ParquetColumn, ParquetFile, ParquetGroup } from './decoder';
import { startDecoder, type Decoder } from './start-decoder';

const MAGIC = 'PAR1';
/** The length of the footer and the magic, behind it. */
const END_BYTES = 8;
const BATCH_ROWS = 1_000;

/**
 * A Parquet file, row group by row group; of each only the columns that the mapping reads, a slice of rows at a time. Lines are its rows, counted
 * from 1.
 */
export class ParquetTable implements FileTable {
  private constructor(
    private readonly bytes: FileBytes,
    private readonly decoder: Decoder,
    private readonly file: ParquetFile,
    private readonly closeBytes: () => Promise<void>,
  ) {}

  /** Refuses: `file_unreadable`, `file_too_large`. */
  static async open(bytes: FileBytes, closeBytes: () => Promise<void>): Promise<ParquetTable> {
    const end = await sliceOf(bytes, bytes.size - END_BYTES, bytes.size);
    if (bytes.size < END_BYTES + MAGIC.length || end.toString('latin1', 4) !== MAGIC)
      throw new FileRefused('file_unreadable', 'The Parquet file breaks off: its footer is missing.', 0);
    const length = end.readUInt32LE(0);
    if (length > LIMITS.parquetFooterBytes)
      throw new FileRefused('file_too_large', `The footer of the Parquet file has more than ${LIMITS.parquetFooterBytes} bytes.`, 0);
    const decoder = startDecoder();
    try {
      const file = await decoder.open(owned(await sliceOf(bytes, bytes.size - END_BYTES - length, bytes.size)));
      checkRows(file, bytes.size);
      return new ParquetTable(bytes, decoder, file, closeBytes);
    } catch (error) {
      await decoder.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.decoder.close();
    await this.closeBytes();
  }

  header(): Promise<Header> {
    return Promise.resolve({ names: this.file.columns.map(({ name }) => name), line: 0 });
  }

  /** Decodes all of the columns that are read. Refuses: `column_type_unsupported`, `file_unreadable`, `file_too_large`. */
  async check(read: ReadonlySet<string>): Promise<FileCheck> {
    const unfit = this.file.columns.find(({ name, unsupported }) => unsupported !== null && read.has(name.trim()));
    if (unfit)
      throw new FileRefused(
        'column_type_unsupported',
        `The column "${unfit.name}" is ${unfit.unsupported}: its cells cannot be read.`,
        0,
        unfit.name.trim(),
      );
    let rows = 0;
    for await (const group of this.groups(read)) {
      if (group.rows > 0) for (const { name } of group.columns) await this.decoder.check(name);
      rows += group.rows;
    }
    return { hasData: rows > 0, quoted: false };
  }

  async *lines({ names }: Header, read: ReadonlySet<string>): AsyncGenerator<readonly FileLine[]> {
    for await (const { columns, rows, before } of this.groups(read)) {
      const rowsMax = Math.max(BATCH_ROWS, Math.floor(LIMITS.parquetSliceCells / Math.max(1, columns.length)));
      for (let from = 0; from < rows; from += rowsMax) {
        const to = Math.min(rows, from + rowsMax);
        const cells: ColumnCells[] = [];
        for (const column of columns)
          cells.push({ column, place: names.indexOf(column.name), texts: await this.decoder.texts(column.name, from, to) });
        for (const batch of batches(cells, names.length, before + from + 1, to - from)) {
          yield batch;
          // A slice is many batches, and the service has others to answer between them.
          await setImmediate();
        }
      }
    }
  }

  /** The row groups of the file, one after the other, each with the columns that are read loaded. */
  private async *groups(read: ReadonlySet<string>): AsyncGenerator<LoadedGroup> {
    const columns = this.file.columns.filter(({ name }) => read.has(name.trim()));
    let before = 0;
    for (const [index, group] of this.file.groups.entries()) {
      if (group.rows > 0 && columns.length > 0) await this.decoder.load(index, await this.chunks(group, columns));
      yield { columns, rows: group.rows, before };
      before += group.rows;
    }
  }

  private async chunks(group: ParquetGroup, columns: readonly ParquetColumn[]): Promise<ParquetChunk[]> {
    const places = columns.map(({ name }) => {
      const place = group.chunks.find(({ column }) => column === name);
      if (!place || !(place.start >= 0 && place.end >= place.start && place.end <= this.bytes.size))
        throw new FileRefused('file_unreadable', `The column "${name}" is not where the Parquet file says.`, 0, name);
      return place;
    });
    const sizes = places.map(({ start, end }) => end - start);
    if (Math.max(...sizes) > LIMITS.parquetChunkBytes || sizes.reduce((sum, size) => sum + size, 0) > LIMITS.parquetGroupBytes)
      throw new FileRefused('file_too_large', 'A row group of the Parquet file is too large to be decoded at once; write smaller ones.', 0);
    const chunks: ParquetChunk[] = [];
    for (const place of places) chunks.push({ ...place, bytes: owned(await sliceOf(this.bytes, place.start, place.end)) });
    return chunks;
  }
}

/** Nobody writes that many rows into so few bytes but to keep others busy. */
function checkRows({ groups }: ParquetFile, bytes: number): void {
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  if (rows > LIMITS.parquetRows + LIMITS.parquetRowsPerByte * bytes)
    throw new FileRefused('file_too_large', `${bytes} bytes that state ${rows} rows.`, 0);
}

/** A row group that so many rows stand before. */
interface LoadedGroup {
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
  readonly before: number;
}

interface ColumnCells {
  readonly column: ParquetColumn;
  readonly place: number;
  readonly texts: readonly (string | null)[];
}

function* batches(columns: readonly ColumnCells[], width: number, firstLine: number, rows: number): Generator<readonly FileLine[]> {
  for (let at = 0; at < rows; at += BATCH_ROWS) {
    const count = Math.min(BATCH_ROWS, rows - at);
    const fields = Array.from({ length: count }, () => new Array<CellValue>(width).fill(''));
    for (const { column, place, texts } of columns) {
      if (place < 0) continue;
      for (let i = 0; i < count; i += 1) {
        const text = texts[at + i];
        if (text !== null && text !== undefined) fields[i]![place] = cellOf(text, column.kind);
      }
    }
    yield fields.map((cells, i) => ({ line: firstLine + at + i, fields: cells }));
  }
}

function cellOf(text: string, kind: ParquetColumn['kind']): CellValue {
  return kind === 'text' || kind === null ? text : new TypedCell(kind, text);
}

/** An ArrayBuffer of its own: small buffers share one, and all of it would be sent. */
function owned(buffer: Buffer): ArrayBuffer {
  const bytes = new ArrayBuffer(buffer.length);
  new Uint8Array(bytes).set(buffer);
  return bytes;
}
