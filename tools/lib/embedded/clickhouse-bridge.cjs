// @ts-check
// ClickHouse's HTTP protocol in front of chDB (ClickHouse in this process), so that the services always speak HTTP to "a ClickHouse",
// embedded or real, with the unmodified `@clickhouse/client`. One process owns the data directory.
//
// Covered: queries, streamed results, inserts of any format, gzip both ways, abort, exception codes, query parameters, per-request
// settings, password. Not covered, and refused by name where a client could ask: sessions (`session_id`), ClickHouse's own LZ4 framing.
//
// usage: node clickhouse-bridge.cjs <data directory> <port>      user and password: CLICKHOUSE_BRIDGE_USER, CLICKHOUSE_BRIDGE_PASSWORD
'use strict';
const http = require('node:http');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { createHash, randomBytes, randomUUID, timingSafeEqual } = require('node:crypto');
const { once } = require('node:events');
const { Session } = require('chdb');

/** Bodies above this go to disk, so that an insert of any size leaves memory flat. */
const SPILL_BYTES = 1 << 20;
/** Each running query holds one libuv thread; the launcher sizes the pool above this, so that KILL QUERY always finds a free one. */
const QUERIES_AT_ONCE = 8;

/** Parameters of the HTTP interface itself; every other parameter of the URL is a setting or a query parameter. */
const PROTOCOL_PARAMETERS = new Set(
  (
    'query database default_format query_id user password quota_key role stacktrace compress decompress wait_end_of_query buffer_size ' +
    'client_protocol_version enable_http_compression send_progress_in_http_headers http_headers_progress_interval_ms ' +
    'http_response_buffer_size http_zlib_compression_level cancel_http_readonly_queries_on_client_close ' +
    'http_write_exception_in_output_format log_comment'
  ).split(' '),
);
const SESSION_PARAMETERS = ['session_id', 'session_timeout', 'session_check', 'close_session'];

/** Formats whose chunks can be joined as they are, by the number of header lines that chDB repeats in front of every chunk. */
const HEADER_LINES_BY_STREAMED_FORMAT = new Map(
  /** @type {Array<[string, number]>} */ ([
    ...['JSONEachRow', 'JSONCompactEachRow', 'JSONStringsEachRow', 'JSONCompactStringsEachRow', 'RowBinary'].map((f) => [f, 0]),
    ...['CSV', 'TSV', 'TabSeparated', 'TSVRaw', 'TabSeparatedRaw'].flatMap((f) => [
      [f, 0],
      [`${f}WithNames`, 1],
      [`${f}WithNamesAndTypes`, 2],
    ]),
  ]),
);

/** HTTP status by ClickHouse error code, where the server itself does not answer 500. */
const STATUS_BY_CODE = new Map([
  ['46', 404],
  ['47', 404],
  ['60', 404],
  ['62', 400],
  ['81', 404],
  ['164', 500],
  ['516', 401],
]);

/** A refusal of the bridge itself, worded like the server's, with ClickHouse's own code for the case. */
class BridgeException extends Error {
  /** @param {string} code @param {string} name @param {string} text */
  constructor(code, name, text) {
    super(`Code: ${code}. DB::Exception: ${text} (${name})`);
  }
}

const [dataDirectory, portText] = process.argv.slice(2);
if (!dataDirectory || !portText) throw new Error('usage: clickhouse-bridge.cjs <data directory> <port>');
fs.mkdirSync(dataDirectory, { recursive: true });
// Beside the data and emptied at every start, so that a killed bridge leaves no bodies behind for long.
const spillDirectory = `${path.resolve(dataDirectory)}-bodies`;
fs.rmSync(spillDirectory, { recursive: true, force: true });
fs.mkdirSync(spillDirectory, { mode: 0o700 });

// The engine lives as long as its first session; this one also sends KILL QUERY.
const control = new Session(dataDirectory);

