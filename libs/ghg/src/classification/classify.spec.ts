import fc from 'fast-check';
import {
  ACTIVITY_TYPES,
  canonicalJson,
  checkClassification,
  classificationsOf,
  classify,
  decideRates,
  effectOf,
  factorIndex,
  isClassifiable,
  isRefusal,
  measuredDimensions,
  readState,
  recordOf,
  Decimal,
  UNCLASSIFIED,
  type Classification,
  type Decision,
  type MatchKey,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { readingOf } from '../../../../test/support/change-states';
import { PACK } from '../../../../test/support/default-pack';

const SOFTWARE = { activityType: 'spend.goods', attributes: { sector: '511210' } };
const rule = (id: string, changes: Partial<Classification> = {}): Classification => ({
  id,
  description: 'aws emea sarl',
  to: SOFTWARE,
  author: 'Ada',
  reason: 'invoices seen',
  decidedAt: '2026-01-01T00:00:00.000000Z',
  source: 'person',
  ...changes,
});
const text = (changes: Partial<MatchKey> = {}, attributes: Record<string, string> = {}): MatchKey =>
  keyOf({
    activityType: UNCLASSIFIED,
    unit: 'EUR',
    supplier: 'AWS  Emea',
    attributes: { description: 'aws emea sarl', price_year: '2024', ...attributes },
    ...changes,
  });
const winner = (key: MatchKey, rules: readonly Classification[]): string | null => {
  const classified = classify(key, classificationsOf(rules));
  return isRefusal(classified) ? classified.refusal : (classified.classification?.id ?? null);
};

describe('classify', () => {
  it('leaves a key alone that says itself what it is', () => {
    const key = keyOf();
    expect(classify(key, classificationsOf([rule('a')]))).toEqual({ key });
  });

  it('makes of free text what its classification says, and keeps everything else', () => {
    const key = text({ region: 'GB-X' }, { data_status: 'invoiced', account: 'it' });
    expect(classify(key, classificationsOf([rule('a')]))).toEqual({
      key: { ...key, activityType: 'spend.goods', attributes: { sector: '511210', price_year: '2024', data_status: 'invoiced' } },
      classification: {
        id: 'a',
        activityType: 'spend.goods',
        attributes: { sector: '511210', price_year: '2024', data_status: 'invoiced' },
        author: 'Ada',
        reason: 'invoices seen',
        decidedAt: '2026-01-01T00:00:00.000000Z',
        source: 'person',
      },
    });
  });

  it('says of a suggestion how it scored', () => {
    const classified = classify(text(), classificationsOf([rule('a', { source: 'suggestion', score: '0.97' })]));
    expect(classified).toMatchObject({ classification: { source: 'suggestion', score: '0.97' } });
  });

  it('lets what the row states go before what the classification states', () => {
    const to = { activityType: 'spend.goods', attributes: { sector: '1', price_year: '2020', price_basis: 'basic' } };
    const classified = classify(text({}, { price_basis: 'purchaser' }), classificationsOf([rule('a', { to })]));
    expect(classified).toMatchObject({ key: { attributes: { sector: '1', price_year: '2024', price_basis: 'purchaser' } } });
  });

  const later = '2026-01-02T00:00:00.000000Z';
  it.each<[string, MatchKey, Classification[], string | null]>([
    ['no rule at all', text(), [], 'classification_missing'],
    ['a rule for another text', text(), [rule('a', { description: 'aws' })], 'classification_missing'],
    ['a rule for another country', text(), [rule('a', { country: 'DE' })], 'classification_missing'],
    ['a rule for another account', text({}, { account: 'it' }), [rule('a', { account: 'rent' })], 'classification_missing'],
    ['a rule for another supplier', text({ supplier: null }), [rule('a', { supplier: 'aws emea' })], 'classification_missing'],
    [
      'a rule for another dimension',
      text({ unit: 't' }, { price_year: '' }),
      [rule('a', { unitDimension: 'money' })],
      'classification_missing',
    ],
    ['the country named', text(), [rule('a'), rule('b', { country: 'GB' })], 'b'],
    ['the supplier named, in whatever spelling', text(), [rule('a'), rule('b', { supplier: 'aws emea' })], 'b'],
    ['the account named', text({}, { account: 'it' }), [rule('a'), rule('b', { account: 'it' })], 'b'],
    ['the dimension named', text(), [rule('a'), rule('b', { unitDimension: 'money' })], 'b'],
    [
      'more named, although earlier',
      text(),
      [rule('a', { country: 'GB', supplier: 'aws emea' }), rule('b', { country: 'GB', decidedAt: later })],
      'a',
    ],
    ['as much named: the later', text(), [rule('a', { country: 'GB' }), rule('b', { supplier: 'aws emea', decidedAt: later })], 'b'],
    ['the same twice: the later', text(), [rule('b'), rule('a', { decidedAt: later })], 'a'],
    ['at the same time: the greater id', text(), [rule('b'), rule('a')], 'b'],
  ])('by %s', (_, key, rules, expected) => expect(winner(key, rules)).toBe(expected));

  it.each<[string, MatchKey, Classification['to'], string]>([
    ['a type that is none', text(), { activityType: 'spend.everything', attributes: {} }, 'activity_type_unknown'],
    ['free text again', text(), { activityType: UNCLASSIFIED, attributes: {} }, 'classification_target_unfit'],
    ['kilograms of what is bought for money', text({ unit: 'kg' }), SOFTWARE, 'classification_target_unfit'],
    [
      'rooms and nights, two operands',
      text({ unit: 'room.night' }),
      { activityType: 'travel.hotel', attributes: {} },
      'classification_target_unfit',
    ],
    [
      'electricity, which instruments look for',
      text({ unit: 'kWh' }),
      { activityType: 'electricity.grid', attributes: {} },
      'classification_target_unfit',
    ],
    [
      'what only a pool counts',
      text({ unit: 'kg' }),
      { activityType: 'refrigerant.movement', attributes: {} },
      'classification_target_unfit',
    ],
    ['an attribute that the type has not', text(), { ...SOFTWARE, attributes: { sector: '1', colour: 'red' } }, 'attribute_unknown'],
    ['a value that the attribute has not', text(), { ...SOFTWARE, attributes: { sector: '1', price_basis: 'net' } }, 'attribute_unknown'],
    ['an attribute that is missing', text(), { activityType: 'spend.goods', attributes: {} }, 'attribute_missing'],
    [
      'kilowatt-hours on no calorific basis',
      text({ unit: 'kWh' }),
      { activityType: 'fuel.natural-gas', attributes: {} },
      'attribute_missing',
    ],
    [
      'a fuel that is not of its origin',
      text({ unit: 'L' }),
      { activityType: 'fuel.stationary', attributes: { fuel: 'diesel', origin: 'biogenic' } },
      'fuel_origin_contradicted',
    ],
  ])('refuses %s', (_, key, to, expected) => expect(winner(key, [rule('a', { to })])).toBe(expected));

  it('does not depend on the order in which classifications are written', () => {
    const some = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });
    const any = fc
      .record({
        account: some('it'),
        supplier: some('aws emea'),
        country: fc.constantFrom(undefined, 'GB', 'DE'),
        unitDimension: some('money'),
        day: fc.integer({ min: 1, max: 3 }),
      })
      .map(({ day, ...selector }) => ({ ...selector, decidedAt: `2026-01-0${day}T00:00:00.000000Z` }));
    const rules = fc.array(any, { minLength: 1, maxLength: 12 }).map((list) => list.map((changes, i) => rule(`${i}`, definedOf(changes))));
    fc.assert(
      fc.property(
        rules.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const key = text({}, { account: 'it' });
          expect(winner(key, shuffled)).toBe(winner(key, list));
        },
      ),
    );
  });
});

