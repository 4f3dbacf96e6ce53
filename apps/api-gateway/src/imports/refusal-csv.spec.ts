import { cell, refusalCsv, type RefusalPage } from './refusal-csv';

const refusal = (line: number, value: string | null) => ({
  line,
  slot: 1,
  column: 'kWh',
  code: 'number_malformed',
  detail: 'not a number',
  value,
});

async function textOf(pages: RefusalPage[]): Promise<string> {
  let text = '';
  for await (const part of refusalCsv(pages[0]!, async (after) => pages[Number(after)]!)) text += part;
  return text;
}

describe('the file of refusals', () => {
  it('has a line per refusal, over all pages', async () => {
    const text = await textOf([
      { items: [refusal(2, 'a'), refusal(3, null)], next: '1' },
      { items: [refusal(7, 'x,y')], next: null },
    ]);
    expect(text).toBe(
      'line,slot,column,code,detail,value\r\n' +
        '2,1,kWh,number_malformed,not a number,a\r\n' +
        '3,1,kWh,number_malformed,not a number,\r\n' +
        '7,1,kWh,number_malformed,not a number,"x,y"\r\n',
    );
  });

  it('has a header even without refusals', async () => {
    expect(await textOf([{ items: [], next: null }])).toBe('line,slot,column,code,detail,value\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=A1,"b"', '"\'=A1,""b"""'],
    ['1-2', '1-2'],
    [12, '12'],
    [null, ''],
  ])('writes %j as %j', (value, text) => {
    expect(cell(value)).toBe(text);
  });
});
