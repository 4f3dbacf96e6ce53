import { inTenant } from '#postgres';
import { BILLS as mapping, billsCsv as csv } from '../../../../test/support/bills';
import { IngestionWorld } from '../../../../test/support/ingestion-world';

describe('the list of activities', () => {
  let world: IngestionWorld;
  beforeAll(async () => {
    world = await IngestionWorld.open('read_activities');
    await world.addEntity('HQ', 'US', 'US-CAMX');
    await world.putMapping('bills', mapping);
  });
  afterAll(() => world.close());

  it('lists the activities of a match key, at an entity and in a year', async () => {
    await world.import('bills', csv(...Array.from({ length: 3 }, (_, i) => `K${i},HQ,gas,1,kWh,2024-12-17,2025-01-16,C,1,`), 'x', 'y'));
    const all = (await world.activities.list(world.tenantId, {}, undefined, 1_000)).items;
    const keys = await inTenant(
      world.dataSource,
      world.tenantId,
      async ({ client }) =>
        (
          await client.query<{ id: string; segment: number; key: string }>(
            'select id, segment, match_key_id as key from ingestion.activities',
          )
        ).rows,
    );
    const keyOf = new Map(keys.map(({ id, segment, key }) => [`${id}.${segment}`, key]));
    const sample = all.at(-1)!;
    const filter = {
      matchKey: keyOf.get(`${sample.id}.${sample.segment}`)!,
      entity: sample.entity,
      year: Number(sample.periodStart.slice(0, 4)),
    };
    const placeOf = ({ id, segment }: { id: string; segment: number }) => `${id}.${segment}`;
    const expected = all.filter(
      (row) => keyOf.get(placeOf(row)) === filter.matchKey && row.entity === filter.entity && row.periodStart.startsWith(`${filter.year}`),
    );
    expect((await world.activities.list(world.tenantId, filter, undefined, 1_000)).items).toEqual(expected);
    expect((await world.activities.list(world.tenantId, { ...filter, year: 1990 }, undefined, 10)).items).toEqual([]);
    expect((await world.activities.list(world.tenantId, { ...filter, entity: 'NOWHERE' }, undefined, 10)).items).toEqual([]);
    expect(expected).toHaveLength(3);
    const ofKey = all.filter((row) => keyOf.get(placeOf(row)) === filter.matchKey);
    expect((await world.activities.list(world.tenantId, { matchKey: filter.matchKey }, undefined, 1_000)).items).toEqual(ofKey);
    await expect(world.activities.list(world.tenantId, { year: 2025 }, undefined, 10)).rejects.toMatchObject({ code: 'request_invalid' });
  });
});
