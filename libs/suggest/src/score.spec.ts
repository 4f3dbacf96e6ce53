import fc from 'fast-check';
import { confidence, LISTED_MIN, STANDS_OUT_MIN } from './score';

describe('the score of a strength', () => {
  it.each([
    [0, 0],
    [0.3, 0.2],
    [0.65, 0.45],
    [1, 0.97],
    [2, 0.97],
    [-1, 0],
  ])('of %d is %d', (strength, score) => {
    expect(confidence(strength)).toBe(score);
  });

  it('never falls where the strength grows, and is never sure', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(confidence(low)).toBeLessThanOrEqual(confidence(high));
        expect(confidence(high)).toBeLessThan(1);
      }),
    );
  });

  it('lists beside a target that stands out what is a little weaker', () => {
    expect(LISTED_MIN).toBeLessThan(STANDS_OUT_MIN);
  });
});
