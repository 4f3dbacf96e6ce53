// @ts-check
import net from 'node:net';

/** Ports handed out by this process and perhaps not listened on yet. @type {Set<number>} */
const given = new Set();

/** @param {number} port @returns {Promise<number | undefined>} the port that could be bound on 127.0.0.1, undefined when it is taken */
function tryPort(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const bound = /** @type {net.AddressInfo} */ (server.address()).port;
      server.close(() => resolve(bound));
    });
  });
}

/**
 * A port on 127.0.0.1: the preferred one, or any free one when it is taken or none is preferred.
 * @param {{ name: string, preferred?: number | undefined, say?: (line: string) => void }} wish
 * @returns {Promise<number>}
 */
export async function choosePort({ name, preferred, say }) {
  if (preferred !== undefined && !given.has(preferred) && (await tryPort(preferred)) !== undefined) {
    given.add(preferred);
    return preferred;
  }
  for (;;) {
    const port = await tryPort(0);
    if (port === undefined || given.has(port)) continue;
    given.add(port);
    if (preferred !== undefined) say?.(`port ${preferred} is taken: ${name} listens on ${port} instead`);
    return port;
  }
}

/**
 * Waits until something accepts connections on the port.
 * @param {number} port @param {{ timeoutMs?: number, failed?: () => string | undefined }} [options] `failed`: why waiting is pointless
 */
export async function waitForPort(port, { timeoutMs = 30_000, failed } = {}) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    if (await accepts(port)) return;
    const reason = failed?.();
    if (reason) throw new Error(reason);
    if (Date.now() > end) throw new Error(`nothing listens on port ${port} after ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
