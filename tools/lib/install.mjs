// @ts-check
// Brings node_modules to the lock file. Runs before any package is there, so it imports none.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';

const LOCK = path.join(ROOT, 'package-lock.json');
/** Written by npm when it has finished. */
const NPM_MARKER = path.join(ROOT, 'node_modules/.package-lock.json');
/** Digest of the lock file that we installed last: times of files mean little after a copy or a checkout. */
const OUR_MARKER = path.join(ROOT, 'node_modules/.scopebook-lock-digest');

const lockDigest = () => createHash('sha256').update(fs.readFileSync(LOCK)).digest('hex');

/** @returns {boolean} */
function isInstalled() {
  if (!fs.existsSync(NPM_MARKER)) return false;
  if (fs.existsSync(OUR_MARKER) && fs.readFileSync(OUR_MARKER, 'utf8') === lockDigest()) return true;
  return fs.statSync(NPM_MARKER).mtimeMs >= fs.statSync(LOCK).mtimeMs;
}

/** @param {{ say?: (line: string) => void }} [options] @returns {Promise<number>} seconds it took */
export async function install({ say = console.log } = {}) {
  requireNodeVersion();
  if (isInstalled()) return 0;
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  say('installing packages (npm ci): some 900 MB, a minute or more without a warm npm cache');
  const progress = setInterval(() => say(`  still installing, ${Math.round(seconds())} s`), 10_000);
  try {
    await runNpmCi();
  } finally {
    clearInterval(progress);
  }
  fs.writeFileSync(OUR_MARKER, lockDigest());
  say(`packages are installed (${seconds().toFixed(1)} s)`);
  return seconds();
}

function requireNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`scopebook needs Node 20.19 or later; this is ${process.versions.node}.`);
}

/** @returns {Promise<void>} */
function runNpmCi() {
  const flags = ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'development' },
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`npm ci failed (exit code ${code}).`))));
  });
}
