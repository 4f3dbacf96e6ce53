import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { testParts } from './parts';

/** The database role of a service. */
export type ServiceRole = 'scopebook_gateway' | 'scopebook_ingestion' | 'scopebook_calculation' | 'scopebook_reporting';

export interface TestDatabase {
  readonly name: string;
  /** The installing superuser's URL: row policies do not bind it. For arranging and inspecting, never for the code under test. */
  readonly ownerUrl: string;
  /** The URL with which a service connects: the role that the policies bind. */
  urlFor(role: ServiceRole): string;
  /** Ends every connection to the database and drops it. */
  drop(): Promise<void>;
}

function refuseUnlessTest(name: string): void {
  if (!name.includes('test')) throw new Error(`The database ${name} has no "test" in its name: it is neither emptied nor dropped.`);
}

async function asOwner(database: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: withDatabase(testParts().databaseUrl, database) });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** A fresh, migrated database of this test's own: `scopebook_test_<name>_<random>`, copied from the template in some 0.1 s. */
export async function testDatabase(name: string): Promise<TestDatabase> {
  const parts = testParts();
  const database = `scopebook_test_${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 30)}_${randomBytes(4).toString('hex')}`;
  await asOwner('postgres', `CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE ${escapeIdentifier(parts.templateDatabase)}`);
  const ownerUrl = withDatabase(parts.databaseUrl, database);
  return {
    name: database,
    ownerUrl,
    urlFor: (role) => {
      const url = new URL(ownerUrl);
      url.username = role;
      url.password = encodeURIComponent(parts.rolePasswords[role] ?? '');
      return url.href;
    },
    drop: () => dropTestDatabase(database),
  };
}

/** Drops a test database, ending its connections. Refuses when its name has no `test` in it. */
export async function dropTestDatabase(database: string): Promise<void> {
  refuseUnlessTest(database);
  await asOwner('postgres', `DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`);
}

/** Empties tables of a test database, with all that depends on them. Refuses when its name has no `test` in it. */
export async function truncateTables(database: TestDatabase, tables: readonly string[]): Promise<void> {
  refuseUnlessTest(database.name);
  if (tables.length === 0) return;
  const names = tables.map((table) => table.split('.').map(escapeIdentifier).join('.'));
  await asOwner(database.name, `TRUNCATE ${names.join(', ')} CASCADE`);
}
