import type { FactorSet } from '#ghg';
import { factorOf, gases, pinned } from '../../../test/golden/fixtures';
import { isFileRefusal, type FactorFileReading, type FileRefusal, type Layout, type Omission, type RecognisedFile } from './factor-file';
import { openFile } from './open-file';
import { accountOf, readFactorFile } from './read-factor-file';
import { recognise } from './recognise';

const recognised: RecognisedFile = { publisher: 'p', edition: 'e', version: 'v', newerThanKnown: false };
const set: FactorSet = { ...pinned(factorOf('x')).set, factors: [factorOf('x')] };
const omission = (row: number): Omission => ({ sheet: 'table', row, reason: 'value_blank', detail: 'blank' });
const reading = (more: Partial<FactorFileReading> = {}): FactorFileReading => ({
  recognised,
  set,
  rowsRead: 3,
  rowsUsed: 1,
  omissions: [omission(2), omission(3)],
  ...more,
});
const layout = (id: string, read: FactorFileReading | FileRefusal, knows = true): Layout => ({
  id,
  publisher: id,
  recognise: () => (knows ? recognised : null),
  read: () => read,
});
const file = { name: 'a.csv', bytes: Buffer.from('ID,Scope\n1,2\n') };
const readWith = (...layouts: Layout[]) => readFactorFile(file, gases, {}, layouts);

describe('readFactorFile', () => {
  it('hands a good reading on', () => expect(readWith(layout('a', reading()))).toEqual(reading()));

  it.each<[string, Layout[], string, string]>([
    ['no layout knows', [layout('a', reading(), false)], 'layout_unknown', 'csv, first cells "ID", "Scope"'],
    ['two layouts know', [layout('a', reading()), layout('b', reading())], 'layout_ambiguous', 'it could be of a, b'],
    ['the layout refuses', [layout('a', { refused: 'hand_edited', detail: 'why' })], 'hand_edited', 'why'],
    [
      'has no licence',
      [layout('a', reading({ set: { ...set, licence: ' ' } }))],
      'licence_missing',
      'say under which licence you hold the file',
    ],
    ['loses a row', [layout('a', reading({ rowsRead: 4 }))], 'rows_unaccounted', '4 rows read, 1 used, 2 left out'],
    [
      'leaves out a row twice',
      [layout('a', reading({ omissions: [omission(2), omission(2)] }))],
      'rows_unaccounted',
      '1 rows are left out twice',
    ],
    [
      'gives nothing',
      [layout('a', reading({ set: { ...set, factors: [] }, rowsUsed: 0, rowsRead: 2 }))],
      'nothing_read',
      '2 rows read, all of them left out: 2 value_blank',
    ],
  ])('refuses a file that %s', (_what, layouts, refused, detail) => expect(readWith(...layouts)).toMatchObject({ refused, detail }));

  it('tells a figure that the kernel does not take with its row', () => {
    const negative = { ...set, factors: [factorOf('x', { kgco2e: '-1' })] };
    const places = new Map([['x', { sheet: 'table', row: 7 }]]);
    expect(readWith(layout('a', reading({ set: negative, places })))).toMatchObject({
      refused: 'figures_unusable',
      sheet: 'table',
      row: 7,
      column: 'kgco2e',
      places: [{ code: 'amount_negative', row: 7 }],
    });
  });

  it('tells why nothing was read', () =>
    expect(readWith(layout('a', reading({ set: { ...set, factors: [] }, rowsUsed: 0, rowsRead: 2 })))).toMatchObject({
      places: [{ sheet: 'table', row: 2, code: 'value_blank' }, { row: 3 }],
    }));

  it('refuses what a layout finds out of a sheet only', () => {
    const asks: Layout = { ...layout('a', reading()), read: (opened) => (opened.sheet('Factors by Category'), reading()) };
    expect(readWith(asks)).toMatchObject({ refused: 'sheet_missing', sheet: 'Factors by Category' });
  });

  it('refuses bytes that are no file before any layout looks', () =>
    expect(readFactorFile({ name: 'a', bytes: Buffer.alloc(0) }, gases, {}, [])).toMatchObject({ refused: 'file_unreadable' }));
});

it('an account that is right has nothing to say', () => expect(accountOf(reading())).toBeNull());

it('a JSON file that nobody knows is told by its beginning', () => {
  const json = openFile({ name: 'a.json', bytes: Buffer.from('{"a": 1}') });
  if (isFileRefusal(json)) throw new Error(json.detail);
  expect(recognise(json, [])).toEqual({ refused: 'layout_unknown', detail: 'json that begins with "{\\"a\\": 1}"' });
});
