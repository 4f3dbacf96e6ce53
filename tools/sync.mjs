// @ts-check
// `npm run sync`: makes again what is generated and committed. `npm run sync -- --check` changes nothing and fails if something is out of date.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readmeWithDemo } from './lib/readme-demo.mjs';
import { ROOT } from './lib/root.mjs';

const { build } = await import('./build.mjs');
await build();

/** @type {Record<string, () => string>} */
const GENERATED = {
  'docs/openapi.json': () => run('dist/apps/api-gateway/src/openapi-file.js'),
  'README.md': readmeWithDemo,
};

/** @param {string} script */
function run(script) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, script)], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  return stdout;
}

const checking = process.argv.includes('--check');
let stale = 0;
for (const [file, generate] of Object.entries(GENERATED)) {
  const target = path.join(ROOT, file);
  const text = generate();
  if (fs.existsSync(target) && fs.readFileSync(target, 'utf8') === text) continue;
  stale += 1;
  if (!checking) fs.writeFileSync(target, text);
  console.log(`${file} ${checking ? 'is out of date: run npm run sync' : 'made again'}`);
}
process.exit(checking && stale > 0 ? 1 : 0);
