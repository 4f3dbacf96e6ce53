import { IngestionWorld, type WrittenMapping } from '../../../../test/support/ingestion-world';

const mapping: WrittenMapping = {
  source: 'meters',
  locale: { decimal: '.', date: 'YYYY' },
  identity: ['meter'],
  entity: { constant: 'HQ' },
  period: { start: { constant: '2025' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
    },
  ],
};

describe('receiving a file', () => {
  let world: IngestionWorld;
  beforeAll(async () => {
    world = await IngestionWorld.open('receiving');
    await world.addEntity('HQ', 'GB');
    await world.putMapping('meters', mapping);
  });
  afterAll(() => world.close());

  it('makes one import and one piece of work, also when the same bytes arrive ten times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.receive('meters', 'meter,kWh\n1,1\n')));
    expect(new Set(answers.map((answer) => answer.import.id)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    const work = await world.query<{ payload: unknown }>('select payload from messaging.outbox');
    expect(work).toEqual([{ payload: { tenantId: world.tenantId, importId: answers[0]!.import.id } }]);
  });

  it('answers with the first import afterwards too, and makes a new one under a new version of the mapping', async () => {
    const content = 'meter,kWh\n2,2\n';
    const first = await world.import('meters', content);
    expect(await world.receive('meters', content, 'other-name.csv')).toMatchObject({
      repeated: true,
      import: { id: first.id, fileName: 'file.csv', accepted: 1 },
    });
    expect(await world.putMapping('meters', { ...mapping, ignore: '*' })).toMatchObject({ version: 2, created: true });
    const second = await world.receive('meters', content);
    expect(second).toMatchObject({ repeated: false, import: { mapping: { name: 'meters', version: 2 }, status: 'received' } });
    await world.staging().handle({ tenantId: world.tenantId, importId: second.import.id });
    expect(await world.imports.get(world.tenantId, second.import.id)).toMatchObject({ accepted: 0, duplicate: 1 });
  });

  it('stages the same records from several imports at once without losing or doubling one', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => `P${i},${i}`);
    const orders = [lines, [...lines].reverse(), [...lines.slice(250), ...lines.slice(0, 250)]];
    const done = await Promise.all(orders.map((order) => world.import('meters', ['meter,kWh', ...order].join('\n'), 50)));
    expect(done.map(({ status }) => status)).toEqual(['finished', 'finished', 'finished']);
    expect(done.reduce((sum, { records }) => sum + records, 0)).toBe(1_500);
    // One that was staged beside an unfinished import is a version of its own; a book holds it once.
    expect(done.reduce((sum, { accepted, corrected }) => sum + accepted - corrected, 0)).toBe(500);
    const held = await world.inBookOf(done.map(({ id }) => id));
    expect(held.map(({ quantity }) => Number(quantity)).sort((a, b) => a - b)).toEqual(lines.map((_, i) => i));
    expect(new Set(done.map(({ ordinal }) => ordinal)).size).toBe(3);
  });

  describe('while another with the same records is unfinished', () => {
    const lines = Array.from({ length: 6 }, (_, i) => `S${i},${i + 1}`);
    const quantities = ['1', '2', '3', '4', '5', '6'];
    const work = (importId: string) => ({ tenantId: world.tenantId, importId });
    const breakOff = async (name: string, order: readonly string[]): Promise<string> => {
      const { import: received } = await world.receive('meters', ['meter,kWh', ...order, ''].join('\n'), name);
      await world.query(`create or replace function break_second() returns trigger language plpgsql as $$ begin
        if new.chunk = 2 then raise exception 'killed'; end if; return new; end $$`);
      await world.query('create trigger break before insert on ingestion.import_chunks for each row execute function break_second()');
      await expect(world.staging(4).handle(work(received.id))).rejects.toThrow('killed');
      await world.query('drop trigger break on ingestion.import_chunks');
      return received.id;
    };
    const held = async (...importIds: string[]): Promise<string[]> =>
      (await world.inBookOf(importIds)).map(({ quantity }) => quantity).sort();

    it.each(['the first', 'the second'])('has every record once in the book, if %s finishes first', async (which) => {
      const prefix = which.replace(' ', '-');
      const own = lines.map((line) => `${prefix}-${line}`);
      const first = await breakOff('first.csv', own);
      const second = await breakOff('second.csv', [...own].reverse());
      const [early, late] = which === 'the first' ? [first, second] : [second, first];
      await world.staging(2).handle(work(early));
      expect(await held(early, late)).toEqual(quantities);
      await world.staging(2).handle(work(late));
      expect(await held(early, late)).toEqual(quantities);
      for (const id of [early, late]) expect(await world.imports.get(world.tenantId, id)).toMatchObject({ status: 'finished', records: 6 });
    });

    it.each(['staging', 'failed', 'refused'])('never takes a record for the duplicate of one that is %s', async (status) => {
      const own = lines.map((line) => `${status}-${line}`);
      const lost = await breakOff('lost.csv', own);
      await world.query('update ingestion.imports set status = $2 where id = $1', [lost, status]);
      const done = await world.import('meters', ['meter,kWh', ...own, own[0], ''].join('\n'));
      expect(done).toMatchObject({ status: 'finished', accepted: 6, corrected: 4, duplicate: 1 });
      expect(await held(done.id)).toEqual(quantities);
      // Finished now, it is a reason.
      expect(await world.import('meters', ['meter,kWh', ...own, `${status}-new,7`, ''].join('\n'))).toMatchObject({
        accepted: 1,
        duplicate: 6,
      });
    });
  });

  it('refuses a file under a mapping that nobody knows', async () => {
    await expect(world.receive('nobody', 'x')).rejects.toMatchObject({ code: 'mapping_unknown' });
  });

  it('lists imports, latest first, page by page', async () => {
    const all = await world.imports.list(world.tenantId, undefined, 100);
    const first = await world.imports.list(world.tenantId, undefined, 2);
    const second = await world.imports.list(world.tenantId, first.next!, 100);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(second.next).toBeNull();
  });
});
