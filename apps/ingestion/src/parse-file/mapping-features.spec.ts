import type { WrittenMapping } from '../../../../test/support/ingestion-world';
import { readFileOf } from '../../../../test/support/table-files';

type Slot = WrittenMapping['slots'][number];
const KWH = { constant: 'kWh' };
const power = (more: Partial<Slot> = {}): Slot => ({
  slot: 1,
  activityType: { constant: 'electricity.grid' },
  operands: { quantity: { value: { column: '*' }, unit: KWH } },
  ...more,
});
const mapping = (more: Partial<WrittenMapping> = {}): WrittenMapping => ({
  source: 's',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['meter'],
  entity: { constant: 'HQ' },
  period: { start: { constant: '2025-01-01' } },
  slots: [power()],
  ...more,
});
const read = (spec: WrittenMapping, ...lines: string[]) => readFileOf(spec, Buffer.from(`${lines.join('\n')}\n`));

describe('columns that are records', () => {
  const months = mapping({
    ignore: ['note'],
    slots: [power({ optional: true, spread: { header: { date: 'YYYY-MM', prefix: 'kWh ' } } })],
  });

  it('take their period from the header', async () => {
    const { staged, refused } = await read(months, 'meter,kWh 2025-01,note,kWh 2025-02,kWh 2025-03', 'A,1,x,2,', 'B,,x,3,four');
    expect(staged.map(({ line, slot, segments }) => [line, slot, segments[0]!.start, segments[0]!.end, segments[0]!.quantity])).toEqual([
      [2, 1, '2025-01-01', '2025-01-31', '1'],
      [2, 2, '2025-02-01', '2025-02-28', '2'],
      [3, 2, '2025-02-01', '2025-02-28', '3'],
    ]);
    expect(refused).toEqual([
      expect.objectContaining({ line: 3, slot: 3, code: 'number_malformed', column: 'kWh 2025-03', value: 'four' }),
    ]);
  });

  it('are known by the names of their columns, wherever these stand', async () => {
    const first = await read(months, 'meter,kWh 2025-01,kWh 2025-02', 'A,1,2');
    const rolled = await read(months, 'meter,kWh 2025-02,kWh 2025-03', 'A,2,3');
    expect(rolled.staged[0]!.identity).toBe(first.staged[1]!.identity);
    expect(rolled.staged[0]!.content).toBe(first.staged[1]!.content);
    expect(rolled.staged[1]!.identity).not.toBe(first.staged[0]!.identity);
  });

  it('are refused as a whole where there is none, and where one is neither read nor ignored', async () => {
    await expect(read(months, 'meter,note', 'A,x')).rejects.toMatchObject({ code: 'column_missing' });
    await expect(read(months, 'meter,kWh 2025-01,kWh 2025-1', 'A,1,2')).rejects.toMatchObject({ code: 'column_unknown' });
  });

  it('may be listed, with what stands for their names: hours of one day', async () => {
    const hours = mapping({
      period: { start: { column: 'day' } },
      identity: ['meter', 'day'],
      slots: [
        power({
          slot: 10,
          spread: {
            columns: [
              { column: 'H1', is: '00:00' },
              { column: 'H2', is: '01:00' },
            ],
          },
        }),
      ],
    });
    const { staged } = await read(hours, 'meter,day,H1,H2', 'A,2025-03-30,5,6');
    expect(staged.map(({ slot, segments }) => [slot, segments[0]!.start, segments[0]!.quantity])).toEqual([
      [10, '2025-03-30', '5'],
      [11, '2025-03-30', '6'],
    ]);
    expect(new Set(staged.map(({ identity }) => identity)).size).toBe(2);
  });

  it('may name the month and leave the year to a column', async () => {
    const quarters = mapping({
      slots: [
        power({
          spread: {
            columns: [
              { column: 'Jan', is: '01' },
              { column: 'Feb', is: '02' },
            ],
          },
          period: { start: { join: [{ column: 'year' }, { header: true }], with: '-' }, date: 'YYYY-MM' },
        }),
      ],
    });
    const { staged } = await read(quarters, 'meter,year,Jan,Feb', 'A,2024,1,2');
    expect(staged.map(({ segments }) => [segments[0]!.start, segments[0]!.end])).toEqual([
      ['2024-01-01', '2024-01-31'],
      ['2024-02-01', '2024-02-29'],
    ]);
  });

  it('may be of different activity types, through a table of their names', async () => {
    const energies = mapping({
      slots: [
        power({
          spread: { columns: [{ column: 'Strom' }, { column: 'Fernwärme' }] },
          activityType: { header: true, values: { Strom: 'electricity.grid', Fernwärme: 'heat.district' } },
        }),
      ],
    });
    const { staged } = await read(energies, 'meter,Strom,Fernwärme', 'A,1,2');
    expect(staged.map(({ segments }) => segments[0]!.key.activityType)).toEqual(['electricity.grid', 'heat.district']);
  });
});

