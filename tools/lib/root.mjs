// @ts-check
import path from 'node:path';

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where the embedded parts keep everything: data, logs, secrets. */
export const DEFAULT_DATA_DIR = path.resolve(process.env.SCOPEBOOK_DATA || path.join(ROOT, '.scopebook'));
