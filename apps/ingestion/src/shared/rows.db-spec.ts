import { IngestionWorld } from '../../../../test/support/ingestion-world';

interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

describe('the classes of workflow state', () => {
  let world: IngestionWorld;
  beforeAll(async () => {
    world = await IngestionWorld.open('rows');
  });
  afterAll(() => world.close());

  it('agree with the migrated tables, column by column', async () => {
    expect(world.dataSource.entityMetadatas).toHaveLength(4);
    for (const { schema, tableName, columns } of world.dataSource.entityMetadatas) {
      const inDatabase = await world.query<TableColumn>(
        `select column_name as name, data_type as type, is_nullable = 'YES' as nullable from information_schema.columns
         where table_schema = $1 and table_name = $2 order by column_name`,
        [schema, tableName],
      );
      const inCode = columns
        .map(({ databaseName, type, isNullable }) => ({
          name: databaseName,
          type: String(type).replace('timestamptz', 'timestamp with time zone'),
          nullable: isNullable,
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      expect([tableName, inCode]).toEqual([tableName, inDatabase]);
    }
  });
});
