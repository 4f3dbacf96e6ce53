import { IngestionWorld, type WrittenMapping } from '../../../../test/support/ingestion-world';
import { ReadMappingsService } from './read-mappings.service';

const mapping = (changes: Partial<WrittenMapping> = {}): WrittenMapping => ({
  source: 's',
  locale: { decimal: '.', date: 'YYYY' },
  identity: ['m'],
  entity: { constant: 'HQ' },
  period: { start: { constant: '2025' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'electricity.grid' },
      operands: { quantity: { value: { column: 'q' }, unit: { constant: 'kWh' } } },
    },
  ],
  ...changes,
});

describe('keeping a mapping', () => {
  let world: IngestionWorld;
  beforeAll(async () => {
    world = await IngestionWorld.open('mappings');
  });
  afterAll(() => world.close());

  it('makes a version of what changed, and none of what did not', async () => {
    expect(await world.putMapping('a', mapping())).toEqual({ name: 'a', version: 1, created: true });
    expect(await world.putMapping('a', mapping())).toEqual({ name: 'a', version: 1, created: false });
    expect(await world.putMapping('a', mapping({ ignore: '*' }))).toEqual({ name: 'a', version: 2, created: true });
    await world.putMapping('b', mapping());
    const reading = new ReadMappingsService(world.dataSource);
    expect(await reading.get(world.tenantId, 'a')).toMatchObject({ version: 2, spec: { ignore: '*' } });
    const first = await reading.list(world.tenantId, undefined, 1);
    expect(first).toMatchObject({ items: [{ name: 'a', version: 2 }], next: 'a' });
    expect(await reading.list(world.tenantId, 'a', 10)).toMatchObject({ items: [{ name: 'b', version: 1 }], next: null });
    await expect(reading.get(world.tenantId, 'c')).rejects.toMatchObject({ code: 'mapping_unknown' });
  });

  it('makes one version when the same arrives ten times at once', async () => {
    const kept = await Promise.all(Array.from({ length: 10 }, () => world.putMapping('at-once', mapping())));
    expect(kept.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(kept.map(({ version }) => version))).toEqual(new Set([1]));
  });

  it('refuses what contradicts the vocabulary, and keeps nothing of it', async () => {
    const wrong = mapping({
      slots: [{ slot: 1, activityType: { constant: 'peat' }, operands: {} }],
      tags: [{ column: 'x', tag: 'left_behind', type: 'text' }],
    });
    await expect(world.putMapping('wrong', wrong)).rejects.toMatchObject({
      code: 'mapping_invalid',
      places: [{ at: 'slots.0.activityType' }],
    });
    expect(await world.query("select from ingestion.tags where name = 'left_behind'")).toEqual([]);
  });

  it('fixes the type of a tag with the first mapping that declares it', async () => {
    const tagged = (type: 'text' | 'decimal') => mapping({ tags: [{ column: 'x', tag: 'project', type }] });
    await world.putMapping('tagged', tagged('text'));
    await world.putMapping('tagged-too', tagged('text'));
    await expect(world.putMapping('other', tagged('decimal'))).rejects.toMatchObject({
      code: 'tag_type_conflict',
      places: [{ at: 'tags.0.type' }],
    });
  });
});
