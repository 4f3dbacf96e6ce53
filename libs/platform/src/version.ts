import { readFileSync } from 'node:fs';
import path from 'node:path';

function packageVersion(): string {
  // The sources and dist/ lie at different depths below the package.
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    try {
      const description = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
      if (description.name === 'scopebook' && description.version) return description.version;
    } catch {
      // no package.json in this folder: look one up
    }
  }
  return 'unknown';
}

/** The version of the product, pinned by every run. */
export const VERSION = packageVersion();