/** @param {unknown} value @returns {string} a ClickHouse string literal */
const literal = (value) => `'${String(value).replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

let running = 0;
/** @type {Array<() => void>} */
const waiting = [];

/** Opens a session of its own for one request (0.2 ms), so that no setting, parameter or `USE` can reach the next one. */
async function openSession() {
  if (running >= QUERIES_AT_ONCE) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  running += 1;
  return new Session(dataDirectory);
}

/** @param {Session} session */
function closeSession(session) {
  session.close();
  running -= 1;
  waiting.shift()?.();
}

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest();
const expected = digest(`${process.env.CLICKHOUSE_BRIDGE_USER ?? 'default'}\0${process.env.CLICKHOUSE_BRIDGE_PASSWORD ?? ''}`);

/** The three ways in which ClickHouse accepts a user and a password. @param {http.IncomingMessage} req @param {URLSearchParams} params */
function authenticate(req, params) {
  /** @type {string | string[] | null | undefined} */
  let user = req.headers['x-clickhouse-user'] ?? params.get('user');
  /** @type {string | string[] | null | undefined} */
  let password = req.headers['x-clickhouse-key'] ?? params.get('password');
  const basic = /^Basic (.+)$/i.exec(req.headers.authorization ?? '');
  if (basic)
    [user, password] = Buffer.from(basic[1] ?? '', 'base64')
      .toString()
      .split(/:(.*)/s);
  user ??= 'default';
  if (!timingSafeEqual(digest(`${user}\0${password ?? ''}`), expected)) {
    throw new BridgeException(
      '516',
      'AUTHENTICATION_FAILED',
      `${user}: Authentication failed: password is incorrect, or there is no user with such name.`,
    );
  }
}

/** @param {http.IncomingMessage} req */
function decodedBody(req) {
  switch (req.headers['content-encoding'] ?? 'identity') {
    case 'identity':
      return req;
    case 'gzip':
      return req.pipe(zlib.createGunzip());
    case 'deflate':
      return req.pipe(zlib.createInflate());
    case 'br':
      return req.pipe(zlib.createBrotliDecompress());
    default:
      throw new BridgeException(
        '89',
        'UNKNOWN_COMPRESSION_METHOD',
        `Content-Encoding ${req.headers['content-encoding']} is not supported.`,
      );
  }
}

/**
 * A request body: in memory while small, on disk above SPILL_BYTES.
 * @typedef {{ bytes: number, text: () => string, file: () => string, remove: () => void }} Body
 */

/** @param {http.IncomingMessage} req @returns {Promise<Body>} */
async function readBody(req) {
  /** @type {Buffer[]} */
  const chunks = [];
  let bytes = 0;
  let file = '';
  /** @type {fs.WriteStream | undefined} */
  let spill;
  const toDisk = () => {
    file = path.join(spillDirectory, randomUUID());
    return fs.createWriteStream(file);
  };
  const source = decodedBody(req);
  req.once('error', (error) => source.destroy(error));
  for await (const chunk of source) {
    bytes += chunk.length;
    if (!spill) {
      chunks.push(chunk);
      if (bytes <= SPILL_BYTES) continue;
      spill = toDisk();
      for (const early of chunks.splice(0)) spill.write(early);
    } else if (!spill.write(chunk)) await once(spill, 'drain');
  }
  if (spill) {
    spill.end();
    await once(spill, 'finish');
  }
  return {
    bytes,
    text: () => (file ? fs.readFileSync(file, 'utf8') : Buffer.concat(chunks).toString()),
    file: () => {
      if (!file) {
        file = path.join(spillDirectory, randomUUID());
        fs.writeFileSync(file, Buffer.concat(chunks));
      }
      return file;
    },
    remove: () => {
      if (file) fs.rm(file, () => {});
    },
  };
}

/** Database, settings and query parameters of this request. @param {Session} session @param {URLSearchParams} params */
async function prepareSession(session, params) {
  const unsupported = SESSION_PARAMETERS.find((name) => params.has(name));
  if (unsupported) throw new BridgeException('48', 'NOT_IMPLEMENTED', `${unsupported}: the embedded ClickHouse keeps no HTTP sessions.`);
  const database = params.get('database');
  if (database) await session.queryAsync(`USE \`${database.replace(/[`\\]/g, '')}\``);
  const settings = [];
  for (const [name, value] of params) {
    if (!PROTOCOL_PARAMETERS.has(name) && /^\w+$/.test(name)) settings.push(`${name} = ${literal(value)}`);
  }
  // One statement, so that `readonly` cannot forbid the settings that stand behind it in the URL.
  if (settings.length > 0) await session.queryAsync(`SET ${settings.join(', ')}`);
}

