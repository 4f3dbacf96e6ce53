import { gzipSync } from 'node:zlib';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { dryRun, getMapping, listMappings, mappingSpec, name, putMapping, Refused, type QuestionOf } from '#contracts';
import { Asker, QUESTION_BYTES_MAX } from '#messaging';
import { Answer, Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { Uploads } from '../shared/uploads';
import { byName, dryRunResult, mappingView, page } from '../shared/views';

const DRY_RUN_BYTES_MAX = 1024 * 1024;
const DRY_RUN_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/octet-stream',
  'application/json',
  'application/x-ndjson',
  'application/gzip',
  'application/vnd.apache.parquet',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

const stored = z.object({ name, version: z.number().int(), created: z.boolean() });

const putMappingRoute = route({
  id: 'putMapping',
  method: 'put',
  path: '/v1/mappings/{name}',
  tag: 'mappings',
  summary: 'Stores how the columns of a file become activities; other content makes a new version',
  params: byName,
  body: mappingSpec,
  responses: {
    200: { description: 'This content is stored already', schema: stored },
    201: { description: 'A new version', schema: stored, location: true },
  },
  refusals: ['mapping_invalid'],
});
const listMappingsRoute = route({
  id: 'listMappings',
  method: 'get',
  path: '/v1/mappings',
  tag: 'mappings',
  summary: 'The mappings, each in its last version',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of mappings', schema: page(mappingView) } },
});
const getMappingRoute = route({
  id: 'getMapping',
  method: 'get',
  path: '/v1/mappings/{name}',
  tag: 'mappings',
  summary: 'One mapping in its last version',
  params: byName,
  responses: { 200: { description: 'The mapping', schema: mappingView } },
  refusals: ['mapping_unknown'],
});

const dryRunRoute = route({
  id: 'dryRunMapping',
  method: 'post',
  path: '/v1/mappings/{name}/dry-run',
  tag: 'mappings',
  summary: 'What would become of the first lines of a file under a mapping; nothing is stored',
  params: byName,
  upload: {
    mediaTypes: DRY_RUN_TYPES,
    description: `The first lines of a file, or a small file as it is: at most ${DRY_RUN_BYTES_MAX} bytes, and ${QUESTION_BYTES_MAX} when packed.`,
  },
  responses: { 200: { description: 'Records as they would be accepted, and every reason why others would not', schema: dryRunResult } },
  refusals: ['mapping_unknown'],
});
const dryRunSpecRoute = route({
  id: 'dryRunSpec',
  method: 'post',
  path: '/v1/dry-runs',
  tag: 'mappings',
  summary: 'What would become of the first lines of a file under a mapping that is not stored; nothing is stored',
  body: z
    .strictObject({
      spec: mappingSpec,
      text: z.string().min(1).optional().describe('the first lines of a text file'),
      base64: z.base64().min(1).optional().describe('a small file of any kind'),
    })
    .refine(({ text, base64 }) => (text === undefined) !== (base64 === undefined), 'must have either text or base64'),
  responses: { 200: { description: 'Records as they would be accepted, and every reason why others would not', schema: dryRunResult } },
  refusals: ['mapping_invalid'],
});

@Controller()
export class MappingsController {
  constructor(
    private readonly workers: Asker,
    private readonly uploads: Uploads,
  ) {}

  @Route(putMappingRoute)
  async put(@Input() { tenantId, params, body }: InputOf<typeof putMappingRoute>) {
    const mapping = await this.workers.ask(putMapping, { tenantId, name: params.name, spec: body });
    return mapping.created ? new Answer(201, mapping, { Location: `/v1/mappings/${mapping.name}` }) : mapping;
  }

  @Route(listMappingsRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listMappingsRoute>) {
    return this.workers.ask(listMappings, { tenantId, ...query });
  }

  @Route(getMappingRoute)
  get(@Input() { tenantId, params }: InputOf<typeof getMappingRoute>) {
    return this.workers.ask(getMapping, { tenantId, ...params });
  }

  @Route(dryRunRoute)
  async dryRun(@Input() { tenantId, params, request }: InputOf<typeof dryRunRoute>) {
    return this.dryRunOf(tenantId, params, await this.uploads.whole(request, DRY_RUN_BYTES_MAX));
  }

  @Route(dryRunSpecRoute)
  dryRunSpec(@Input() { tenantId, body: { spec, text, base64 } }: InputOf<typeof dryRunSpecRoute>) {
    return this.dryRunOf(tenantId, { spec }, text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text));
  }

  private dryRunOf(tenantId: string, mapping: QuestionOf<typeof dryRun>['mapping'], bytes: Buffer) {
    const gzipBase64 = gzipSync(bytes).toString('base64');
    if (gzipBase64.length > QUESTION_BYTES_MAX)
      throw new Refused('body_too_large', `The file does not pack to ${QUESTION_BYTES_MAX} bytes: send fewer lines of it.`);
    return this.workers.ask(dryRun, { tenantId, mapping, gzipBase64 });
  }
}
