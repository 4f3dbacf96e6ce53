import { healthOf } from './health';

describe('the health of a service', () => {
  it('is ready when every part answers', async () => {
    expect(await healthOf('s', { a: Promise.resolve(1), b: Promise.resolve() })).toMatchObject({
      service: 's',
      ready: true,
      parts: { a: true, b: true },
    });
  });
  it('names the part that does not answer', async () => {
    expect(await healthOf('s', { a: Promise.resolve(), b: Promise.reject(new Error('down')) })).toMatchObject({
      ready: false,
      parts: { a: true, b: false },
    });
  });
});