describe('a cell', () => {
  const flights = mapping({
    locale: { decimal: ',', date: 'YYYY-MM' },
    identity: ['no'],
    entity: { column: 'org', split: { at: '/', part: 1 }, values: { uk: 'HQ' } },
    period: { start: { join: [{ column: 'year' }, { column: 'month' }], with: '-' } },
    tags: [
      { from: { column: 'route', split: { at: '-', part: 1, of: 2 } }, tag: 'origin', type: 'text' },
      { from: { constant: 'SAP' }, tag: 'system', type: 'text' },
      { column: 'route', tag: 'route', type: 'text' },
    ],
    slots: [
      {
        slot: 1,
        activityType: { constant: 'electricity.grid' },
        operands: {
          quantity: { value: { column: 'amount', split: { at: ' ', part: 1 } }, unit: { column: 'amount', split: { at: ' ', part: 2 } } },
        },
        supplier: { join: [{ column: 'group' }, { column: 'firm' }], with: ' ' },
      },
    ],
  });
  const HEADER = 'no;org;year;month;amount;route;group;firm';

  it('is a part of a column, or several joined, or the same for every line', async () => {
    const { staged, refused } = await read(flights, HEADER, '1;uk/12;2025;02;1,5 MWh;LHR-JFK;A;B', '2;uk/12;2025;03;2 kWh;;;');
    expect(refused).toEqual([]);
    expect(
      staged.map(({ segments, tags }) => [
        segments[0]!.start,
        segments[0]!.quantity,
        segments[0]!.key.unit,
        segments[0]!.key.supplier,
        tags,
      ]),
    ).toEqual([
      ['2025-02-01', '1.5', 'MWh', 'A B', { origin: 'LHR', route: 'LHR-JFK', system: 'SAP' }],
      ['2025-03-01', '2', 'kWh', null, { system: 'SAP' }],
    ]);
  });

  it.each([
    ['1;us/12;2025;02;1 kWh;;;', 'entity_unknown', 'org', 'us/12'],
    ['1;uk/12;2025;2;1 kWh;;;', 'date_malformed', 'year', '2025'],
    ['1;uk/12;2025;02;1kWh;;;', 'number_malformed', 'amount', '1kWh'],
    ['1;uk/12;2025;02;1 kWh;LHR-JFK-SFO;;', 'tag_malformed', 'route', 'LHR-JFK-SFO'],
  ])('that has not the parts that are asked for is refused: %s', async (line, code, column, value) => {
    const { staged, refused } = await read(flights, HEADER, line);
    expect([staged, refused]).toEqual([[], [expect.objectContaining({ code, column, value })]]);
  });
});

describe('a period', () => {
  const bills = (period: WrittenMapping['period']): WrittenMapping =>
    mapping({ period, slots: [power({ operands: { quantity: { value: { column: 'kWh' }, unit: KWH } } })] });

  it('may end where the next one begins', async () => {
    const { staged, refused } = await read(
      bills({ start: { column: 'from' }, end: { column: 'to' }, endIs: 'exclusive' }),
      'meter,from,to,kWh',
      'A,2025-01-01,2025-02-01,1',
      'B,2025-01-01,2025-01-01,1',
    );
    expect(staged[0]!.segments[0]).toMatchObject({ start: '2025-01-01', end: '2025-01-31' });
    expect(refused).toEqual([expect.objectContaining({ line: 3, code: 'period_reversed', column: 'to' })]);
  });

  it('may be of moments: a day is the one in the declared zone', async () => {
    const hourly = {
      ...bills({ start: { column: 'at' } }),
      locale: { decimal: '.', date: 'YYYY-MM-DDTHH:mm', zone: 'Europe/Berlin' },
    } as const;
    const { staged } = await read(
      { ...hourly, identity: ['meter', 'at'] },
      'meter,at,kWh',
      'A,2024-12-31T22:30Z,1',
      'A,2024-12-31T23:30Z,2',
    );
    expect(staged.map(({ segments }) => segments[0]!.key.year)).toEqual([2024, 2025]);
  });
});

describe('a JSON record', () => {
  const records = mapping({ slots: [power({ operands: { quantity: { value: { column: 'kWh' }, unit: KWH } } })], ignore: '*' });
  const lines = (...texts: string[]) => read(records, ...texts);

  it('keeps every digit of a number, and the spelling of a text to the mapping', async () => {
    const { staged, refused } = await lines(
      '{"meter":"A","kWh":12345678901.123456789012}',
      '{"meter":"B","kWh":0.1}',
      '{"meter":"C","kWh":"1234.5"}',
      '{"meter":"D","kWh":"1,5"}',
      '{"meter":"E","kWh":null}',
      '{"meter":"F"}',
      '{"meter":12345678901234567890,"kWh":1e3}',
    );
    expect(staged.map(({ segments }) => segments[0]!.quantity)).toEqual(['12345678901.123456789012', '0.1', '1234.5', '1000']);
    expect(refused.map(({ line, code }) => [line, code])).toEqual([
      [4, 'number_malformed'],
      [5, 'value_missing'],
      [6, 'value_missing'],
    ]);
  });

  it.each([
    ['{"meter":"A","kWh":1', 'no JSON'],
    ['[1]', 'no JSON object'],
    ['"text"', 'no JSON object'],
    ['{"meter":"A","kWh":{"value":1}}', '"kWh" is no single value'],
    ['{"meter":"\\u0000","kWh":1}', 'a character that is none'],
    ['{"meter":"\\ud800","kWh":1}', 'a character that is none'],
  ])('that is none costs its line alone: %s', async (wrong, detail) => {
    const { staged, refused } = await lines('{"meter":"A","kWh":1}', wrong, '', '{"constructor":1,"__proto__":2,"meter":"B","kWh":2}');
    expect(staged.map(({ line }) => line)).toEqual([1, 4]);
    expect(refused).toEqual([
      expect.objectContaining({ line: 2, slot: 0, code: 'line_malformed', detail: expect.stringContaining(detail) as string }),
    ]);
  });

  it('in a list is counted by its place there', async () => {
    const { staged, format } = await lines('[ {"meter":"]}\\"","kWh":1},\n\n{"meter":"B",', '"kWh":2} ]');
    expect(format.kind).toBe('ndjson');
    expect(staged.map(({ line }) => line)).toEqual([1, 2]);
  });
});
