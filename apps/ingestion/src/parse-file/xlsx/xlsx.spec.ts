import { zipOf } from '../../../../../test/support/factor-files';
import type { WrittenMapping } from '../../../../../test/support/ingestion-world';
import { readFileOf } from '../../../../../test/support/table-files';
import { dateStyles, isDateCode } from './styles';
import { rowCells } from './sheet-cells';
import { itemText, tagsOf } from './xml';

const METERS: WrittenMapping = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['no'],
  entity: { constant: 'HQ' },
  period: { start: { column: 'day' } },
  ignore: ['note'],
  slots: [
    {
      slot: 1,
      optional: true,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
    },
  ],
};

interface Parts {
  readonly sheets?: string;
  readonly header?: readonly string[];
  readonly row?: string;
  readonly texts?: string;
}

const text = (content: string): string => `<c t="inlineStr"><is><t>${content}</t></is></c>`;
const row = (kwh: string, { no = '1', note = '' } = {}): string => `${text(no)}${text('2025-01-01')}${kwh}${text(note)}`;

function book({
  sheets = '<sheet name="A" sheetId="1" r:id="r1"/>',
  header = ['no', 'day', 'kWh', 'note'],
  row: cells,
  texts,
}: Parts): Buffer {
  const data = (content: string): string => `<worksheet><sheetData>${content}</sheetData></worksheet>`;
  const lines = `<row>${header.map(text).join('')}</row><row>${cells ?? row('<c><v>5</v></c>')}</row>`;
  const files: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/a.xml"/><Relationship Id="r2" Target="worksheets/b.xml"/></Relationships>',
    'xl/worksheets/a.xml': data(lines),
    'xl/worksheets/b.xml': data(lines),
    ...(texts === undefined ? {} : { 'xl/sharedStrings.xml': `<sst>${texts}</sst>` }),
  };
  return zipOf(Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })));
}

const CONTEXT = { texts: [], dateStyles: [], since1904: false };
const many = (part: string, count = 250_000): string => part.repeat(count);

describe('a part of a workbook that is made to be slow', () => {
  it.each<[string, () => unknown, unknown]>([
    ['cells without an end', () => rowCells(many('<c>'), CONTEXT), null],
    ['cells without an end, but one', () => rowCells(`${many('<c>')}</c>`, CONTEXT), null],
    ['tags without an end', () => rowCells(many('<c '), CONTEXT), null],
    ['values without an end', () => rowCells(`<c>${many('<v>')}</c>`, CONTEXT), null],
    ['tags of values without an end', () => rowCells(`<c>${many('<v ')}</c>`, CONTEXT), [undefined]],
    ['more cells than columns', () => rowCells(many('<c/>'), CONTEXT), null],
    ['a value in raw text', () => rowCells('<c><v><![CDATA[5]]></v></c>', CONTEXT), null],
    ['a place of digits', () => rowCells(`<c r="AAAA${many('1')}x"><v>1</v></c>`, CONTEXT), null],
    ['texts without an end', () => itemText(many('<t ')), ''],
    ['phonetic runs without an end', () => itemText(many('<rPh>')), ''],
    ['tags of sheets without an end', () => tagsOf(many('<sheet '), 'sheet'), []],
    ['cell formats without an end', () => dateStyles(many('<cellXfs>')), []],
    ['a number format of brackets', () => isDateCode(many('[')), false],
  ])('is read once: %s', (_, read, expected) => {
    const began = process.cpuUsage();
    const result = read();
    const { user } = process.cpuUsage(began);
    if (Array.isArray(expected) && expected.length === 1) expect(result).not.toContainEqual(expect.anything());
    else expect(result).toEqual(expected);
    expect(user / 1e6).toBeLessThan(2);
  });

  it('costs its row', async () => {
    const { staged, refused } = await readFileOf(METERS, book({ row: many('<c>') }));
    expect([staged.length, refused.map(({ line, code }) => [line, code])]).toEqual([0, [[2, 'line_malformed']]]);
  });
});

