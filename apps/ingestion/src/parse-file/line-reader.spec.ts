import { z } from 'zod';
import { mappingSpec } from '#contracts';
import { CALENDAR_YEARS } from '#ghg';
import type { EntityOfRecord, ReadLine } from '../shared/records';
import { checkHeader } from './header';
import { LineReader } from './line-reader';

type Written = z.input<typeof mappingSpec>;

/** One building per line, with a column per meter. */
const wide: Written = {
  source: 'buildings',
  locale: { decimal: '.', date: 'YYYY' },
  identity: ['id', 'year'],
  entity: { constant: 'HQ' },
  period: { start: { column: 'year' } },
  tags: [
    { column: 'open', tag: 'open', type: 'boolean' },
    { column: 'since', tag: 'since', type: 'date' },
  ],
  slots: [1, 2].map((slot) => ({
    slot,
    optional: true,
    activityType: { constant: slot === 1 ? 'electricity.grid' : 'heat.district' },
    operands: { quantity: { value: { column: slot === 1 ? 'power' : 'heat' }, unit: { constant: 'kWh' } } },
  })),
};
const COLUMNS = ['id', 'year', 'power', 'heat', 'open', 'since'];

const HQ: EntityOfRecord = { id: 'e1', country: 'GB', region: null };

function readerOf(changes: Partial<Written> = {}, { fileSha256 = 'f', mappingName = 'm', entity = HQ } = {}): LineReader {
  const spec = mappingSpec.parse({ ...wide, ...changes });
  const entities = new Map([['HQ', entity]]);
  return new LineReader({
    spec,
    header: checkHeader(COLUMNS, spec, 1),
    width: COLUMNS.length,
    fileSha256,
    mappingName,
    entities,
    calendar: CALENDAR_YEARS,
  });
}
const read = (fields: string[], changes: Partial<Written> = {}, line = 2): ReadLine => readerOf(changes).read({ line, fields });
const digests = (line: ReadLine) => line.staged.map(({ identity, content }) => ({ identity, content }));

describe('a line', () => {
  it('is as many records as it has slots with a value', () => {
    expect(read(['1', '2025', '5', '7', '', '']).staged.map(({ slot }) => slot)).toEqual([1, 2]);
    expect(read(['1', '2025', '', '7', '', '']).staged.map(({ slot }) => slot)).toEqual([2]);
    expect(read(['1', '2025', ' ', '', '', ''])).toEqual({ line: 2, staged: [], refused: [] });
  });

  it('covers what its date covers', () => {
    expect(read(['1', '2024', '5', '', '', '']).staged[0]!.segments).toEqual([
      expect.objectContaining({
        start: '2024-01-01',
        end: '2024-12-31',
        quantity: '5',
        key: expect.objectContaining({ year: 2024, country: 'GB' }) as object,
      }),
    ]);
  });

  it('has typed tags, and none for an empty cell', () => {
    expect(read(['1', '2025', '5', '', 'YES', '2019']).staged[0]!.tags).toEqual({ open: true, since: '2019-01-01' });
    expect(read(['1', '2025', '5', '', '', '']).staged[0]!.tags).toEqual({});
  });

  it('keeps free text as it is stated with the row, and in one spelling in the key', () => {
    const text: Written['slots'][number] = {
      slot: 1,
      activityType: { constant: 'unclassified' },
      operands: { quantity: { value: { column: 'power' }, unit: { constant: 'EUR' } } },
      attributes: { description: { column: 'heat' }, price_year: { constant: '2025' } },
    };
    const [record] = read(['1', '2025', '5', ' Bürostühle,  12 STK ', '', ''], { slots: [text] }).staged;
    expect(record!.stated).toEqual([
      { operand: 'quantity', text: '5', unit: 'EUR' },
      { operand: 'description', text: 'Bürostühle,  12 STK', unit: '' },
    ]);
    expect(record!.segments[0]!.key.attributes).toEqual({ description: 'bürostühle, 12 stk', price_year: '2025' });
    const other = read(['1', '2025', '5', 'bürostühle, 12 stk', '', ''], { slots: [text] });
    expect(digests(other)).toEqual(digests({ line: 2, staged: [record!], refused: [] }));
    const long = read(['1', '2025', '5', 'chair '.repeat(100), '', ''], { slots: [text] });
    expect(long.staged[0]!.segments[0]!.key.attributes.description).toHaveLength(200);
    expect(read(['1', '2025', '5', 'x'.repeat(2_001), '', ''], { slots: [text] }).refused).toMatchObject([
      { code: 'attribute_unknown', column: 'heat' },
    ]);
  });

  it('refuses each of its records for itself, once, by the first reason', () => {
    const { staged, refused } = read(['1', '2025', '1,5', '7', 'maybe', 'x']);
    expect(staged).toEqual([]);
    expect(refused.map(({ slot, code, column, value }) => [slot, code, column, value])).toEqual([
      [1, 'number_malformed', 'power', '1,5'],
      [2, 'tag_malformed', 'open', 'maybe'],
    ]);
  });

  it.each<[string, Partial<Written['slots'][number]>]>([
    ['supplier', { supplier: { column: 'id' } }],
    [
      'gas',
      {
        activityType: { constant: 'refrigerant.top-up' },
        operands: { quantity: { value: { column: 'power' }, unit: { constant: 'kg' } } },
        attributes: { gas: { column: 'id' } },
      },
    ],
  ])('refuses a %s that is longer than a name', (_, changes) => {
    const slots = [{ ...wide.slots[0]!, ...changes }];
    const long = read(['x'.repeat(201), '2025', '1', '', '', ''], { slots, ignore: '*' });
    expect(long).toMatchObject({ staged: [], refused: [{ code: 'attribute_unknown', column: 'id' }] });
    expect(long.refused[0]!.detail).toContain('200');
  });

  it('shows a long cell cut', () => {
    expect(read(['1', '2025', 'x'.repeat(5_000), '', '', '']).refused[0]!.value).toHaveLength(200);
  });
});

