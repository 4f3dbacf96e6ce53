import type { EntitySchema, DataSourceOptions, MixedList } from 'typeorm';
import { types } from 'pg';

// A date is a day, not an instant: the driver would turn it into local midnight. bigint and numeric are text already, which is what we want.
types.setTypeParser(types.builtins.DATE, (text) => text);

/** Connection settings of a worker: one pool serves TypeORM and the bulk statements. `db/` owns the schema, so synchronisation is off. */
export function postgresOptions(
  url: string,
  service: string,
  entities: MixedList<(new () => object) | EntitySchema> = [],
): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: entities as NonNullable<DataSourceOptions['entities']>,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    applicationName: `scopebook-${service}`,
    poolSize: 10,
    extra: { connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000 },
  };
}
