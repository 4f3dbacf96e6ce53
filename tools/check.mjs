// @ts-check
// `npm run check`: format, lint, types, import boundaries, unit and golden tests. Two steps at a time; only a failing step shows its output.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { install } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';

const bin = (/** @type {string} */ file) => path.join(ROOT, 'node_modules', file);
const cache = (/** @type {string} */ name) => path.join(ROOT, 'node_modules/.cache', name);

/** The longest first, so that the two lanes end together. @type {Array<{ name: string, args: string[] }>} */
const STEPS = [
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings=0', '--cache', '--cache-location', `${cache('eslint')}/`] },
  { name: 'types', args: [bin('typescript/bin/tsc'), '-p', '.'] },
  { name: 'unit and golden tests', args: [bin('jest/bin/jest.js'), '--selectProjects', 'unit', '--maxWorkers=1'] },
  { name: 'types of tools', args: [bin('typescript/bin/tsc'), '-p', 'tools'] },
  {
    name: 'boundaries',
    args: [bin('.bin/depcruise'), '--config', '.dependency-cruiser.cjs', 'apps', 'libs'],
  },
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '.', '--cache', '--cache-location', cache('prettier.json')] },
];
const LANES = 2;

/** @param {{ name: string, args: string[] }} step @returns {Promise<boolean>} */
async function run({ name, args }) {
  const started = Date.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (code !== 0) console.log(output);
  return code === 0;
}

const started = Date.now();
await install();
const { generatePrismaClient } = await import('./build.mjs');
generatePrismaClient();
fs.mkdirSync(cache(''), { recursive: true });

const queue = [...STEPS];
/** @type {string[]} */
const failed = [];
const lane = async () => {
  for (let step = queue.shift(); step; step = queue.shift()) if (!(await run(step))) failed.push(step.name);
};
await Promise.all(Array.from({ length: LANES }, lane));
const seconds = ((Date.now() - started) / 1000).toFixed(1);
console.log(failed.length === 0 ? `check passed (${seconds} s)` : `check failed: ${failed.join(', ')} (${seconds} s)`);
process.exit(failed.length === 0 ? 0 : 1);
