// @ts-check
// The three parts below the services: each is taken from the environment when a URL is given, else started here.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startClickhouse } from './embedded/clickhouse.mjs';
import { startNats } from './embedded/nats.mjs';
import { startPostgres } from './embedded/postgres.mjs';
import { choosePort } from './ports.mjs';

/**
 * @typedef {object} Parts
 * @property {string} databaseUrl the owner's
 * @property {string} natsUrl
 * @property {string} natsToken empty when the server wants none
 * @property {string} clickhouseUrl with user and password
 * @property {string} fileStoreUrl
 */

/** @typedef {{ postgres?: number, nats?: number, clickhouse?: number, gateway?: number }} PreferredPorts */

/** @type {PreferredPorts} */
export const PREFERRED_PORTS = { gateway: 3000, postgres: 15432, nats: 14222, clickhouse: 18123 };

/**
 * Starts side by side what the environment does not replace.
 * @param {{ dataDir: string, database: string, secrets: import('./secrets.mjs').Secrets, processes: import('./processes.mjs').Processes,
 *   preferredPorts?: PreferredPorts, natsCacheDir?: string, environment?: NodeJS.ProcessEnv, say: (line: string) => void }} wish
 * @returns {Promise<Parts>}
 */
export async function startParts({
  dataDir,
  database,
  secrets,
  processes,
  preferredPorts = {},
  natsCacheDir,
  environment = process.env,
  say,
}) {
  const files = path.join(dataDir, 'files');
  const fileStoreUrl = environment.FILE_STORE_URL || pathToFileURL(files).href;
  if (!environment.FILE_STORE_URL) fs.mkdirSync(files, { recursive: true });
  /** @param {'postgres' | 'nats' | 'clickhouse'} name @param {(port: number) => Promise<{ url: string }>} start */
  const timed = async (name, start) => {
    const started = Date.now();
    const { url } = await start(await choosePort({ name, preferred: preferredPorts[name], say }));
    say(`${name} is up (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return url;
  };
  const [databaseUrl, natsUrl, clickhouseUrl] = await Promise.all([
    environment.DATABASE_URL ||
      timed('postgres', (port) =>
        startPostgres({ dir: path.join(dataDir, 'postgres'), port, password: secrets.postgresOwner, database, processes }),
      ),
    environment.NATS_URL ||
      timed('nats', (port) => {
        const cacheDir = natsCacheDir ?? path.join(dataDir, 'nats-bin');
        return startNats({ dir: path.join(dataDir, 'nats'), port, token: secrets.nats, cacheDir, say, processes });
      }),
    environment.CLICKHOUSE_URL ||
      timed('clickhouse', (port) =>
        startClickhouse({ dir: path.join(dataDir, 'clickhouse'), port, password: secrets.clickhouse, processes }),
      ),
  ]);
  const natsToken = environment.NATS_URL ? (environment.NATS_TOKEN ?? '') : secrets.nats;
  return { databaseUrl, natsUrl, natsToken, clickhouseUrl, fileStoreUrl };
}

/** The URL with another user and password: how a service reaches the owner's database. @param {string} ownerUrl @param {string} role @param {string} password */
export function urlForRole(ownerUrl, role, password) {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

/** @param {string} url @returns {string} the database that a Postgres URL names */
export const databaseOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1));
