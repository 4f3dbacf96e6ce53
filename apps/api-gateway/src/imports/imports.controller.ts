import { Controller, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { getImport, listDuplicates, listImports, listRefusals, name, summariseRefusals } from '#contracts';
import { Asker } from '#messaging';
import { fileName } from '../shared/file-name';
import { Answer, Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { byId, duplicateView, importView, page, refusalSummary, refusalView } from '../shared/views';
import { ImportFiles } from './import-files';

const received = z.object({ import: importView, repeated: z.boolean() });
const taken = {
  202: { description: 'The file is kept and will be staged', schema: received, location: true },
  200: { description: 'These bytes were imported under this mapping before: that import', schema: received, location: true },
};

const postImport = route({
  id: 'postImport',
  method: 'post',
  path: '/v1/imports',
  tag: 'imports',
  summary: 'Takes a file; its lines become activities under a mapping',
  query: z.strictObject({
    mapping: name,
    fileName,
    again: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true')
      .describe('read bytes once more that were imported before: what was refused for want of an entity may be accepted now'),
  }),
  upload: {
    mediaTypes: [
      'text/csv',
      'text/tab-separated-values',
      'text/plain',
      'application/octet-stream',
      'application/json',
      'application/x-ndjson',
      'application/gzip',
      'application/vnd.apache.parquet',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    description:
      'The bytes of the file, as they are: CSV, .xlsx, JSON records or Parquet, each also packed with gzip. ' +
      'What the file is stands in its bytes and in the mapping; its name and this content type say nothing.',
  },
  responses: taken,
  refusals: ['mapping_unknown'],
});
const postRecords = route({
  id: 'postRecords',
  method: 'post',
  path: '/v1/imports/records',
  tag: 'imports',
  summary: 'Takes a batch of records; they become activities under a mapping, like the lines of a file',
  query: z.strictObject({
    mapping: name,
    batch: fileName.default('records.json').describe('what the batch is called; the same records are the same import whatever it is'),
  }),
  upload: {
    mediaTypes: ['application/json', 'application/x-ndjson'],
    description:
      'Records as JSON objects, one per line or in one list; the names of their members are the columns of the mapping. Kept and hashed as they are.',
    schema: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  },
  responses: taken,
  refusals: ['mapping_unknown'],
});
const listImportsRoute = route({
  id: 'listImports',
  method: 'get',
  path: '/v1/imports',
  tag: 'imports',
  summary: 'The imports',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of imports', schema: page(importView) } },
});
const getImportRoute = route({
  id: 'getImport',
  method: 'get',
  path: '/v1/imports/{id}',
  tag: 'imports',
  summary: 'One import: records = accepted + refused + duplicate',
  params: byId,
  responses: { 200: { description: 'The import', schema: importView } },
  refusals: ['import_unknown'],
});
const listRefusalsRoute = route({
  id: 'listRefusals',
  method: 'get',
  path: '/v1/imports/{id}/refusals',
  tag: 'imports',
  summary: 'The records that were refused, each with line, column and reason',
  params: byId,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of refusals', schema: page(refusalView) } },
  refusals: ['import_unknown'],
});
const refusalSummaryRoute = route({
  id: 'summariseRefusals',
  method: 'get',
  path: '/v1/imports/{id}/refusals/summary',
  tag: 'imports',
  summary: 'How many records were refused, by reason and column',
  params: byId,
  responses: { 200: { description: 'The counts', schema: refusalSummary } },
  refusals: ['import_unknown'],
});
const downloadRefusals = route({
  id: 'downloadRefusals',
  method: 'get',
  path: '/v1/imports/{id}/refusals.csv',
  tag: 'imports',
  summary: 'All refusals of an import as a file for a spreadsheet',
  params: byId,
  responses: { 200: { description: 'Columns line, slot, column, code, detail, value', mediaType: 'text/csv' } },
  refusals: ['import_unknown'],
});
const listDuplicatesRoute = route({
  id: 'listDuplicates',
  method: 'get',
  path: '/v1/imports/{id}/duplicates',
  tag: 'imports',
  summary: 'The records that were there already, each with the activity that it repeats',
  params: byId,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of duplicates', schema: page(duplicateView) } },
  refusals: ['import_unknown'],
});

@Controller()
export class ImportsController {
  constructor(
    private readonly workers: Asker,
    private readonly files: ImportFiles,
  ) {}

  @Route(postImport)
  async post(@Input() { tenantId, query, request }: InputOf<typeof postImport>) {
    const answer = await this.files.receive(tenantId, query, request);
    return new Answer(answer.repeated ? 200 : 202, answer, { Location: `/v1/imports/${answer.import.id}` });
  }

  @Route(postRecords)
  async postRecords(@Input() { tenantId, query, request }: InputOf<typeof postRecords>) {
    const { mapping, batch } = query;
    const answer = await this.files.receive(tenantId, { mapping, fileName: batch, again: false }, request);
    return new Answer(answer.repeated ? 200 : 202, answer, { Location: `/v1/imports/${answer.import.id}` });
  }

  @Route(listImportsRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listImportsRoute>) {
    return this.workers.ask(listImports, { tenantId, ...query });
  }

  @Route(getImportRoute)
  get(@Input() { tenantId, params }: InputOf<typeof getImportRoute>) {
    return this.workers.ask(getImport, { tenantId, importId: params.id });
  }

  @Route(listRefusalsRoute)
  refusals(@Input() { tenantId, params, query }: InputOf<typeof listRefusalsRoute>) {
    return this.workers.ask(listRefusals, { tenantId, importId: params.id, ...query });
  }

  @Route(refusalSummaryRoute)
  refusalSummary(@Input() { tenantId, params }: InputOf<typeof refusalSummaryRoute>) {
    return this.workers.ask(summariseRefusals, { tenantId, importId: params.id });
  }

  @Route(downloadRefusals)
  async refusalFile(@Input() { tenantId, params }: InputOf<typeof downloadRefusals>) {
    return new StreamableFile(await this.files.refusals(tenantId, params.id), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="refusals-${params.id}.csv"`,
    });
  }

  @Route(listDuplicatesRoute)
  duplicates(@Input() { tenantId, params, query }: InputOf<typeof listDuplicatesRoute>) {
    return this.workers.ask(listDuplicates, { tenantId, importId: params.id, ...query });
  }
}
