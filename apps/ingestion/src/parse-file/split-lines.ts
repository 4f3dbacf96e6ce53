import { Parser, type CsvError } from 'csv-parse';
import type { FileLine } from '../shared/cells';
import { FileRefused } from '../shared/records';
import { LIMITS } from './limits';

export const LINE_CHARACTERS_MAX = LIMITS.lineCharacters;
/** A record longer than this has an unclosed quote. Any line that is not too long stays below, in any script: three bytes for a character at most. */
const RECORD_BYTES_MAX = 4 * LINE_CHARACTERS_MAX;
const LINE_END = /\n/g;

/**
 * Splits text into lines and cells (RFC 4180; line ends of all systems, also mixed; inside a cell they become `\n`), batch by batch as the text
 * arrives. Blank lines hold no record and are left out. A quote inside an unquoted cell makes its line malformed, and so does a length above
 * `LINE_CHARACTERS_MAX`. A quoted cell that ends in the middle or never leaves no way of telling where the next line begins, so it refuses the
 * file: `file_not_of_stated_kind`. A text without quotes is never refused.
 */
export async function* splitLines(texts: AsyncIterable<string>, delimiter: string, quote = '"'): AsyncGenerator<readonly FileLine[]> {
  const splitter = new Splitter(delimiter, quote);
  try {
    for await (const text of withBoundedLines(withPlainLineEnds(texts), quote)) {
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
export async function* withPlainLineEnds(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const text of texts) {
    const whole = held + text;
    // The other half of this line end may come with the next text.
    held = whole.endsWith('\r') ? '\r' : '';
    yield (held ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }
  if (held) yield '\n';
}

/**
 * Cuts what makes a line too long, so that it costs its line and no memory. The parser cannot: at its limit it drops what follows too. Only up to
 * the first quote of the text is a line surely a record; behind it the parser's own limit refuses the file.
 */
async function* withBoundedLines(texts: AsyncIterable<string>, quoteSign: string): AsyncGenerator<string> {
  const lines = new BoundedLines();
  let isQuoted = false;
  for await (const text of texts) {
    if (isQuoted) {
      yield text;
      continue;
    }
    const quote: number = text.indexOf(quoteSign);
    isQuoted = quote >= 0;
    yield isQuoted ? `${lines.cut(text.slice(0, quote))}${lines.lastCut}${text.slice(quote)}` : lines.cut(text);
  }
}

/** Keeps one character more of a line than it may have: enough to tell that it is too long. */
export class BoundedLines {
  /** The last character that was cut off the open line: whether a quote behind it opens a cell depends on it. */
  lastCut = '';
  private length = 0;

  cut(text: string): string {
    let kept = '';
    for (let from = 0; from < text.length;) {
      const lineEnd = text.indexOf('\n', from);
      const end = lineEnd < 0 ? text.length : lineEnd;
      const room = Math.max(0, LINE_CHARACTERS_MAX + 1 - this.length);
      const isCut = end - from > room;
      kept += text.slice(from, isCut ? from + room : end);
      this.length += end - from;
      if (isCut) this.lastCut = text[end - 1]!;
      from = end;
      if (lineEnd < 0) continue;
      kept += '\n';
      from += 1;
      this.length = 0;
      this.lastCut = '';
    }
    return kept;
  }
}

class Splitter {
  private lines: FileLine[] = [];
  private lastLine = 0;
  private lastMalformed = 0;
  private readonly parser: Parser;

  constructor(delimiter: string, quote: string) {
    this.parser = new Parser({
      delimiter,
      quote,
      escape: quote,
      record_delimiter: '\n',
      relax_column_count: true,
      // A blank line is no record; leaving that to us would cost an error object per line (see `on_record`).
      skip_empty_lines: true,
      max_record_size: RECORD_BYTES_MAX,
      skip_records_with_error: true,
      on_record: (fields: string[], { lines }) => {
        this.add(fields, lines);
        // The parser builds an error for every record whose width is not the first one's, even where the width is relaxed: a file of short lines would
        // keep the service busy for minutes. A record that counts as the first sets the width anew.
        (this.parser as unknown as { info: { records: number } }).info.records = 0;
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
    if (lengthOf(fields) > LINE_CHARACTERS_MAX)
      this.lines.push({
        line,
        malformed: `the line is longer than ${LINE_CHARACTERS_MAX} characters, which is the most that a line may have`,
      });
    else if (fields.length > 1 || fields[0]?.trim()) this.lines.push({ line, fields });
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

/** With its delimiters, without its quotes. */
function lengthOf(fields: readonly string[]): number {
  return fields.reduce((length, field) => length + field.length, fields.length - 1);
}

function lineEndsIn(fields: readonly string[]): number {
  return fields.reduce((count, field) => count + (field.match(LINE_END)?.length ?? 0), 0);
}
