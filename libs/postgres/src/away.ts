/**
 * Error codes of the server that say nothing of the statement: it is starting, stopping or out of connections (PostgreSQL 18, Appendix A; class 08 is
 * the lost connection), and of a socket that reached nobody.
 */
const AWAY = new Set(['57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** What the driver says, without a code, of a connection that ended or was not made in time. */
const LOST = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether the server was not reached, or went away: the same work may pass a moment later. */
export function isPostgresAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  if (typeof code === 'string' && (AWAY.has(code) || code.startsWith('08'))) return true;
  return LOST.test(error.message);
}
