import type { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { failureOf } from './failure';

/** What a service that uses ClickHouse reads from the environment beside its own settings. */
export const clickhouseConfig = {
  CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }).describe('ClickHouse over HTTP, with user and password: embedded or a server'),
  CLICKHOUSE_DATABASE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]*$/)
    .default('scopebook'),
};
export type ClickhouseConfig = { readonly [K in keyof typeof clickhouseConfig]: z.infer<(typeof clickhouseConfig)[K]> };

/** A reading that takes longer than an asker waits is of no use to it. */
const READ_TIMEOUT_MS = 25_000;
/** A run of tens of millions of entries is one insert. */
const WRITE_TIMEOUT_MS = 15 * 60_000;

/** Values of server-side parameters, `{name:Type}` in the statement: no value ever becomes part of a statement's text. Undefined: not sent. */
export type Parameters = Record<string, string | number | readonly string[] | undefined>;

/**
 * The connection to ClickHouse. 64-bit integers and decimals arrive as text and stay text.
 * Every method throws `ClickhouseFailure` and nothing else.
 */
export class Clickhouse {
  private readonly reader: ClickHouseClient;
  private readonly writer: ClickHouseClient;

  constructor(config: ClickhouseConfig, service: string) {
    const open = (request_timeout: number): ClickHouseClient =>
      createClient({
        url: config.CLICKHOUSE_URL,
        database: config.CLICKHOUSE_DATABASE,
        application: `scopebook-${service}`,
        request_timeout,
        // The client's own log prints statements; ours names them (failure.ts).
        log: { level: ClickHouseLogLevel.OFF },
        clickhouse_settings: { output_format_json_quote_64bit_integers: 1, output_format_json_quote_decimals: 1 },
      });
    this.reader = open(READ_TIMEOUT_MS);
    this.writer = open(WRITE_TIMEOUT_MS);
  }

  async read(statement: string, sql: string, parameters: Parameters): Promise<unknown[]> {
    const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
    try {
      const result = await this.reader.query({ query: sql, query_params: given, format: 'JSONEachRow' });
      return await result.json();
    } catch (error) {
      throw failureOf(error, statement, 'read');
    }
  }

  /** Streams TabSeparated lines into a table as they are. A source that breaks off breaks the insert off. */
  async insertTabSeparated(statement: string, table: string, columns: readonly [string, ...string[]], lines: Readable): Promise<void> {
    try {
      await this.writer.insert({ table, columns: [...columns], values: lines, format: 'TabSeparated' });
    } catch (error) {
      throw failureOf(error, statement, 'write');
    }
  }

  async insertRow(statement: string, table: string, row: Record<string, string | number>): Promise<void> {
    try {
      await this.writer.insert({ table, values: [row], format: 'JSONEachRow' });
    } catch (error) {
      throw failureOf(error, statement, 'write');
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.reader.close(), this.writer.close()]);
  }
}
