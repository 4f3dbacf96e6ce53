import { Parser, type CsvError } from 'csv-parse';
import { FileRefused } from '../shared/records';

/** A line of the file, split; or why it cannot be. A quoted cell may run over several lines of text: `line` is where the record begins. */
export type FileLine =
  { readonly line: number; readonly fields: readonly string[] } | { readonly line: number; readonly malformed: string };

/** A record longer than this has an unclosed quote, or is no CSV. */
const RECORD_BYTES_MAX = 1024 * 1024;
const LINE_END = /\n/g;

/**
 * Splits text into lines and cells (RFC 4180; line ends of all systems, also mixed; inside a cell they
 * become `\n`), batch by batch as the text arrives. Blank lines hold no
 * record and are left out. A quote inside an unquoted cell makes its line malformed; a quoted cell that ends in the middle or never leaves no way
 * of telling where the next line begins, so it refuses the file: `file_not_of_stated_kind`.
 */
export async function* splitLines(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<readonly FileLine[]> {
  const splitter = new Splitter(delimiter);
  try {
    for await (const text of withPlainLineEnds(texts)) {
      await splitter.write(text);
      yield splitter.take();
    }
    await splitter.end();
    yield splitter.take();
  } finally {
    splitter.destroy();
  }
}

/** The parser counts a `\r\n` inside quotes as two lines; with one kind of line end its line numbers are right everywhere. */
async function* withPlainLineEnds(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const text of texts) {
    const whole = held + text;
    // The other half of this line end may come with the next text.
    held = whole.endsWith('\r') ? '\r' : '';
    yield (held ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }
  if (held) yield '\n';
}

class Splitter {
  private lines: FileLine[] = [];
  private lastLine = 0;
  private lastMalformed = 0;
  private readonly parser: Parser;

  constructor(delimiter: string) {
    this.parser = new Parser({
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      max_record_size: RECORD_BYTES_MAX,
      skip_records_with_error: true,
      on_record: (fields: string[], { lines }) => {
        this.add(fields, lines);
        return null;
      },
      on_skip: (error) => {
        this.skip(error);
        return undefined;
      },
    });
    // The same error also rejects the write that caused it.
    this.parser.on('error', () => undefined);
  }

  write(text: string): Promise<void> {
    return new Promise((resolve, reject) => this.parser.write(text, (error) => (error ? reject(error) : resolve())));
  }

  end(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.parser.once('error', reject);
      this.parser.end(() => resolve());
    });
  }

  destroy(): void {
    this.parser.destroy();
  }

  take(): readonly FileLine[] {
    const taken = this.lines;
    this.lines = [];
    return taken;
  }

  private add(fields: string[], endLine: number): void {
    const line = endLine === this.lastLine + 1 ? endLine : endLine - lineEndsIn(fields);
    this.lastLine = endLine;
    if (fields.length > 1 || fields[0]?.trim()) this.lines.push({ line, fields });
  }

  /** Several stray quotes of one line are told one by one, and are one malformed line. */
  private skip(error: CsvError | undefined): void {
    const line = typeof error?.['lines'] === 'number' ? error['lines'] : this.lastLine + 1;
    if (error?.code !== 'INVALID_OPENING_QUOTE')
      throw new FileRefused('file_not_of_stated_kind', this.fatalDetail(error?.code, line), line);
    if (line > this.lastMalformed) this.lines.push({ line, malformed: 'a quote stands inside an unquoted cell' });
    this.lastMalformed = line;
  }

  private fatalDetail(code: string | undefined, line: number): string {
    switch (code) {
      case 'CSV_QUOTE_NOT_CLOSED':
        return `A quote is opened after line ${this.lastLine} and never closed.`;
      case 'CSV_INVALID_CLOSING_QUOTE':
        return `In line ${line} a quoted cell goes on after its closing quote.`;
      case 'CSV_MAX_RECORD_SIZE':
        return `The record that begins after line ${this.lastLine} is longer than ${RECORD_BYTES_MAX} bytes; a quote may be unclosed.`;
      default:
        return `Line ${line} is no CSV.`;
    }
  }
}

function lineEndsIn(fields: readonly string[]): number {
  return fields.reduce((count, field) => count + (field.match(LINE_END)?.length ?? 0), 0);
}
