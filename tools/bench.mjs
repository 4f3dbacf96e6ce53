// @ts-check
// `npm run bench`: product and floor measured in one run on the embedded Postgres; BENCH_ROWS sets the number of activities.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { install } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';

await install();
const { build } = await import('./build.mjs');
await build();
const { startTestParts } = await import('./lib/test-parts.mjs');
const { parts, stop } = await startTestParts({ say: console.log });
try {
  const engine = new URL(parts.databaseUrl);
  engine.username = 'scopebook_calculation';
  engine.password = encodeURIComponent(parts.rolePasswords.scopebook_calculation ?? '');
  const run = spawnSync(process.execPath, ['--enable-source-maps', path.join(ROOT, 'dist/bench/post-entries.js')], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, BENCH_OWNER_URL: parts.databaseUrl, BENCH_ENGINE_URL: engine.href },
  });
  process.exitCode = run.status ?? 1;
} finally {
  await stop();
}
