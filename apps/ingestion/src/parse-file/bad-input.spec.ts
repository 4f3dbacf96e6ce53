import { createHash } from 'node:crypto';
import { constants, createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { zipOf } from '../../../../test/support/factor-files';
import type { WrittenMapping } from '../../../../test/support/ingestion-world';
import { gz, parquet, readFileOf, workbook } from '../../../../test/support/table-files';
import type { FileBytes } from './file-bytes';
import { LIMITS } from './limits';

const METERS: WrittenMapping = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { constant: 'HQ' },
  period: { start: { column: 'day' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
    },
  ],
};
const HEADER = ['no', 'day', 'kWh'];
const MIB = 1024 * 1024;
/** From the moment at which the fault can be seen; the machine may be busy. */
const SECONDS_MAX = 2;

/** Bytes that are made while they are read, again at each reading. `seen`: how many of them were asked for. */
function generated(size: number, chunks: () => Iterable<Buffer>): FileBytes & { seen: () => number } {
  let seen = 0;
  return {
    size,
    seen: () => seen,
    async *stream(start = 0, end = size) {
      let at = 0;
      for (const chunk of chunks()) {
        const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
        at += chunk.length;
        seen += part.length;
        if (part.length > 0) yield await Promise.resolve(part);
        if (at >= end) return;
      }
    },
  };
}

function* begunWith(head: string, filler: Buffer, total: number): Generator<Buffer> {
  yield Buffer.from(head);
  for (let left = total; left > 0; left -= filler.length) yield filler;
}

const cells = (value: string): string => `no,day,kWh\n1,2025-01-01,${value}\n`;

async function refusalOf(content: Buffer | FileBytes): Promise<{ code: string; detail: string; cpuSeconds: number; megabytes: number }> {
  const began = process.cpuUsage();
  const before = process.memoryUsage.rss();
  try {
    const { refused, staged } = await readFileOf(METERS, content);
    throw new Error(`was read: ${staged.length} records, refused ${JSON.stringify(refused.slice(0, 3))}`);
  } catch (error) {
    const { code, detail } = error as { code?: string; detail?: string };
    if (code === undefined) throw error;
    const { user, system } = process.cpuUsage(began);
    return { code, detail: detail ?? '', cpuSeconds: (user + system) / 1e6, megabytes: (process.memoryUsage.rss() - before) / MIB };
  }
}

