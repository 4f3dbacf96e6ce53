import { z } from 'zod';
import { mappingSpec } from '#contracts';
import { demoCompany } from '../../../../tools/demo-company';
import { checkMapping } from './check-mapping';

type Written = z.input<typeof mappingSpec>;
type Slot = Written['slots'][number];

const slot = (changes: Partial<Slot> = {}): Slot => ({
  slot: 1,
  activityType: { constant: 'fuel.natural-gas' },
  operands: { quantity: { value: { column: 'q' }, unit: { constant: 'kWh' } } },
  attributes: { calorific_basis: { constant: 'gross' } },
  ...changes,
});
const check = (changes: Partial<Written>): string[] => {
  const written: Written = {
    source: 's',
    locale: { decimal: '.', date: 'YYYY-MM-DD' },
    identity: [],
    entity: { column: 'e' },
    period: { start: { column: 'd' } },
    slots: [slot()],
    ...changes,
  };
  return checkMapping(mappingSpec.parse(written)).map(({ at, code }) => `${at} ${code}`);
};
const quantity = (unit: Slot['operands'][string]['unit']): Slot['operands'] => ({ quantity: { value: { column: 'q' }, unit } });
const flight = (attributes: Slot['attributes']): Partial<Slot> => ({
  activityType: { constant: 'travel.air.domestic' },
  operands: {
    passengers: { value: { constant: '1' }, unit: { constant: 'passenger' } },
    distance: { value: { column: 'q' }, unit: { column: 'u' } },
  },
  attributes,
});

