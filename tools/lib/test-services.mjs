// @ts-check
// The four built services against databases of one test's own.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrateClickhouse } from './migrate.mjs';
import { choosePort } from './ports.mjs';
import { Processes } from './processes.mjs';
import { processName, startService, startServices, waitUntilReady } from './services.mjs';

/**
 * @param {{ name: string, ownerUrl: string, parts: import('./test-parts.mjs').TestParts, settings?: Record<string, string> }} wish `ownerUrl`: of a fresh, migrated database
 * @returns {Promise<import('./test-services.d.mts').TestServices>}
 */
export async function startTestServices({ name, ownerUrl, parts, settings = {} }) {
  const unique = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_${randomBytes(4).toString('hex')}`;
  const clickhouseDatabase = `scopebook_test_${unique}`;
  const dataDir = path.join(parts.dataDir, 'services', unique);
  const files = path.join(dataDir, 'files');
  fs.mkdirSync(files, { recursive: true });
  await migrateClickhouse({ url: parts.clickhouseUrl, database: clickhouseDatabase });
  const processes = new Processes(dataDir, { onUnexpectedExit: (text) => console.error(text) });
  await processes.claim();
  const gatewayPort = await choosePort({ name: 'the API' });
  const world = {
    parts: { ...parts, databaseUrl: ownerUrl, fileStoreUrl: pathToFileURL(files).href },
    rolePasswords: parts.rolePasswords,
    clickhouseDatabase,
    natsPrefix: `scopebook_test_${unique}`,
    gatewayPort,
    settings,
  };
  const { apiUrl } = await startServices(world, processes).catch(async (error) => {
    await processes.stop();
    throw error;
  });
  return {
    apiUrl,
    clickhouseDatabase,
    natsPrefix: world.natsPrefix,
    logFile: (service) => processes.logFile(processName(service)),
    end: (service, signal) => processes.stopOne(processName(service), signal),
    begin: async (service) => {
      startService(service, world, processes);
      await waitUntilReady(apiUrl, { failed: () => processes.failure(processName(service)) });
    },
    stop: () => processes.stop(),
  };
}
