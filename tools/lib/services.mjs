// @ts-check
// The four services as processes: what each is told through its environment, and when all are ready.
import fs from 'node:fs';
import path from 'node:path';
import { urlForRole } from './parts.mjs';
import { ROOT } from './root.mjs';

/** By name of the app; the workers before the gateway, which reports ready when they answer. */
export const SERVICES = /** @type {const} */ ({
  ingestion: { role: 'scopebook_ingestion' },
  'calculation-engine': { role: 'scopebook_calculation' },
  reporting: { role: 'scopebook_reporting' },
  'api-gateway': { role: 'scopebook_gateway' },
});

/** @typedef {keyof typeof SERVICES} ServiceName */

/**
 * @typedef {object} ServiceWorld what the services are told of the world
 * @property {import('./parts.mjs').Parts} parts
 * @property {Record<string, string>} rolePasswords
 * @property {string} clickhouseDatabase
 * @property {string} natsPrefix every subject and stream name begins with it, so that several installations may share a server
 * @property {number} gatewayPort
 * @property {Record<string, string>} [settings] of every service, beside those above
 */

/** The child process name of a service. @param {ServiceName} service */
export const processName = (service) => `service-${service}`;

/** @param {ServiceName} service @param {ServiceWorld} world @returns {Record<string, string>} */
function environmentOf(service, { parts, rolePasswords, clickhouseDatabase, natsPrefix, gatewayPort, settings }) {
  const { role } = SERVICES[service];
  const common = {
    ...settings,
    DATABASE_URL: urlForRole(parts.databaseUrl, role, rolePasswords[role] ?? ''),
    NATS_URL: parts.natsUrl,
    NATS_PREFIX: natsPrefix,
    FILE_STORE_URL: parts.fileStoreUrl,
    ...(parts.natsToken ? { NATS_TOKEN: parts.natsToken } : {}),
  };
  switch (service) {
    case 'api-gateway':
      return { ...common, HOST: '127.0.0.1', PORT: String(gatewayPort) };
    case 'calculation-engine':
      return { ...common, CATALOGUE_DIR: path.join(ROOT, 'catalogue') };
    case 'reporting':
      return {
        ...common,
        CLICKHOUSE_URL: parts.clickhouseUrl,
        CLICKHOUSE_DATABASE: clickhouseDatabase,
        CATALOGUE_DIR: path.join(ROOT, 'catalogue'),
      };
    default:
      return common;
  }
}

/** @param {ServiceName} service @param {ServiceWorld} world @param {import('./processes.mjs').Processes} processes */
export function startService(service, world, processes) {
  const program = path.join(ROOT, 'dist/apps', service, 'src/main.js');
  if (!fs.existsSync(program)) throw new Error(`${program} does not exist: run \`npm run build\` first.`);
  processes.start({
    name: processName(service),
    command: process.execPath,
    args: ['--enable-source-maps', program],
    env: environmentOf(service, world),
  });
}

/**
 * Starts the four services and waits until the gateway says that all of them are ready.
 * @param {ServiceWorld} world @param {import('./processes.mjs').Processes} processes
 * @returns {Promise<{ apiUrl: string }>}
 */
export async function startServices(world, processes) {
  const names = /** @type {ServiceName[]} */ (Object.keys(SERVICES));
  for (const service of names) startService(service, world, processes);
  const apiUrl = `http://127.0.0.1:${world.gatewayPort}`;
  await waitUntilReady(apiUrl, { failed: () => names.map((service) => processes.failure(processName(service))).find(Boolean) });
  return { apiUrl };
}

/** @param {string} apiUrl @param {{ timeoutMs?: number, failed?: () => string | undefined }} [options] */
export async function waitUntilReady(apiUrl, { timeoutMs = 60_000, failed } = {}) {
  const end = Date.now() + timeoutMs;
  let last;
  for (;;) {
    try {
      const answer = await fetch(`${apiUrl}/health/ready`, { signal: AbortSignal.timeout(5_000) });
      if (answer.status === 200) return;
      last = `${answer.status} ${await answer.text()}`;
    } catch (error) {
      last = String(/** @type {Error} */ (error).cause ?? error);
    }
    const reason = failed?.();
    if (reason) throw new Error(reason);
    if (Date.now() > end) throw new Error(`The services are not ready after ${timeoutMs / 1000} s: ${last}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
