import type { Clickhouse } from './client';
import { committedAttempt, isReady, listEntries, listYears, sumAttempt, sumBook, sumCells, sumSquares, sumStateCells } from './index';

const tenantId = '00000000-0000-4000-8000-00000000000a';
const bookId = '00000000-0000-4000-8000-00000000000b';
const runId = '00000000-0000-4000-8000-00000000000c';
const asOf = { tenantId, bookId, runOrdinal: 7 };

/** Hands out these rows and keeps what was asked. */
function answering(rows: unknown[]): { clickhouse: Clickhouse; asked: unknown[] } {
  const asked: unknown[] = [];
  const read = (...question: unknown[]): Promise<unknown[]> => {
    asked.push(question);
    return Promise.resolve(rows);
  };
  return { clickhouse: { read } as unknown as Clickhouse, asked };
}

describe('the text of the queries', () => {
  const cells = { ...asOf, year: 2025, changing: [], tag: '' };
  it.each([
    ['committed-attempt', committedAttempt.sqlFor({ tenantId, runId })],
    ['sum-attempt', sumAttempt.sqlFor({ tenantId, bookId, runId, attempt: runId })],
    ['sum-book', sumBook.sqlFor(asOf)],
    ['list-years', listYears.sqlFor(asOf)],
    ['is-ready', isReady.sqlFor({})],
    ['sum-cells', sumCells.sqlFor({ ...cells, group: 'none' })],
    ['sum-cells by tag', sumCells.sqlFor({ ...cells, group: 'tag', tag: 'project' })],
    ['sum-squares', sumSquares.sqlFor({ ...asOf, year: 2025, changing: [], surveys: [] })],
    ['sum-state-cells', sumStateCells.sqlFor({ ...asOf, year: 2025, changing: [] })],
    ['list-entries', listEntries.sqlFor({ ...asOf, limit: 100 })],
    [
      'list-entries with every filter',
      listEntries.sqlFor({
        ...asOf,
        limit: 100,
        after: '5',
        year: 2025,
        sourceClass: 'waste',
        sources: ['waste HQ'],
        basis: 'all',
        leg: 'service',
        activityType: 'waste.landfill',
        entity: 'HQ',
        tag: 'project',
        tagValue: 'p',
      }),
    ],
  ])('%s', (_name, sql) => expect(sql).toMatchSnapshot());

  it('never holds a value', () => {
    const marked = { ...asOf, limit: 100, entity: 'VALUE', leg: 'VALUE', tag: 'VALUE', tagValue: 'VALUE', sources: ['VALUE'] };
    expect(listEntries.sqlFor(marked)).not.toContain('VALUE');
    expect(sumCells.sqlFor({ ...cells, group: 'tag', tag: 'VALUE', changing: ['VALUE'] })).not.toContain('VALUE');
  });
});

describe('a query', () => {
  it('sends the values beside the text', async () => {
    const { clickhouse, asked } = answering([{ entries: '2', kgco2e: '-0.000000000000000000000000000001' }]);
    expect(await sumBook(clickhouse, asOf)).toEqual([{ entries: '2', kgco2e: '-0.000000000000000000000000000001' }]);
    expect(asked).toEqual([['sum-book', sumBook.sqlFor(asOf), asOf]]);
  });

  it('asks nothing when a parameter is not what it should be', async () => {
    const { clickhouse, asked } = answering([]);
    await expect(sumBook(clickhouse, { ...asOf, bookId: "x' or 1" })).rejects.toThrow('bookId');
    expect(asked).toEqual([]);
  });

  it.each([
    { entries: '2', kgco2e: 0.1 },
    { entries: 2, kgco2e: '0.1' },
    { entries: '2', kgco2e: '1e-7' },
  ])('takes no row whose amounts are not plain decimal text: %j', (row) =>
    expect(sumBook(answering([row]).clickhouse, asOf)).rejects.toThrow(),
  );
});
