import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { listFactors, listFactorSets, receiveFactorSet } from '#contracts';
import { Asker } from '#messaging';
import { GATEWAY_CONFIG, type GatewayConfig } from '../shared/gateway-config';
import { Answer, Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { Uploads } from '../shared/uploads';
import { factorSetView, factorView, page } from '../shared/views';

const received = z.object({ factorSet: factorSetView, repeated: z.boolean() });

const postFactorSet = route({
  id: 'postFactorSet',
  method: 'post',
  path: '/v1/factor-sets',
  tag: 'factors',
  summary: 'Takes a factor set of the tenant’s own; it never changes afterwards',
  upload: { mediaTypes: ['application/json', 'application/octet-stream'], description: 'One factor set as JSON.' },
  responses: {
    201: { description: 'The factor set is stored', schema: received, location: true },
    200: { description: 'The same content is stored already', schema: received, location: true },
  },
  refusals: ['factor_set_invalid', 'factor_set_exists'],
});
const listFactorSetsRoute = route({
  id: 'listFactorSets',
  method: 'get',
  path: '/v1/factor-sets',
  tag: 'factors',
  summary: 'The factor sets that a run can use',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of factor sets', schema: page(factorSetView) } },
});
const listFactorsRoute = route({
  id: 'listFactors',
  method: 'get',
  path: '/v1/factors',
  tag: 'factors',
  summary: 'Factors, each with the table and row that it comes from',
  query: z.strictObject({ setId: z.uuid().optional(), activityType: z.string().max(100).optional(), ...pageQuery }),
  responses: { 200: { description: 'A page of factors', schema: page(factorView) } },
  refusals: ['factor_set_unknown'],
});

@Controller()
export class FactorsController {
  constructor(
    private readonly workers: Asker,
    private readonly uploads: Uploads,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Route(postFactorSet)
  async post(@Input() { tenantId, request }: InputOf<typeof postFactorSet>) {
    const { fileId, sha256 } = await this.uploads.receive(request, this.config.FACTOR_SET_BYTES_MAX);
    const answer = await this.workers.ask(receiveFactorSet, { tenantId, fileId, sha256 });
    return new Answer(answer.repeated ? 200 : 201, answer, { Location: `/v1/factors?setId=${answer.factorSet.id}` });
  }

  @Route(listFactorSetsRoute)
  sets(@Input() { tenantId, query }: InputOf<typeof listFactorSetsRoute>) {
    return this.workers.ask(listFactorSets, { tenantId, ...query });
  }

  @Route(listFactorsRoute)
  factors(@Input() { tenantId, query }: InputOf<typeof listFactorsRoute>) {
    return this.workers.ask(listFactors, { tenantId, ...query });
  }
}
