import { Inject, Injectable } from '@nestjs/common';
import type { MappingSpec } from '#contracts';
import type { FileStore } from '#platform';
import { FileRefused, type EntityOfRecord, type ReadLine } from '../shared/records';
import { FILE_STORE } from '../shared/tokens';
import { decodeFile } from './decode-file';
import { checkHeader } from './header';
import { LineReader } from './line-reader';
import { splitLines, type FileLine } from './split-lines';

/** A file, and what it is read against. */
export interface FileToRead {
  readonly fileId: string;
  readonly sha256: string;
  readonly mappingName: string;
  readonly spec: MappingSpec;
}

/** From the bytes of a file to records, as a stream: no more than a few hundred kilobytes of it are in memory. */
@Injectable()
export class ParseFileService {
  constructor(@Inject(FILE_STORE) private readonly files: FileStore) {}

  /**
   * Goes through the whole file once before anything of it is staged, so that a file that breaks at its end leaves nothing behind. Only quotes can
   * break the lines of a text: without any, whatever is wrong with a line is a refusal of that line, and they need no splitting here.
   * Refuses (`FileRefused`): `file_empty`, `file_not_of_stated_kind`, `column_missing`, `column_unknown`.
   */
  async inspect(file: FileToRead): Promise<void> {
    let hasQuotes = false;
    for await (const text of this.texts(file)) hasQuotes ||= text.includes('"');
    let header: FileLine | undefined;
    let hasData = false;
    for await (const lines of this.split(file)) {
      for (const line of lines) {
        if (header) hasData = true;
        else checkHeader(fieldsOf((header = line)), file.spec, line.line);
      }
      if (hasData && !hasQuotes) return;
    }
    if (!hasData) throw new FileRefused('file_empty', header ? 'The file has a header and no line of data.' : 'The file has no line.');
  }

  /** The lines of data in the order of the file, batch by batch; refuses as `inspect` does. */
  async *read(file: FileToRead, entities: ReadonlyMap<string, EntityOfRecord>, afterLine: number): AsyncGenerator<readonly ReadLine[]> {
    let reader: LineReader | undefined;
    for await (const lines of this.split(file)) {
      const read: ReadLine[] = [];
      for (const line of lines) {
        if (!reader) {
          const header = fieldsOf(line);
          const columns = checkHeader(header, file.spec, line.line);
          reader = new LineReader({
            spec: file.spec,
            columns,
            width: header.length,
            fileSha256: file.sha256,
            mappingName: file.mappingName,
            entities,
          });
        } else {
          // A line that is staged already is only counted.
          read.push(line.line > afterLine ? reader.read(line) : { line: line.line, staged: [], refused: [] });
        }
      }
      yield read;
    }
  }

  private texts({ fileId, spec }: FileToRead): AsyncGenerator<string> {
    return decodeFile(this.files.read(fileId), spec.format.encoding);
  }

  private split(file: FileToRead): AsyncGenerator<readonly FileLine[]> {
    return splitLines(this.texts(file), file.spec.format.delimiter);
  }
}

function fieldsOf(header: FileLine): readonly string[] {
  if ('fields' in header) return header.fields;
  throw new FileRefused('file_not_of_stated_kind', `The header cannot be split: ${header.malformed}.`, header.line);
}
