import * as XLSX from '@e965/xlsx';
import { openedFile, zipOf } from '../../../test/support/factor-files';
import { numberCell } from './cells';
import { isFileRefusal, type OpenedFile } from './factor-file';
import { openFile } from './open-file';
import { ZIP_LIMITS } from './zip';

const open = (bytes: Uint8Array | string, name = 'a.bin') =>
  openFile({ name, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes });
const opened = (bytes: Uint8Array | string): OpenedFile => {
  const file = open(bytes);
  if (isFileRefusal(file)) throw new Error(file.detail);
  return file;
};
const texts = (file: OpenedFile, sheet = 'table') => file.sheet(sheet).rows.map((row) => row.map(({ text }) => text));

const workbook = (rows: unknown[][], bookType: 'xlsx' | 'biff8'): Buffer => {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['front']]), 'Front page');
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), 'Factors');
  return XLSX.write(book, { type: 'buffer', bookType, compression: true }) as Buffer;
};

describe('a workbook', () => {
  const rows = [['ID', 'Value', null, 'Text'], [1, 0.18296, null, ' x '], [], [2, 1e-7, null, '   '], [3, 0, true, null]];

  it.each(['xlsx', 'biff8'] as const)('is known by its bytes and read by sheet: %s', (bookType) => {
    const file = opened(workbook(rows, bookType));
    expect([file.kind, file.sheetNames]).toEqual([bookType === 'xlsx' ? 'xlsx' : 'xls', ['Front page', 'Factors']]);
    expect(file.sheet('Factors').rows.map((row) => row.map(({ kind, text }) => `${kind} ${text}`))).toEqual([
      ['text ID', 'text Value', 'blank ', 'text Text'],
      ['number 1', 'number 0.18296', 'blank ', 'text  x '],
      [],
      ['number 2', 'number 0.0000001'],
      ['number 3', 'number 0', 'text TRUE'],
    ]);
    expect(file.sheet('Factors')).toBe(file.sheet('Factors'));
  });

  it('has errors of the spreadsheet as errors, not as text', () => {
    const sheet = XLSX.utils.aoa_to_sheet([['a', 'b']]);
    sheet['B1'] = { t: 'e', v: 0x07, w: '#DIV/0!' };
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, sheet, 's');
    const file = opened(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    expect(file.sheet('s').rows[0]?.[1]?.kind).toBe('error');
  });

  it.each<[string, Buffer, string]>([
    ['cut off', workbook(rows, 'xlsx').subarray(0, 2000), 'file_unreadable'],
    ['an old workbook that is cut off', workbook(rows, 'biff8').subarray(0, 300), 'file_unreadable'],
    ['a ZIP archive of something else', zipOf([{ name: 'a.txt', content: Buffer.from('x') }]), 'file_unreadable'],
    [
      'an archive of too many entries',
      zipOf(Array.from({ length: 501 }, (_, i) => ({ name: `xl/${i}`, content: Buffer.from('') }))),
      'file_too_large',
    ],
    [
      'an entry that states too much',
      zipOf([{ name: 'xl/a', content: Buffer.from('x'), unpackedBytes: ZIP_LIMITS.entryBytesMax + 1 }]),
      'file_too_large',
    ],
    [
      'entries that state too much together',
      zipOf(['a', 'b', 'c'].map((name) => ({ name: `xl/${name}`, content: Buffer.from('x'), unpackedBytes: 90 * 1024 * 1024 }))),
      'file_too_large',
    ],
    ['a bomb by its ratio', zipOf([{ name: 'xl/a', content: Buffer.alloc(25 * 1024 * 1024) }]), 'file_too_large'],
    ['an entry of ZIP64', zipOf([{ name: 'xl/a', content: Buffer.from('x'), unpackedBytes: 0xffffffff }]), 'file_too_large'],
    [
      'an entry that unpacks to more than it states',
      zipOf([
        { name: '[Content_Types].xml', content: Buffer.alloc(5_000_000), unpackedBytes: 10 },
        { name: 'xl/workbook.xml', content: Buffer.from('x') },
      ]),
      'file_unreadable',
    ],
  ])('that is %s is refused', (_what, bytes, refused) => expect(open(bytes)).toMatchObject({ refused }));

  it('without the sheet that is asked for says what it has', () =>
    expect(() => opened(workbook(rows, 'xlsx')).sheet('Other')).toThrow('the file has "Front page", "Factors"'));
});

