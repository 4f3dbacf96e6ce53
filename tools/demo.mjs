// @ts-check
// `npm run demo`: scopebook on this machine with the demo company's books. `-- --once` ends by itself, `--json` adds a last line for programs.
import { parseArgs } from 'node:util';
import { launch } from './lib/launch.mjs';

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } });
await launch({ demo: true, ...values });
