// @ts-check
// Completes package-lock.json: a registry mirror that lacks a package for another platform leaves it out of the lock file, and `npm ci` then
// refuses ("Missing: … from lock file"). Run it after every `npm install <package>`: node tools/fix-lock.mjs
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/root.mjs';

const OS = /(?:^|[-_/])(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?=$|[-_])/;
const CPU = /[-_/](arm64|armv7|arm|ia32|loong64|mips64el|ppc64le|ppc64|riscv64|s390x|x64|wasm32)(?=$|[-_])/;

/** @typedef {{ version?: string, optionalDependencies?: Record<string, string>, os?: string[], cpu?: string[], optional?: boolean }} LockEntry */

/**
 * @param {Record<string, LockEntry>} packages `packages` of a lock file, by place
 * @returns {{ added: Record<string, LockEntry>, ranges: string[] }} what is missing; and what cannot be added, having no exact version
 */
export function missingOptionalPackages(packages) {
  /** @type {Record<string, LockEntry>} */
  const added = {};
  /** @type {string[]} */
  const ranges = [];
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const top = `node_modules/${name}`;
      if (packages[`${place ? `${place}/` : ''}${top}`] || packages[top] || added[top]) continue;
      if (!/^\d+\.\d+\.\d+/.test(version)) {
        ranges.push(`${name}@${version}`);
        continue;
      }
      const os = OS.exec(name)?.[1];
      const cpu = CPU.exec(name)?.[1];
      added[top] = { version, ...(cpu ? { cpu: [cpu === 'armv7' ? 'arm' : cpu] } : {}), optional: true, ...(os ? { os: [os] } : {}) };
    }
  }
  return { added, ranges };
}

if (process.argv[1] === import.meta.filename) {
  const file = path.resolve(process.argv[2] ?? path.join(ROOT, 'package-lock.json'));
  const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
  const { added, ranges } = missingOptionalPackages(lock.packages);
  if (Object.keys(added).length > 0) {
    lock.packages = Object.fromEntries(Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1)));
    fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  }
  for (const [place, { version }] of Object.entries(added)) console.log(`added ${place.slice('node_modules/'.length)} ${version}`);
  for (const range of ranges) console.log(`left out ${range}: its version is a range`);
  console.log(`${Object.keys(added).length} packages added`);
}
