import type { z } from 'zod';
import type { Clickhouse, Parameters } from './client';

/** A query as a named function: parameters are checked on the way in, every row on the way out. */
export interface Query<P extends z.ZodType<Parameters>, R extends z.ZodType> {
  (clickhouse: Clickhouse, parameters: z.input<P>): Promise<z.infer<R>[]>;
  /** The text that is sent for these parameters; pinned in a test. */
  sqlFor(parameters: z.input<P>): string;
}

interface Definition<P, R> {
  readonly name: string;
  readonly parameters: P;
  readonly row: R;
}

/**
 * Makes a query. Where the text depends on the parameters, it depends on *which* are given and picks from fixed fragments; their values travel
 * beside it.
 */
export function query<P extends z.ZodType<Parameters>, R extends z.ZodType>(
  { name, parameters, row }: Definition<P, R>,
  sql: string | ((parameters: z.infer<P>) => string),
): Query<P, R> {
  const textOf = (given: z.infer<P>): string => (typeof sql === 'string' ? sql : sql(given));
  const run = async (clickhouse: Clickhouse, given: z.input<P>): Promise<z.infer<R>[]> => {
    const checked = parameters.parse(given);
    const rows = await clickhouse.read(name, textOf(checked), checked);
    return rows.map((line) => row.parse(line));
  };
  return Object.assign(run, { sqlFor: (given: z.input<P>) => textOf(parameters.parse(given)) });
}
