import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { getMapping, listRefusals, receiveImport } from '#contracts';
import { Asker } from '#messaging';
import { GATEWAY_CONFIG, type GatewayConfig } from '../shared/gateway-config';
import { Uploads } from '../shared/uploads';
import { refusalCsv } from './refusal-csv';

const PAGE = 1000;

/** Files on their way in, and the file of refusals on its way out. */
@Injectable()
export class ImportFiles {
  constructor(
    private readonly workers: Asker,
    private readonly uploads: Uploads,
    @Inject(GATEWAY_CONFIG) private readonly config: Pick<GatewayConfig, 'IMPORT_BYTES_MAX'>,
  ) {}

  /** Keeps the bytes, then tells ingestion. A mapping that does not exist is refused before the first byte is read. */
  async receive(tenantId: string, { mapping, fileName, again }: { mapping: string; fileName: string; again: boolean }, request: Request) {
    await this.workers.ask(getMapping, { tenantId, name: mapping });
    const { fileId, sha256, bytes } = await this.uploads.receive(request, this.config.IMPORT_BYTES_MAX);
    return this.workers.ask(receiveImport, { tenantId, fileId, fileName, sha256, bytes, mapping, again });
  }

  /** The refusals as CSV, asked for page by page as the reader keeps up. The first page comes before the answer begins, so that a refusal is still an answer. */
  async refusals(tenantId: string, importId: string): Promise<Readable> {
    const ask = (after?: string) => this.workers.ask(listRefusals, { tenantId, importId, limit: PAGE, ...(after ? { after } : {}) });
    const first = await ask();
    return Readable.from(refusalCsv(first, ask));
  }
}
