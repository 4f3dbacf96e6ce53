import type { z } from 'zod';
import type { fileEncoding } from '#contracts';
import { FileRefused } from '../shared/records';

export type Encoding = z.infer<typeof fileEncoding>;

/** The bytes are not of the encoding: another one may fit, where the mapping leaves it open. */
export class EncodingUnfit extends FileRefused {}

/** The letters that Windows-1252 has from 0x80 on, where ISO-8859-1 has control characters; five places have none. */
const C1_LETTERS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const C1 = /[\u0080-\u009f]/g;
const WITHOUT_LETTER = /[\u0081\u008d\u008f\u0090\u009d]/;

/** Turns bytes into text, chunk by chunk. By a table of our own where TextDecoder differs from one version of Node to the next. */
export function decoderOf(encoding: Encoding): (chunk: Buffer | null) => string {
  if (encoding === 'iso-8859-1') return (chunk) => chunk?.toString('latin1') ?? '';
  if (encoding === 'windows-1252') return (chunk) => (chunk ? windows1252(chunk) : '');
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk) => (chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode());
}

function windows1252(chunk: Buffer): string {
  const latin1 = chunk.toString('latin1');
  if (WITHOUT_LETTER.test(latin1)) throw new TypeError('a byte that Windows-1252 has no letter for');
  return latin1.replace(C1, (letter) => C1_LETTERS[letter.charCodeAt(0) - 0x80]!);
}

/**
 * The text of a file in an encoding, without its byte order mark. Refuses `file_not_of_stated_kind`: bytes that the encoding does not have, a NUL
 * character (which no text has and Postgres cannot keep).
 */
export async function* decodeFile(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decode = decoderOf(encoding);
  let before = 0;
  for await (const chunk of bytes) {
    yield checked(() => decode(chunk), encoding, before, chunk.length);
    before += chunk.length;
  }
  yield checked(() => decode(null), encoding, before, 0);
}

function checked(decode: () => string, encoding: Encoding, before: number, length: number): string {
  const place = `between the bytes ${before} and ${before + length}`;
  let text: string;
  try {
    text = decode();
  } catch {
    throw new EncodingUnfit(
      'file_not_of_stated_kind',
      `The file is not ${encoding}: it has bytes ${place} that ${encoding} does not have.`,
    );
  }
  if (text.includes('\0')) throw new FileRefused('file_not_of_stated_kind', `The file is no text: it has a NUL character ${place}.`);
  return text;
}
