import { latestBefore } from './previous-edition';

const set = (edition: string, version = '1', own = true) => ({ publisher: 'Press', edition, version, own });
const before = (edition: string, version: string, ...others: ReturnType<typeof set>[]) =>
  latestBefore({ publisher: 'Press', edition, version }, others, ({ own }) => own);

describe('the edition before', () => {
  it('is the latest earlier one', () =>
    expect(before('2025', '1', set('2023'), set('2024'), set('2026'))).toMatchObject({ edition: '2024' }));

  it('is an earlier version of the same edition, if there is one', () =>
    expect(before('2025', '1.10', set('2024'), set('2025', '1.9'), set('2025', '1.11'))).toMatchObject({
      edition: '2025',
      version: '1.9',
    }));

  it('is the tenant’s own before that of the starter catalogue', () =>
    expect(before('2025', '1', set('2024', '1', false), set('2024', '1', true))).toMatchObject({ own: true }));

  it('is of the same part of a publication', () =>
    expect(before('Hub 2025, Table 9', '1', set('Hub 2024'), set('Hub 2024, Table 9'), set('Hub 2025'))).toMatchObject({
      edition: 'Hub 2024, Table 9',
    }));

  it('may have another number at its end: 1.3.0 after 1.2', () =>
    expect(before('1.3.0', '1', set('1.2'))).toMatchObject({ edition: '1.2' }));

  it.each([['the first one'], ['a later one']])('is nothing for %s', () => expect(before('2025', '1', set('2026'))).toBeNull());
});
