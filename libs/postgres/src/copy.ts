import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** Streams lines of COPY text into a table. Under row policies COPY works only into a temporary or unpoliced table. */
export async function copyIn(client: PoolClient, copyStatement: string, lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(lines, { objectMode: true }), client.query(copyFrom(copyStatement)));
}

/** The rows of a query as a stream of bytes in COPY's format; no row is parsed on the way. */
export function copyOut(client: PoolClient, copyStatement: string): Readable {
  return client.query(copyTo(copyStatement));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** One value in COPY's text format; null is `\N`. A NUL character cannot be stored in Postgres: callers refuse it before. */
export function copyText(value: string | number | null): string {
  if (value === null) return '\\N';
  return String(value).replace(/[\\\t\n\r\b\f\v]/g, (character) => ESCAPES[character] ?? character);
}

export function copyLine(values: readonly (string | number | null)[]): string {
  return `${values.map(copyText).join('\t')}\n`;
}
