import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Launches one child that sleeps, says so, and stays. */
const LAUNCHER = `
  import { Processes } from ${JSON.stringify(path.join(__dirname, 'processes.mjs'))};
  const processes = new Processes(process.argv[1], { onUnexpectedExit: (text) => { console.log('DIED ' + text); process.exit(3); } });
  try {
    await processes.claim();
  } catch (error) {
    console.log('REFUSED ' + error.message);
    process.exit(2);
  }
  processes.start({ name: 'sleeper', command: process.execPath, args: ['-e', 'console.log("last words"); setInterval(() => {}, 1000)'] });
  process.on('SIGTERM', () => processes.stop().then(() => process.exit(0)));
  setTimeout(() => console.log('UP'), 200);
`;

interface PidFile {
  launcher: { pid: number };
  children: { name: string; pid: number }[];
}

/** Where nobody reaps the orphans of a killed launcher, they stay as zombies: those are not left running. */
const isAlive = (pid: number): boolean => {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/^\d+ \(.*\) [ZX]/.test(readFileSync(file, 'utf8'));
};

const eventually = async (condition: () => boolean): Promise<boolean> => {
  for (let tries = 0; tries < 100 && !condition(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return condition();
};

describe('the children of a launcher', () => {
  let dataDir: string;
  const launchers: ChildProcess[] = [];
  beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'processes-'))));
  afterEach(() => {
    for (const launcher of launchers.splice(0)) launcher.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  const launch = (): { launcher: ChildProcess; says: (text: string) => Promise<string> } => {
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', LAUNCHER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    launchers.push(launcher);
    let output = '';
    launcher.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const says = async (text: string): Promise<string> => {
      expect([await eventually(() => output.includes(text)), output]).toEqual([true, expect.stringContaining(text)]);
      return output;
    };
    return { launcher, says };
  };
  const pids = (): PidFile => JSON.parse(readFileSync(path.join(dataDir, 'launcher.json'), 'utf8')) as PidFile;
  const sleeper = (): number => pids().children[0]?.pid ?? 0;

  it('end when it is killed', async () => {
    const { launcher, says } = launch();
    await says('UP');
    const child = sleeper();
    expect(isAlive(child)).toBe(true);
    launcher.kill('SIGKILL');
    expect(await eventually(() => !isAlive(child))).toBe(true);
    await launch().says('UP');
  });

  it('end when it stops, and the directory is free again', async () => {
    const { launcher, says } = launch();
    await says('UP');
    const child = sleeper();
    launcher.kill('SIGTERM');
    expect(await eventually(() => launcher.exitCode === 0)).toBe(true);
    expect([isAlive(child), existsSync(path.join(dataDir, 'launcher.json'))]).toEqual([false, false]);
  });

  it('do not die unnoticed: the launcher is told which, with its last words', async () => {
    const { says } = launch();
    await says('UP');
    process.kill(sleeper(), 'SIGKILL');
    expect(await says('DIED sleeper ended (SIGKILL)')).toContain('last words');
  });

  it('have the directory to themselves: a second launcher is refused, and leaves the first one’s pid file alone', async () => {
    const first = launch();
    await first.says('UP');
    await launch().says('REFUSED');
    expect(pids().launcher.pid).toBe(first.launcher.pid);
  });

  it('are found by pid and start time, so that a pid in use again is not mistaken for one of them', async () => {
    const stranger = { name: 'sleeper', pid: process.pid, started: '1' };
    writeFileSync(path.join(dataDir, 'launcher.json'), JSON.stringify({ launcher: stranger, children: [stranger] }));
    await launch().says('UP');
  });
});