describe('a line whose operands choose the formula', () => {
  const unit = (constant: string) => ({ constant });
  const either: Partial<Written> = {
    ignore: '*',
    slots: [
      {
        slot: 1,
        activityType: { constant: 'electricity.grid' },
        operands: {
          quantity: { value: { column: 'power' }, unit: unit('kWh'), optional: true },
          spend: { value: { column: 'heat' }, unit: unit('GBP'), optional: true },
          unit_price: { value: { column: 'open' }, unit: unit('GBP/kWh'), optional: true },
        },
      },
    ],
    tags: [],
  };
  it.each([
    ['a quantity', ['1', '2025', '5', '', '', ''], '5', [], ['quantity']],
    ['spend and its price', ['1', '2025', '', '30', '0.25', ''], '120', ['from_spend'], ['spend', 'unit_price']],
    [
      'a price that does not divide evenly',
      ['1', '2025', '', '10', '0.3', ''],
      '33.333333333333',
      ['from_spend', 'divided'],
      ['spend', 'unit_price'],
    ],
  ])('counts by %s', (_, fields, quantity, flags, operands) => {
    const [record] = read(fields, either).staged;
    expect(record).toMatchObject({ flags, segments: [{ quantity, key: { unit: 'kWh' } }] });
    expect(record?.stated.map(({ operand }) => operand)).toEqual(operands);
  });

  it.each([
    ['nothing at all', ['1', '2025', '', '', '', ''], 'value_missing', 'power'],
    ['both', ['1', '2025', '5', '30', '0.25', ''], 'operand_unknown', 'open'],
    ['spend without a price', ['1', '2025', '', '30', '', ''], 'value_missing', 'open'],
    ['a price of zero', ['1', '2025', '', '30', '0', ''], 'divisor_zero', 'open'],
  ])('refuses %s', (_, fields, code, column) => {
    expect(read(fields, either)).toMatchObject({ staged: [], refused: [{ code, column }] });
  });

  it('holds no record of an optional slot only where all of them are empty', () => {
    const slots = either.slots!.map((slot) => ({ ...slot, optional: true }));
    expect(read(['1', '2025', '', '30', '0.25', ''], { ...either, slots }).staged).toHaveLength(1);
    expect(read(['1', '2025', '', '30', '', ''], { ...either, slots })).toMatchObject({ refused: [{ code: 'value_missing' }] });
    expect(read(['1', '2025', '', '', '', ''], { ...either, slots })).toEqual({ line: 2, staged: [], refused: [] });
  });

  it('refuses an empty cell that the mapping does not call optional', () => {
    const slots = either.slots!.map((slot) => ({
      ...slot,
      operands: { ...slot.operands, quantity: { value: { column: 'power' }, unit: unit('kWh') } },
    }));
    expect(read(['1', '2025', '', '30', '0.25', ''], { ...either, slots })).toMatchObject({
      refused: [{ code: 'value_missing', column: 'power' }],
    });
  });
});

