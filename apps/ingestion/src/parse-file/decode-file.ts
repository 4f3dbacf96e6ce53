import type { MappingSpec } from '#contracts';
import { FileRefused } from '../shared/records';

type Encoding = MappingSpec['format']['encoding'];

/** First bytes that no text file has: [bytes, what they stand for]. */
const OTHER_KINDS: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive; an .xlsx workbook is one'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old office document (.xls)'],
  [[0x1f, 0x8b], 'compressed with gzip'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
];

/** Byte order marks say the encoding; a mapping that says another one would read the first column's name wrongly. */
const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], Encoding | 'utf-16be'])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

const beginsWith = (bytes: Buffer, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/**
 * The text of a file in the encoding that the mapping declares, without its byte order mark. Refuses `file_not_of_stated_kind`: another kind of
 * file, bytes that the encoding does not have, a NUL character (which no text has and Postgres cannot keep).
 */
export async function* decodeFile(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let before = 0;
  for await (const chunk of bytes) {
    if (before === 0) refuseOtherKinds(chunk, encoding);
    yield checked(() => decoder.decode(chunk, { stream: true }), encoding, before, chunk.length);
    before += chunk.length;
  }
  yield checked(() => decoder.decode(), encoding, before, 0);
}

function refuseOtherKinds(start: Buffer, encoding: Encoding): void {
  const kind = OTHER_KINDS.find(([magic]) => beginsWith(start, magic));
  if (kind) throw new FileRefused('file_not_of_stated_kind', `The file is ${kind[1]}, not CSV.`);
  const mark = BYTE_ORDER_MARKS.find(([bytes]) => beginsWith(start, bytes));
  if (mark && mark[1] !== encoding)
    throw new FileRefused('file_not_of_stated_kind', `The file says that it is ${mark[1]}; the mapping says ${encoding}.`);
}

function checked(decode: () => string, encoding: Encoding, before: number, length: number): string {
  const place = `between the bytes ${before} and ${before + length}`;
  let text: string;
  try {
    text = decode();
  } catch {
    throw new FileRefused('file_not_of_stated_kind', `The file is not ${encoding}: it has bytes ${place} that ${encoding} does not have.`);
  }
  if (text.includes('\0')) throw new FileRefused('file_not_of_stated_kind', `The file is no text: it has a NUL character ${place}.`);
  return text;
}
