import { FileRefused } from '../shared/records';
import { LIMITS } from './limits';

/** What stands between two elements of a list. */
const SPACE = /^\s*$/;
const INTERESTING = /["\\[\]{}]/g;

/**
 * The elements of one JSON list, as their texts, while it arrives. What is no list, or breaks off, refuses the file: `file_not_of_stated_kind`,
 * `file_unreadable`, `file_too_large` (one element that is longer than a line may be).
 */
export async function* jsonElements(texts: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  const list = new ListReader();
  for await (const text of texts) yield list.take(text);
  list.end();
}

class ListReader {
  /** 0: before or after the list; 1: between its elements; more: inside one. */
  private depth = 0;
  private ended = false;
  private inString = false;
  private escaped = false;
  private open = '';
  private count = 0;

  take(text: string): string[] {
    const elements: string[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      if (this.escaped) {
        this.escaped = false;
        continue;
      }
      at = this.nextInteresting(text, at);
      if (at >= text.length) break;
      const sign = text[at]!;
      if (this.inString) {
        if (sign === '\\') this.escaped = true;
        else if (sign === '"') this.inString = false;
        continue;
      }
      if (sign === '{' || sign === '[') {
        if (this.depth === 1) this.between(text.slice(from, at));
        if (this.depth === 0) this.begin(text.slice(from, at), sign);
        this.depth += 1;
        if (this.depth <= 2) from = this.depth === 1 ? at + 1 : at;
      } else if (sign === '"') this.inString = true;
      else if (sign === '}' || sign === ']') {
        this.depth -= 1;
        if (this.depth === 1) {
          elements.push(this.open + text.slice(from, at + 1));
          this.count += 1;
          this.open = '';
          from = at + 1;
        } else if (this.depth === 0) {
          this.between(text.slice(from, at), true);
          this.ended = true;
          from = at + 1;
        } else if (this.depth < 0) throw this.broken('closes what was never opened');
      }
    }
    this.keep(text.slice(from));
    return elements;
  }

  end(): void {
    if (!this.ended) throw new FileRefused('file_unreadable', `The list breaks off after record ${this.count}.`, this.count);
    if (!SPACE.test(this.open)) throw this.broken('goes on behind its end');
  }

  private nextInteresting(text: string, from: number): number {
    if (this.inString) {
      const quote = text.indexOf('"', from);
      const escape = text.indexOf('\\', from);
      const next = quote < 0 ? escape : escape < 0 ? quote : Math.min(quote, escape);
      return next < 0 ? text.length : next;
    }
    INTERESTING.lastIndex = from;
    return INTERESTING.exec(text)?.index ?? text.length;
  }

  private begin(before: string, sign: string): void {
    if (this.ended) throw this.broken('goes on behind its end');
    if (sign !== '[' || !SPACE.test(this.open + before)) throw this.broken('is no list of records');
    this.open = '';
  }

  /** Nothing but one comma may stand between two elements. */
  private between(text: string, atEnd = false): void {
    const sign = (this.open + text).trim();
    this.open = '';
    const isRight = atEnd ? sign === '' : sign === (this.count === 0 ? '' : ',');
    if (!isRight) throw this.broken('holds something else than records');
  }

  private keep(rest: string): void {
    this.open += rest;
    if (this.open.length > LIMITS.lineCharacters)
      throw new FileRefused(
        'file_too_large',
        `Record ${this.count + 1} has more than ${LIMITS.lineCharacters} characters.`,
        this.count + 1,
      );
  }

  private broken(how: string): FileRefused {
    return new FileRefused('file_not_of_stated_kind', `The JSON ${how}, after record ${this.count}.`, this.count);
  }
}
