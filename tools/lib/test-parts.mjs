// @ts-check
// What the tests of the upper tiers stand on: the embedded parts in a directory of their own, and one migrated database to copy from.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migratePostgres } from './migrate.mjs';
import { startParts } from './parts.mjs';
import { Processes } from './processes.mjs';
import { DEFAULT_DATA_DIR } from './root.mjs';
import { loadSecrets } from './secrets.mjs';

/** Carries TestParts, as JSON, from whoever started the parts to the tests. */
export const TEST_PARTS_VARIABLE = 'SCOPEBOOK_TEST_PARTS';

/**
 * @typedef {import('./parts.mjs').Parts & { dataDir: string, templateDatabase: string, rolePasswords: Record<string, string> }} TestParts
 * `templateDatabase`: migrated and empty; nobody connects to it, or it could not be copied
 */

/**
 * Always embedded, whatever the environment says: tests never touch a database that someone uses.
 * @param {{ say?: (line: string) => void }} [options]
 * @returns {Promise<{ parts: TestParts, stop: () => Promise<void> }>}
 */
export async function startTestParts({ say = () => {} } = {}) {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-'));
  fs.chmodSync(dataDir, 0o755);
  const processes = new Processes(dataDir, { onUnexpectedExit: (text) => console.error(text) });
  const stop = async () => {
    await processes.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await processes.claim();
    const secrets = loadSecrets(dataDir);
    const templateDatabase = `scopebook_test_template_${randomBytes(4).toString('hex')}`;
    const natsCacheDir = path.join(DEFAULT_DATA_DIR, 'nats-bin');
    const parts = await startParts({ dataDir, database: templateDatabase, secrets, processes, natsCacheDir, environment: {}, say });
    await migratePostgres({ url: parts.databaseUrl, database: templateDatabase, rolePasswords: secrets.roles });
    return { parts: { ...parts, dataDir, templateDatabase, rolePasswords: secrets.roles }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