describe('checkClassification', () => {
  it.each<[string, Classification['to'], string | undefined, string | null]>([
    ['spend, the year of whose prices every row states', SOFTWARE, undefined, null],
    ['spend, for money', SOFTWARE, 'money', null],
    ['spend, for kilograms', SOFTWARE, 'mass', 'classification_target_unfit'],
    ['spend of no sector', { activityType: 'spend.goods', attributes: {} }, undefined, 'attribute_missing'],
    ['gas on no calorific basis: its litres need none', { activityType: 'fuel.natural-gas', attributes: {} }, undefined, null],
    ['gas on no calorific basis, for energy', { activityType: 'fuel.natural-gas', attributes: {} }, 'energy', 'attribute_missing'],
    ['a refrigerant without its gas', { activityType: 'refrigerant.top-up', attributes: {} }, undefined, 'attribute_missing'],
    [
      'an investment, which takes several numbers',
      { activityType: 'freight.road', attributes: {} },
      'money',
      'classification_target_unfit',
    ],
    ['electricity', { activityType: 'electricity.grid', attributes: {} }, undefined, 'classification_target_unfit'],
    ['nothing known', { activityType: 'x', attributes: {} }, undefined, 'activity_type_unknown'],
    ['a wrong value', { ...SOFTWARE, attributes: { sector: '1', data_status: 'guessed' } }, undefined, 'attribute_unknown'],
  ])('%s', (_, to, dimension, expected) => expect(checkClassification(to, dimension)?.refusal ?? null).toBe(expected));

  it('passes what a row of any dimension could then be', () => {
    for (const type of ACTIVITY_TYPES)
      if (isClassifiable(type)) expect(type.legs.some(({ basis, leg }) => basis === 'market' || leg === 'pooled')).toBe(false);
    expect(ACTIVITY_TYPES.filter(isClassifiable).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['spend.goods', 'goods.material', 'fuel.diesel', 'freight.rail', 'water.supply']),
    );
  });
});