describe('a text file', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('a,b\né,1\n')],
    ['UTF-8 with its mark', Buffer.from('\ufeffa,b\né,1\n')],
    ['UTF-16LE with its mark', Buffer.from('\ufeffa,b\né,1\n', 'utf16le')],
    ['UTF-16LE without', Buffer.from('a,b\né,1\n', 'utf16le')],
    ['ISO-8859-1', Buffer.from('a,b\né,1\n', 'latin1')],
  ])('of %s', (_encoding, bytes) =>
    expect(texts(opened(bytes))).toEqual([
      ['a', 'b'],
      ['é', '1'],
    ]),
  );

  it('of Windows-1252', () => expect(texts(opened(Buffer.from([0x80, 0x2c, 0x92, 0x0a])))).toEqual([['€', '’']]));

  it.each([
    [
      'comma',
      'a,b;c\n1,2\n',
      [
        ['a', 'b;c'],
        ['1', '2'],
      ],
    ],
    [
      'semicolon',
      'a;b;c,d\n1;2,5;3\n',
      [
        ['a', 'b', 'c,d'],
        ['1', '2,5', '3'],
      ],
    ],
    [
      'tab',
      'a\tb\n1,5\t2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    ['none', 'a\n1,5\n', [['a'], ['1', '5']]],
    [
      'delimiter within quotes of the header',
      '"a;b;c",d\n1,2\n',
      [
        ['a;b;c', 'd'],
        ['1', '2'],
      ],
    ],
    ['title line above', 'My table\na;b\n1;2\n', [['My table'], ['a', 'b'], ['1', '2']]],
    [
      'quotes, doubled and spanning lines',
      'a,b\n"x ""y""\nz",2\r\n',
      [
        ['a', 'b'],
        ['x "y"\nz', '2'],
      ],
    ],
    [
      'quote within a cell',
      'a,b\n5" pipe,2',
      [
        ['a', 'b'],
        ['5" pipe', '2'],
      ],
    ],
    ['empty lines in the midst, blanks at the end', 'a,b\n\n1,,\n\n', [['a', 'b'], [], ['1']]],
    [
      'CR alone',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
  ])('with %s', (_what, text, expected) => expect(texts(opened(text))).toEqual(expected));

  it.each<[string, Uint8Array | string]>([
    ['empty', ''],
    ['binary', Buffer.from([1, 0, 2, 0xff, 0, 0, 7])],
    ['a PDF', '%PDF-1.7'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8])],
    ['JSON that breaks off', '{"a": ['],
  ])('that is %s is refused', (_what, bytes) => expect(open(bytes)).toMatchObject({ refused: 'file_unreadable' }));

  it('whose quote never closes says where it opens', () => {
    expect(() => opened('a,b\n1,2\n3,"4\n5,6\n').sheet('table')).toThrow('a quote is opened here and never closed');
  });

  it('of JSON is text', () => expect(opened(' [{"a": 1}]')).toMatchObject({ kind: 'json', sheetNames: [], text: ' [{"a": 1}]' }));
});

describe('a stored number', () => {
  it.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [0.20705, '0.20705'],
    [1e21, '1000000000000000000000'],
    [-0, '0'],
    [1.5e-9, '0.0000000015'],
  ])('%d is its shortest decimal text', (value, text) => expect(numberCell(value)).toEqual({ text, kind: 'number' }));
  it('that is none is an error', () => expect(numberCell(Number.NaN).kind).toBe('error'));
});

it('tests write sheets as they are opened', () =>
  expect(
    openedFile({ s: [['a', 1, null]] })
      .sheet('s')
      .rows[0]?.map(({ kind }) => kind),
  ).toEqual(['text', 'number', 'blank']));
