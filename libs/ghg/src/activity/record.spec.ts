import { Decimal, isRefusal, matchKeyText, plain, recordOf, type MatchKey, type StatedRecord } from '#ghg';

const stated = (changes: Partial<StatedRecord> = {}): StatedRecord => ({
  activityType: 'freight.road',
  operands: [
    { name: 'mass', value: new Decimal(12), unit: 'lb' },
    { name: 'distance', value: new Decimal(800), unit: 'mi' },
  ],
  attributes: {},
  periodStart: '2024-01-01',
  periodEnd: '2024-01-31',
  rounding: 'refuse',
  ...changes,
});
const gas = (value: string, unit: string, changes: Partial<StatedRecord> = {}) =>
  stated({ activityType: 'fuel.natural-gas', operands: [{ name: 'quantity', value: new Decimal(value), unit }], ...changes });
const read = (record: StatedRecord) => {
  const found = recordOf(record);
  return isRefusal(found) ? found : { quantity: plain(found.quantity), unit: found.unit, flags: found.flags, attributes: found.attributes };
};

describe('recordOf', () => {
  it('multiplies the operands in the product of their units, and converts nothing', () =>
    expect(read(stated())).toEqual({ quantity: '9600', unit: 'lb.mi', flags: [], attributes: {} }));

  it('flags a negative quantity and a long period, and accepts them', () =>
    expect(read(gas('-5', 'm³', { periodEnd: '2025-03-01' }))).toMatchObject({ unit: 'm3', flags: ['negative_quantity', 'long_period'] }));

  it('flags two numbers below zero, though their product is above', () =>
    expect(
      read(
        stated({
          operands: [
            { name: 'mass', value: new Decimal(-2), unit: 't' },
            { name: 'distance', value: new Decimal(-30), unit: 'km' },
          ],
        }),
      ),
    ).toMatchObject({ quantity: '60', flags: ['negative_quantity'] }));

  it.each(['24', '1989', '2101', '2024.0', 'FY2024'])('refuses "%s" for a price year', (price_year) =>
    expect(
      read(
        stated({
          activityType: 'spend.goods',
          operands: [{ name: 'quantity', value: new Decimal(1), unit: 'GBP' }],
          attributes: { sector: '1', price_year },
        }),
      ),
    ).toMatchObject({ refusal: 'attribute_unknown' }),
  );

  it('rounds half-even where the mapping says so, with a flag', () =>
    expect(read(gas('0.0000000000025', 'm3', { rounding: 'half-even' }))).toMatchObject({
      quantity: '0.000000000002',
      flags: ['rounded'],
    }));

  it('takes a data status and a pedigree on every type, as part of the key', () => {
    const attributes = { data_quality: '1-2-1-1-3', data_status: 'measured' };
    expect(read(gas('5', 'm3', { attributes }))).toMatchObject({ attributes });
    expect(read(stated({ attributes }))).toMatchObject({ attributes });
  });

  it('leaves out an attribute that matters only for another dimension', () =>
    expect(read(gas('5', 'm3', { attributes: { calorific_basis: 'gross' } }))).toMatchObject({ attributes: {} }));

  it.each<[string, StatedRecord, string]>([
    ['an unknown type', stated({ activityType: 'fuel.peat' }), 'activity_type_unknown'],
    ['a reversed period', stated({ periodEnd: '2023-12-31' }), 'period_reversed'],
    ['a period of more than ten years', stated({ periodEnd: '2034-01-02' }), 'period_too_long'],
    ['a missing operand', stated({ operands: [{ name: 'mass', value: new Decimal(1), unit: 't' }] }), 'value_missing'],
    ['an operand too many', gas('1', 'm3', { operands: [{ name: 'mass', value: new Decimal(1), unit: 't' }] }), 'operand_unknown'],
    ['an unknown unit', gas('1', 'therm'), 'unit_unknown'],
    ['a unit of another dimension', gas('1', 'km'), 'unit_dimension_mismatch'],
    ['a product where one unit belongs', gas('1', 't.km'), 'unit_dimension_mismatch'],
    ['too many decimals', gas('0.0000000000001', 'm3'), 'number_too_precise'],
    ['too many digits', gas('123456789012345678901', 'm3'), 'number_too_large'],
    ['an unknown data status', gas('1', 'm3', { attributes: { data_status: 'guessed' } }), 'attribute_unknown'],
    ['a pedigree of four digits', gas('1', 'm3', { attributes: { data_quality: '1-2-3-4' } }), 'attribute_unknown'],
    ['a pedigree beyond five', gas('1', 'm3', { attributes: { data_quality: '1-2-3-4-6' } }), 'attribute_unknown'],
    ['an unknown attribute', gas('1', 'm3', { attributes: { colour: 'blue' } }), 'attribute_unknown'],
    ['an unknown value', gas('1', 'kWh', { attributes: { calorific_basis: 'both' } }), 'attribute_unknown'],
    ['a missing attribute', gas('1', 'kWh'), 'attribute_missing'],
    ['an empty attribute', gas('1', 'kWh', { attributes: { calorific_basis: '' } }), 'attribute_missing'],
  ])('refuses %s', (_what, record, refusal) => expect(read(record)).toMatchObject({ refusal }));
});

