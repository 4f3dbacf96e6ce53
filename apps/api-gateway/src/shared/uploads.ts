import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Refused } from '#contracts';
import { FileTooLarge, type FileStore, type StoredFile } from '#platform';
import { GATEWAY_CONFIG, type GatewayConfig } from './gateway-config';

export const FILE_STORE = Symbol('file store');

/** Streams request bodies into the file store: memory stays flat whatever the size, and a body that breaks off leaves nothing. */
@Injectable()
export class Uploads {
  constructor(
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(GATEWAY_CONFIG) private readonly config: Pick<GatewayConfig, 'UPLOAD_STALL_MS_MAX'>,
  ) {}

  /** A small body, kept nowhere. Refuses as `receive` does. */
  async whole(request: Request, bytesMax: number): Promise<Buffer> {
    const tooLarge = (): Refused => new Refused('body_too_large', `The resource takes at most ${bytesMax} bytes.`);
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge();
    return gathered(bodyOf(request, this.config.UPLOAD_STALL_MS_MAX), bytesMax, tooLarge);
  }

  /** Refuses `body_empty`, `body_too_large` and `upload_stalled`; a stated length is believed only when it is a reason to refuse. */
  async receive(request: Request, bytesMax: number): Promise<StoredFile> {
    const tooLarge = (): Refused => new Refused('body_too_large', `The resource takes at most ${bytesMax} bytes.`);
    if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge();
    try {
      return await this.files.put(bodyOf(request, this.config.UPLOAD_STALL_MS_MAX), bytesMax);
    } catch (error) {
      throw error instanceof FileTooLarge ? tooLarge() : error;
    }
  }
}

async function gathered(body: Readable, bytesMax: number, tooLarge: () => Refused): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bytesMax) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * The body as a stream of its own. The store destroys a source that it gives up on; the request itself must live on, or its sender could not be
 * told why.
 */
function bodyOf(request: Request, stallMsMax: number): Readable {
  const stalled = (): void => void body.destroy(new Refused('upload_stalled', `Nothing of the upload arrived for ${stallMsMax} ms.`));
  let silence: NodeJS.Timeout | undefined;
  /** Only silence that the sender owes counts: not the time in which the store takes no more. */
  const listen = (): void => {
    clearTimeout(silence);
    silence = setTimeout(stalled, stallMsMax);
  };
  let begun = false;
  let empty = true;
  const take = (chunk: Buffer): void => {
    empty = false;
    listen();
    if (body.push(chunk)) return;
    clearTimeout(silence);
    request.pause();
  };
  const begin = (): void => {
    begun = true;
    listen();
    const breakOff = (): void => void (request.complete || body.destroy(new Error('the sender broke off')));
    if (request.destroyed) return breakOff();
    request.once('end', () => clearTimeout(silence));
    request.once('end', () => (empty ? body.destroy(new Refused('body_empty')) : body.push(null)));
    request.once('close', breakOff);
    request.on('data', take);
  };
  const body = new Readable({
    // Nothing is listened to before the store reads: an error without a listener would end the process.
    read: () => {
      if (!begun) return begin();
      if (!request.isPaused()) return;
      listen();
      request.resume();
    },
    destroy: (error, done) => {
      clearTimeout(silence);
      request.off('data', take);
      done(error);
    },
  });
  return body;
}
