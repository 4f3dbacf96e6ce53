import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parquetMetadata, parquetScan, parquetSchema, type Compressors, type FileMetaData, type SchemaTree } from 'hyparquet';
import { compressors as libraryCompressors, decompressZstd } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { LIMITS } from '../limits';
import { cellText } from './cell-text';
import { columnType, undecoratedElement, type ColumnKind } from './column-type';

/** A column of the file: how its cells are typed, or that they are of no use. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: 'text' | 'boolean' | 'number' | 'date' | 'time' | null;
  /** What it is, where nothing of it can be read. */
  readonly unsupported: string | null;
}

/** Where the bytes of a column in a row group stand. */
export interface ChunkPlace {
  readonly column: string;
  readonly start: number;
  readonly end: number;
}

export interface ParquetGroup {
  readonly rows: number;
  readonly chunks: readonly ChunkPlace[];
}

export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  readonly groups: readonly ParquetGroup[];
}

/** Bytes of the file, by their place. */
export interface ParquetChunk extends ChunkPlace {
  readonly bytes: ArrayBuffer;
}

/** The file is more than is taken, or not what it says; everything else that goes wrong is a file that cannot be read. */
export class ParquetRefused extends Error {
  constructor(
    readonly code: 'file_unreadable' | 'file_too_large',
    readonly detail: string,
  ) {
    super(detail);
  }
}

const COMPRESSORS: Compressors = Object.fromEntries(
  Object.entries({
    ...libraryCompressors,
    GZIP: (input: Uint8Array, length: number) => new Uint8Array(gunzipSync(input, { maxOutputLength: Math.max(1, length) })),
    BROTLI: (input: Uint8Array, length: number) => new Uint8Array(brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) })),
    ZSTD: (input: Uint8Array, length: number) => decompressZstd(input, new Uint8Array(length)),
  }).map(([codec, decompress]) => [codec, bounded(decompress)]),
);

type Decompress = (input: Uint8Array, outputLength: number) => Uint8Array;

function bounded(decompress: Decompress): Decompress {
  return (input, length) => {
    checkPage(length, 0);
    return decompress(input, length);
  };
}

function checkPage(bytes: number, values: number): void {
  if (!(bytes >= 0 && bytes <= LIMITS.parquetPageBytes && values >= 0 && values <= LIMITS.parquetPageValues))
    throw new ParquetRefused('file_too_large', `A page unpacks to ${bytes} bytes of ${values} values; write smaller pages.`);
}

/** Decodes a Parquet file whose bytes others read: one row group at a time. */
export class ParquetDecoder {
  private metadata: FileMetaData | undefined;
  private types = new Map<string, ColumnKind>();
  private readonly spellings = new Map<string, (value: unknown) => string | null>();
  private readonly decoded = new Map<string, ArrayLike<unknown>>();
  private chunks: readonly ParquetChunk[] = [];
  private rows = 0;
  private groupStart = 0;

  /** What is in the file, by the bytes of its footer. */
  open(footer: ArrayBuffer): ParquetFile {
    const metadata = parquetMetadata(footer);
    const trees = parquetSchema(metadata).children;
    const types = trees.map((tree) => columnType(tree));
    const columns = trees.map(({ element }, i): ParquetColumn => {
      const type = types[i]!;
      if ('unsupported' in type) return { name: element.name, kind: null, unsupported: type.unsupported };
      this.types.set(element.name, type);
      return { name: element.name, kind: type.kind === 'decimal' || type.kind === 'float' ? 'number' : type.kind, unsupported: null };
    });
    this.metadata = undecorated(metadata, trees, types);
    return { columns, groups: metadata.row_groups.map((_, group) => this.group(group)) };
  }

  private group(index: number): ParquetGroup {
    const group = this.metadata!.row_groups[index]!;
    const chunks = group.columns.flatMap(({ meta_data: chunk, file_path }): ChunkPlace[] => {
      if (!chunk || file_path || chunk.path_in_schema.length !== 1) return [];
      const { data_page_offset: data, dictionary_page_offset: dictionary } = chunk;
      const start = Number(dictionary && dictionary < data ? dictionary : data);
      return [{ column: chunk.path_in_schema[0]!, start, end: start + Number(chunk.total_compressed_size) }];
    });
    return { rows: Number(group.num_rows), chunks };
  }