/** Leading comments and spaces, then the statement's first word. @param {string} sql */
const firstWord = (sql) => /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*([A-Za-z]+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
/** @param {string} sql */
const formatClause = (sql) => /\bFORMAT\s+(\w+)\s*$/i.exec(sql)?.[1];

/**
 * `INSERT INTO t (a, b) [SETTINGS …] FORMAT x`, whose rows are the body, as the same statement reading those rows from a file.
 * @param {string} sql @param {string} file
 */
function insertFromFile(sql, file) {
  const format = formatClause(sql) ?? 'Values';
  const head = sql.replace(/\s+FORMAT\s+\w+\s*$/i, '').replace(/\s+VALUES\s*$/i, '');
  const [, target = head, settings = ''] = /^([\s\S]*?)(\s+SETTINGS\s[\s\S]*)?$/i.exec(head) ?? [];
  return `${target} FROM INFILE ${literal(file)} COMPRESSION 'none'${settings} FORMAT ${format}`;
}

/** @param {http.ServerResponse} res @param {bigint} started @param {Record<string, number>} counts */
function summarise(res, started, counts) {
  const elapsed = String(process.hrtime.bigint() - started);
  const texts = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));
  res.setHeader('X-ClickHouse-Summary', JSON.stringify({ ...texts, elapsed_ns: elapsed }));
}

/** @param {http.IncomingMessage} req @param {http.ServerResponse} res @param {URLSearchParams} params @returns {NodeJS.WritableStream} */
function responseBody(req, res, params) {
  const accepted = req.headers['accept-encoding'] ?? '';
  if (params.get('enable_http_compression') !== '1' || !/\bgzip\b/.test(String(accepted))) return res;
  res.setHeader('Content-Encoding', 'gzip');
  const gzip = zlib.createGzip({ level: 1 });
  gzip.pipe(res);
  return gzip;
}

/** @param {Uint8Array} chunk @param {number} lines */
function withoutFirstLines(chunk, lines) {
  let from = 0;
  for (let line = 0; line < lines; line += 1) from = chunk.indexOf(10, from) + 1;
  return chunk.subarray(from);
}

/** @param {NodeJS.WritableStream} output @param {http.ServerResponse} res @returns {Promise<void>} */
function drainedOrClosed(output, res) {
  return new Promise((resolve) => {
    const done = () => {
      output.off('drain', done);
      res.off('close', done);
      resolve();
    };
    output.on('drain', done);
    res.on('close', done);
  });
}

/**
 * Sends a SELECT's rows as the engine makes them. A failure before the first chunk becomes an ordinary error answer.
 * @param {Session} session @param {string} sql @param {string} format @param {http.ServerResponse} res @param {() => NodeJS.WritableStream} openOutput
 */
async function streamRows(session, sql, format, res, openOutput) {
  const headerLines = HEADER_LINES_BY_STREAMED_FORMAT.get(format) ?? 0;
  const rows = session.queryStream(sql, { format })[Symbol.asyncIterator]();
  let next = await rows.next();
  const output = openOutput();
  for (let first = true; !next.done && !res.destroyed; next = await rows.next(), first = false) {
    const chunk = next.value.raw();
    const free = output.write(Buffer.from(first ? chunk : withoutFirstLines(chunk, headerLines)));
    if (!free && !res.destroyed) await drainedOrClosed(output, res);
  }
  await rows.return?.();
  output.end();
}

/**
 * @param {Session} session @param {{ sql: string, data: Body | undefined, tag: string, params: URLSearchParams }} request
 * @param {http.IncomingMessage} req @param {http.ServerResponse} res
 */
async function execute(session, { sql, data, tag, params }, req, res) {
  const started = process.hrtime.bigint();
  await prepareSession(session, params);
  const word = firstWord(sql);
  if (word === 'INSERT' && /\s(FORMAT\s+\w+|VALUES)\s*$/i.test(sql)) {
    if (data && data.bytes > 0) await session.queryAsync(tag + insertFromFile(sql, data.file()), { format: 'TSV' });
    summarise(res, started, { written_rows: 0, written_bytes: data?.bytes ?? 0 });
    res.end();
    return;
  }
  const statement = tag + (data && data.bytes > 0 ? `${sql}\n${data.text()}` : sql);
  const format = formatClause(sql) ?? params.get('default_format') ?? 'TabSeparated';
  const openOutput = () => {
    res.setHeader('X-ClickHouse-Format', format);
    res.setHeader('Content-Type', contentType(format));
    return responseBody(req, res, params);
  };
  if ((word === 'SELECT' || word === 'WITH') && HEADER_LINES_BY_STREAMED_FORMAT.has(format)) {
    await streamRows(session, statement, format, res, () => {
      summarise(res, started, { read_rows: 0, read_bytes: 0 });
      return openOutput();
    });
    return;
  }
  const result = await session.queryAsync(statement, { format });
  summarise(res, started, { read_rows: result.rowsRead, read_bytes: result.bytesRead });
  openOutput().end(Buffer.from(result.bytes()));
}

