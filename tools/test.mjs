// @ts-check
// `npm test`: every tier, on a machine that has nothing but Node and npm. Arguments go on to jest; a jest run that needs the real parts
// starts them in a directory of its own (test/support/global-setup.mjs) and stops them. The last line is `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { install } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';

await install();
const { build } = await import('./build.mjs');
await build();

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'scopebook-results-'));
const results = path.join(scratch, 'results.json');
const run = spawnSync(
  process.execPath,
  [path.join(ROOT, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${results}`, '--maxWorkers=2', ...process.argv.slice(2)],
  // jest's own report goes to stderr; with --json it repeats the results on stdout, which nobody wants to read.
  { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
);
const summary = fs.existsSync(results) ? JSON.parse(fs.readFileSync(results, 'utf8')) : undefined;
fs.rmSync(scratch, { recursive: true, force: true });
if (!summary) {
  console.error('jest ended without results.');
  process.exit(run.status || 1);
}
// A file that could not even be loaded counts as one failed test: else a run could look green for having run nothing.
const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
console.log(`${summary.numPassedTests} passed, ${failed} failed, ${summary.numPendingTests + summary.numTodoTests} skipped`);
process.exit(run.status || (failed > 0 ? 1 : 0));
