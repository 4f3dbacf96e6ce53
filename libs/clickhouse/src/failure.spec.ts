import { ClickHouseError } from '@clickhouse/client';
import { failureOf } from './failure';

const refused = (code: string, type: string): ClickHouseError => new ClickHouseError({ code, type, message: 'row 3: secret cell' });

describe('a failure', () => {
  it.each([
    ['241', 'MEMORY_LIMIT_EXCEEDED', true],
    ['252', 'TOO_MANY_PARTS', true],
    ['47', 'UNKNOWN_IDENTIFIER', false],
    ['27', 'CANNOT_PARSE_INPUT_ASSERTION_FAILED', false],
  ])('of code %s (%s) is worth a retry: %s', (code, type, retry) => {
    expect(failureOf(refused(code, type), 'sum-book', 'read')).toMatchObject({
      name: 'ClickhouseFailure',
      statement: 'sum-book',
      code,
      retry,
    });
  });

  it('of a connection is worth a retry', () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(failureOf(lost, 'sum-book', 'read')).toMatchObject({ code: 'ECONNREFUSED', retry: true });
  });

  it.each([
    ['of Postgres, of the data', Object.assign(new Error('out of range'), { code: '22003' }), false],
    ['of Postgres, as it stops', Object.assign(new Error('shutting down'), { code: '57P01' }), true],
    ['of a socket', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }), true],
    ['of patience', new Error('Timeout error.'), true],
    ['of ours', new TypeError('x is not a function'), false],
  ])('%s is worth a retry: %#', (_of, error, retry) => {
    expect(failureOf(error, 'insert-ledger-rows', 'write')).toMatchObject({ retry });
  });

  it('of an insert says nothing of the rows', () => {
    expect(failureOf(refused('27', 'CANNOT_PARSE'), 'insert-ledger-rows', 'write').message).not.toContain('secret');
    expect(failureOf(refused('47', 'UNKNOWN'), 'sum-book', 'read').message).toContain('row 3');
  });
});
