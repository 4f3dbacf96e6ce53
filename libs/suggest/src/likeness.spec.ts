import { editDistance, likenessOf, trigramsOf } from './likeness';

describe('likeness of words', () => {
  it.each([
    ['chair', 'chair', 0],
    ['furnture', 'furniture', 1],
    ['elevater', 'elevator', 1],
    ['recieve', 'receive', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %d errors apart', (a, b, errors) => {
    expect(editDistance(a, b)).toBe(errors);
    expect(editDistance(b, a)).toBe(errors);
  });

  it('is 1 for the same word, 0 for words without a common trigram', () => {
    expect(likenessOf('papier', 'papier')).toBe(1);
    expect(likenessOf('papier', 'xyz')).toBe(0);
    expect(likenessOf('booking', 'books')).toBeCloseTo(8 / 14, 6);
  });

  it('marks beginning and end', () => {
    expect(trigramsOf('ab')).toEqual(['  a', ' ab', 'ab ']);
  });
});
