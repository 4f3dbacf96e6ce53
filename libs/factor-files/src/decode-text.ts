import { FileRefused } from './file-refused';

const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];
/** How much of a file is looked at to tell UTF-16 without a mark: its Latin letters have a zero for every second byte. */
const LOOK_BYTES = 2_000;

/**
 * The text of a file, without its byte order mark: what the mark says; without one UTF-16LE where every second byte is zero, UTF-8 where the bytes
 * are valid UTF-8, else Windows-1252, of which the printable part of ISO-8859-1 is a part. Refuses: `file_unreadable`.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = MARKS.find(([start]) => start.every((byte, i) => bytes[i] === byte));
  if (mark) return decoded(bytes, mark[1]);
  if (looksLikeUtf16(bytes)) return decoded(bytes, 'utf-16le');
  if (bytes.includes(0)) throw new FileRefused('file_unreadable', 'the file has NUL bytes: it is no text');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return windows1252(bytes);
  }
}

/** The 27 letters that Windows-1252 has where ISO-8859-1 has control characters, from 0x80 on; a space where it has none. */
const C1_LETTERS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** By a table of our own: TextDecoder reads these bytes differently from one version of Node to the next. */
function windows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (letter) => C1_LETTERS[letter.charCodeAt(0) - 0x80] ?? ' ');
}

function decoded(bytes: Uint8Array, encoding: string): string {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new FileRefused('file_unreadable', `the file has bytes that ${encoding} does not have`);
  }
  if (text.includes('\0')) throw new FileRefused('file_unreadable', 'the file has NUL characters: it is no text');
  return text;
}

function looksLikeUtf16(bytes: Uint8Array): boolean {
  const pairs = Math.floor(Math.min(bytes.length, LOOK_BYTES) / 2);
  let zeros = 0;
  for (let i = 0; i < pairs; i += 1) if (bytes[2 * i] !== 0 && bytes[2 * i + 1] === 0) zeros += 1;
  return pairs > 0 && zeros * 10 > pairs * 8;
}
