import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Input, OWN_BODY_BYTES_MAX, pageQuery, Route, route, type InputOf } from '../shared/route';
import { page } from '../shared/views';
import { lease } from './lease';
import { Leases } from './leases.service';

const LEASES_MAX = 1_000;

const putLeases = route({
  id: 'putLeases',
  method: 'put',
  path: '/v1/leases',
  tag: 'organisation',
  summary: 'Replaces all leases: which entities are leased in or out, of which class, who runs them, from when to when',
  body: z.array(lease).max(LEASES_MAX),
  bodyBytesMax: OWN_BODY_BYTES_MAX,
  responses: { 200: { description: 'These are the leases now', schema: z.object({ leases: z.number().int().nonnegative() }) } },
  refusals: ['entity_unknown', 'lease_conflict'],
});
const listLeases = route({
  id: 'listLeases',
  method: 'get',
  path: '/v1/leases',
  tag: 'organisation',
  summary: 'The leases, in the order of their ids',
  query: z.strictObject({ ...pageQuery, after: z.uuid().optional().describe('`next` of the page before') }),
  responses: { 200: { description: 'A page of leases', schema: page(lease) } },
});

@Controller()
export class LeasesController {
  constructor(private readonly leases: Leases) {}

  @Route(putLeases)
  put(@Input() { tenantId, body }: InputOf<typeof putLeases>) {
    return this.leases.replace(tenantId, body);
  }

  @Route(listLeases)
  list(@Input() { tenantId, query }: InputOf<typeof listLeases>) {
    return this.leases.list(tenantId, query);
  }
}