  /** Makes a row group the one that is read, with the bytes of the columns that matter. */
  load(index: number, chunks: readonly ParquetChunk[]): void {
    const metadata = this.metadata!;
    const rows = Number(metadata.row_groups[index]!.num_rows);
    for (const chunk of chunks) checkPages(chunk, rows);
    this.chunks = chunks;
    this.decoded.clear();
    this.rows = rows;
    this.groupStart = metadata.row_groups.slice(0, index).reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  }

  /** The texts of a column of the loaded group, from one of its rows up to, and without, another. */
  async texts(column: string, from: number, to: number): Promise<(string | null)[]> {
    // Once for all slices: a page may hold the whole of the group.
    const values = this.decoded.get(column) ?? (await this.decode(column));
    this.decoded.set(column, values);
    const spelling = this.spellings.get(column) ?? spellingOf(this.types.get(column)!);
    this.spellings.set(column, spelling);
    return Array.from({ length: to - from }, (_, i) => spelling(values[from + i]));
  }

  /** Decodes a column of the loaded group, and says and keeps nothing of it. */
  async check(column: string): Promise<void> {
    await this.decode(column);
  }

  private async decode(column: string): Promise<ArrayLike<unknown>> {
    const chunk = this.chunks.find((one) => one.column === column)!;
    const { bytes, start: first, end: last } = chunk;
    const slice = (start: number, end = last): ArrayBuffer => {
      if (start < first || end > last) throw new ParquetRefused('file_unreadable', `The column "${column}" stands outside of its place.`);
      return start === first && end === last ? bytes : bytes.slice(start - first, end - first);
    };
    const scan = await parquetScan({
      file: { byteLength: last, slice },
      metadata: this.metadata!,
      columns: [column],
      compressors: COMPRESSORS,
      utf8: false,
      useOffsetIndex: false,
      parsers: { stringFromBytes: textOfBytes },
    });
    const values = await scan.readColumn({ column, rowStart: this.groupStart, rowEnd: this.groupStart + this.rows });
    if (values.length !== this.rows)
      throw new ParquetRefused('file_unreadable', `The column "${column}" has not as many values as its group has rows.`);
    return values as ArrayLike<unknown>;
  }
}

const KNOWN_MAX = 20_000;

/** Days and moments repeat, and their calendar costs more than their look-up. */
function spellingOf(type: ColumnKind): (value: unknown) => string | null {
  if (type.kind !== 'time' && type.kind !== 'date') return (value) => cellText(value, type);
  const known = new Map<unknown, string | null>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    if (known.size >= KNOWN_MAX) known.clear();
    const text = cellText(value, type);
    known.set(value, text);
    return text;
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function textOfBytes(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const text = decoder.decode(bytes);
  if (text.includes('\0')) throw new ParquetRefused('file_unreadable', 'A text has a NUL character.');
  return text;
}

/** The sizes that each page states, before anything of it is unpacked: they are what memory would be taken for. */
function checkPages({ column, bytes }: ParquetChunk, rows: number): void {
  const reader = { view: new DataView(bytes), offset: 0 };
  let values = 0;
  while (reader.offset < bytes.byteLength - 1) {
    const { compressed_page_size, uncompressed_page_size, data_page_header, data_page_header_v2, dictionary_page_header } =
      parquetHeader(reader);
    const count = (data_page_header ?? data_page_header_v2)?.num_values ?? 0;
    checkPage(Number(uncompressed_page_size), Math.max(count, dictionary_page_header?.num_values ?? 0));
    values += count;
    if (!(compressed_page_size >= 0) || reader.offset + compressed_page_size > bytes.byteLength)
      throw new ParquetRefused('file_unreadable', `A page of the column "${column}" breaks off.`);
    reader.offset += compressed_page_size;
  }
  if (values !== rows)
    throw new ParquetRefused('file_unreadable', `The column "${column}" has ${values} values in a group of ${rows} rows.`);
}

function undecorated(metadata: FileMetaData, trees: readonly SchemaTree[], types: readonly ReturnType<typeof columnType>[]): FileMetaData {
  const replaced = new Map(trees.map(({ element }, i) => [element, undecoratedElement(element, types[i]!)]));
  return { ...metadata, schema: metadata.schema.map((element) => replaced.get(element) ?? element) };
}
