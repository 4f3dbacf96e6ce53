// @ts-check
// The README shows what the demo prints; this keeps the two the same.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './root.mjs';

export const README = path.join(ROOT, 'README.md');
const START = '<!-- demo output: made by `npm run sync` -->\n```\n';
const END = '```\n<!-- end of demo output -->';

/**
 * Runs the demo in a data directory of its own until it ends by itself.
 * @param {string} dataDir
 * @returns {{ status: number | null, stdout: string, stderr: string }}
 */
export function runDemo(dataDir) {
  return spawnSync(process.execPath, [path.join(ROOT, 'tools/demo.mjs'), '--once', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, SCOPEBOOK_DATA: dataDir, npm_lifecycle_event: '' },
  });
}

/** The inventory as the demo printed it: from the company's name to the line about conservation. @param {string} stdout */
export function inventoryOf(stdout) {
  const lines = stdout.split('\n');
  const first = lines.findIndex((line) => line.includes('(invented company)') && line.startsWith('  '));
  const last = lines.findIndex((line) => line.includes('onservation'));
  if (first < 0 || last < first) throw new Error('the demo printed no inventory');
  return `${lines.slice(first, last + 1).join('\n')}\n`;
}

/** The block between the marks. @param {string} readme */
export function blockOf(readme) {
  const [, rest] = readme.split(START);
  return rest?.split(END)[0];
}

/** The README with the demo's output of today. @returns {string} */
export function readmeWithDemo() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'scopebook-readme-'));
  try {
    const { status, stdout, stderr } = runDemo(dataDir);
    if (status !== 0) throw new Error(`the demo failed:\n${stdout}${stderr}`);
    const [before, rest] = fs.readFileSync(README, 'utf8').split(START);
    return `${before}${START}${inventoryOf(stdout)}${END}${rest?.split(END)[1] ?? ''}`;
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}
