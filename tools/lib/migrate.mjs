// @ts-check
// Brings both databases to the state of db/: one runner (umzug), one numbered SQL file per step, each applied once and never edited after.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';

/** Any constant: whoever holds it migrates, others wait. */
const ADVISORY_LOCK = 7_266_732_665;
const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/** @typedef {{ name: string, file: string, sql: string, digest: string }} Step */

/** @param {string} directory @returns {Step[]} in order of their numbers */
function steps(directory) {
  const names = fs
    .readdirSync(directory)
    .filter((name) => /^\d{3}_[a-z0-9_-]+\.sql$/.test(name))
    .sort();
  const numbers = names.map((name) => name.slice(0, 3));
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice) throw new Error(`${directory}: two migrations are numbered ${twice}.`);
  return names.map((name) => {
    const file = path.join(directory, name);
    const sql = fs.readFileSync(file, 'utf8');
    return { name: name.replace(/\.sql$/, ''), file, sql, digest: createHash('sha256').update(sql).digest('hex') };
  });
}

/** @param {Step[]} all @param {Map<string, string>} applied digest by name @param {string} database */
function refuseEdited(all, applied, database) {
  const edited = all.find((step) => applied.has(step.name) && applied.get(step.name) !== step.digest);
  if (edited) {
    throw new Error(
      `${edited.file} was edited after it had been applied to ${database}: add a new migration, or start with a new database.`,
    );
  }
}

/**
 * @param {Step[]} all @param {Map<string, string>} applied
 * @param {(step: Step) => Promise<void>} apply applies a step and records it
 * @param {((line: string) => void) | undefined} say
 * @returns {Promise<string[]>} names of the steps applied now
 */
async function runWithUmzug(all, applied, apply, say) {
  const { Umzug } = await import('umzug');
  const umzug = new Umzug({
    migrations: all.map((step) => ({
      name: step.name,
      up: async () => {
        await apply(step);
        say?.(`migration ${step.name}`);
      },
    })),
    // `apply` writes the record itself: in Postgres inside the step's own transaction, so that no step can be applied yet unrecorded.
    storage: { logMigration: async () => {}, unlogMigration: async () => {}, executed: async () => [...applied.keys()] },
    logger: undefined,
  });
  const done = await umzug.up().catch((/** @type {Error} */ error) => {
    throw error.cause ?? error;
  });
  return done.map(({ name }) => name);
}

/**
 * Migrates one Postgres database, and makes the services' roles (cluster-wide) with the given passwords first.
 * Refuses when the URL leads to another database than the one named, so that nothing is ever migrated by a stray default.
 * @param {{ url: string, database: string, rolePasswords: Record<string, string>, directory?: string, say?: (line: string) => void }} wish `url`: the owner's
 * @returns {Promise<string[]>} names of the migrations applied now
 */
export async function migratePostgres({ url, database, rolePasswords, directory = path.join(ROOT, 'db/postgres'), say }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT current_database() AS name');
    if (rows[0].name !== database)
      throw new Error(`The URL leads to the database ${rows[0].name}, not to ${database}: nothing was migrated.`);
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await ensureRoles(client, rolePasswords);
    await client.query(
      `CREATE TABLE IF NOT EXISTS public.schema_migrations
         (name text PRIMARY KEY, digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const recorded = await client.query('SELECT name, digest FROM public.schema_migrations ORDER BY name');
    const applied = new Map(recorded.rows.map((row) => [row.name, row.digest]));
    const all = steps(directory);
    refuseEdited(all, applied, database);
    return await runWithUmzug(all, applied, (step) => applyToPostgres(client, step), say);
  } finally {
    await client.end();
  }
}

/** @param {import('pg').Client} client @param {Step} step */
async function applyToPostgres(client, step) {
  await client.query('BEGIN');
  try {
    await client.query(step.sql);
    // A step may have made itself another role for its duration.
    await client.query('RESET ROLE');
    await client.query('INSERT INTO public.schema_migrations (name, digest) VALUES ($1, $2)', [step.name, step.digest]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const { message, position, detail } = /** @type {Error & { position?: string, detail?: string }} */ (error);
    const line = position ? `:${step.sql.slice(0, Number(position)).split('\n').length}` : '';
    throw new Error(`${step.file}${line}: ${message}${detail ? ` (${detail})` : ''}`, { cause: error });
  }
}

/** @param {import('pg').Client} client @param {Record<string, string>} passwords */
async function ensureRoles(client, passwords) {
  for (const [role, password] of Object.entries(passwords)) {
    const name = client.escapeIdentifier(role);
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${name} LOGIN NOCREATEDB NOCREATEROLE NOINHERIT`);
    await client.query(`ALTER ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    const flags = await client.query('SELECT rolsuper OR rolbypassrls AS mighty FROM pg_roles WHERE rolname = $1', [role]);
    if (flags.rows[0].mighty)
      throw new Error(`The role ${role} is a superuser or may bypass row policies: tenants would not be kept apart.`);
  }
}

/** Statements end with a semicolon at the end of a line. @param {string} sql @returns {string[]} */
function statements(sql) {
  return sql
    .split(/;[ \t]*(?:--[^\n]*)?$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '');
}

/**
 * Migrates one ClickHouse database, making it first. DDL has no transactions there, so every statement must be repeatable (IF NOT EXISTS).
 * @param {{ url: string, database: string, directory?: string, say?: (line: string) => void }} wish `url`: http://user:password@host:port
 * @returns {Promise<string[]>} names of the migrations applied now
 */
export async function migrateClickhouse({ url, database, directory = path.join(ROOT, 'db/clickhouse'), say }) {
  if (!IDENTIFIER.test(database)) throw new Error(`${JSON.stringify(database)} is no ClickHouse database name: use a-z, 0-9 and _.`);
  const { createClient } = await import('@clickhouse/client');
  const client = createClient({ url });
  try {
    await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` });
    const table = `${database}.schema_migrations`;
    await client.command({
      query: `CREATE TABLE IF NOT EXISTS ${table} (name String, digest String, applied_at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY name`,
    });
    const result = await client.query({ query: `SELECT DISTINCT name, digest FROM ${table}`, format: 'JSONEachRow' });
    const rows = /** @type {Array<{ name: string, digest: string }>} */ (await result.json());
    const applied = new Map(rows.map((row) => [row.name, row.digest]));
    const all = steps(directory);
    refuseEdited(all, applied, database);
    /** @param {Step} step */
    const apply = async (step) => {
      for (const statement of statements(step.sql.replaceAll('{database}', database))) {
        await client.command({ query: statement }).catch((/** @type {Error} */ error) => {
          throw new Error(`${step.file}: ${error.message}\nin: ${statement}`, { cause: error });
        });
      }
      await client.insert({ table, values: [{ name: step.name, digest: step.digest }], format: 'JSONEachRow' });
    };
    return await runWithUmzug(all, applied, apply, say);
  } finally {
    await client.close();
  }
}
