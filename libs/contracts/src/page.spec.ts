import { pageOf } from './page';

const page = (rows: readonly string[], limit: number) =>
  pageOf(
    rows,
    limit,
    (row) => row,
    (row) => `after ${row.slice(0, 3)}`,
  );

describe('a page', () => {
  it('ends the list when there were fewer rows than asked for', () => {
    expect(page(['a', 'b'], 3)).toEqual({ items: ['a', 'b'], next: null });
    expect(page([], 3)).toEqual({ items: [], next: null });
  });

  it('leads on when it is full', () => {
    expect(page(['a', 'b'], 2)).toEqual({ items: ['a', 'b'], next: 'after b' });
    expect(page(['a', 'b', 'c'], 2)).toEqual({ items: ['a', 'b'], next: 'after b' });
  });

  it('is cut where a message would overflow, and leads on from there', () => {
    const rows = ['a', 'b', 'c'].map((letter) => letter.repeat(400_000));
    const { items, next } = page(rows, 10);
    expect(items).toHaveLength(2);
    expect(next).toBe('after bbb');
  });

  it('shows one row however large it is: else the list could never be read on', () => {
    expect(page(['x'.repeat(2_000_000)], 10).items).toHaveLength(1);
  });
});
