import { ClickHouseError } from '@clickhouse/client';

/**
 * Codes of ClickHouse after which the same statement may pass a moment later: too busy, too slow, or a part of it away. Everything else (an
 * unknown column, a value that cannot be parsed) fails again however often it is sent.
 */
const PASSING = new Set([
  '159', // TIMEOUT_EXCEEDED
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '209', // SOCKET_TIMEOUT
  '210', // NETWORK_ERROR
  '241', // MEMORY_LIMIT_EXCEEDED
  '242', // TABLE_IS_READ_ONLY: the keeper is away
  '252', // TOO_MANY_PARTS
  '279', // ALL_CONNECTION_TRIES_FAILED
  '319', // UNKNOWN_STATUS_OF_INSERT
  '999', // KEEPER_EXCEPTION
]);

/**
 * An insert also breaks off when its source does: an error of Postgres (PostgreSQL 18, Appendix A: five characters, a digit among them) other than a lost
 * connection, a stop or a want of connections fails again; so does a mistake of ours.
 */
function failsAgain(error: unknown, code: string): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return /^(?=.*\d)[0-9A-Z]{5}$/.test(code) && !/^(08|57P|53300)/.test(code);
}

/** A statement that ClickHouse did not carry out, by the name of the statement, and whether it is worth sending again. */
export class ClickhouseFailure extends Error {
  constructor(
    readonly statement: string,
    readonly code: string,
    readonly retry: boolean,
    text: string,
  ) {
    super(`${statement}: ${text}`);
    this.name = 'ClickhouseFailure';
  }
}

/**
 * Names a failure. ClickHouse quotes the row it cannot parse, so what it says of an insert is left out: a tenant's rows do not belong in logs.
 */
export function failureOf(error: unknown, statement: string, kind: 'read' | 'write'): ClickhouseFailure {
  if (error instanceof ClickHouseError) {
    const text = kind === 'read' ? `${error.type ?? ''} ${error.message}` : (error.type ?? '');
    return new ClickhouseFailure(
      statement,
      error.code,
      PASSING.has(error.code),
      `ClickHouse refuses with code ${error.code} ${text}`.trim(),
    );
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'none';
  const cause = error instanceof Error ? error.message : String(error);
  return new ClickhouseFailure(statement, code, !failsAgain(error, code), `ClickHouse does not answer: ${cause}`);
}