/** @param {string} format */
function contentType(format) {
  if (/^JSON\w*EachRow/.test(format)) return 'application/x-ndjson; charset=UTF-8';
  if (/^JSON/.test(format)) return 'application/json; charset=UTF-8';
  if (/^CSV/.test(format)) return 'text/csv; charset=UTF-8';
  if (/^(TSV|TabSeparated)/.test(format)) return 'text/tab-separated-values; charset=UTF-8';
  return /^(RowBinary|Parquet|Arrow|Native)/.test(format) ? 'application/octet-stream' : 'text/plain; charset=UTF-8';
}

/**
 * Before the first byte: status, code and text, as the server answers. After it: the text in the frame that clients look for at the end of
 * a stream, and then a broken connection, so that a reader of raw bytes cannot take the part for the whole.
 * @param {http.ServerResponse} res @param {unknown} error @param {string} exceptionTag
 */
function answerError(res, error, exceptionTag) {
  const text = error instanceof Error ? error.message : String(error);
  const found = /Code: (\d+)\. DB::Exception: [\s\S]*/.exec(text);
  const message = `${found ? found[0] : `Code: 1002. DB::Exception: ${text} (UNKNOWN_EXCEPTION)`}\n`;
  if (res.headersSent) {
    if (res.getHeader('Content-Encoding') === 'gzip') res.destroy();
    else {
      const length = Buffer.byteLength(message);
      const frame = `\r\n__exception__\r\n${exceptionTag}\r\n${message}${length} ${exceptionTag}\r\n__exception__\r\n`;
      res.write(frame, () => res.destroy());
    }
    return;
  }
  const code = found?.[1] ?? '1002';
  const status = STATUS_BY_CODE.get(code) ?? 500;
  res.removeHeader('Content-Encoding');
  if (status === 401) res.setHeader('WWW-Authenticate', 'Basic realm="ClickHouse server HTTP API"');
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8', 'X-ClickHouse-Exception-Code': code });
  res.end(message);
}

/** @param {http.IncomingMessage} req @param {http.ServerResponse} res */
async function answer(req, res) {
  const { pathname, searchParams: params } = new URL(req.url ?? '/', 'http://bridge');
  if (pathname === '/ping') return void res.end('Ok.\n');
  const queryId = params.get('query_id') || randomUUID();
  const tag = `/* query ${queryId.replace(/[^\w-]/g, '_')} */ `;
  const exceptionTag = randomBytes(8).toString('hex');
  res.setHeader('X-ClickHouse-Query-Id', queryId.replace(/[^\x20-\x7e]/g, '_'));
  res.setHeader('X-ClickHouse-Server-Display-Name', 'chdb');
  res.setHeader('X-ClickHouse-Timezone', 'UTC');
  res.setHeader('X-ClickHouse-Exception-Tag', exceptionTag);
  /** @type {Body | undefined} */
  let body;
  /** @type {Session | undefined} */
  let session;
  try {
    authenticate(req, params);
    body = await readBody(req);
    const inUrl = params.get('query');
    const sql = (inUrl || body.text()).replace(/;\s*$/, '').trim();
    if (!sql) return void res.end('Ok.\n');
    session = await openSession();
    let finished = false;
    res.once('close', () => {
      if (!finished && !res.writableFinished) control.queryAsync(`KILL QUERY WHERE query LIKE ${literal(`${tag}%`)} ASYNC`).catch(() => {});
    });
    await execute(session, { sql, data: inUrl ? body : undefined, tag, params }, req, res).finally(() => (finished = true));
  } catch (error) {
    answerError(res, error, exceptionTag);
  } finally {
    if (session) closeSession(session);
    body?.remove();
  }
  return undefined;
}

const server = http.createServer((req, res) => {
  answer(req, res).catch((error) => {
    console.error(error);
    res.destroy();
  });
});
// An insert may stream for as long as it likes; the client's keep-alive must outlast no longer than ours.
server.requestTimeout = 0;
server.keepAliveTimeout = 10_000;
server.listen(Number(portText), '127.0.0.1', () => console.log(`clickhouse bridge listens on 127.0.0.1:${portText}`));

function close() {
  server.close();
  server.closeAllConnections();
  fs.rmSync(spillDirectory, { recursive: true, force: true });
  control.close();
  process.exit(0);
}
process.once('SIGTERM', close);
process.once('SIGINT', close);
