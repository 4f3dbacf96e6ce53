import { mappingSpec } from './mapping';

const slot = {
  slot: 1,
  activityType: { constant: 'electricity.grid' },
  operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
};
const spec = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['meter'],
  entity: { column: 'site' },
  period: { start: { column: 'from' } },
  slots: [slot],
};
const problemsOf = (wrong: object): string[] => (mappingSpec.safeParse(wrong).error?.issues ?? []).map(({ path }) => path.join('.'));

describe('a mapping', () => {
  it('needs no more than this, and guesses nothing that changes a figure', () => {
    expect(mappingSpec.parse(spec)).toMatchObject({
      format: 'auto',
      locale: { decimal: '.', group: '', date: 'YYYY-MM-DD' },
      rounding: 'refuse',
      tags: [],
      ignore: [],
      slots: [{ optional: false, attributes: {} }],
    });
  });

  it.each([
    ['no locale', { locale: undefined }, 'locale'],
    ['no decimal mark', { locale: { date: 'YYYY' } }, 'locale.decimal'],
    ['an unknown date format', { locale: { decimal: '.', date: 'MM-DD-YY' } }, 'locale.date'],
    ['no slot', { slots: [] }, 'slots'],
    ['a slot numbered 0', { slots: [{ ...slot, slot: 0 }] }, 'slots.0.slot'],
    ['a slot with a misspelled field', { slots: [{ ...slot, atributes: {} }] }, 'slots.0'],
    ['a misspelled field', { indentity: [] }, ''],
    ['more identity columns than an identity has', { identity: Array.from({ length: 11 }, (_, i) => `c${i}`) }, 'identity'],
    ['a tag whose name is no name', { tags: [{ column: 'Cost centre', tag: 'Cost centre', type: 'text' }] }, 'tags.0.tag'],
    ['a tag of an unknown type', { tags: [{ column: 'c', tag: 'c', type: 'number' }] }, 'tags.0.type'],
    ['a number as a constant', { slots: [{ ...slot, activityType: { constant: 1 } }] }, 'slots.0.activityType'],
    ['a cell that is both column and constant', { entity: { column: 'a', constant: 'b' } }, 'entity'],
  ])('with %s is refused, and the place is named', (_name, wrong, place) => {
    expect(problemsOf({ ...spec, ...wrong })).toContain(place);
  });
});
