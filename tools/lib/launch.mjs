// @ts-check
// What `npm start` and `npm run demo` share: install, build, start, bootstrap, stay up, stop. Imports no package before they are installed.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { install } from './install.mjs';
import { commandLine, isRunning } from './processes.mjs';

const BOOTSTRAP = path.join(import.meta.dirname, 'bootstrap.mjs');

/**
 * What `bootstrap.mjs` hands back.
 * @typedef {object} Bootstrapped
 * @property {string} [apiKey] printed with the API's address
 * @property {string[]} [lines] printed before the addresses: the inventory
 * @property {string[]} [next] printed after them: the curl that explains a figure
 * @property {Record<string, unknown>} [report] the JSON object of `--json`, without its `seconds`
 * @property {Record<string, number>} [seconds] further phases: import, calculate, project
 */

/** @param {number} since @returns {number} seconds, to a tenth */
const secondsSince = (since) => Math.round((Date.now() - since) / 100) / 10;

/**
 * @param {{ demo: boolean, once?: boolean, json?: boolean }} options `once`: end by itself when all is shown; `json`: a last line for programs
 * @returns {Promise<never>}
 */
export async function launch({ demo, once = false, json = false }) {
  const started = Date.now();
  const say = (/** @type {string} */ line) => console.log(line);
  /** @type {{ stop: () => Promise<void> } | undefined} */
  let running;
  let leaving = false;
  /** @param {number} code @param {string} [reason] */
  const leave = async (code, reason) => {
    if (leaving) return new Promise(() => {});
    leaving = true;
    if (reason) (code === 0 ? console.log : console.error)(reason);
    await running?.stop();
    process.exit(code);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => leave(0, `\nstopping (${signal})`));
  watchNpm(() => leave(1, 'npm has gone: stopping'));
  try {
    const seconds = { install: await install({ say }), start: 0 };
    const startStarted = Date.now();
    const { build } = await import('../build.mjs');
    say(`built ${await build()} files (${secondsSince(startStarted)} s)`);
    const { startStack } = await import('./stack.mjs');
    const stack = await startStack({
      say,
      onProcesses: (processes) => (running = processes),
      onUnexpectedExit: (text) => leave(1, text),
    });
    seconds.start = secondsSince(startStarted);
    const done = await runBootstrap(stack, demo, say);
    for (const line of done.lines ?? []) say(line);
    say(`\nAPI      ${stack.apiUrl}/v1\ndocs     ${stack.apiUrl}/docs${done.apiKey ? `\nAPI key  ${done.apiKey}` : ''}`);
    // The password is this machine's own and serves on loopback; a ClickHouse from the environment keeps its password to itself.
    if (!process.env.CLICKHOUSE_URL) say(`SQL      ${new URL(`/?database=${stack.clickhouseDatabase}`, stack.urls.clickhouseUrl).href}`);
    for (const line of done.next ?? []) say(line);
    const total = secondsSince(started);
    if (!once) {
      say(`\nup after ${total} s; Ctrl-C stops everything`);
      return await new Promise(() => {});
    }
    await stack.stop();
    if (json) say(JSON.stringify({ ...done.report, seconds: { ...seconds, ...done.seconds, total } }));
    process.exit(0);
  } catch (error) {
    const { message, stack } = /** @type {Error} */ (error);
    await leave(1, process.env.LOG_LEVEL === 'debug' ? stack : message);
  }
  return await new Promise(() => {});
}

/** @param {import('./stack.mjs').Stack} stack @param {boolean} demo @param {(line: string) => void} say @returns {Promise<Bootstrapped>} */
async function runBootstrap({ apiUrl, urls, secrets, dataDir, clickhouseDatabase }, demo, say) {
  if (!fs.existsSync(BOOTSTRAP)) return {};
  const { bootstrap } = await import(BOOTSTRAP);
  return bootstrap({
    apiUrl,
    ownerUrl: urls.databaseUrl,
    clickhouseUrl: urls.clickhouseUrl,
    clickhouseDatabase,
    secrets,
    dataDir,
    demo,
    say,
  });
}

/**
 * `kill -9` of npm leaves its script running as an orphan: the script then stops by itself.
 * @param {() => void} gone
 */
async function watchNpm(gone) {
  if (!process.env.npm_lifecycle_event) return;
  let pid = process.ppid;
  // npm runs the script through a shell, which may or may not have replaced itself with us.
  if (!/^npm|npm-cli/.test(commandLine(pid))) pid = parentOf(pid);
  if (!/npm/.test(commandLine(pid))) return;
  const identity = { pid, started: startedAt(pid) };
  while (isRunning(identity)) await pause(500, undefined, { ref: false });
  gone();
}

/** @param {number} pid @returns {string[]} the fields of /proc/<pid>/stat behind the command's name */
function statFields(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
/** @param {number} pid */
const parentOf = (pid) => Number(statFields(pid)[1] ?? 0);
/** @param {number} pid */
const startedAt = (pid) => statFields(pid)[19] ?? '';
