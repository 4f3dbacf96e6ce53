import { FileRefused } from '../../shared/records';
import { LIMITS } from '../limits';

/** One element of a stream of XML: its attributes and what is inside it. */
export interface Element {
  readonly attributes: string;
  readonly inner: string;
}

/**
 * The elements of one name inside another, while the text arrives; none is longer than `LIMITS.rowCharacters`. Refuses: `file_unreadable` (the outer element
 * does not end, declarations of entities), `file_too_large`.
 */
export async function* elementsOf(texts: AsyncIterable<string>, outer: string, name: string): AsyncGenerator<readonly Element[]> {
  const reader = new ElementReader(outer, name);
  for await (const text of texts) {
    const found = reader.take(text);
    if (found.length > 0) yield found;
  }
  reader.end();
}

class ElementReader {
  private buffer = '';
  private prefix: string | undefined;
  private ended = false;
  private readonly begin: RegExp;

  constructor(
    private readonly outer: string,
    private readonly name: string,
  ) {
    this.begin = new RegExp(`<((?:\\w+:)?)${outer}(?:\\s[^<>]*?)?(\\/?)>`);
  }

  take(text: string): Element[] {
    // What comes behind must be unpacked, so that a part that breaks off is seen; it need not be kept.
    if (this.ended) return [];
    this.buffer += text;
    if (this.prefix === undefined && !this.begun()) return [];
    const found: Element[] = [];
    const rest = this.ended ? this.buffer.length : this.collect(found);
    this.buffer = this.buffer.slice(rest);
    if (this.buffer.length > LIMITS.rowCharacters)
      throw new FileRefused('file_too_large', `A ${this.name} of the workbook has more than ${LIMITS.rowCharacters} characters.`, 0);
    return found;
  }

  end(): void {
    if (!this.ended) throw new FileRefused('file_unreadable', `The workbook breaks off: its ${this.outer} has no end.`, 0);
  }

  private begun(): boolean {
    if (this.buffer.includes('<!')) throw new FileRefused('file_unreadable', 'The workbook declares what no workbook needs.', 0);
    const begin = this.begin.exec(this.buffer);
    if (!begin) return this.buffer.length > LIMITS.rowCharacters && this.tooLong();
    this.prefix = begin[1] ?? '';
    this.ended = begin[2] === '/';
    this.buffer = this.buffer.slice(begin.index + begin[0].length);
    return true;
  }

  private tooLong(): never {
    throw new FileRefused('file_too_large', `The workbook has more than ${LIMITS.rowCharacters} characters before its ${this.outer}.`, 0);
  }

  /** Gathers whole elements; returns how far they went. */
  private collect(found: Element[]): number {
    const open = `<${this.prefix}${this.name}`;
    const close = `</${this.prefix}${this.name}>`;
    const { buffer } = this;
    let at = 0;
    for (;;) {
      const start = buffer.indexOf('<', at);
      if (start < 0) return buffer.length;
      if (buffer.length - start < open.length + 1) return start;
      if (buffer.startsWith(`</${this.prefix}${this.outer}`, start)) {
        this.ended = true;
        return buffer.length;
      }
      if (!buffer.startsWith(open, start) || !/[\s/>]/.test(buffer[start + open.length] ?? '')) {
        // Only the elements themselves stand inside, and the end of all of them.
        const next = buffer.indexOf('>', start);
        if (next < 0) return start;
        at = next + 1;
        continue;
      }
      const tagEnd = buffer.indexOf('>', start);
      if (tagEnd < 0) return start;
      const isEmpty = buffer[tagEnd - 1] === '/';
      const end = isEmpty ? tagEnd + 1 : buffer.indexOf(close, tagEnd);
      if (end < 0) return start;
      const attributes = buffer.slice(start + open.length, isEmpty ? tagEnd - 1 : tagEnd);
      found.push({ attributes, inner: isEmpty ? '' : buffer.slice(tagEnd + 1, end) });
      at = isEmpty ? end : end + close.length;
    }
  }
}
