import { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { Clickhouse, LEDGER_COLUMNS, listEntries, sumBook } from '#clickhouse';
import { COPY_RUN, inTenant, SET_COPIED_RUN } from '#postgres';
import { openWorld, type World } from '../../../../test/support/reporting-world';
import { SmallLedger } from '../../../../test/support/small-ledger';
import { ProjectionDiffers, ProjectRunService } from './project-run.service';
import { ProjectionRow } from '../shared/projection-row';

/** A worker that is killed after its first row has been sent. */
class DyingClickhouse extends Clickhouse {
  override async insertTabSeparated(
    statement: string,
    table: string,
    columns: readonly [string, ...string[]],
    lines: Readable,
  ): Promise<void> {
    let text = '';
    for await (const chunk of lines) text += String(chunk);
    await super.insertTabSeparated(statement, table, columns, Readable.from([`${text.split('\n')[0]}\n`], { objectMode: false }));
    throw new Error('killed');
  }
}

describe('the projection of a run', () => {
  let world: World;
  let service: ProjectRunService;
  let ledger: SmallLedger;
  const opened: SmallLedger[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    world = await openWorld();
    service = new ProjectRunService(world.dataSource, world.clickhouse);
  });
  afterAll(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await world.close();
  });
  beforeEach(async () => {
    ledger = await SmallLedger.open(world.database.ownerUrl);
    opened.push(ledger);
    await ledger.entity('HQ');
  });

  const project = (runId: string, by = service) => by.handle({ tenantId: ledger.tenantId, runId });
  const asOf = (runOrdinal = 99, of = ledger) => ({ tenantId: of.tenantId, bookId: of.bookId, runOrdinal });
  const shown = async (runOrdinal?: number) => (await sumBook(world.clickhouse, asOf(runOrdinal)))[0];
  const written = async () => {
    const sql = `select count(distinct attempt) as attempts, count() as n from ledger_entries where tenant_id = '${ledger.tenantId}'`;
    return (await world.inspect<{ attempts: string; n: string }>(sql)).map(({ attempts, n }) => [Number(attempts), Number(n)])[0];
  };
  const marks = () =>
    inTenant(world.dataSource, ledger.tenantId, ({ manager }) => manager.find(ProjectionRow, { order: { runOrdinal: 'asc' } }));
  /** Three activities whose amounts need all thirty decimals: 0.000000000001 × 0.000000000000000001 and two large ones. */
  const threeActivities = async (): Promise<string> => {
    const importId = await ledger.import(3);
    const key = await ledger.key('fuel.natural-gas', 'kWh', [{ kgco2e: '0.000000000000000001', biogenicKgco2: '0.5' }]);
    for (const quantity of ['0.000000000001', '99999999999999999999.999999999999', '-7'])
      await ledger.activity({ importId, key, entity: 'HQ', quantity });
    return ledger.seal(3);
  };

  it('keeps every one of thirty decimals', async () => {
    await project(await threeActivities());
    // 1e-30 + 99.999999999999999999999999999999 − 7e-18
    expect(await shown()).toEqual({ entries: '3', kgco2e: '99.999999999999999993' });
    expect(await marks()).toMatchObject([{ status: 'projected', runOrdinal: 1, entries: '3', kgco2e: '99.999999999999999993' }]);
  });

  it('changes nothing when it is replayed, also when only the mark was lost', async () => {
    const run = await threeActivities();
    await project(run);
    const before = await shown();
    await project(run);
    expect(await written()).toEqual([1, 3]);
    const [{ attempt } = { attempt: null }] = await marks();
    await ledger.sql('delete from reporting.projections where tenant_id = $1', [ledger.tenantId]);
    await project(run);
    expect([await shown(), await written()]).toEqual([before, [1, 3]]);
    expect(await marks()).toMatchObject([{ attempt, status: 'projected' }]);
  });

  it('does not show the rows of an attempt that died', async () => {
    const run = await threeActivities();
    const dying = new DyingClickhouse(world.config, 'test');
    await expect(project(run, new ProjectRunService(world.dataSource, dying))).rejects.toThrow('killed');
    await dying.close();
    expect([await shown(), await written()]).toEqual([{ entries: '0', kgco2e: '0' }, [1, 1]]);
    expect(await marks()).toMatchObject([{ status: 'projecting', attempt: null }]);
    await project(run);
    expect([await shown(), await written()]).toEqual([{ entries: '3', kgco2e: '99.999999999999999993' }, [2, 4]]);
    // As the README says.
    await world.command('delete from ledger_entries where (run_id, attempt) not in (select run_id, attempt from ledger_attempts)');
    expect([await shown(), await written()]).toEqual([{ entries: '3', kgco2e: '99.999999999999999993' }, [1, 3]]);
  });

  it('does not commit what differs from the seal in the last decimal', async () => {
    const run = await threeActivities();
    const change = `update calculation.runs set kgco2e = kgco2e + $2::numeric * 1e-30 where id = $1`;
    await ledger.sql(change, [run, 1]);
    await expect(project(run)).rejects.toThrow(ProjectionDiffers);
    expect(await shown()).toMatchObject({ entries: '0' });
    await ledger.sql(change, [run, -1]);
    await project(run);
    expect(await shown()).toMatchObject({ entries: '3' });
  });

  it('counts one attempt of a run where two were committed', async () => {
    const run = await threeActivities();
    await project(run);
    const before = await shown();
    const second = '00000000-0000-4000-8000-000000000001';
    const rows = (table: string, change: string) =>
      world.command(`insert into ${table} select * replace (${change}) from ${table} where run_id = '${run}'`);
    await rows('ledger_entries', `toUUID('${second}') as attempt`);
    await rows('ledger_attempts', `toUUID('${second}') as attempt, committed_at + 1 as committed_at`);
    expect([await shown(), await written()]).toEqual([before, [2, 6]]);
  });

  it('projects earlier runs first, whichever message comes first, and once, however many workers are at it', async () => {
    const first = await threeActivities();
    const importId = await ledger.import(1);
    const key = await ledger.key('fuel.natural-gas', 'kWh', [{ kgco2e: '2' }]);
    await ledger.activity({ importId, key, entity: 'HQ', quantity: '1.5' });
    const second = await ledger.seal(4);
    await Promise.all([project(second), project(first), project(second)]);
    expect(await marks()).toMatchObject([
      { runId: first, runOrdinal: 1, status: 'projected' },
      { runId: second, runOrdinal: 2, status: 'projected' },
    ]);
    expect([await shown(1), await shown(2), await written()]).toEqual([
      { entries: '3', kgco2e: '99.999999999999999993' },
      { entries: '4', kgco2e: '102.999999999999999993' },
      [2, 4],
    ]);
  });

  it('carries tags over in their types, whatever characters they hold', async () => {
    for (const [name, type] of Object.entries({ note: 'text', amount: 'decimal', due: 'date', paid: 'boolean' }))
      await ledger.tag(name, type);
    const importId = await ledger.import(3);
    const key = await ledger.key('fuel.natural-gas', 'kWh', [
      { kgco2e: '1', fallbacks: ['year_earlier', 'region_global'], factorCode: "T'1\t\\" },
    ]);
    const note = "it's a \"note\", with \ttab, \\back\\\\slash, \nnew line, {brace}: [1] '' é 😀 \\N \\t";
    const tags = { note, amount: '-1.000000000001', due: '2025-02-28', paid: true };
    const odd = { note: '', amount: '0.0000000000001', due: '1850-01-01', paid: false };
    await ledger.activity({ importId, key, entity: 'HQ', quantity: '1', tags, flags: ['negative_quantity', 'rounded'] });
    await ledger.activity({ importId, key, entity: 'HQ', quantity: '1', tags: odd });
    await ledger.activity({ importId, key, entity: 'HQ', quantity: '1' });
    await project(await ledger.seal(3));
    const rows = await listEntries(world.clickhouse, { ...asOf(), limit: 10 });
    const typed = rows.map(({ tagsText, tagsDecimal, tagsDate, tagsBoolean }) => [tagsText, tagsDecimal, tagsDate, tagsBoolean]);
    expect(typed).toEqual([
      [{ note }, { amount: '-1.000000000001' }, { due: '2025-02-28' }, { paid: true }],
      // What the column cannot hold exactly stays text.
      [{ note: '', amount: '0.0000000000001', due: '1850-01-01' }, {}, {}, { paid: false }],
      [{}, {}, {}, {}],
    ]);
    expect(rows[0]).toMatchObject({
      flags: ['negative_quantity', 'rounded'],
      fallbacks: ['region_global', 'year_earlier'],
      factorCode: "T'1\t\\",
    });
    const byTag = async (tag: string, tagValue: string) =>
      (await listEntries(world.clickhouse, { ...asOf(), tag, tagValue, limit: 10 })).length;
    expect([
      await byTag('note', note),
      await byTag('note', ''),
      await byTag('paid', 'true'),
      await byTag('amount', '-1.000000000001'),
    ]).toEqual([1, 1, 1, 1]);
    expect([await byTag('due', '2025-02-28'), await byTag('other', '')]).toEqual([1, 0]);
  });

  it('shows a tenant nothing of another', async () => {
    const run = await threeActivities();
    const stranger = await SmallLedger.open(world.database.ownerUrl);
    opened.push(stranger);
    await service.handle({ tenantId: stranger.tenantId, runId: run });
    expect(await marks()).toEqual([]);
    await project(run);
    expect((await sumBook(world.clickhouse, { ...asOf(), tenantId: stranger.tenantId }))[0]).toMatchObject({ entries: '0' });
    const seen = await inTenant(world.dataSource, stranger.tenantId, ({ manager }) => manager.count(ProjectionRow));
    expect(seen).toBe(0);
  });

  it('sends the columns that the table has, in the order in which the statement makes them', async () => {
    const select = COPY_RUN.replace(/^\s*copy \(/, '').replace(/\) to stdout$/, '');
    const names = await inTenant(world.dataSource, ledger.tenantId, async ({ client }) => {
      await client.query(SET_COPIED_RUN, [ledger.bookId, ledger.bookId, 0]);
      return (await client.query(select)).fields.map(({ name }) => name);
    });
    expect(names).toEqual([...LEDGER_COLUMNS]);
    const columns = await world.inspect<{ name: string }>(
      `select name from system.columns where database = currentDatabase() and table = 'ledger_entries' order by position`,
    );
    expect(columns.map(({ name }) => name)).toEqual([...LEDGER_COLUMNS]);
  });
});