describe('the digests of a record', () => {
  const line = ['1', '2025', '1000', '', 'yes', '2019'];

  it('are the same for the same statement in another spelling, on another line, in another file, under a mapping in another order', () => {
    const known = digests(read(line));
    expect(digests(read([' 1', '2025 ', '1000.0', '', 'TRUE', '2019'], {}, 99))).toEqual(known);
    expect(
      digests(readerOf({ tags: [...wide.tags!].reverse() }, { fileSha256: 'other', mappingName: 'other' }).read({ line: 2, fields: line })),
    ).toEqual(known);
    const alias = wide.slots.map((slot) => ({
      ...slot,
      operands: { quantity: { ...slot.operands['quantity']!, unit: { constant: 'kwh' } } },
    }));
    expect(digests(read(line, { slots: alias }))).toEqual(known);
  });

  it.each<[string, string[], Partial<Written>]>([
    ['quantity', ['1', '2025', '1001', '', 'yes', '2019'], {}],
    ['tag', ['1', '2025', '1000', '', 'no', '2019'], {}],
    [
      'unit',
      line,
      { slots: [{ ...wide.slots[0]!, operands: { quantity: { value: { column: 'power' }, unit: { constant: 'MWh' } } } }], ignore: '*' },
    ],
  ])('say that another %s is another content of the same record', (_, fields, changes) => {
    const [known, other] = [digests(read(line))[0]!, digests(read(fields, changes))[0]!];
    expect(other.identity).toBe(known.identity);
    expect(other.content).not.toBe(known.content);
  });

  it('say that the same line is another content after its entity was moved, and the same where the place of the entity plays no part', () => {
    const contentIn = (entity: Partial<EntityOfRecord>, changes: Partial<Written> = {}): string =>
      digests(readerOf(changes, { entity: { ...HQ, ...entity } }).read({ line: 2, fields: line }))[0]!.content;
    const contents = [contentIn({}), contentIn({ country: 'US' }), contentIn({ country: 'US', region: 'US-CAMX' })];
    expect(new Set(contents).size).toBe(3);
    const abroad = { slots: [{ ...wide.slots[0]!, country: { constant: 'FR' } }], ignore: '*' as const };
    expect(contentIn({ country: 'US', region: 'US-CAMX' }, abroad)).toBe(contentIn({}, abroad));
  });

  it('tell records apart by source, identity columns and slot', () => {
    const identities = [
      ...digests(read(['1', '2025', '1', '1', '', ''])),
      ...digests(read(['2', '2025', '1', '', '', ''])),
      ...digests(read(['1', '2024', '1', '', '', ''])),
      ...digests(read(line, { source: 'other' })),
      ...digests(read(line, { identity: [], ignore: '*' })),
      ...digests(read(line, { identity: [], ignore: '*' }, 3)),
      ...digests(readerOf({ identity: [], ignore: '*' }, { fileSha256: 'other' }).read({ line: 2, fields: line })),
      ...digests(readerOf({ identity: [], ignore: '*' }, { mappingName: 'other' }).read({ line: 2, fields: line })),
    ].map(({ identity }) => identity);
    expect(new Set(identities).size).toBe(identities.length);
  });
});