describe('a distance adjustment', () => {
  const adjusted = (attributes: Record<string, string>) =>
    read(stated({ operands: [...stated().operands, { name: 'distance_adjustment', value: new Decimal('1.05'), unit: '1' }], attributes }));
  it('lifts a planned distance', () =>
    expect(adjusted({ distance_basis: 'shortest-feasible' })).toMatchObject({ quantity: '10080', unit: 'lb.mi' }));
  it('has no place beside an actual one', () =>
    expect(adjusted({ distance_basis: 'actual' })).toMatchObject({ refusal: 'distance_adjustment_on_actual', at: 'distance_adjustment' }));
});

describe('a distance that was travelled', () => {
  const flags = (attributes: Record<string, string>, more: Partial<StatedRecord> = {}) => read(stated({ attributes, ...more }));
  it.each([
    [{}, []],
    [{ distance_basis: 'shortest-feasible' }, []],
    [{ distance_basis: 'great-circle' }, []],
    [{ distance_basis: 'actual' }, ['distance_actual']],
  ])('%j is flagged %j', (attributes, expected) => expect(flags(attributes)).toMatchObject({ flags: expected }));
  it('is only a weight on a shared round', () =>
    expect(flags({ distance_basis: 'actual' }, { activityType: 'freight.shipment' })).toMatchObject({ flags: [] }));
});

describe('the origin of a fuel', () => {
  const burnt = (attributes: Record<string, string>, activityType = 'fuel.stationary') =>
    read(stated({ activityType, operands: [{ name: 'quantity', value: new Decimal(1), unit: 't' }], attributes }));
  it.each<[string, Record<string, string>, object]>([
    ['is known by a fossil name', { fuel: 'coal' }, { flags: [] }],
    ['is known by a biogenic name', { fuel: 'wood-logs' }, { flags: [] }],
    ['may be said over again', { fuel: 'wood-logs', origin: 'biogenic' }, { flags: [] }],
    ['is stated of a name of no list', { fuel: 'palm-shells', origin: 'biogenic' }, { flags: [], attributes: { origin: 'biogenic' } }],
    ['is never silently fossil', { fuel: 'palm-shells' }, { flags: ['fuel_origin_assumed'] }],
    ['is not what the name rules out', { fuel: 'coal', origin: 'biogenic' }, { refusal: 'fuel_origin_contradicted', at: 'origin' }],
    ['nor the other way', { fuel: 'biogas', origin: 'fossil' }, { refusal: 'fuel_origin_contradicted', at: 'origin' }],
    ['is one of two', { fuel: 'tyres', origin: 'mixed' }, { refusal: 'attribute_unknown' }],
  ])('%s: %j', (_what, attributes, expected) => expect(burnt(attributes)).toMatchObject(expected));
  it('is known of a type of one fuel', () => {
    expect(burnt({}, 'fuel.diesel')).toMatchObject({ flags: [] });
    expect(burnt({}, 'fuel.wood-pellets')).toMatchObject({ flags: [] });
  });
});

describe('a margin', () => {
  const spent = (attributes: Record<string, string>) =>
    read(
      stated({
        activityType: 'spend.goods',
        operands: [
          { name: 'quantity', value: new Decimal(110), unit: 'GBP' },
          { name: 'margin_rate', value: new Decimal(10), unit: '%' },
        ],
        attributes: { sector: '1', price_year: '2024', ...attributes },
      }),
    );
  it.each([
    [{ price_basis: 'basic' }, { quantity: '100' }],
    [{ price_basis: 'purchaser' }, { refusal: 'margin_beside_purchaser_price', at: 'margin_rate' }],
    [{}, { refusal: 'margin_beside_purchaser_price', at: 'margin_rate' }],
  ])('beside %j', (attributes, expected) => expect(spent(attributes)).toMatchObject(expected));
});

describe('matchKeyText', () => {
  const key: MatchKey = {
    activityType: 'a',
    unit: 't',
    year: 2024,
    country: 'GB',
    region: null,
    supplier: 'S "x"',
    attributes: { b: '1', a: '2' },
  };
  it('is one text, whatever the order of the attributes', () => {
    expect(matchKeyText({ ...key, attributes: { a: '2', b: '1' } })).toBe(matchKeyText(key));
    expect(matchKeyText(key)).toBe(
      '{"activityType":"a","attributes":{"a":"2","b":"1"},"country":"GB","region":null,"supplier":"S \\"x\\"","unit":"t","year":2024}',
    );
  });
  it('tells keys apart', () => expect(matchKeyText({ ...key, supplier: null })).not.toBe(matchKeyText(key)));
});
