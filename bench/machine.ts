import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Seconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** Writes bench/results/<name>.json: the figures, with the machine that they were measured on. */
export function keepResult(name: string, figures: object, versions: Readonly<Record<string, string>> = {}): void {
  const machine = { cpus: os.cpus().length, cpu: os.cpus()[0]?.model ?? 'unknown', memoryGiB: Math.round(os.totalmem() / 2 ** 30) };
  const result = { ...figures, machine, versions: { node: process.version, ...versions } };
  writeFileSync(path.join(process.cwd(), 'bench', 'results', `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