describe('a cell of a workbook', () => {
  const NEVER_COMPUTED = /column "kWh" holds a formula .* open the workbook, save it/;
  const NO_CHARACTER = /column "no" has a character that is none/;
  it.each<[string, Parts, RegExp]>([
    ['a formula without a value', { row: row('<c><f>1+1</f></c>') }, NEVER_COMPUTED],
    ['a formula with a value that is empty', { row: row('<c><f>1+1</f><v></v></c>') }, NEVER_COMPUTED],
    ['a formula with a tag of a value', { row: row('<c><f>1+1</f><v/></c>') }, NEVER_COMPUTED],
    ['a shared formula without a value', { row: row('<c><f t="shared" si="0"/></c>') }, NEVER_COMPUTED],
    ['NUL, escaped', { row: row('<c><v>5</v></c>', { no: 'a_x0000_b' }) }, NO_CHARACTER],
    ['NUL as an entity', { row: row('<c><v>5</v></c>', { no: 'a&#0;b' }) }, NO_CHARACTER],
    ['half of a character', { row: row('<c><v>5</v></c>', { no: '&#xD800;' }) }, NO_CHARACTER],
    [
      'a text of the list',
      { texts: '<si><t>a_x0000_b</t></si>', row: row('<c><v>5</v></c>').replace(text('1'), '<c t="s"><v>0</v></c>') },
      NO_CHARACTER,
    ],
    ['two cells in one place', { row: '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>' }, /damaged/],
  ])('refuses its line: %s', async (_, parts, detail) => {
    const { staged, refused } = await readFileOf(METERS, book(parts));
    expect(staged).toEqual([]);
    expect(refused).toEqual([
      expect.objectContaining({ line: 2, code: 'line_malformed', detail: expect.stringMatching(detail) as string }),
    ]);
  });

  it.each<[string, Parts, string[]]>([
    ['a formula that was computed', { row: row('<c><f>1+1</f><v>2</v></c>') }, ['2']],
    ['a formula that comes to an empty text', { row: row('<c t="str"><f>""</f><v></v></c>') }, []],
    ['no value at all', { row: row('<c/>') }, []],
    ['both halves of a character', { row: row('<c><v>5</v></c>', { no: '_xD83D__xDE00_' }) }, ['5']],
    ['a fault in a column that is not read', { row: row('<c><v>5</v></c>', { note: 'a_x0000_b' }) }, ['5']],
    ['a list of texts with a fault that no cell shows', { texts: '<si><t>&#0;</t></si>' }, ['5']],
  ])('is taken: %s', async (_, parts, quantities) => {
    const { staged, refused } = await readFileOf(METERS, book(parts));
    expect(refused).toEqual([]);
    expect(staged.map(({ segments }) => segments[0]!.quantity)).toEqual(quantities);
  });

  it('follows the one before it where it does not say its place', () => {
    expect(rowCells(`<c/><c><v>5</v></c><x:c r='D1' t='str'><x:v>a</x:v></x:c>`, CONTEXT)?.map(String)).toHaveLength(4);
    expect(rowCells(`<c r='D1' t='str'><v>a</v></c>`, CONTEXT)?.[3]).toBe('a');
    expect(rowCells('<c/><c><v>5</v></c>', CONTEXT)?.[1]).toMatchObject({ kind: 'number', text: '5' });
  });
});

describe('a name in a workbook', () => {
  it.each<[string, Parts]>([
    ['of a column, with NUL', { header: ['no', 'day', 'kWh', 'a_x0000_b'] }],
    ['of a column, with half of a character', { header: ['no', 'day', 'kWh', '&#xD800;'] }],
    ['of a sheet, with NUL', { sheets: '<sheet name="A_x0000_" r:id="r1"/>' }],
    ['of a sheet, with half of a character', { sheets: '<sheet name="&#xD800;" r:id="r1"/>' }],
  ])('refuses the file: %s', async (_, parts) => {
    await expect(readFileOf(METERS, book(parts))).rejects.toMatchObject({
      code: 'file_unreadable',
      detail: expect.stringMatching(/^[^\0\ud800]*character that is none\.$/) as string,
    });
  });

  it.each(['hidden', 'veryHidden'])('is needed for a sheet that is %s', async (state) => {
    const hidden = `<sheet name="A" r:id="r1" state="${state}"/>`;
    const both = book({ sheets: `${hidden}<sheet name="B" state="visible" r:id="r2"/>` });
    expect((await readFileOf(METERS, both)).format.sheet).toBe('B');
    expect((await readFileOf({ ...METERS, format: { sheet: 'A' } }, both)).format.sheet).toBe('A');
    await expect(readFileOf(METERS, book({ sheets: hidden }))).rejects.toMatchObject({
      code: 'sheet_missing',
      detail: expect.stringContaining('none of them is visible') as string,
    });
  });
});
