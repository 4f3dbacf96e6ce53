import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Decimal } from '#ghg';
import { blockOf, inventoryOf, README, ROOT, runDemo } from '../support/demo';

interface Report {
  import: { lines: number; records: number; accepted: number; refused: number; duplicate: number };
  inventory: Record<
    'year' | 'approach' | 'gwp' | 'scope1' | 'scope2_location' | 'scope2_market' | 'scope3' | 'biogenic' | 'unit',
    string | number
  >;
  conservation: Record<'activities' | 'calculated' | 'partly' | 'refused' | 'excluded', number> & {
    ledger_kgco2e: string;
    projection_kgco2e: string;
  };
  seconds: Record<'install' | 'start' | 'import' | 'calculate' | 'project' | 'total', number>;
}

const reportOf = (stdout: string): Report => JSON.parse(stdout.trim().split('\n').at(-1)!) as Report;

/** Processes whose command line or environment mentions the data directory. */
function processesOf(dataDir: string): Promise<string[]> {
  return new Promise((resolve) => {
    const list = spawn('ps', ['axeww', '-o', 'pid=,args=']);
    let text = '';
    list.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    list.on('close', () => resolve(text.split('\n').filter((line) => line.includes(dataDir) && !line.includes('ps axeww'))));
  });
}

describe('npm run demo', () => {
  let dataDir: string;
  let first: ReturnType<typeof runDemo>;

  beforeAll(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'scopebook-test-demo-'));
    first = runDemo(dataDir);
  }, 240_000);
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('ends by itself with every record and every gram accounted for', () => {
    expect([first.status, first.stderr]).toEqual([0, '']);
    const { import: imported, conservation, inventory, seconds } = reportOf(first.stdout);
    expect(imported.records).toBe(imported.accepted + imported.refused + imported.duplicate);
    expect(imported.records).toBeGreaterThan(19_000);
    for (const count of [imported.refused, imported.duplicate]) expect(count).toBeGreaterThan(50);
    const { activities, calculated, partly, refused, excluded } = conservation;
    expect(activities).toBe(calculated + partly + refused + excluded);
    expect(conservation.ledger_kgco2e).toBe(conservation.projection_kgco2e);
    expect(new Decimal(conservation.ledger_kgco2e).gt(0)).toBe(true);
    expect(inventory).toMatchObject({ year: 2025, approach: 'operational-control', gwp: 'AR5', unit: 'tCO2e' });
    for (const figure of ['scope1', 'scope2_location', 'scope2_market', 'scope3', 'biogenic'] as const) {
      expect(inventory[figure]).toMatch(/^\d+(\.\d+)?$/);
    }
    expect(Object.keys(seconds).sort()).toEqual(['calculate', 'import', 'install', 'project', 'start', 'total']);
  });

  it('prints what the README shows', () => {
    expect(inventoryOf(first.stdout)).toBe(blockOf(readFileSync(README, 'utf8')));
  });

  it('leaves no process behind', async () => {
    expect(await processesOf(dataDir)).toEqual([]);
  });

  it('keeps the data for the second start, and survives the kill of its launcher in between', async () => {
    const launcher = spawn(process.execPath, [path.join(ROOT, 'tools/demo.mjs')], {
      cwd: ROOT,
      env: { ...process.env, SCOPEBOOK_DATA: dataDir, npm_lifecycle_event: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    launcher.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    for (const end = Date.now() + 120_000; !output.includes('Ctrl-C stops everything') && Date.now() < end;) await pause(100);
    expect(output).toContain('curl');
    launcher.kill('SIGKILL');
    for (const end = Date.now() + 15_000; (await processesOf(dataDir)).length > 0 && Date.now() < end;) await pause(200);
    expect(await processesOf(dataDir)).toEqual([]);
    expect(inventoryOf(output)).toBe(inventoryOf(first.stdout));
  }, 180_000);
});
