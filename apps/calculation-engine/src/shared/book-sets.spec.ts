import { changeSets, type NamedSet } from './book-sets';

const set = (id: string, edition: string, version = '1', tenantId = 'own'): NamedSet => ({
  tenantId,
  id,
  digest: id,
  publisher: 'Press',
  edition,
  version,
});
const [a2024, a2025, a2025v2, b2024] = [set('1', '2024'), set('2', '2025'), set('3', '2025', '2'), set('4', '2024', '1', 'catalogue')];
const ids = (sets: readonly NamedSet[]) => sets.map(({ id }) => id);

describe('the sets of a book', () => {
  it.each<[string, readonly NamedSet[], readonly NamedSet[], readonly string[], readonly string[]]>([
    ['gain a set', [a2025], [], ['1', '2', '4'], []],
    ['lose a set', [], [a2024], ['4'], ['1']],
    ['change one for another', [a2025], [a2024], ['4', '2'], ['1']],
  ])('%s', (_, adopt, drop, after, dropped) => {
    const change = changeSets([a2024, b2024], adopt, drop);
    expect([ids(change.after).sort(), ids(change.dropped)]).toEqual([[...after].sort(), dropped]);
  });

  it('hold one version of an edition: a newer one takes the place of the older, and not that of another tenant’s', () => {
    const change = changeSets([a2024, a2025, b2024], [a2025v2], []);
    expect([ids(change.after), ids(change.dropped)]).toEqual([['4', '1', '3'], ['2']]);
  });

  it.each<[string, readonly NamedSet[], readonly NamedSet[], string]>([
    ['a set that is not there cannot go', [], [a2025], 'factor_set_not_in_book'],
    ['one that is there cannot come', [a2024], [], 'factor_set_in_book'],
    ['two versions of one edition cannot come together', [a2025, a2025v2], [], 'factor_set_versions_clash'],
  ])('%s', (_, adopt, drop, code) => expect(() => changeSets([a2024], adopt, drop)).toThrow(expect.objectContaining({ code })));
});
