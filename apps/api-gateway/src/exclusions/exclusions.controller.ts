import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Input, OWN_BODY_BYTES_MAX, pageQuery, Route, route, type InputOf } from '../shared/route';
import { page } from '../shared/views';
import { exclusion } from './exclusion';
import { Exclusions } from './exclusions.service';

const EXCLUSIONS_MAX = 1_000;

const putExclusions = route({
  id: 'putExclusions',
  method: 'put',
  path: '/v1/exclusions',
  tag: 'organisation',
  summary: 'Replaces the register of exclusions: what is knowingly left out of the inventory, why, from when to when',
  body: z.array(exclusion).max(EXCLUSIONS_MAX),
  bodyBytesMax: OWN_BODY_BYTES_MAX,
  responses: { 200: { description: 'This is the register now', schema: z.object({ exclusions: z.number().int().nonnegative() }) } },
  refusals: ['entity_unknown', 'exclusion_conflict', 'exclusion_without_selector'],
});
const listExclusions = route({
  id: 'listExclusions',
  method: 'get',
  path: '/v1/exclusions',
  tag: 'organisation',
  summary: 'The register of exclusions, in the order of their ids',
  query: z.strictObject({ ...pageQuery, after: z.uuid().optional().describe('`next` of the page before') }),
  responses: { 200: { description: 'A page of exclusions', schema: page(exclusion) } },
});

@Controller()
export class ExclusionsController {
  constructor(private readonly exclusions: Exclusions) {}

  @Route(putExclusions)
  put(@Input() { tenantId, body }: InputOf<typeof putExclusions>) {
    return this.exclusions.replace(tenantId, body);
  }

  @Route(listExclusions)
  list(@Input() { tenantId, query }: InputOf<typeof listExclusions>) {
    return this.exclusions.list(tenantId, query);
  }
}
