import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { getMapping, listMappings, mappingSpec, name, putMapping } from '#contracts';
import { Asker } from '#messaging';
import { Answer, Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { byName, mappingView, page } from '../shared/views';

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

@Controller()
export class MappingsController {
  constructor(private readonly workers: Asker) {}

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
}
