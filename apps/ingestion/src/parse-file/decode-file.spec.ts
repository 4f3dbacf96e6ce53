import { decodeFile, type Encoding } from './decode-file';

async function decode(bytes: Buffer, encoding: Encoding, piece = 3): Promise<string> {
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let i = 0; i < bytes.length; i += piece) yield bytes.subarray(i, i + piece);
  };
  let text = '';
  for await (const part of decodeFile(pieces(), encoding)) text += part;
  return text;
}

describe('decodeFile', () => {
  it.each([
    ['utf-8', Buffer.from('Zähler €')],
    ['utf-8', Buffer.from('\ufeffZähler €')],
    ['windows-1252', Buffer.from([0x5a, 0xe4, 0x68, 0x6c, 0x65, 0x72, 0x20, 0x80])],
    ['utf-16le', Buffer.from('Zähler €', 'utf16le')],
    ['utf-16le', Buffer.from('\ufeffZähler €', 'utf16le')],
    ['utf-16be', Buffer.from('\ufeffZähler €', 'utf16le').swap16()],
  ] as const)('reads %s, whatever the pieces', async (encoding, bytes) => {
    for (const piece of [1, 2, 3, 100]) expect(await decode(bytes, encoding, piece)).toBe('Zähler €');
  });

  it.each([
    ['half a character at the end', Buffer.from([0x61, 0xc3]), 'utf-8', /does not have/],
    ['bytes of another encoding', Buffer.from([0x5a, 0xe4, 0x68]), 'utf-8', /utf-8/],
    ['a NUL character', Buffer.from('a\0b'), 'utf-8', /NUL/],
    ['a byte without a letter', Buffer.from([0x61, 0x81]), 'windows-1252', /windows-1252/],
  ] as const)('refuses %s', async (_, bytes, encoding, detail) => {
    await expect(decode(bytes, encoding)).rejects.toMatchObject({
      code: 'file_not_of_stated_kind',
      detail: expect.stringMatching(detail) as string,
    });
  });

  it('keeps the control characters of ISO-8859-1, and the letters that it shares', async () => {
    expect(await decode(Buffer.from([0xe4, 0xa4, 0x85]), 'iso-8859-1')).toBe('ä¤\u0085');
  });
});
