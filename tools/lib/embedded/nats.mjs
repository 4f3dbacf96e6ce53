// @ts-check
// nats-server with JetStream on 127.0.0.1. No npm package carries the program: it is found on this machine, or unpacked from Debian's package.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { waitForPort } from '../ports.mjs';

const ADVICE =
  'nats-server was not found. Install it (Debian and Ubuntu: `apt-get install nats-server`; macOS: `brew install nats-server`; others: ' +
  'https://github.com/nats-io/nats-server/releases), or set NATS_SERVER_BIN to the program, or NATS_URL to a running server with JetStream.';

/** @param {string} file @returns {boolean} */
function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {string} cacheDir where a program unpacked earlier lies, or is put
 * @param {(line: string) => void} say
 * @returns {string}
 */
export function findNatsServer(cacheDir, say) {
  const stated = process.env.NATS_SERVER_BIN;
  if (stated) {
    if (isExecutable(stated)) return stated;
    throw new Error(`NATS_SERVER_BIN is ${stated}, which is no program.`);
  }
  const directories = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'];
  const unpacked = path.join(cacheDir, 'usr/sbin/nats-server');
  const found = [...directories.filter(Boolean).map((dir) => path.join(dir, 'nats-server')), unpacked].find(isExecutable);
  if (found) return found;
  unpackDebianPackage(cacheDir, say);
  if (!isExecutable(unpacked)) throw new Error(ADVICE);
  return unpacked;
}

/**
 * `apt-get download` and `dpkg -x` need no root. This machine's package lists may be empty or old: then with lists of our own.
 * @param {string} cacheDir @param {(line: string) => void} say
 */
function unpackDebianPackage(cacheDir, say) {
  for (const tool of ['apt-get', 'dpkg']) if (spawnSync(tool, ['--version']).status !== 0) throw new Error(ADVICE);
  say('nats-server is not installed: unpacking it from the Debian package (3.6 MB, nothing is installed)');
  fs.mkdirSync(cacheDir, { recursive: true });
  const lists = path.join(cacheDir, 'apt-lists');
  const cache = path.join(cacheDir, 'apt-cache');
  for (const dir of [path.join(lists, 'partial'), path.join(cache, 'archives/partial')]) fs.mkdirSync(dir, { recursive: true });
  // Without the sandbox option apt, as root, would download as a user who may not enter our directory.
  const common = ['-q', '-o', 'APT::Sandbox::User=root', '-o', `Dir::Cache=${cache}`];
  const ownLists = [...common, '-o', `Dir::State::lists=${lists}`, '-o', 'Acquire::Languages=none'];
  const attempts = [
    [[...common, 'download', 'nats-server']],
    [
      [...ownLists, 'update'],
      [...ownLists, 'download', 'nats-server'],
    ],
  ];
  let output = '';
  const done = attempts.some((commands) =>
    commands.every((args) => {
      const result = spawnSync('apt-get', args, { cwd: cacheDir, encoding: 'utf8' });
      output += result.stderr;
      return result.status === 0;
    }),
  );
  const archive = fs.readdirSync(cacheDir).find((file) => /^nats-server_.*\.deb$/.test(file));
  if (!done || !archive) throw new Error(`${ADVICE}\n(apt-get said: ${output.trim()})`);
  const unpack = spawnSync('dpkg', ['-x', archive, '.'], { cwd: cacheDir, encoding: 'utf8' });
  if (unpack.status !== 0) throw new Error(`${ADVICE}\n(dpkg said: ${unpack.stderr.trim()})`);
  for (const left of [lists, cache, path.join(cacheDir, archive)]) fs.rmSync(left, { recursive: true, force: true });
}

/**
 * @param {{ dir: string, port: number, token: string, cacheDir: string, say: (line: string) => void,
 *   processes: import('../processes.mjs').Processes }} wish
 * @returns {Promise<{ url: string }>}
 */
export async function startNats({ dir, port, token, cacheDir, say, processes }) {
  const program = findNatsServer(cacheDir, say);
  fs.mkdirSync(dir, { recursive: true });
  // In a file, not among the arguments: those anyone on the machine can read.
  const configuration = path.join(dir, 'nats.conf');
  const text = {
    host: '127.0.0.1',
    port,
    authorization: { token },
    jetstream: { store_dir: path.join(dir, 'jetstream'), max_memory_store: 2 ** 28, max_file_store: 2 ** 33 },
  };
  fs.writeFileSync(configuration, JSON.stringify(text, null, 2), { mode: 0o600 });
  processes.start({ name: 'nats', command: program, args: ['--config', configuration], orphanSignal: 'SIGTERM' });
  await waitForPort(port, { failed: () => processes.failure('nats') });
  return { url: `nats://127.0.0.1:${port}` };
}
