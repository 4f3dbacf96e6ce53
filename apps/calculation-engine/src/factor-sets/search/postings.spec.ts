import * as fc from 'fast-check';
import { BLOCK, encoded, Numbers } from './postings';

const listOf = (numbers: Numbers): number[] => {
  const list: number[] = [];
  numbers.forEach((number) => list.push(number));
  return list;
};
const ascending = fc.uniqueArray(fc.integer({ min: 0, max: BLOCK - 1 }), { maxLength: 2_000 }).map((list) => list.sort((a, b) => a - b));

describe('numbers of a block', () => {
  it('come back as they were written, few as a list and many as a bitmap', () =>
    fc.assert(
      fc.property(ascending, (list) => expect(listOf(Numbers.read(encoded(list)))).toEqual(list)),
      { numRuns: 50 },
    ));

  it.each([
    [[], 1],
    [[0, BLOCK - 1], 5],
    [Array.from({ length: 1_024 }, (_, i) => i * 16), 2_049],
    [Array.from({ length: BLOCK }, (_, i) => i), 2_049],
  ])('take no more than two kilobytes: %#', (list, bytes) => expect(encoded(list)).toHaveLength(bytes));

  it('are joined and kept as sets are', () =>
    fc.assert(
      fc.property(ascending, ascending, (a, b) => {
        const [joined, kept] = [Numbers.read(encoded(a)), Numbers.read(encoded(a))];
        joined.join(Numbers.read(encoded(b)));
        kept.keep(Numbers.read(encoded(b)));
        const inBoth = a.filter((number) => b.includes(number));
        expect(listOf(kept)).toEqual(inBoth);
        expect(listOf(joined)).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
      }),
      { numRuns: 30 },
    ));

  it('may be the first of a block', () => expect(listOf(Numbers.first(3))).toEqual([0, 1, 2]));
});
