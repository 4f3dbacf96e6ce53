// @ts-check
// ClickHouse for one machine: chDB behind the HTTP bridge, as a process of its own.
import path from 'node:path';
import { waitForPort } from '../ports.mjs';

export const CLICKHOUSE_USER = 'scopebook';

/**
 * @param {{ dir: string, port: number, password: string, processes: import('../processes.mjs').Processes }} wish
 * @returns {Promise<{ url: string }>} with user and password
 */
export async function startClickhouse({ dir, port, password, processes }) {
  processes.start({
    name: 'clickhouse',
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'clickhouse-bridge.cjs'), dir, String(port)],
    // More threads than the bridge runs queries at once, so that a KILL QUERY never waits behind the query it should end.
    env: { CLICKHOUSE_BRIDGE_USER: CLICKHOUSE_USER, CLICKHOUSE_BRIDGE_PASSWORD: password, UV_THREADPOOL_SIZE: '16' },
  });
  await waitForPort(port, { failed: () => processes.failure('clickhouse') });
  return { url: `http://${CLICKHOUSE_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}` };
}
