// @ts-check
// A whole scopebook on this machine: the parts, both databases migrated, the four services.
import fs from 'node:fs';
import path from 'node:path';
import { migrateClickhouse, migratePostgres } from './migrate.mjs';
import { databaseOf, PREFERRED_PORTS, startParts } from './parts.mjs';
import { choosePort } from './ports.mjs';
import { Processes } from './processes.mjs';
import { DEFAULT_DATA_DIR } from './root.mjs';
import { loadSecrets } from './secrets.mjs';
import { startServices } from './services.mjs';

/**
 * @typedef {object} Stack
 * @property {import('./parts.mjs').Parts} urls
 * @property {string} apiUrl empty when no services were asked for
 * @property {string} clickhouseDatabase
 * @property {import('./secrets.mjs').Secrets} secrets
 * @property {string} dataDir
 * @property {() => Promise<void>} stop
 */

/**
 * Starts what the environment does not replace (DATABASE_URL, NATS_URL, CLICKHOUSE_URL, FILE_STORE_URL), migrates, starts the services.
 * When anything fails, everything is stopped again and the failure is thrown.
 * @param {{ dataDir?: string, services?: boolean, quiet?: boolean, say?: (line: string) => void,
 *   preferredPorts?: import('./parts.mjs').PreferredPorts, onUnexpectedExit?: (text: string) => void,
 *   onProcesses?: (processes: Processes) => void }} [options] `onProcesses`: called before anything starts, for a stop on the way up
 * @returns {Promise<Stack>}
 */
export async function startStack({
  dataDir = DEFAULT_DATA_DIR,
  services = true,
  quiet = false,
  say = quiet ? () => {} : console.log,
  preferredPorts = PREFERRED_PORTS,
  onUnexpectedExit,
  onProcesses,
} = {}) {
  fs.mkdirSync(dataDir, { recursive: true });
  const processes = new Processes(dataDir, onUnexpectedExit ? { onUnexpectedExit } : {});
  await processes.claim();
  onProcesses?.(processes);
  try {
    const secrets = loadSecrets(dataDir);
    const clickhouseDatabase = process.env.CLICKHOUSE_DATABASE || 'scopebook';
    const natsPrefix = process.env.NATS_PREFIX || 'scopebook';
    const gatewayPort = Number(process.env.PORT) || (await choosePort({ name: 'the API', preferred: preferredPorts.gateway, say }));
    const urls = await startParts({ dataDir, database: 'scopebook', secrets, processes, preferredPorts, say });
    await Promise.all([
      migratePostgres({ url: urls.databaseUrl, database: databaseOf(urls.databaseUrl), rolePasswords: secrets.roles }),
      migrateClickhouse({ url: urls.clickhouseUrl, database: clickhouseDatabase }),
    ]);
    say('databases are migrated');
    const world = { parts: urls, rolePasswords: secrets.roles, clickhouseDatabase, natsPrefix, gatewayPort };
    const apiUrl = services ? (await startServices(world, processes)).apiUrl : '';
    if (services) say(`services are ready (logs: ${path.join(dataDir, 'logs')})`);
    return { urls, apiUrl, clickhouseDatabase, secrets, dataDir, stop: () => processes.stop() };
  } catch (error) {
    await processes.stop();
    throw error;
  }
}
