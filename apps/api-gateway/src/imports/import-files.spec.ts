import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { Refused } from '#contracts';
import { API_KEY, startTestGateway, type TestGateway } from '../../test/gateway';

const IMPORT = '0198f000-0000-7000-8000-0000000000bb';
const BYTES_MAX = 100_000;
const STALL_MS = 400;
const PATH = '/v1/imports?mapping=meters&fileName=a.csv';

describe('an uploaded file', () => {
  let gateway: TestGateway;
  let repeated = false;
  beforeAll(async () => {
    gateway = await startTestGateway(
      {
        'ingestion.get-mapping': ({ name }) => {
          if (name !== 'meters') throw new Refused('mapping_unknown');
        },
        'ingestion.receive-import': () => ({ import: { id: IMPORT }, repeated }),
        'ingestion.list-refusals': ({ importId, after }) => {
          if (importId !== IMPORT) throw new Refused('import_unknown');
          const line = after === undefined ? 2 : 3;
          return {
            items: [{ line, slot: 1, column: 'kWh', code: 'number_malformed', detail: 'd', value: '=1' }],
            next: line === 2 ? 'x' : null,
          };
        },
      },
      { config: { IMPORT_BYTES_MAX: BYTES_MAX, UPLOAD_STALL_MS_MAX: STALL_MS } },
    );
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.asked.splice(0));

  const post = (path: string, body: Buffer | string, type = 'text/csv') =>
    request(gateway.server).post(path).set('Authorization', `Bearer ${API_KEY}`).set('Content-Type', type).send(body);
  const received = () => gateway.asked.filter(({ subject }) => subject === 'ingestion.receive-import');

  it.each([
    ['without bytes', PATH, '', 'text/csv', 400, 'body_empty'],
    ['above the limit', PATH, 'x'.repeat(BYTES_MAX + 1), 'text/csv', 413, 'body_too_large'],
    ['under no known mapping', PATH.replace('meters', 'other'), 'x', 'text/csv', 404, 'mapping_unknown'],
    ['of another type', PATH, 'x', 'application/x-www-form-urlencoded', 415, 'media_type_unsupported'],
    ['with folders in its name', `${PATH}%2Fb`, 'x', 'text/csv', 400, 'request_invalid'],
    ['without a name', '/v1/imports?mapping=meters', 'x', 'text/csv', 400, 'request_invalid'],
  ])('%s is refused and leaves nothing', async (_, path, bytes, type, status, code) => {
    const { body } = await post(path, bytes, type).expect(status);
    expect(body).toMatchObject({ code });
    expect(received()).toEqual([]);
    expect(gateway.storedFiles()).toEqual([]);
  });

  /** Sends chunks without a stated length; `break`: goes away instead of ending. */
  const sendChunks = (chunks: string[], breakOff: boolean): Promise<number | 'broken off'> =>
    new Promise((resolve, reject) => {
      const { port } = gateway.server.address() as AddressInfo;
      const headers = { Authorization: `Bearer ${API_KEY}`, 'Content-Type': 'text/csv' };
      const sent = http.request({ host: '127.0.0.1', port, path: PATH, method: 'POST', headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.on('error', (error) => (breakOff ? resolve('broken off') : reject(error)));
      for (const chunk of chunks) sent.write(chunk);
      if (breakOff) setTimeout(() => sent.destroy(), 200);
      else sent.end();
    });

  it('that grows above the limit under way is told so, and leaves nothing', async () => {
    expect(await sendChunks(['x'.repeat(BYTES_MAX), 'y'], false)).toBe(413);
    expect(gateway.storedFiles()).toEqual([]);
  });

  it('that was refused is read to its end, for senders that listen only then', async () => {
    const { port } = gateway.server.address() as AddressInfo;
    const headers = { Authorization: `Bearer ${API_KEY}`, 'Content-Type': 'text/csv' };
    const sent = http.request({ host: '127.0.0.1', port, path: PATH, method: 'POST', headers });
    const answered = once(sent, 'response') as Promise<[http.IncomingMessage]>;
    const flushed = once(sent, 'finish');
    // More than the socket buffers of both sides hold.
    for (let part = 0; part < 32; part++) sent.write(Buffer.alloc(1024 * 1024, 'x'));
    sent.end();
    const [answer] = await answered;
    answer.resume();
    await flushed;
    expect(answer.statusCode).toBe(413);
  });

  it('that ends before its first byte is empty', async () => {
    expect(await sendChunks([], false)).toBe(400);
    expect(gateway.storedFiles()).toEqual([]);
  });

  it('that breaks off leaves nothing', async () => {
    expect(await sendChunks(['line,kWh\n', '1,2\n'], true)).toBe('broken off');
    for (let wait = 0; wait < 50 && gateway.storedFiles().length > 0; wait++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(gateway.storedFiles()).toEqual([]);
    expect(received()).toEqual([]);
  });

  /** Sends one byte every `everyMs`, `bytes` of them, and then nothing; never says that it has ended unless told to. */
  const drip = (bytes: number, everyMs: number, end: boolean): Promise<[number, string]> =>
    new Promise((resolve, reject) => {
      const { port } = gateway.server.address() as AddressInfo;
      const headers = { Authorization: `Bearer ${API_KEY}`, 'Content-Type': 'text/csv' };
      const sent = http.request({ host: '127.0.0.1', port, path: PATH, method: 'POST', headers }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => (sent.destroy(), resolve([answer.statusCode ?? 0, text])));
      });
      sent.on('error', reject);
      sent.flushHeaders();
      let left = bytes;
      const timer = setInterval(() => {
        if (left-- > 0) return void sent.write('x');
        clearInterval(timer);
        if (end) sent.end();
      }, everyMs);
    });

  it('that falls silent is refused, and leaves nothing', async () => {
    const [status, text] = await drip(2, 20, false);
    expect([status, JSON.parse(text)]).toEqual([408, expect.objectContaining({ code: 'upload_stalled' })]);
    expect(gateway.storedFiles()).toEqual([]);
    expect(received()).toEqual([]);
  });

  it('that never begins is refused too', async () => {
    expect((await drip(0, 20, false))[0]).toBe(408);
  });

  it('may be slow as long as something arrives', async () => {
    expect((await drip(8, STALL_MS / 4, true))[0]).toBe(202);
    expect(gateway.storedFiles()).toHaveLength(1);
  });

  it('is kept byte for byte and handed on with hash and length', async () => {
    const bytes = Buffer.concat([Buffer.from('Zähler;kWh\r\n'), Buffer.from([0xff, 0x00, 0xfe])]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await post(PATH, bytes, 'application/octet-stream').expect(202).expect('Location', `/v1/imports/${IMPORT}`);
    expect(received()[0]?.question).toMatchObject({ fileId: sha256, sha256, bytes: bytes.length, fileName: 'a.csv', mapping: 'meters' });
    expect(gateway.storedFiles()).toContain(sha256);
    repeated = true;
    await post(PATH, bytes, 'application/octet-stream').expect(200).expect('Location', `/v1/imports/${IMPORT}`);
  });

  it('has its refusals as a file, over all pages', async () => {
    const { text, headers } = await request(gateway.server)
      .get(`/v1/imports/${IMPORT}/refusals.csv`)
      .set('Authorization', `Bearer ${API_KEY}`)
      .expect(200);
    expect(text).toBe("line,slot,column,code,detail,value\r\n2,1,kWh,number_malformed,d,'=1\r\n3,1,kWh,number_malformed,d,'=1\r\n");
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="refusals-${IMPORT}.csv"`,
    });
  });

  it('that nobody knows has no refusals', async () => {
    const { body } = await request(gateway.server)
      .get(`/v1/imports/${IMPORT.replace('bb', 'cc')}/refusals.csv`)
      .set('Authorization', `Bearer ${API_KEY}`)
      .expect(404);
    expect(body).toMatchObject({ code: 'import_unknown' });
  });
});
