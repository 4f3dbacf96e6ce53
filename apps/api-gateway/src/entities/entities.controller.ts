import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { entityCode } from '#contracts';
import { Input, OWN_BODY_BYTES_MAX, pageQuery, Route, route, type InputOf } from '../shared/route';
import { page } from '../shared/views';
import { Entities } from './entities.service';
import { entity } from './entity';

const ENTITIES_MAX = 1000;

const count = z.number().int().nonnegative();

const putEntities = route({
  id: 'putEntities',
  method: 'put',
  path: '/v1/entities',
  tag: 'organisation',
  summary: 'Creates entities, or gives known codes a new name, country and region',
  body: z
    .array(entity)
    .min(1)
    .max(ENTITIES_MAX)
    .check((context) => {
      const known = new Set<string>();
      context.value.forEach(({ code }, index) => {
        if (known.has(code)) context.issues.push({ code: 'custom', input: code, path: [index, 'code'], message: 'the code stands twice' });
        known.add(code);
      });
    }),
  bodyBytesMax: OWN_BODY_BYTES_MAX,
  responses: {
    200: {
      description: 'All are stored; `updated` counts the codes that were known before',
      schema: z.object({ created: count, updated: count }),
    },
  },
});
const listEntities = route({
  id: 'listEntities',
  method: 'get',
  path: '/v1/entities',
  tag: 'organisation',
  summary: 'The entities, by code',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of entities', schema: page(entity) } },
});
const getEntity = route({
  id: 'getEntity',
  method: 'get',
  path: '/v1/entities/{code}',
  tag: 'organisation',
  summary: 'One entity',
  params: z.strictObject({ code: entityCode }),
  responses: { 200: { description: 'The entity', schema: entity } },
  refusals: ['entity_unknown'],
});

@Controller()
export class EntitiesController {
  constructor(private readonly entities: Entities) {}

  @Route(putEntities)
  put(@Input() { tenantId, body }: InputOf<typeof putEntities>) {
    return this.entities.put(tenantId, body);
  }

  @Route(listEntities)
  list(@Input() { tenantId, query }: InputOf<typeof listEntities>) {
    return this.entities.list(tenantId, query);
  }

  @Route(getEntity)
  get(@Input() { tenantId, params }: InputOf<typeof getEntity>) {
    return this.entities.get(tenantId, params.code);
  }
}
