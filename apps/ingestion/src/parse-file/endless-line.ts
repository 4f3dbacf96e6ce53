import { FileRefused } from '../shared/records';
import { LIMITS } from './limits';

/** A gigabyte without a line end is no table, and nobody need read to its end to say so. */
class EndlessLine {
  private length = 0;

  pass(text: string): void {
    const first = text.search(/[\r\n]/);
    const before = first < 0 ? text.length : first;
    if (this.length + before > LIMITS.endlessLineCharacters)
      throw new FileRefused('file_too_large', `A line has more than ${LIMITS.endlessLineCharacters} characters and no end.`, 0);
    const last = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    this.length = last < 0 ? this.length + text.length : text.length - last - 1;
  }
}

/** A text that is told to be none as soon as it goes on without a line end. */
export async function* withLineEnds(texts: AsyncIterable<string>): AsyncGenerator<string> {
  const endless = new EndlessLine();
  for await (const text of texts) {
    endless.pass(text);
    yield text;
  }
}
