import { z } from 'zod';
import { natsPrefix, readConfig, serviceConfig } from './config';

const FITTING = { DATABASE_URL: 'postgres://role@127.0.0.1:5432/books', FILE_STORE_URL: 'file:///var/lib/scopebook' };

describe('the configuration of a service', () => {
  it('has a default for everything but its stores', () => {
    expect(readConfig(serviceConfig, FITTING)).toEqual({
      ...FITTING,
      NATS_URL: 'nats://127.0.0.1:4222',
      NATS_PREFIX: 'scopebook',
      LOG_LEVEL: 'info',
    });
  });

  it('takes over nothing of the environment that it does not name', () => {
    expect(readConfig(serviceConfig, { ...FITTING, AWS_SECRET_ACCESS_KEY: 'x' })).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
  });

  it('names every wrong setting at once, and repeats no value: it may be a password', () => {
    const wrong = { DATABASE_URL: 'mysql://user:hunter2@host/db', NATS_PREFIX: 'a.b', LOG_LEVEL: 'loud' };
    const failure = ((): string => {
      try {
        readConfig(serviceConfig, wrong);
      } catch (error) {
        return String(error);
      }
      return '';
    })();
    for (const name of ['DATABASE_URL', 'NATS_PREFIX', 'FILE_STORE_URL', 'LOG_LEVEL']) expect(failure).toContain(`${name}: `);
    expect(failure).not.toMatch(/hunter2|a\.b|loud/);
  });

  it.each([
    ['DATABASE_URL', 'http://127.0.0.1/books'],
    ['DATABASE_URL', ''],
    ['FILE_STORE_URL', 's3://bucket/books'],
    ['FILE_STORE_URL', '/var/lib/scopebook'],
    ['NATS_URL', ''],
    ['NATS_PREFIX', 'no spaces'],
    ['NATS_PREFIX', 'everything.>'],
    ['NATS_PREFIX', ''],
    ['LOG_LEVEL', 'INFO'],
  ])('refuses %s=%j', (name, value) => {
    expect(() => readConfig(serviceConfig, { ...FITTING, [name]: value })).toThrow(name);
  });

  it('takes `postgresql:` as well as `postgres:`', () => {
    expect(readConfig(serviceConfig, { ...FITTING, DATABASE_URL: 'postgresql://h/d' }).DATABASE_URL).toBe('postgresql://h/d');
  });

  it('reads the process’s environment unless told otherwise', () => {
    expect(readConfig(z.object({ PATH: z.string() }))).toEqual({ PATH: process.env['PATH'] });
  });
});

describe('the prefix of subjects', () => {
  const before = process.env['NATS_PREFIX'];
  afterEach(() => {
    if (before === undefined) delete process.env['NATS_PREFIX'];
    else process.env['NATS_PREFIX'] = before;
  });

  it('is `scopebook` unless the environment says otherwise', () => {
    delete process.env['NATS_PREFIX'];
    expect(natsPrefix()).toBe('scopebook');
    process.env['NATS_PREFIX'] = 'other';
    expect(natsPrefix()).toBe('other');
  });

  it('is refused when it would reach into other subjects', () => {
    process.env['NATS_PREFIX'] = 'a.>';
    expect(() => natsPrefix()).toThrow();
  });
});
