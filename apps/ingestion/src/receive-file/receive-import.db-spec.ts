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
    expect(done.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(500);
    expect(done.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(1_000);
    expect(new Set(done.map(({ ordinal }) => ordinal)).size).toBe(3);
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
