import type { EntitySchema, DataSourceOptions, MixedList } from 'typeorm';
import { types } from 'pg';

// A date is a day, not an instant: the driver would turn it into local midnight. bigint and numeric are text already, which is what we want.
types.setTypeParser(types.builtins.DATE, (text) => text);

/** Connections for questions and for the relay. */
const POOL_BASE = 6;
/** What one piece of work holds at once: its claim, its transaction, and the note that it is done. */
const POOL_PER_WORK = 3;

/**
 * Connection settings of a worker: one pool serves TypeORM and the bulk statements. `db/` owns the schema, so synchronisation is off. `workAtOnce` is
 * how many deliveries the service works on at a time: with fewer connections than they hold, they would wait for each other.
 */
export function postgresOptions(
  url: string,
  service: string,
  entities: MixedList<(new () => object) | EntitySchema> = [],
  workAtOnce = 1,
): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: entities as NonNullable<DataSourceOptions['entities']>,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    applicationName: `scopebook-${service}`,
    poolSize: POOL_BASE + POOL_PER_WORK * workAtOnce,
    extra: { connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000 },
  };
}
