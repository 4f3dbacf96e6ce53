import { BoundedCache } from './bounded-cache';

const cache = (max: number): BoundedCache<string> => new BoundedCache<string>(max, (value) => value.length);

describe('a bounded cache', () => {
  it('keeps what was used last, up to its weight', () => {
    const kept = cache(6);
    kept.set('a', 'xx');
    kept.set('b', 'xx');
    kept.set('c', 'xx');
    expect(kept.get('a')).toBe('xx');
    kept.set('d', 'xx');
    expect(['a', 'b', 'c', 'd'].map((name) => kept.get(name))).toEqual(['xx', undefined, 'xx', 'xx']);
  });

  it('counts what is set again once, and keeps nothing heavier than itself', () => {
    const kept = cache(4);
    kept.set('a', 'xxx');
    kept.set('a', 'xx');
    kept.set('b', 'xx');
    kept.set('c', 'xxxxx');
    expect(['a', 'b', 'c'].map((name) => kept.get(name))).toEqual(['xx', 'xx', undefined]);
  });

  it('makes what it does not have', async () => {
    const kept = cache(4);
    const make = jest.fn(() => Promise.resolve('x'));
    expect([await kept.getOr('a', make), await kept.getOr('a', make), make.mock.calls.length]).toEqual(['x', 'x', 1]);
  });
});
