import { Inject, Injectable } from '@nestjs/common';
import type { FileFormat, MappingSpec } from '#contracts';
import type { ReportingCalendar } from '#ghg';
import type { FileStore } from '#platform';
import type { FileLine } from '../shared/cells';
import { FileRefused, type EntityOfRecord, type InspectedFormat, type ReadLine } from '../shared/records';
import { FILE_STORE } from '../shared/tokens';
import { EncodingUnfit } from './decode-file';
import { detectFormat } from './detect-format';
import { storedBytes, type FileBytes } from './file-bytes';
import type { Header } from './file-table';
import { checkHeader } from './header';
import { LineReader } from './line-reader';
import { openTable } from './open-table';
import { XlsxTable } from './xlsx/xlsx-table';

/** A file, and what it is read against. */
export interface FileToRead {
  readonly fileId: string;
  readonly sha256: string;
  readonly mappingName: string;
  readonly spec: MappingSpec;
  readonly calendar: ReportingCalendar;
}

/** What the lines of a file mean, and what stands in the file. */
type Reading = Omit<FileToRead, 'fileId'>;

/** From the bytes of a file to records, as a stream: no more than a few hundred kilobytes of a text are in memory. */
@Injectable()
export class ParseFileService {
  constructor(@Inject(FILE_STORE) private readonly files: FileStore) {}

  /**
   * Says what the file is, and goes through the whole of it once before anything is staged, so that a file that breaks at its end leaves nothing
   * behind. Refuses (`FileRefused`) with any of its codes.
   */
  async inspect(file: FileToRead): Promise<InspectedFormat> {
    return inspectBytes(await storedBytes(this.files, file.fileId), file.spec);
  }

  /** The lines of data in the order of the file, batch by batch; refuses as `inspect` does. */
  async *read(
    file: FileToRead,
    format: InspectedFormat,
    entities: ReadonlyMap<string, EntityOfRecord>,
    afterLine: number,
  ): AsyncGenerator<readonly ReadLine[]> {
    yield* readBytes(await storedBytes(this.files, file.fileId), file, format, entities, afterLine);
  }
}

/** Refuses (`FileRefused`) with any of its codes. `found` is told what the file is before its lines are looked at. */
export async function inspectBytes(
  bytes: FileBytes,
  spec: MappingSpec,
  found: (format: FileFormat, header: Header | null) => void = () => undefined,
): Promise<InspectedFormat> {
  const format = await detectFormat(bytes, spec);
  found(format, null);
  try {
    return await inspectAs(bytes, spec, format, found);
  } catch (error) {
    // No letter of it said so before: what is no UTF-8 and of no stated encoding is of the encoding that Western office programs write.
    if (!(error instanceof EncodingUnfit) || format.encoding !== 'utf-8' || !format.detected.includes('encoding')) throw error;
    return inspectAs(bytes, spec, { ...format, encoding: 'windows-1252' }, found);
  }
}

async function inspectAs(
  bytes: FileBytes,
  spec: MappingSpec,
  format: FileFormat,
  found: (format: FileFormat, header: Header | null) => void,
): Promise<InspectedFormat> {
  const table = await openTable(bytes, format);
  try {
    const known = table instanceof XlsxTable ? { ...format, sheet: table.sheet } : format;
    const header = await table.header();
    found(known, header);
    const { read } = checkHeader(header.names, spec, header.line, format.delimiter);
    const { hasData, quoted } = await table.check(read);
    if (!hasData) throw new FileRefused('file_empty', 'The file has a header and no line of data.', header.line);
    return { ...known, columns: header.names, headerLine: header.line, quoted };
  } finally {
    await table.close();
  }
}

/** The lines of data of a file that was inspected; those up to `afterLine` are only counted. */
export async function* readBytes(
  bytes: FileBytes,
  { spec, sha256, mappingName, calendar }: Reading,
  format: InspectedFormat,
  entities: ReadonlyMap<string, EntityOfRecord>,
  afterLine: number,
): AsyncGenerator<readonly ReadLine[]> {
  const bound = checkHeader(format.columns, spec, format.headerLine, format.delimiter);
  const width = format.columns.length;
  const reader = new LineReader({ spec, header: bound, width, fileSha256: sha256, mappingName, entities, calendar });
  const table = await openTable(bytes, format, format.quoted);
  try {
    const header: Header = { names: format.columns, line: format.headerLine };
    for await (const lines of table.lines(header, bound.read)) yield lines.map((line) => readLine(reader, line, afterLine));
  } finally {
    await table.close();
  }
}

function readLine(reader: LineReader, line: FileLine, afterLine: number): ReadLine {
  return line.line > afterLine ? reader.read(line) : { line: line.line, staged: [], refused: [] };
}
