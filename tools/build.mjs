// @ts-check
// Compiles apps/, libs/ and tools/**/*.ts into dist/ with swc, and generates the gateway's Prisma client first.
// Types are checked apart (`npm run check`): compiling takes a second, checking ten.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { transformFile } from '@swc/core';

const root = path.resolve(import.meta.dirname, '..');
const SOURCES = ['libs', 'apps', 'tools', 'bench'];

/** Prisma wants to download a schema engine that `generate` does not use; /bin/true satisfies it offline. */
export function generatePrismaClient() {
  const schema = path.join(root, 'apps/api-gateway/prisma/schema.prisma');
  const generated = path.join(root, 'apps/api-gateway/generated/client.ts');
  if (fs.existsSync(generated) && fs.statSync(generated).mtimeMs > fs.statSync(schema).mtimeMs) return;
  const run = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/prisma/build/index.js'), 'generate', '--config', path.join(root, 'apps/api-gateway/prisma.config.ts')],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    },
  );
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout}${run.stderr}`);
}

/** @param {string} dir @returns {string[]} */
function typescriptFiles(dir) {
  return fs
    .readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !/spec\.ts$/.test(file))
    .map((file) => path.join(dir, file));
}

export async function build() {
  generatePrismaClient();
  const files = SOURCES.flatMap((source) => typescriptFiles(path.join(root, source)));
  await Promise.all(
    files.map(async (file) => {
      const { code, map } = await transformFile(file, {
        swcrc: false,
        sourceMaps: true,
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      });
      const out = outputOf(file);
      fs.mkdirSync(path.dirname(out), { recursive: true });
      fs.writeFileSync(out, `${code}\n//# sourceMappingURL=${path.basename(out)}.map\n`);
      if (map) fs.writeFileSync(`${out}.map`, map);
    }),
  );
  removeStale(files.map((file) => outputOf(file)));
  return files.length;
}

/** @param {string} file @returns {string} */
const outputOf = (file) => path.join(root, 'dist', path.relative(root, file)).replace(/\.ts$/, '.js');

/** Outputs whose source is gone. Last, and not the whole of dist/ first: services may be running from it. @param {string[]} outputs */
function removeStale(outputs) {
  const current = new Set(outputs);
  const dist = path.join(root, 'dist');
  for (const name of fs.readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(dist, name);
    if (/\.js(\.map)?$/.test(name) && !current.has(file.replace(/\.map$/, ''))) fs.rmSync(file, { force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const started = Date.now();
  const count = await build();
  console.log(`built ${count} files in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
