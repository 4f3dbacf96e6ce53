import type { CellValue, FileLine } from '../shared/cells';
import { FileRefused } from '../shared/records';
import { withLineEnds } from './endless-line';
import { NOTHING_TO_CLOSE, type FileCheck, type FileTable, type Header } from './file-table';
import { jsonElements } from './json-elements';
import { readJsonRecord, type JsonRecord } from './json-record';
import { LIMITS } from './limits';
import { BoundedLines, withPlainLineEnds } from './split-lines';

interface NumberedText {
  readonly line: number;
  readonly text: string;
}

/**
 * Records as JSON: one object per line, or one list of them. Lines count as in a text editor; in a list they are its elements. The columns are the
 * names of all records, in the order in which they first appear.
 */
export class JsonTable implements FileTable {
  readonly close = NOTHING_TO_CLOSE;
  private hasData = false;

  constructor(private readonly texts: () => AsyncIterable<string>) {}

  /** Goes through the whole file: any record may bring a column that no other has. */
  async header(): Promise<Header> {
    const names = new Set<string>();
    for await (const records of this.records()) {
      for (const { text } of records) {
        this.hasData = true;
        const record = readJsonRecord(text);
        if ('malformed' in record) continue;
        for (const name of record.keys()) names.add(name.trim());
        if (names.size > LIMITS.columns)
          throw new FileRefused('file_too_large', `The records have more than ${LIMITS.columns} different names; no more are taken.`, 0);
      }
    }
    if (!this.hasData) throw new FileRefused('file_empty', 'The file has no record.', 0);
    return { names: [...names], line: 0 };
  }

  /** The header has been through all of it. */
  check(): Promise<FileCheck> {
    return Promise.resolve({ hasData: this.hasData, quoted: true });
  }

  async *lines({ names }: Header): AsyncGenerator<readonly FileLine[]> {
    for await (const records of this.records()) yield records.map(({ line, text }) => fileLine(line, readJsonRecord(text), names));
  }

  private async *records(): AsyncGenerator<readonly NumberedText[]> {
    let first = '';
    for await (const text of this.texts()) {
      first = text.trimStart();
      if (first) break;
    }
    yield* first.startsWith('[') ? listed(this.texts()) : perLine(withLineEnds(this.texts()));
  }
}

async function* listed(texts: AsyncIterable<string>): AsyncGenerator<readonly NumberedText[]> {
  let count = 0;
  for await (const elements of jsonElements(texts)) yield elements.map((text) => ({ line: (count += 1), text }));
}

async function* perLine(texts: AsyncIterable<string>): AsyncGenerator<readonly NumberedText[]> {
  const bounded = new BoundedLines();
  let line = 0;
  let rest = '';
  const numbered = (contents: readonly string[]): NumberedText[] =>
    contents.flatMap((text) => {
      line += 1;
      return text.trim() === '' ? [] : [{ line, text }];
    });
  for await (const text of withPlainLineEnds(texts)) {
    const contents = (rest + bounded.cut(text)).split('\n');
    rest = contents.pop() ?? '';
    yield numbered(contents);
  }
  yield numbered([rest]);
}

function fileLine(line: number, record: JsonRecord, names: readonly string[]): FileLine {
  if ('malformed' in record) return { line, malformed: record.malformed };
  const fields = names.map((name): CellValue => record.get(name) ?? '');
  return { line, fields };
}
