import fc from 'fast-check';
import { Decimal } from '../../../../libs/ghg/src/quantity/decimal';
import { numberCell, textOf } from './cells';

describe('a number of a typed cell', () => {
  it.each([
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-2.5e22, '-25000000000000000000000'],
    [0, '0'],
    [1234.5, '1234.5'],
  ])('%d is spelled %s', (value, text) => {
    expect(numberCell(value)).toMatchObject({ kind: 'number', text });
  });

  it('is the shortest decimal of its double, in any size', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = textOf(numberCell(value));
        expect(Number(text)).toBe(value === 0 ? 0 : value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(new Decimal(text).equals(new Decimal(value))).toBe(true);
      }),
    );
  });

  it('that is none stays a text', () => {
    expect(numberCell(Number.NaN)).toBe('NaN');
  });
});
