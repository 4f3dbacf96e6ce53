// @ts-check
// Migrates the databases that the environment names: DATABASE_URL (the owner's) with SCOPEBOOK_ROLE_PASSWORDS ({"role": "password"}, JSON),
// and CLICKHOUSE_URL with CLICKHOUSE_DATABASE. In production this runs as the migration job, before the services.
import { migrateClickhouse, migratePostgres } from './lib/migrate.mjs';
import { databaseOf } from './lib/parts.mjs';
import { SERVICE_ROLES } from './lib/secrets.mjs';

const { DATABASE_URL, CLICKHOUSE_URL, CLICKHOUSE_DATABASE, SCOPEBOOK_ROLE_PASSWORDS } = process.env;

/** @param {string} text */
function fail(text) {
  console.error(text);
  process.exit(1);
}

if (!DATABASE_URL && !CLICKHOUSE_URL) fail('Set DATABASE_URL, CLICKHOUSE_URL or both: there is nothing to migrate.');
try {
  if (DATABASE_URL) {
    const rolePasswords = JSON.parse(SCOPEBOOK_ROLE_PASSWORDS || '{}');
    const missing = SERVICE_ROLES.filter((role) => !rolePasswords[role]);
    if (missing.length > 0) fail(`SCOPEBOOK_ROLE_PASSWORDS has no password for ${missing.join(', ')}.`);
    const database = databaseOf(DATABASE_URL);
    if (!database) fail('DATABASE_URL names no database.');
    const done = await migratePostgres({ url: DATABASE_URL, database, rolePasswords, say: console.log });
    console.log(`postgres ${database}: ${done.length} migrations applied`);
  }
  if (CLICKHOUSE_URL) {
    if (!CLICKHOUSE_DATABASE) fail('Set CLICKHOUSE_DATABASE: no database is migrated that was not named.');
    const done = await migrateClickhouse({ url: CLICKHOUSE_URL, database: CLICKHOUSE_DATABASE ?? '', say: console.log });
    console.log(`clickhouse ${CLICKHOUSE_DATABASE}: ${done.length} migrations applied`);
  }
} catch (error) {
  fail(/** @type {Error} */ (error).message);
}
