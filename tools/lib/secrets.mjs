// @ts-check
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The database role of each service: neither owner nor superuser nor BYPASSRLS. */
export const SERVICE_ROLES = /** @type {const} */ ([
  'scopebook_gateway',
  'scopebook_ingestion',
  'scopebook_calculation',
  'scopebook_reporting',
]);

/**
 * @typedef {object} Secrets
 * @property {string} postgresOwner password of the embedded Postgres's owner
 * @property {Record<string, string>} roles password by database role
 * @property {string} nats token
 * @property {string} clickhouse password
 */

/**
 * The installation's secrets: made once at random, kept in a file that only its owner can read.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function loadSecrets(dataDir) {
  const file = path.join(dataDir, 'secrets.json');
  const random = () => randomBytes(24).toString('base64url');
  const kept = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  const secrets = {
    postgresOwner: random(),
    nats: random(),
    clickhouse: random(),
    ...kept,
    roles: { ...Object.fromEntries(SERVICE_ROLES.map((role) => [role, random()])), ...kept.roles },
  };
  const draft = `${file}.new`;
  fs.writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(draft, file);
  return secrets;
}
