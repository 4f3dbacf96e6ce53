import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Runs `findNatsServer` in a process whose PATH has these programs and no nats-server, as on a machine that has none. */
function find(cacheDir: string, home: string, aptConfig: string) {
  const module = path.resolve(__dirname, 'nats.mjs');
  const script = `import { findNatsServer } from ${JSON.stringify(module)};
    try { console.log(findNatsServer(${JSON.stringify(cacheDir)}, () => {})); } catch (error) { console.log('refused: ' + error.message); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: home, APT_CONFIG: aptConfig },
  });
  return stdout.trim();
}
const runs = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

describe('a machine without nats-server', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-nats-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('gets it from the Debian package, unpacked, also with empty package lists; or is told what to do', () => {
    const lists = path.join(dir, 'empty-lists');
    mkdirSync(path.join(lists, 'partial'), { recursive: true });
    const aptConfig = path.join(dir, 'apt.conf');
    writeFileSync(aptConfig, `Dir::State::lists "${lists}";\n`);
    const found = find(path.join(dir, 'cache'), dir, aptConfig);
    const installed = ['/usr/bin', '/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'].some((bin) =>
      runs(path.join(bin, 'nats-server'), '--version'),
    );
    const debian = runs('apt-get', '--version') && runs('dpkg', '--version');
    const unpacked = path.join(dir, 'cache/usr/sbin/nats-server');
    if (installed) expect(found).toMatch(/\/nats-server$/);
    else if (debian) expect([found, runs(found, '--version')]).toEqual([unpacked, true]);
    else expect(found).toMatch(/^refused: nats-server was not found\. Install it .* or set NATS_SERVER_BIN .* or NATS_URL /);
    // Found again, without a package manager.
    if (debian && found === unpacked) expect(find(path.join(dir, 'cache'), dir, '/nonexistent')).toBe(unpacked);
  }, 120_000);
});