describe('the activity type of free text', () => {
  const type = ACTIVITY_TYPES.find(({ id }) => id === UNCLASSIFIED)!;

  it('counts whatever any other type counts', () => {
    const own = measuredDimensions(type).map((dimensions) => dimensions.join('·'));
    const all = ACTIVITY_TYPES.flatMap((other) => measuredDimensions(other).map((dimensions) => dimensions.join('·')));
    expect([...new Set(all)].filter((dimension) => !own.includes(dimension))).toEqual([]);
  });

  const record = (unit: string, attributes: Record<string, string>) =>
    recordOf({
      activityType: UNCLASSIFIED,
      operands: [{ name: 'quantity', value: new Decimal(12), unit }],
      attributes,
      periodStart: '2025-01-01',
      periodEnd: '2025-01-31',
      rounding: 'refuse',
    });

  it('keeps the text in one spelling, and asks for the year of prices of money alone', () => {
    expect(record('EUR', { description: ' AWS  EMEA', account: 'IT', price_year: '2025' })).toMatchObject({
      unit: 'EUR',
      attributes: { description: 'aws emea', account: 'it', price_year: '2025' },
    });
    expect(record('piece', { description: 'Bürostühle' })).toMatchObject({ attributes: { description: 'bürostühle' } });
    expect(record('EUR', { description: 'x' })).toMatchObject({ refusal: 'attribute_missing', at: 'price_year' });
    expect(record('t', { description: ' \u00a0 ' })).toMatchObject({ refusal: 'attribute_missing', at: 'description' });
    expect(record('%', { description: 'x' })).toMatchObject({ refusal: 'unit_dimension_mismatch' });
  });
});

describe('decideRates of free text', () => {
  const index = factorIndex([
    pinned(
      factorOf('software', {
        activityType: 'spend.goods',
        leg: 'supply',
        attributes: { sector: '511210', price_year: '2024' },
        unit: 'EUR',
        kgco2e: '0.1',
      }),
    ),
  ]);
  const decide = (key: MatchKey, rules?: readonly Classification[]): Decision =>
    decideRates(key, { pack: PACK, index, gases, gwpSet: 'AR5', ...(rules ? { classifications: classificationsOf(rules) } : {}) });

  it('refuses the key until somebody has said what it is', () =>
    expect(decide(text())).toEqual({
      outcome: 'refused',
      rates: [],
      legs: [],
      refusal: { code: 'classification_missing', detail: 'nobody has said what "aws emea sarl" is' },
    }));

  it('goes on as for the type, digit for digit, and each rate says who said so', () => {
    const native = decide(
      keyOf({ activityType: 'spend.goods', unit: 'EUR', supplier: 'AWS  Emea', attributes: { sector: '511210', price_year: '2024' } }),
    );
    const classified = decide(text(), [rule('a')]);
    expect(classified.outcome).toBe('calculated');
    expect(classified.rates.map(({ classification: _, ...rate }) => rate)).toEqual(native.rates);
    expect(classified.rates[0]?.classification).toMatchObject({ id: 'a', activityType: 'spend.goods', author: 'Ada' });
    expect(classified.classification).toEqual(classified.rates[0]?.classification);
    expect(canonicalJson(native)).not.toContain('classif');
  });

  it('keeps what it was classified as where no factor is known', () =>
    expect(decide(text(), [rule('a', { to: { ...SOFTWARE, attributes: { sector: '9' } } })])).toMatchObject({
      outcome: 'refused',
      classification: { id: 'a', activityType: 'spend.goods' },
      legs: [{ refusal: { code: 'factor_attribute_mismatch' } }],
    }));

  it('moves nothing where somebody else says the same, and everything where the type is another', () => {
    const effectsOf = (...rules: Classification[]) => canonicalJson(decide(text(), rules).rates.map(effectOf));
    expect(effectsOf(rule('b', { author: 'Bob', reason: 'me too' }))).toBe(effectsOf(rule('a')));
    const { classification, ...rate } = decide(text(), [rule('a')]).rates[0]!;
    expect(canonicalJson(effectOf({ ...rate, classification: { ...classification!, activityType: 'spend.capital-goods' } }))).not.toBe(
      canonicalJson(effectOf({ ...rate, classification: classification! })),
    );
  });
});

it('texts that were classified alike are one source of a bridge, whatever the words of the year', () => {
  const reading = readingOf([
    { entity: 'A', quantity: '2', co2: '1', factorYear: 2019 },
    { entity: 'A', quantity: '3', co2: '1', factorYear: 2020 },
  ]);
  const legs = [...reading.legs].map((leg, i) => ({
    ...leg,
    key: leg.key && { ...leg.key, attributes: { ...leg.key.attributes, description: `text ${i}`, account: `account ${i}` } },
  }));
  const state = readState({ ...reading, legs });
  expect(isRefusal(state) ? state : state.sources.size).toBe(1);
});

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function definedOf<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}
