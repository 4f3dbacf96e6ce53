// @ts-check
// `npm run bench [-- name ...]`: measures by name, all without one; BENCH_ROWS sets how many rows. Each writes bench/results/<name>.json.
// Product and floor are measured in one run, on the embedded parts where a measure needs them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { install } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';

/** What each measure needs beside the built code; its program is bench/<name>.ts, or bench/<name>/bench.ts. */
const MEASURES = /** @type {const} */ ({
  'match-factors': 'nothing',
  matching: 'nothing',
  'post-entries': 'parts',
  'search-factors': 'parts',
  'what-if': 'parts',
  road: 'services',
});

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  console.error(`No measure is called ${unknown.join(', ')}. There are: ${Object.keys(MEASURES).join(', ')}.`);
  process.exit(1);
}
const chosen = Object.entries(MEASURES).filter(([name]) => wanted.length === 0 || wanted.includes(name));

await install();
const { build } = await import('./build.mjs');
await build();
const { startTestParts } = await import('./lib/test-parts.mjs');
const running = chosen.some(([, needs]) => needs !== 'nothing') ? await startTestParts({ say: console.log }) : undefined;
try {
  for (const [name, needs] of chosen) {
    const services = needs === 'services' && running ? await startServicesFor(name, running.parts) : undefined;
    const status = measure(name, running?.parts, services?.environment);
    await services?.stop();
    if (status !== 0) process.exitCode = status;
  }
} finally {
  await running?.stop();
}

/**
 * @param {string} name
 * @param {import('./lib/test-parts.mjs').TestParts} parts
 */
async function startServicesFor(name, parts) {
  const { startTestServices } = await import('./lib/test-services.mjs');
  const services = await startTestServices({ name, ownerUrl: parts.databaseUrl, parts });
  const environment = {
    BENCH_API_URL: services.apiUrl,
    BENCH_CLICKHOUSE_URL: parts.clickhouseUrl,
    BENCH_CLICKHOUSE_DATABASE: services.clickhouseDatabase,
    BENCH_SERVICES_DIR: path.dirname(path.dirname(services.logFile('ingestion'))),
  };
  return { environment, stop: services.stop };
}

/**
 * @param {string} name
 * @param {import('./lib/test-parts.mjs').TestParts | undefined} parts
 * @param {Record<string, string>} [environment]
 */
function measure(name, parts, environment) {
  const alone = path.join(ROOT, 'dist/bench', `${name}.js`);
  const program = fs.existsSync(alone) ? alone : path.join(ROOT, 'dist/bench', name, 'bench.js');
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--expose-gc', program], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...environment,
      ...(parts ? { BENCH_OWNER_URL: parts.databaseUrl, BENCH_ENGINE_URL: asRole(parts, 'scopebook_calculation') } : {}),
    },
  });
  return run.status ?? 1;
}

/**
 * @param {import('./lib/test-parts.mjs').TestParts} parts
 * @param {string} role
 */
function asRole(parts, role) {
  const url = new URL(parts.databaseUrl);
  url.username = role;
  url.password = encodeURIComponent(parts.rolePasswords[role] ?? '');
  return url.href;
}
