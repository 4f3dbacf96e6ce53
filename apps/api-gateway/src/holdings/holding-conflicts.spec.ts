import type { Holding } from '#ghg';
import { conflictsOf } from './holding-conflicts';

const holding = (entity: string, holder: string, share: string, validFrom = '2020-01-01', validTo: string | null = null): Holding => ({
  entity,
  holder,
  share,
  relation: 'subsidiary',
  operationalControl: true,
  financialControl: true,
  validFrom,
  validTo,
});
const placesOf = (holdings: Holding[]) => conflictsOf(holdings).map(({ at, code }) => `${at} ${code}`);

describe('a set of holdings', () => {
  it.each([
    ['none', []],
    ['a chain', [holding('b', 'a', '0.6'), holding('c', 'b', '1')]],
    ['two holders of the whole', [holding('c', 'a', '0.4'), holding('c', 'b', '0.6')]],
    ['one share after another', [holding('b', 'a', '1', '2020-01-01', '2020-12-31'), holding('b', 'c', '1', '2021-01-01')]],
    [
      'a circle that is never closed on one day',
      [holding('a', 'b', '1', '2020-01-01', '2020-12-31'), holding('b', 'a', '1', '2021-01-01')],
    ],
  ])('may be %s', (_, holdings) => {
    expect(placesOf(holdings)).toEqual([]);
  });

  it.each([
    ['an entity that holds itself', [holding('a', 'a', '1')], ['body[0].holder ownership_cyclic']],
    ['the same holding twice', [holding('b', 'a', '0.1'), holding('b', 'a', '0.2')], ['body[1].validFrom holding_conflict']],
    ['shares above 1', [holding('b', 'a', '0.6'), holding('b', 'c', '0.400000000001')], ['body[0].share ownership_above_one']],
    [
      'shares above 1 on one day only',
      [holding('b', 'a', '0.6', '2020-01-01', '2021-01-01'), holding('b', 'c', '0.6', '2021-01-01')],
      ['body[0].share ownership_above_one'],
    ],
  ])('is refused for %s', (_, holdings, places) => {
    expect(placesOf(holdings)).toEqual(places);
  });

  it('is refused for a circle', () => {
    const places = conflictsOf([holding('b', 'a', '1'), holding('c', 'b', '1'), holding('a', 'c', '0.5')]);
    expect(places.map(({ code }) => code)).toEqual(['ownership_cyclic']);
  });
});
