import { textOf, type FileLine } from '../shared/cells';
import { FileRefused } from '../shared/records';
import { withLineEnds } from './endless-line';
import { NOTHING_TO_CLOSE, type FileCheck, type FileTable, type Header } from './file-table';
import { splitLines } from './split-lines';
import { splitPlainLines } from './split-plain-lines';

/** How the lines of a text are written. */
export interface CsvForm {
  readonly delimiter: string;
  /** Empty: nothing ever stands in quotes. */
  readonly quote: string;
  /** False: the text is known to have no quote. */
  readonly quoted: boolean;
}

/** A text of lines with delimiters. The first line that is not blank names the columns. */
export class CsvTable implements FileTable {
  readonly close = NOTHING_TO_CLOSE;

  constructor(
    private readonly texts: () => AsyncIterable<string>,
    private readonly form: CsvForm,
  ) {}

  async header(): Promise<Header> {
    for await (const [first] of this.split(this.form.quoted, withLineEnds(this.texts()))) {
      if (!first) continue;
      if ('fields' in first) return { names: first.fields.map(textOf), line: first.line };
      throw new FileRefused('file_not_of_stated_kind', `The header cannot be split: ${first.malformed}.`, first.line);
    }
    throw new FileRefused('file_empty', 'The file has no line.');
  }

  /**
   * Only quotes can break the lines of a text: without any, whatever is wrong with a line is a refusal of that line, and they need no splitting
   * here. Refuses: what `decodeFile` and `splitLines` refuse, `file_too_large` (a line without an end).
   */
  async check(): Promise<FileCheck> {
    const quoted = await this.hasQuotes();
    let count = 0;
    for await (const lines of this.split(quoted, withLineEnds(this.texts()))) {
      count += lines.length;
      if (count > 1 && !quoted) break;
    }
    return { hasData: count > 1, quoted };
  }

  async *lines({ line: headerLine }: Header): AsyncGenerator<readonly FileLine[]> {
    for await (const lines of this.split(this.form.quoted)) {
      const first = lines[0];
      yield first && first.line <= headerLine ? lines.filter(({ line }) => line > headerLine) : lines;
    }
  }

  /** Goes through the whole text, unless there is one. */
  private async hasQuotes(): Promise<boolean> {
    const { quote } = this.form;
    for await (const text of withLineEnds(this.texts())) if (quote !== '' && text.includes(quote)) return true;
    return false;
  }

  private split(quoted: boolean, texts = this.texts()): AsyncGenerator<readonly FileLine[]> {
    const { delimiter, quote } = this.form;
    return quoted && quote !== '' ? splitLines(texts, delimiter, quote) : splitPlainLines(texts, delimiter);
  }
}
