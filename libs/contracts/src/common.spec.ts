import { bigId, unreadableCharacterAt } from './common';

describe('a character that cannot be kept', () => {
  it.each([
    ['NUL', { a: ['x', 'a\u0000'] }, 'body.a[1]'],
    ['escape', 'a\u001bb', 'body'],
    ['a control character of Latin 1', { a: 'a\u0085' }, 'body.a'],
    ['the first half of a pair', { a: { b: '\ud83d' } }, 'body.a.b'],
    ['the second half of a pair', [{ a: '\ude00' }], 'body[0].a'],
    ['in a key', { a: { 'b\u0000': 1 } }, 'body.a'],
  ])('is found at its place: %s', (_what, value, at) => {
    expect(unreadableCharacterAt(value, 'body')).toBe(at);
  });

  it.each([['tabs\tand\r\nline ends'], ['Zähler 電力 😀 \u200d \ufeff'], [null], [1], [true], [undefined], [{ a: [null, { b: 'c' }] }]])(
    'is not seen in %j',
    (value) => {
      expect(unreadableCharacterAt(value, 'body')).toBeUndefined();
    },
  );
});

it('an id always fits into the database’s int8', () => {
  expect(bigId.safeParse('9'.repeat(18)).success).toBe(true);
  for (const wrong of ['9999999999999999999', '9223372036854775808', '-1', '']) expect(bigId.safeParse(wrong).success).toBe(false);
});