describe('a file that nobody should have to read', () => {
  it.each<[string, () => Buffer | FileBytes, string, RegExp]>([
    [
      'a line of a gigabyte',
      () => generated(1024 * MIB, () => begunWith('no,day,kWh\n1,', Buffer.alloc(MIB, 'x'), 1024 * MIB)),
      'file_too_large',
      /no end/,
    ],
    [
      'a header of a gigabyte',
      () => generated(1024 * MIB, () => begunWith('no,', Buffer.alloc(MIB, 'x'), 1024 * MIB)),
      'file_too_large',
      /no end/,
    ],
    [
      'a quoted cell of a gigabyte',
      () => generated(1024 * MIB, () => begunWith('no,day,kWh\n1,"', Buffer.alloc(MIB, 'x\n'), 1024 * MIB)),
      'file_not_of_stated_kind',
      /quote/,
    ],
    [
      'a JSON record of a gigabyte',
      () => generated(1024 * MIB, () => begunWith('{"no":"', Buffer.alloc(MIB, 'x'), 1024 * MIB)),
      'file_too_large',
      /no end/,
    ],
    [
      'a JSON list of one record of a gigabyte',
      () => generated(1024 * MIB, () => begunWith('[{"no":"', Buffer.alloc(MIB, 'x'), 1024 * MIB)),
      'file_too_large',
      /Record 1/,
    ],
    [
      'a million columns',
      () => Buffer.from(`${Array.from({ length: 1e6 }, (_, i) => `c${i}`).join(',')}\n`.slice(0, 8 * MIB)),
      'file_not_of_stated_kind',
      /longer than/,
    ],
    [
      'a hundred thousand columns',
      () => Buffer.from(`${HEADER.join(',')},${Array.from({ length: 1e5 }, (_, i) => i).join(',')}\n`),
      'file_too_large',
      /100003 columns/,
    ],
    [
      'JSON records of a million names',
      () => Buffer.from(Array.from({ length: 1e5 }, (_, i) => `{"n${i}":1}`).join('\n')),
      'file_too_large',
      /different names/,
    ],
    ['a NUL byte', () => Buffer.from(cells('1\0')), 'file_not_of_stated_kind', /NUL/],
    ['nothing but NUL bytes', () => Buffer.alloc(MIB), 'file_not_of_stated_kind', /NUL|does not have/],
    ['a quote that never closes', () => Buffer.from(cells('"1')), 'file_not_of_stated_kind', /never closed/],
    [
      'a JSON list cut in the middle',
      () => Buffer.from('[{"no":1,"day":"2025-01-01","kWh":1},{"no":2,'),
      'file_unreadable',
      /after record 1/,
    ],
    ['a JSON list with something behind it', () => Buffer.from('[{"no":1}] {"no":2}'), 'file_not_of_stated_kind', /end/],
    ['a JSON list of lists', () => Buffer.from('[{"no":1},[2]]'), 'column_missing', /"day", "kWh"/],
    ['gzip cut in the middle', () => gz(cells('1').repeat(5_000)).subarray(0, 100), 'file_unreadable', /break off/],
    [
      'gzip with a damaged byte',
      () => damaged(gz(Array.from({ length: 5_000 }, (_, i) => cells(String(i * 7919))).join('')), 0.5),
      'file_unreadable',
      /damaged|break off/,
    ],
    [
      'a workbook cut in the middle',
      () => workbook({ A: [HEADER, [1, new Date(0), 2]] }).subarray(0, -200),
      'file_unreadable',
      /breaks off/,
    ],
    [
      'a workbook whose sheet is damaged',
      () => damaged(workbook({ A: [HEADER, ...Array.from({ length: 3_000 }, (_, i) => [i, new Date(i * 864e5), i / 7])] }), 0.5),
      'file_unreadable',
      /damaged|unpack|break/,
    ],
    ['a ZIP archive of something else', () => zip({ 'hello.txt': 'hello' }), 'file_not_of_stated_kind', /no \.xlsx/],
    [
      'Parquet cut in the middle',
      () => parquet([{ name: 'no', data: [1, 2], type: 'INT32' }]).subarray(0, -20),
      'file_unreadable',
      /breaks off/,
    ],
    ['four bytes of Parquet', () => Buffer.from('PAR1'), 'file_unreadable', /breaks off/],
    [
      'Parquet with a footer of nonsense',
      () => Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100, 0x99), Buffer.from([100, 0, 0, 0]), Buffer.from('PAR1')]),
      'file_unreadable',
      /cannot be read/,
    ],
  ])('%s', async (_, make, code, detail) => {
    const content = make();
    const refusal = await refusalOf(content);
    expect(refusal).toMatchObject({ code, detail: expect.stringMatching(detail) as string });
    expect(refusal.cpuSeconds).toBeLessThan(SECONDS_MAX);
    expect(refusal.megabytes).toBeLessThan(300);
    // As soon as it can be seen: nobody reads a gigabyte to its end.
    if ('seen' in content) expect((content as ReturnType<typeof generated>).seen()).toBeLessThan(200 * MIB);
  });

  it('gzip of a thousand to one', async () => {
    const bomb = await gzipOf(generatedBomb(300 * MIB));
    expect(bomb.length).toBeLessThan(MIB);
    expect(await refusalOf(bomb)).toMatchObject({ code: 'file_too_large', detail: expect.stringContaining('unpack to') as string });
  });

  describe('a workbook that is a bomb', () => {
    const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
    const book = (content: string | Buffer, more: Record<string, string | Buffer> = {}): Buffer =>
      zip({
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/worksheets/sheet1.xml': content,
        ...more,
      });
    const header =
      '<row r="1"><c t="inlineStr"><is><t>no</t></is></c><c t="inlineStr"><is><t>day</t></is></c><c t="inlineStr"><is><t>kWh</t></is></c></row>';

    it.each<[string, () => Buffer, string, RegExp]>([
      [
        'entries without number',
        () => book(sheet(header), Object.fromEntries(Array.from({ length: 2_100 }, (_, i) => [`e${i}`, '']))),
        'file_too_large',
        /entries/,
      ],
      ['a sheet that unpacks to a thousand times its size', () => book(Buffer.alloc(60 * MIB, ' ')), 'file_too_large', /unpack to/],
      ['a size that it does not have', () => book(sheet(header), {}).fill(0), 'file_not_of_stated_kind', /NUL|does not have/],
      [
        'a row without an end',
        () => book(`<worksheet><sheetData>${header}<row r="2">${noise(9 * MIB)}`),
        'file_too_large',
        /row of the workbook/,
      ],
      [
        'a cell of nine megabytes',
        () => book(sheet(`${header}<row r="2"><c t="inlineStr"><is><t>${noise(9 * MIB)}</t></is></c></row>`)),
        'file_too_large',
        /row of the workbook/,
      ],
      [
        'a list of texts with a text of a megabyte',
        () => book(sheet(header), { 'xl/sharedStrings.xml': `<sst><si><t>${noise(MIB)}</t></si></sst>` }),
        'file_too_large',
        /characters/,
      ],
      [
        'entities that expand',
        () =>
          book(
            `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${sheet(`${header}<row><c t="inlineStr"><is><t>&b;</t></is></c></row>`)}`,
          ),
        'file_unreadable',
        /declares/,
      ],
      [
        'a sheet that breaks off',
        () => book(`<worksheet><sheetData>${header}<row r="2"><c><v>1</v></c></row>`),
        'file_unreadable',
        /no end/,
      ],
    ])('%s', async (_, make, code, detail) => {
      const refusal = await refusalOf(make());
      expect(refusal).toMatchObject({ code, detail: expect.stringMatching(detail) as string });
      expect(refusal.cpuSeconds).toBeLessThan(SECONDS_MAX);
      expect(refusal.megabytes).toBeLessThan(300);
    });

    it('costs only its row where a cell is longer than a cell can be', async () => {
      const long = `<row r="2"><c t="inlineStr"><is><t>${'x'.repeat(LIMITS.cellCharacters + 1)}</t></is></c></row>`;
      const { refused, lines } = await readFileOf(METERS, book(sheet(`${header}${long}`)));
      expect([lines, refused]).toEqual([1, [expect.objectContaining({ line: 2, code: 'line_malformed' })]]);
    });
  });

  describe('a Parquet file that is a bomb', () => {
    const rows = 5_000;
    const file = (changes: (bytes: Buffer) => Buffer): Buffer =>
      changes(
        parquet(
          [
            { name: 'no', data: Array.from({ length: rows }, (_, i) => i), type: 'INT32' },
            { name: 'day', data: Array.from({ length: rows }, () => new Date(0)), type: 'TIMESTAMP' },
            { name: 'kWh', data: Array.from({ length: rows }, () => 1), type: 'DOUBLE' },
          ],
          { codec: 'UNCOMPRESSED' },
        ),
      );

    it('is read while it is none', async () => {
      expect(
        (
          await readFileOf(
            METERS,
            file((bytes) => bytes),
          )
        ).staged,
      ).toHaveLength(rows);
    });

    it.each([0.1, 0.3, 0.5, 0.7, 0.9, 0.99])('is refused, or read as what it then says, with bytes damaged at %d of it', async (place) => {
      const bytes = file((whole) => damaged(whole, place));
      await expect(
        readFileOf(METERS, bytes).then(
          ({ lines }) => lines === rows,
          (error: { code?: string }) => error.code !== undefined && /^(file|column)_/.test(error.code),
        ),
      ).resolves.toBe(true);
    });
  });
});

/** Blank lines without end. */
function* generatedBomb(total: number): Generator<Buffer> {
  yield Buffer.from('no,day,kWh\n');
  const block = Buffer.alloc(MIB, '\n');
  for (let left = total; left > 0; left -= block.length) yield block;
}

async function gzipOf(chunks: Iterable<Buffer>): Promise<Buffer> {
  const packed: Buffer[] = [];
  for await (const part of Readable.from(chunks, { objectMode: false }).pipe(
    createGzip({ level: constants.Z_BEST_COMPRESSION }),
  ) as AsyncIterable<Buffer>)
    packed.push(part);
  return Buffer.concat(packed);
}

/** Letters that do not pack to nothing. */
function noise(length: number): string {
  let text = '';
  for (let i = 0; text.length < length; i += 1) text += createHash('sha512').update(String(i)).digest('base64');
  return text.slice(0, length);
}

function damaged(bytes: Buffer, place: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(copy.length * place);
  copy.fill(0xa5, at, Math.min(copy.length, at + 16));
  return copy;
}

/** An archive whose sums nobody checks. */
function zip(files: Readonly<Record<string, string | Buffer>>): Buffer {
  return zipOf(Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })));
}
