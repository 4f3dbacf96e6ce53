// @ts-check
// `npm start`: scopebook on this machine, empty or as it was left.
import { launch } from './lib/launch.mjs';

await launch({ demo: false });
