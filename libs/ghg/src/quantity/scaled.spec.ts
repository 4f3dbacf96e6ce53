import fc from 'fast-check';
import { Decimal, plain } from './decimal';
import { scaledOf, textOfScaled } from './scaled';

describe('a scaled number', () => {
  it.each<[string, number, bigint]>([
    ['0', 18, 0n],
    ['12.5', 3, 12_500n],
    ['-0.001', 3, -1n],
    ['-0.000', 3, 0n],
    ['1.500000000000000000000', 1, 15n],
    ['00012', 0, 12n],
  ])('of %s at %i decimals is %s', (text, scale, value) => expect(scaledOf(text, scale)).toBe(value));

  it.each(['', 'x', '1e3', '.5', '5.', '+1', '0.0001'])('is none of "%s" at three decimals', (text) =>
    expect(() => scaledOf(text, 3)).toThrow(RangeError),
  );

  it('is spelled as decimals are, and multiplies as they do', () => {
    const amount = (scale: number) => fc.tuple(fc.bigInt(-(10n ** 32n), 10n ** 32n), fc.constant(scale));
    fc.assert(
      fc.property(amount(12), amount(18), ([quantity], [rate]) => {
        const [q, r] = [textOfScaled(quantity, 12), textOfScaled(rate, 18)];
        expect(q).toBe(plain(new Decimal(quantity.toString()).div(new Decimal(10).pow(12))));
        expect(scaledOf(q, 12)).toBe(quantity);
        expect(textOfScaled(quantity * rate, 30)).toBe(plain(new Decimal(q).mul(r)));
      }),
    );
  });
});