describe('a mapping', () => {
  it.each(Object.entries(demoCompany().mappings))('of the demo company fits the vocabulary: %s', (_, mapping) => {
    expect(checkMapping(mappingSpec.parse(mapping))).toEqual([]);
  });

  it.each<[string, Partial<Written>, string[]]>([
    ['fits', {}, []],
    ['has one sign for two things', { locale: { decimal: ',', group: ',', date: 'YYYY' } }, ['locale.group locale_ambiguous']],
    ['has a slot twice', { slots: [slot(), slot()] }, ['slots.1 slot_duplicate']],
    [
      'has a slot on a number that a spread slot takes',
      { slots: [slot({ spread: { columns: [{ column: 'a' }, { column: 'b' }] } }), slot({ slot: 2 }), slot({ slot: 3 })] },
      ['slots.1 slot_duplicate'],
    ],
    [
      'has a slot behind one that spreads over nobody knows how many',
      { slots: [slot({ slot: 5 }), slot({ slot: 2, spread: { header: { date: 'YYYY-MM' } } })] },
      ['slots.1 slot_duplicate'],
    ],
    [
      'spreads over a column twice',
      { slots: [slot({ spread: { columns: [{ column: 'a' }, { column: 'b', is: 'a' }] } })] },
      ['slots.0.spread.columns.1 spread_duplicate'],
    ],
    [
      'reads a spread column where none is spread',
      {
        entity: { column: '*' },
        tags: [{ from: { join: [{ column: 'a' }, { column: '*' }] }, tag: 't', type: 'text' }],
        slots: [slot({ supplier: { header: true }, country: { column: '*' } })],
      },
      ['entity spread_missing', 'tags.0 spread_missing', 'slots.0.supplier spread_missing', 'slots.0.country spread_missing'],
    ],
    [
      'gives a column the name of what is none',
      {
        slots: [
          slot({
            spread: {
              columns: [
                { column: 'gas', is: 'fuel.natural-gas' },
                { column: 'peat', is: 'fuel.peat' },
              ],
            },
            activityType: { header: true },
          }),
        ],
      },
      ['slots.0.activityType activity_type_unknown'],
    ],
    [
      'gives a column a period that is none',
      { slots: [slot({ spread: { columns: [{ column: 'a', is: '13/2025' }] }, period: { start: { header: true }, date: 'MM/YYYY' } })] },
      ['slots.0.period.start date_malformed'],
    ],
    [
      'has a tag twice',
      {
        tags: [
          { column: 'a', tag: 't', type: 'text' },
          { column: 'b', tag: 't', type: 'date' },
        ],
      },
      ['tags.1 tag_duplicate'],
    ],
    ['has a date in another format', { period: { start: { constant: '2025' } } }, ['period.start date_malformed']],
    [
      'names an unknown type',
      { slots: [slot({ activityType: { constant: 'fuel.peat' } })] },
      ['slots.0.activityType activity_type_unknown'],
    ],
    [
      'translates into an unknown type',
      { slots: [slot({ activityType: { column: 't', values: { a: 'fuel.natural-gas', b: 'fuel.peat' } } })] },
      ['slots.0.activityType activity_type_unknown'],
    ],
    [
      'lacks an operand and has one too many',
      { slots: [slot({ operands: { mass: { value: { column: 'q' }, unit: { constant: 't' } } } })] },
      ['slots.0.operands value_missing', 'slots.0.operands.mass operand_unknown'],
    ],
    [
      'has operands of no type',
      { slots: [slot({ activityType: { column: 't' }, operands: {}, attributes: {} })] },
      ['slots.0.operands value_missing'],
    ],
    [
      'names an unknown unit',
      { slots: [slot({ operands: quantity({ constant: 'therm' }) })] },
      ['slots.0.operands.quantity.unit unit_unknown'],
    ],
    [
      'names a unit of another dimension',
      { slots: [slot({ operands: quantity({ constant: 'km' }) })] },
      ['slots.0.operands.quantity.unit unit_dimension_mismatch'],
    ],
    [
      'has a constant that is no number',
      { slots: [slot({ operands: { quantity: { value: { constant: '1,5' }, unit: { constant: 'kWh' } } } })] },
      ['slots.0.operands.quantity.value number_malformed'],
    ],
    [
      'names an unknown attribute',
      { slots: [slot({ attributes: { colour: { column: 'c' } } })] },
      ['slots.0.attributes.colour attribute_unknown', 'slots.0.attributes attribute_missing'],
    ],
    [
      'names an unknown value',
      { slots: [slot({ attributes: { calorific_basis: { constant: 'both' } } })] },
      ['slots.0.attributes.calorific_basis attribute_unknown'],
    ],
    ['lacks an attribute that its unit asks for', { slots: [slot({ attributes: {} })] }, ['slots.0.attributes attribute_missing']],
    ['lacks it in a unit that does not ask', { slots: [slot({ attributes: {}, operands: quantity({ constant: 'm3' }) })] }, []],
    ['lacks it where only the file knows the unit', { slots: [slot({ attributes: {}, operands: quantity({ column: 'u' }) })] }, []],
    ['lacks a required attribute', { slots: [slot(flight({}))] }, ['slots.0.attributes attribute_missing']],
    ['has it', { slots: [slot(flight({ radiative_forcing: { constant: 'with' } }))] }, []],
    [
      'counts by spend and unit price',
      {
        slots: [
          slot({
            operands: {
              spend: { value: { column: 'q' }, unit: { constant: 'GBP' } },
              unit_price: { value: { constant: '0.07' }, unit: { constant: 'GBP/kWh' } },
            },
          }),
        ],
      },
      [],
    ],
    [
      'counts by spend, and lacks the calorific basis of what the price is per',
      {
        slots: [
          slot({
            attributes: {},
            operands: {
              spend: { value: { column: 'q' }, unit: { constant: 'GBP' } },
              unit_price: { value: { constant: '0.07' }, unit: { constant: 'GBP/kWh' } },
            },
          }),
        ],
      },
      ['slots.0.attributes attribute_missing'],
    ],
    [
      'names operands of two formulas',
      {
        slots: [
          slot({
            operands: {
              spend: { value: { column: 'q' }, unit: { constant: 'GBP' } },
              quantity: { value: { column: 'q' }, unit: { constant: 'kWh' } },
            },
          }),
        ],
      },
      ['slots.0.operands operand_unknown'],
    ],
    [
      'leaves it to the line which of two formulas counts',
      {
        slots: [
          slot({
            operands: {
              spend: { value: { column: 's' }, unit: { constant: 'GBP' }, optional: true },
              unit_price: { value: { column: 'p' }, unit: { constant: 'GBP/kWh' }, optional: true },
              quantity: { value: { column: 'q' }, unit: { constant: 'kWh' }, optional: true },
            },
          }),
        ],
      },
      [],
    ],
    [
      'has a price that is no quotient',
      {
        slots: [
          slot({
            operands: {
              spend: { value: { column: 'q' }, unit: { constant: 'GBP' } },
              unit_price: { value: { constant: '0.07' }, unit: { constant: 'GBP' } },
            },
          }),
        ],
      },
      ['slots.0.operands.unit_price.unit unit_dimension_mismatch'],
    ],
    [
      'names how the number came about',
      {
        slots: [
          slot({
            attributes: { calorific_basis: { constant: 'net' }, data_status: { column: 's' }, data_quality: { constant: '1-2-1-1-3' } },
          }),
        ],
      },
      [],
    ],
    [
      'names a status that is none',
      { slots: [slot({ attributes: { calorific_basis: { constant: 'net' }, data_status: { constant: 'guessed' } } })] },
      ['slots.0.attributes.data_status attribute_unknown'],
    ],
    ['names a country by name', { slots: [slot({ country: { constant: 'France' } })] }, ['slots.0.country attribute_unknown']],
  ])('that %s', (_, changes, places) => expect(check(changes)).toEqual(places));
});
