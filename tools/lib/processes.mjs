// @ts-check
// Child processes that never outlive their launcher: an ordered stop on the way out, the kernel's parent-death signal when the launcher is
// killed, and a pid file that lets the next launcher on the same data directory deal with whatever is left.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** How long a child may take to stop before it is killed. */
const STOP_GRACE_MS = 10_000;
/** How long the children of a killed launcher may take to end by themselves. */
const STALE_GRACE_MS = 15_000;

/** @typedef {{ pid: number, started: string }} ProcessIdentity pid and start time: a pid alone may be in use again */

/** @param {number} pid @returns {string | undefined} start time in clock ticks; undefined when dead, a zombie, or not knowable */
function startTime(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** @param {number} pid @returns {ProcessIdentity} */
const identify = (pid) => ({ pid, started: startTime(pid) ?? '' });

/** @param {ProcessIdentity} identity @returns {boolean} whether this very process still runs (a zombie does not) */
export function isRunning({ pid, started }) {
  if (fs.existsSync('/proc/self/stat')) return started !== '' && startTime(pid) === started;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** @param {number} pid @returns {string} the command line, empty when the process is gone or this system has no /proc */
export function commandLine(pid) {
  try {
    return startTime(pid) === undefined ? '' : fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ');
  } catch {
    return '';
  }
}

/** @param {string} file @param {number} [count] @returns {string} */
export function lastLines(file, count = 20) {
  try {
    return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const hasParentDeathSignal = spawnSync('setpriv', ['--pdeathsig', 'keep', 'true']).status === 0;

/**
 * @typedef {object} ChildWish
 * @property {string} name names the child and its log file
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env] added to a small base environment
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {NodeJS.Signals} [stopSignal] asks the child to end: SIGTERM unless told otherwise
 * @property {NodeJS.Signals} [orphanSignal] what the kernel sends it when the launcher dies: SIGKILL unless told otherwise
 */

/** The children of one launcher on one data directory. */
export class Processes {
  /** @type {Map<string, { child: import('node:child_process').ChildProcess, wish: ChildWish, identity: ProcessIdentity }>} */
  #children = new Map();
  #stopping = false;
  #claimed = false;
  #pidFile;

  /**
   * @param {string} dataDir
   * @param {{ onUnexpectedExit?: (text: string) => void }} [options] called with a text for people when a child dies unasked
   */
  constructor(dataDir, { onUnexpectedExit } = {}) {
    this.dataDir = dataDir;
    this.logDir = path.join(dataDir, 'logs');
    this.onUnexpectedExit = onUnexpectedExit;
    this.#pidFile = path.join(dataDir, 'launcher.json');
    fs.mkdirSync(this.logDir, { recursive: true });
  }

  /** Makes this process the only launcher on the data directory; refuses while another one is alive; ends what a dead one left. */
  async claim() {
    for (;;) {
      try {
        fs.writeFileSync(this.#pidFile, this.#identities(), { flag: 'wx' });
        this.#claimed = true;
        return;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const { launcher, children } = readPidFile(this.#pidFile);
      if (launcher && isRunning(launcher)) {
        throw new Error(
          `${this.dataDir} is in use by a running scopebook (process ${launcher.pid}): stop it first, or set SCOPEBOOK_DATA to another directory.`,
        );
      }
      await endStale(children);
      fs.rmSync(this.#pidFile, { force: true });
    }
  }

  #identities() {
    const children = [...this.#children.values()].map(({ wish, identity }) => ({ name: wish.name, ...identity }));
    return `${JSON.stringify({ launcher: identify(process.pid), children }, null, 2)}\n`;
  }

  #savePids() {
    const draft = `${this.#pidFile}.new`;
    fs.writeFileSync(draft, this.#identities());
    fs.renameSync(draft, this.#pidFile);
  }

  /** @param {string} name @returns {string} */
  logFile(name) {
    return path.join(this.logDir, `${name}.log`);
  }

  /** @param {string} name @returns {string | undefined} why the child cannot be waited for: it has ended, with its last words */
  failure(name) {
    const child = this.#children.get(name)?.child;
    if (child && child.exitCode === null && child.signalCode === null) return undefined;
    return `${name} ended (${child?.signalCode ?? `exit code ${child?.exitCode}`}). Its log, ${this.logFile(name)}, ends with:\n${lastLines(this.logFile(name))}`;
  }

  /**
   * Starts a child in a session of its own (so that Ctrl-C reaches the launcher alone, which then stops its children in order).
   * @param {ChildWish} wish
   */
  start(wish) {
    if (this.#stopping) throw new Error(`${wish.name} is not started: everything is being stopped.`);
    const log = this.logFile(wish.name);
    if (fs.existsSync(log)) fs.renameSync(log, `${log}.previous`);
    const out = fs.openSync(log, 'a');
    const orphanSignal = (wish.orphanSignal ?? 'SIGKILL').slice(3);
    const [command, args] = hasParentDeathSignal
      ? ['setpriv', ['--pdeathsig', orphanSignal, wish.command, ...wish.args]]
      : [wish.command, wish.args];
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', out, out],
      env: { ...baseEnvironment(), ...wish.env },
      ...(wish.uid === undefined ? {} : { uid: wish.uid, gid: wish.gid }),
    });
    fs.closeSync(out);
    child.once('error', (error) => fs.appendFileSync(log, `${error.message}\n`));
    this.#children.set(wish.name, { child, wish, identity: identify(child.pid ?? 0) });
    this.#savePids();
    child.once('exit', () => {
      if (this.#stopping || this.#children.get(wish.name)?.child !== child) return;
      this.onUnexpectedExit?.(this.failure(wish.name) ?? `${wish.name} ended`);
    });
    return child;
  }

  /** Stops one child and forgets it. @param {string} name @param {NodeJS.Signals} [signal] */
  async stopOne(name, signal) {
    const entry = this.#children.get(name);
    if (!entry) return;
    this.#children.delete(name);
    const { child, wish } = entry;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal ?? wish.stopSignal ?? 'SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await exited;
    clearTimeout(killer);
  }

  /** Stops every child, the last started first, and gives the data directory free. */
  async stop() {
    if (this.#stopping) return;
    this.#stopping = true;
    const services = [...this.#children.values()].filter(({ wish }) => wish.name.startsWith('service-'));
    await Promise.all(services.map(({ wish }) => this.stopOne(wish.name)));
    for (const name of [...this.#children.keys()].reverse()) await this.stopOne(name);
    if (this.#claimed) fs.rmSync(this.#pidFile, { force: true });
  }
}

/** What a child needs of our environment; secrets of the user's shell stay out. */
function baseEnvironment() {
  const names = ['PATH', 'HOME', 'USER', 'LANG', 'TZ', 'TMPDIR', 'NODE_OPTIONS', 'NODE_ENV', 'LOG_LEVEL', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(names.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
}

/** @param {string} file @returns {{ launcher?: ProcessIdentity, children: Array<ProcessIdentity & { name: string }> }} */
function readPidFile(file) {
  try {
    return { children: [], ...JSON.parse(fs.readFileSync(file, 'utf8')) };
  } catch {
    return { children: [] };
  }
}

/** Children of a killed launcher end by the kernel's signal; those that do not, within the grace, are killed. @param {ProcessIdentity[]} children */
async function endStale(children) {
  const end = Date.now() + STALE_GRACE_MS;
  while (children.some(isRunning) && Date.now() < end) {
    if (!hasParentDeathSignal) for (const child of children.filter(isRunning)) process.kill(child.pid, 'SIGTERM');
    await pause(100);
  }
  for (const child of children.filter(isRunning)) process.kill(child.pid, 'SIGKILL');
}
