import { createClient } from '@clickhouse/client';
import { startTestServices, type TestServices } from '../../tools/lib/test-services.mjs';
import { testDatabase, type TestDatabase } from './database';
import { testParts } from './parts';

export type { ServiceName } from '../../tools/lib/test-services.mjs';

export interface RunningServices extends TestServices {
  readonly database: TestDatabase;
  readonly clickhouseUrl: string;
}

/**
 * Starts the four built services (dist/) against a fresh Postgres database, a fresh ClickHouse database, a file directory and a NATS prefix of
 * their own, so that test files may run side by side. `settings`: what all four read from the environment beside that. `stop()` ends the services and drops both databases.
 */
export async function startServices(name: string, settings: Readonly<Record<string, string>> = {}): Promise<RunningServices> {
  const parts = testParts();
  const database = await testDatabase(name);
  try {
    const services = await startTestServices({ name, ownerUrl: database.ownerUrl, parts, settings });
    const stop = async (): Promise<void> => {
      await services.stop();
      await Promise.all([database.drop(), dropClickhouseDatabase(parts.clickhouseUrl, services.clickhouseDatabase)]);
    };
    return { ...services, database, clickhouseUrl: parts.clickhouseUrl, stop };
  } catch (error) {
    await database.drop();
    throw error;
  }
}

async function dropClickhouseDatabase(url: string, name: string): Promise<void> {
  if (!name.includes('test')) throw new Error(`The database ${name} has no "test" in its name: it is not dropped.`);
  const client = createClient({ url });
  try {
    await client.command({ query: `DROP DATABASE IF EXISTS ${name}` });
  } finally {
    await client.close();
  }
}
